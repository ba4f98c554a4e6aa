"""What a step is asked about: the data, the target, the cohort and the comparison, all frozen."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import TYPE_CHECKING, Literal, TypeAlias

from analyzers.model.dataset import Dataset
from analyzers.model.target import Target
from analyzers.model.text import Text

if TYPE_CHECKING:
    import pandas as pd

Group: TypeAlias = Literal["cohort", "comparison"]
"""The two sides of every measure: A, the accounts that act together, and B, ordinary ones."""

WHAT = (
    "same_texts", "same_links", "same_hashtags", "same_reposts", "same_replies", "same_mentions",
)  # fmt: skip
"""Signals that select accounts by what they pass on, whatever their texts."""

WHEN = ("fast_reposts", "synchronous")
"""Signals that select accounts by when they act. No text need be common to such accounts."""

NAMES: dict[Group, Text] = {
    "cohort": Text("These accounts (A)"),
    "comparison": Text("Ordinary accounts (B)"),
}
"""What charts and pages call the two sides, everywhere alike."""


@dataclass(frozen=True, slots=True)
class Window:
    """A span of time in UTC, open at either end when `None`; `until` is excluded."""

    since: datetime | None = None
    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened, named by the user: a trial, a broadcast. Times are UTC."""

    at: datetime
    label: str
    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class PublicFigure:
    """Somebody whom the user's register names, and so may be named: handle without @, category.

    `keys` are the ways in which the posts of this data may name the account: ids and `@handle`.
    `category` is "" when the register gives none.
    """

    handle: str
    name: str
    category: str = ""
    keys: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Register:
    """The public figures that the user's own file names; `skipped` counts its unusable rows."""

    figures: tuple[PublicFigure, ...]
    skipped: int = 0


TIE_DRAWS = 99
"""Draws of the test of a tie: the smallest p-value is then 0.01, at which a tie is established."""


@dataclass(frozen=True, slots=True)
class Tie:
    """The test of whether the cohort acts together, weighed once for the whole case.

    `p` comes from re-running the whole search on data shuffled as `null` says; `None` when no
    such test was possible, and then `why_not` says why.
    """

    statistic: float
    p: float | None
    draws: int
    seed: int
    null: Text
    why_not: Text | None = None


@dataclass(frozen=True, slots=True)
class Signal:
    """One way in which an account is tied to others of its cohort, and to whom.

    `p` is how likely chance alone ties it so; `None` where the signal has no test of its own. One
    that is not `selecting` selected nobody, and so may testify.
    """

    name: str
    p: float | None
    accounts: tuple[str, ...]
    selecting: bool = True


@dataclass(frozen=True, slots=True)
class Member:
    """An account of a cohort and what selected it, strongest signal first.

    `signals` say it one by one, with those that only accompany; all of them may be absent in a
    cohort that a person named.
    """

    account_id: str
    score: float
    selected_by: tuple[str, ...]
    why: Text
    signals: tuple[Signal, ...] = ()


@dataclass(frozen=True)
class Cohort:
    """Accounts that act together, openly or not, ranked; what selected them cannot testify again.

    `selecting_posts` are the ids of posts whose likeness or timing selected the members.
    `ground` is the reason a person gave for naming the cohort, `None` when the data proposed it.
    Whom the person `left_out` stands on neither side.
    """

    members: tuple[Member, ...] = ()
    signals: tuple[str, ...] = ()
    selecting_posts: frozenset[str] = frozenset()
    tie: Tie | None = None
    named_by_person: bool = False
    ground: str | None = None
    left_out: tuple[str, ...] = ()

    @property
    def accounts(self) -> tuple[str, ...]:
        return tuple(member.account_id for member in self.members)

    def __len__(self) -> int:
        return len(self.members)


@dataclass(frozen=True)
class Comparison:
    """Ordinary authors of in-scope posts, against whom every measure of the cohort is read.

    `accounts` wrote about the target over the same dates by the same route. `timelines` are those
    of them whose timelines were collected over the same dates and depth as the cohort's.
    """

    accounts: tuple[str, ...] = ()
    timelines: tuple[str, ...] = ()
    how: Text | None = None

    def __len__(self) -> int:
        return len(self.accounts)


@dataclass(frozen=True)
class Explained:
    """A family of like posts that did not tie accounts, because a public source explains it."""

    family: int
    posts: int
    accounts: int
    source: Text


@dataclass(frozen=True)
class Proposal:
    """What the search for accounts that act together came to: cohorts, best first, and the rest."""

    cohorts: tuple[Cohort, ...] = ()
    comparison: Comparison = Comparison()
    borderline: tuple[str, ...] = ()
    explained: tuple[Explained, ...] = ()
    timelines: frozenset[str] = frozenset()


def _no_rows() -> pd.DataFrame:
    import pandas as pd

    return pd.DataFrame()


@dataclass(frozen=True)
class Tables:
    """The rows a step declared it needs, as pandas frames that the step must not change.

    `posts` always has post_id, account_id, created_at, kind, route, organic, group ("cohort",
    "comparison" or null), on_target (organic, addresses the target, within the window) and
    selecting (it selected the cohort). `accounts` always has account_id, group and timeline (its
    own posts were collected, not only those that matched a search). Both are sorted (posts by
    created_at then post_id; accounts by id), and hold only columns declared beyond that.
    `follows`, `statuses`, `collected` are whole tables, empty unless declared, and so is
    `profiles`: the account rows, all columns, of every account that the follows table names.
    """

    posts: pd.DataFrame
    accounts: pd.DataFrame
    follows: pd.DataFrame
    statuses: pd.DataFrame
    collected: pd.DataFrame
    profiles: pd.DataFrame = field(default_factory=_no_rows)


@dataclass(frozen=True)
class Case:
    """One investigation, frozen: who is asked about, in which data, against which comparison.

    `window` is what the person asked for; `attack` is the span of the posts that selected the
    cohort; `timelines` are the accounts whose own timelines were collected; `borderline` ones share
    a text whose source is in doubt, and stand in neither group. `register` is `None` when the user
    gave no register of public figures.
    """

    dataset: Dataset
    targets: tuple[Target, ...]
    window: Window
    events: tuple[Event, ...]
    cohort: Cohort
    comparison: Comparison
    others: tuple[Cohort, ...] = ()
    explained: tuple[Explained, ...] = ()
    borderline: tuple[str, ...] = ()
    timelines: frozenset[str] = frozenset()
    attack: Window = Window()
    seed: int = 20190211
    register: Register | None = None
    loaded: Tables | None = field(default=None, compare=False, repr=False)

    @property
    def tables(self) -> Tables:
        """The rows the runner loaded for the step that is running."""
        if self.loaded is None:
            raise RuntimeError("The runner loads a case's tables before it calls a step.")
        return self.loaded

    def with_tables(self, tables: Tables) -> Case:
        return replace(self, loaded=tables)

    def selected_by(self, *signals: str) -> bool:
        """Whether one of these signals selected the cohort, so that a step may only describe it."""
        return any(signal in self.cohort.signals for signal in signals)

    @property
    def acts_alike(self) -> bool:
        """Whether the cohort was found by what it passes on and when, without a common text."""
        return self.selected_by(*WHEN) and not self.selected_by("template")
