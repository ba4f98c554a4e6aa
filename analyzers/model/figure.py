"""Charts as data: what is drawn and what it says, free of pixels, languages and colours.

`analyzers.render.figures` draws them. `group` is always "cohort" (A) or "comparison" (B), so that
the two keep the same two colours in every chart. Steps cap the number of marks before they build a
figure; times are UTC.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TypeAlias

from analyzers.model.case import Group
from analyzers.model.text import AccountRef, Code, Language, Text

Label: TypeAlias = Text | Language | Code | str


@dataclass(frozen=True, kw_only=True)
class _Titled:
    """What every chart has. `slug` names its files; `title` is the finding; `alt` describes it."""

    slug: str
    title: Text
    alt: Text
    note: Text | None = None


@dataclass(frozen=True, slots=True)
class Bar:
    """`k` of `n` items of one group, with the 95 % interval of the share (0 to 1)."""

    k: int
    n: int
    low: float
    high: float


@dataclass(frozen=True, kw_only=True)
class Bars(_Titled):
    """Shares per category, the cohort's bar above the comparison's (absent when `None`)."""

    categories: tuple[Label, ...]
    cohort: tuple[Bar, ...]
    comparison: tuple[Bar, ...] | None
    x_label: Text


@dataclass(frozen=True, slots=True)
class StackedRow:
    """One bar of shares that sum to 1, over `n` items."""

    label: Text
    group: Group
    n: int
    shares: tuple[float, ...]


@dataclass(frozen=True, kw_only=True)
class Stacked(_Titled):
    """Rows of shares over the same categories, such as languages with and without reposts."""

    categories: tuple[Label, ...]
    rows: tuple[StackedRow, ...]
    x_label: Text


@dataclass(frozen=True, slots=True)
class Mark:
    """A moment or a span marked on a time axis."""

    at: datetime
    label: Label
    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class StripRow:
    """Dates of one group, one dot each; `total` counts those beyond the cap or off the axis."""

    label: Text
    group: Group
    dates: tuple[datetime, ...]
    total: int


@dataclass(frozen=True, kw_only=True)
class Strip(_Titled):
    """Dots on a time axis, the cohort over the comparison."""

    rows: tuple[StripRow, ...]
    since: datetime
    until: datetime
    marks: tuple[Mark, ...] = ()
    x_label: Text


@dataclass(frozen=True, slots=True)
class Series:
    """Counts of one group per bin; `label` names the series directly on the chart."""

    label: Text
    group: Group
    counts: tuple[float, ...]


@dataclass(frozen=True, kw_only=True)
class Timeline(_Titled):
    """Counts per bin of time, with bursts shaded and events marked; bins are equally wide."""

    start: datetime
    bin_seconds: float
    series: tuple[Series, ...]
    bursts: tuple[Mark, ...] = ()
    events: tuple[Mark, ...] = ()
    y_label: Text
    x_label: Text


@dataclass(frozen=True, kw_only=True)
class Histogram(_Titled):
    """Shares or counts per interval of a quantity; `edges` has one more item than the counts."""

    edges: tuple[float, ...]
    series: tuple[Series, ...]
    log_x: bool = False
    marks: tuple[tuple[float, Text], ...] = ()
    x_label: Text
    y_label: Text


@dataclass(frozen=True, slots=True)
class Cell:
    """A word of a post laid under the model: `slot` when it fills a place that varies."""

    words: str
    slot: bool


@dataclass(frozen=True, slots=True)
class AlignedPost:
    """A member of a family, cut along the model's pieces (as many cells as the model has)."""

    account: AccountRef
    at: datetime
    cells: tuple[Cell, ...]


@dataclass(frozen=True, kw_only=True)
class Alignment(_Titled):
    """Posts of one family laid under their common model, slots apart from fixed words."""

    model: tuple[Cell, ...]
    posts: tuple[AlignedPost, ...]
    total: int


@dataclass(frozen=True, slots=True)
class PostCard:
    """A redacted post or profile: pseudonym, time, client, and what of its text may be shown.

    `text` holds words that several accounts share, or says what the card is about; `about` stands
    above it, such as the language of a post. `own` is the whole text as its author wrote it, for
    readers with the reveal right alone. A profile has no `at`: its exact time would identify it.
    """

    account: AccountRef
    at: datetime | None
    text: str | Text
    client: str | None = None
    about: Label | None = None
    own: str = ""


