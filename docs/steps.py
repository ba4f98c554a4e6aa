"""Writes `docs/steps.md` from the steps themselves: `make docs`, whenever a step changes."""

from __future__ import annotations

import inspect
from pathlib import Path

from analyzers.catalog import STEPS
from analyzers.model.step import Step

PAGE = Path(__file__).parent / "steps.md"
HEAD = """\
# The steps

One question each, in the order of the thread. What a step needs and the data lacks is said in the
thread, with what to collect.
This page is made from the code (`make docs`).
"""


def page() -> str:
    """The whole page in Markdown."""
    return "\n".join([HEAD, *map(_section, STEPS)])


def _section(step: Step) -> str:
    return f"## `{step.id}`: {step.title.msgid}\n\n{_explained(step)}\n\n{_needs(step)}\n"


def _explained(step: Step) -> str:
    """The step's docstring, its paragraphs unwrapped."""
    text = inspect.cleandoc(type(step).__doc__ or "")
    return "\n\n".join(" ".join(part.split()) for part in text.split("\n\n"))


def _needs(step: Step) -> str:
    needs = step.needs
    wanted = [*needs.columns, *(" or ".join(some) for some in needs.alternatives), *needs.tables]
    parts = [f"Needs: {', '.join(f'`{name}`' for name in wanted) or 'nothing but posts'}."]
    if needs.optional:
        parts.append(f"Reads where there: {', '.join(f'`{name}`' for name in needs.optional)}.")
    if needs.signals:
        parts.append(f"Only describes when this selected the accounts: {', '.join(needs.signals)}.")
    return " ".join(parts)


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
