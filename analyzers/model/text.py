"""Sentences that Limier can say in English or French, and the values they speak of.

A sentence is kept as its English form plus its values, and is only turned into words by
`analyzers.render.words`, which knows the reader's language and what that reader may see. No
sentence holds a handle or a link to a post: it holds an `AccountRef` or a `PostRef`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TypeAlias


@dataclass(frozen=True, slots=True)
class AccountRef:
    """An account, by id; shown as a pseudonym unless the reader may see handles."""

    id: str


@dataclass(frozen=True, slots=True)
class PostRef:
    """A post, by id; shown as a short label unless the reader may see links."""

    id: str


@dataclass(frozen=True, slots=True)
class Public:
    """A name that the case itself makes public, such as the target's handle or a hashtag."""

    name: str


@dataclass(frozen=True, slots=True)
class Quote:
    """Words that several accounts share; rendered in quotation marks, inert, mentions masked."""

    text: str


@dataclass(frozen=True, slots=True)
class Code:
    """The name of a field, a file or a client, shown as it stands and made inert."""

    name: str


@dataclass(frozen=True, slots=True)
class Language:
    """A language by its ISO 639 code, named in the reader's language; `und` is "undetermined"."""

    code: str


@dataclass(frozen=True, slots=True)
class Percent:
    """A proportion between 0 and 1, written as a percentage."""

    value: float


@dataclass(frozen=True, slots=True)
class Share:
    """`k` items out of `n`: "7 of 20 (35 %)", or a bare count when `n` is below 5."""

    k: int
    n: int


@dataclass(frozen=True, slots=True)
class Interval:
    """A 95 % interval; `percent` says that its ends are proportions between 0 and 1."""

    low: float
    high: float
    percent: bool = False


@dataclass(frozen=True, slots=True)
class Probability:
    """A p- or q-value, written "p = 0.03" or "q < 0.001" by the renderer."""

    value: float
    adjusted: bool = False


@dataclass(frozen=True, init=False)
class Text:
    """A sentence: the English form with `{named}` places, and the values for them.

    >>> Text("{n} accounts wrote to {target}.", n=20, target=Public("@ex_ministre")).values
    (('n', 20), ('target', Public(name='@ex_ministre')))
    """

    msgid: str
    values: tuple[tuple[str, Value], ...]
    plural: str | None
    count: int | None

    def __init__(
        self,
        msgid: str,
        /,
        *,
        _plural: str | None = None,
        _count: int | None = None,
        **values: Value,
    ) -> None:
        object.__setattr__(self, "msgid", msgid)
        object.__setattr__(self, "values", tuple(sorted(values.items())))
        object.__setattr__(self, "plural", _plural)
        object.__setattr__(self, "count", _count)

    def __iter__(self) -> Iterator[tuple[str, Value]]:
        return iter(self.values)


def plural(one: str, many: str, n: int, /, **values: Value) -> Text:
    """A sentence whose form depends on a count, which both forms may use as `{n}`."""
    return Text(one, _plural=many, _count=n, n=n, **values)


Value: TypeAlias = (
    int
    | float
    | str
    | date
    | datetime
    | timedelta
    | AccountRef
    | PostRef
    | Public
    | Quote
    | Code
    | Language
    | Percent
    | Share
    | Interval
    | Probability
    | Text
    | tuple["Value", ...]
)
"""What a sentence may speak of. A tuple is written as a list in words: "a, b and c"."""