@dataclass(frozen=True, kw_only=True)
class Posts(_Titled):
    """Redacted post cards, in place of screenshots; `rows` may pair cards side by side."""

    rows: tuple[tuple[PostCard, ...], ...]


@dataclass(frozen=True, slots=True)
class RasterCell:
    """A span of a row in the colour of one category; `part` is the share of the height it fills.

    Cells over the same span stand one on the other, so their parts sum to 1 at most.
    """

    since: datetime
    until: datetime
    category: int
    part: float = 1.0


@dataclass(frozen=True, slots=True)
class RasterRow:
    """One account's line: moments as thin ticks, and spans in the colour of their category."""

    account: AccountRef
    group: Group
    ticks: tuple[datetime, ...] = ()
    cells: tuple[RasterCell, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Raster(_Titled):
    """A line per account along time; `categories` name the colours of the cells.

    `stressed` is the category that the finding is about: the others are paled beside it.
    """

    categories: tuple[Label, ...]
    rows: tuple[RasterRow, ...]
    since: datetime
    until: datetime
    marks: tuple[Mark, ...] = ()
    x_label: Text
    stressed: int | None = None


@dataclass(frozen=True, slots=True)
class Lane:
    """One account's life: when it was created, when it was active, when it attacked.

    `known` is since when its posts are known; after it, whatever is not active is silent. `began`
    is a first time that the chart's `began_label` names.
    """

    account: AccountRef
    group: Group
    created: datetime | None
    known: datetime
    active: tuple[tuple[datetime, datetime], ...]
    attacks: tuple[datetime, ...]
    began: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class Swimlane(_Titled):
    """A lane per account along time: created, silent, active, attack."""

    lanes: tuple[Lane, ...]
    since: datetime
    until: datetime
    x_label: Text
    began_label: Text | None = None


@dataclass(frozen=True, slots=True)
class Cloud:
    """Dots of one group, (x, y) each; `total` counts those beyond the cap too."""

    label: Text
    group: Group
    points: tuple[tuple[float, float], ...]
    total: int


@dataclass(frozen=True, kw_only=True)
class Scatter(_Titled):
    """Two counts of many accounts, on logarithmic axes from 1; one panel per group.

    `equal` names the diagonal, where both counts are the same; `None` draws none.
    """

    clouds: tuple[Cloud, ...]
    x_label: Text
    y_label: Text
    equal: Text | None = None


@dataclass(frozen=True, slots=True)
class Edge:
    """A line between what stands at places `left` and `right`, as thick as its `weight`."""

    left: int
    right: int
    weight: int


@dataclass(frozen=True, kw_only=True)
class Bipartite(_Titled):
    """Accounts on the left, what they have in common on the right, and who is tied to what."""

    left: tuple[AccountRef, ...]
    right: tuple[Label, ...]
    edges: tuple[Edge, ...]
    left_label: Text
    right_label: Text
    weight_label: Text


@dataclass(frozen=True, slots=True)
class Span:
    """A quantity with its 95 % interval."""

    label: Label
    value: float
    low: float
    high: float
    group: Group = "cohort"


@dataclass(frozen=True, kw_only=True)
class Intervals(_Titled):
    """Ranked quantities with their intervals; `reference` is the value of no difference."""

    rows: tuple[Span, ...]
    reference: float
    log_x: bool = False
    x_label: Text


@dataclass(frozen=True, kw_only=True)
class Heatmap(_Titled):
    """Counts of what each pair of accounts has in common: row `i` of `values` has `i` of them."""

    accounts: tuple[AccountRef, ...]
    values: tuple[tuple[int, ...], ...]
    value_label: Text


@dataclass(frozen=True, slots=True)
class Node:
    """An account of a network."""

    account: AccountRef
    group: Group


@dataclass(frozen=True, kw_only=True)
class Network(_Titled):
    """Accounts and the ties between them, those tied alike near one another.

    `edges` join places in `nodes`, each pair once; `total` counts the accounts beyond the cap too.
    """

    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]
    total: int
    weight_label: Text


Figure: TypeAlias = (
    Bars
    | Stacked
    | Strip
    | Timeline
    | Histogram
    | Alignment
    | Posts
    | Raster
    | Swimlane
    | Scatter
    | Bipartite
    | Intervals
    | Heatmap
    | Network
)
