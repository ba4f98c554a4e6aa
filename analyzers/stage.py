"""Lets a stage of the path be called by the name of the module that holds it.

`analyzers.read` is a package of readers and, as the facade promises, the function that reads: once
Python has imported the package, its name in `analyzers` is the package, so the package answers the
call. The same goes for `enrich`, `weigh` and `compose`.
"""

from __future__ import annotations

from types import ModuleType
from typing import Any


class Stage(ModuleType):
    """A module that, when called, calls its own function of the same name."""

    def __call__(self, *args: Any, **options: Any) -> Any:
        return getattr(self, self.__name__.rpartition(".")[2])(*args, **options)
