"""What one account's posts show, on one sheet: languages, rhythm, subjects, pauses, texts."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from itertools import pairwise
from typing import TYPE_CHECKING, Literal, TypeAlias

from analyzers.lib.account_numbers import Number
from analyzers.lib.account_periods import Period
from analyzers.lib.language_mix import UNDETERMINED
from analyzers.model.case import Signal

if TYPE_CHECKING:
    import pandas as pd

LANGUAGES = 6
"""Languages with a colour of their own; more colours cannot be told apart."""

MONTHS = 24
"""Months in the chart, the last ones: two years fill a phone's width."""

CLIENTS = 3
ADDRESSED = 6
TEXTS = 5
SILENCES = 3
"""Clients, accounts addressed, texts and silences that are named: the first lines of each list."""

OTHER = "other"
"""Stands among the languages for all those without a colour."""

Who: TypeAlias = Literal["target", "member", "other"]


@dataclass(frozen=True, slots=True)
class Month:
    """A month as "2019-02", its number of posts, and their number in each category."""

    name: str
    posts: int
    counts: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Silence:
    """A stretch between two posts that follow each other."""

    since: datetime
    until: datetime


@dataclass(frozen=True, slots=True)
class Client:
    """What posts were sent from, and how many; without a name when only this account uses it."""

    name: str | None
    posts: int


@dataclass(frozen=True, slots=True)
class Addressee:
    """Somebody whom own posts mention or answer, and how many do.

    `name` is the handle of a target as the case writes it, the account id of another member of the
    group, or T1, T2 and so on for anybody else.
    """

    who: Who
    name: str
    posts: int


@dataclass(frozen=True, slots=True)
class SharedText:
    """A text that several accounts of the dump post, and how many others do."""

    text: str
    others: int


@dataclass(frozen=True)
class AccountSheet:
    """One account seen close; plain values, which can be kept as JSON. Times are UTC.

    `timeline` says whether its own posts were collected, not only those that a search found.
    `months` count posts by `languages` (categories of `analyzers.lib.language_mix`), reposts too,
    without months that have no posts. `hours` has a row per weekday, Monday first, of counts per
    hour. `addressees` are the first of `addressed` accounts. `texts` are those that other accounts
    of the dump posted too. `ties` say what ties it to others of its group.
    """

    account: str
    timeline: bool
    created: date | None
    interface: str | None
    posts: int
    first: datetime | None
    last: datetime | None
    numbers: tuple[Number, ...]
    silences: tuple[Silence, ...]
    clients: tuple[Client, ...]
    addressees: tuple[Addressee, ...]
    addressed: int
    languages: tuple[str, ...]
    months: tuple[Month, ...]
    hours: tuple[tuple[int, ...], ...]
    periods: tuple[Period, ...]
    texts: tuple[SharedText, ...]
    ties: tuple[Signal, ...] = ()


@dataclass(frozen=True)
class Known:
    """What surrounds an account's posts: its profile, its numbers, its periods, whom to name how.

    `targets` maps every key of a target account to its handle; `members` are the group's accounts
    by each of their keys; `clients` are those that several accounts use; `sharing` says for each
    shared family how many accounts post in it, and `shared` which words they have in common. `ties`
    are its signals.
    """

    timeline: bool = False
    created: datetime | None = None
    interface: str | None = None
    numbers: tuple[Number, ...] = ()
    periods: tuple[Period, ...] = ()
    targets: Mapping[str, str] | None = None
    members: Mapping[str, str] | None = None
    clients: Collection[str] = ()
    sharing: Mapping[int, int] | None = None
    shared: Mapping[int, str] | None = None
    ties: tuple[Signal, ...] = ()


def account_sheet(account_id: str, posts: pd.DataFrame, known: Known) -> AccountSheet:
    """Lay out what is known of an account.

    `posts` are all its rows, with post_id, created_at (UTC), organic, client, category, family and
    addressees (a list of keys).
    """
    dated = posts[posts["created_at"].notna()].sort_values(["created_at", "post_id"])
    languages, months = _months(dated)
    own = posts[posts["organic"].astype(bool)]
    addressees, addressed = _addressees(account_id, own["addressees"], known)
    times = [at.to_pydatetime() for at in dated["created_at"]]
    return AccountSheet(
        account=account_id,
        timeline=known.timeline,
        created=known.created.date() if known.created else None,
        interface=known.interface,
        posts=len(posts),
        first=times[0] if times else None,
        last=times[-1] if times else None,
        numbers=known.numbers,
        silences=_silences(times),
        clients=_clients(posts["client"], known.clients),
        addressees=addressees,
        addressed=addressed,
        languages=languages,
        months=months,
        hours=_hours(times),
        periods=known.periods,
        texts=_texts(posts["family"], known),
        ties=known.ties,
    )


def _silences(times: list[datetime]) -> tuple[Silence, ...]:
    """The longest gaps, the longest first, the earlier first among equals."""
    gaps = sorted(pairwise(times), key=lambda gap: (gap[0] - gap[1], gap[0]))
    return tuple(Silence(since, until) for since, until in gaps[:SILENCES] if until > since)


def _clients(clients: pd.Series[str], shared: Collection[str]) -> tuple[Client, ...]:
    """The clients of most posts; one that nobody else uses may be called after its owner."""
    counts = Counter(client if client in shared else None for client in clients.dropna())
    ranked = sorted(counts.items(), key=lambda item: (-item[1], item[0] or ""))
    return tuple(Client(*item) for item in ranked[:CLIENTS])


def _addressees(
    account_id: str, lists: Iterable[Iterable[str]], known: Known
) -> tuple[tuple[Addressee, ...], int]:
    """The accounts that most posts address, and the number of all of them."""
    targets, members = known.targets or {}, known.members or {}
    counts: Counter[tuple[Who, str]] = Counter()
    for keys in lists:
        counts.update({_who(key, targets, members) for key in keys})
    counts.pop(("member", account_id), None)  # a thread of one's own
    ranked = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    others = [who for who, _ in ranked if who[0] == "other"]
    return tuple(
        Addressee(who[0], f"T{others.index(who) + 1}" if who in others else who[1], posts)
        for who, posts in ranked[:ADDRESSED]
    ), len(counts)


def _who(key: str, targets: Mapping[str, str], members: Mapping[str, str]) -> tuple[Who, str]:
    if key in targets:
        return "target", targets[key]
    if key in members:
        return "member", members[key]
    return "other", key


def _months(dated: pd.DataFrame) -> tuple[tuple[str, ...], tuple[Month, ...]]:
    codes = list(dated["category"])
    names = [f"{at:%Y-%m}" for at in dated["created_at"]]
    posts = Counter(names)
    weights: dict[str, float] = defaultdict(float)
    for name, code in zip(names, codes, strict=True):
        weights[code] += 1 / posts[name]  # each month weighs the same: a late turn is seen too
    ranked = sorted(set(codes) - {UNDETERMINED}, key=lambda code: (-weights[code], code))
    order = [*ranked[:LANGUAGES], *([OTHER] if len(ranked) > LANGUAGES else []), UNDETERMINED]
    counts = {name: [0] * len(order) for name in posts}
    for name, code in zip(names, codes, strict=True):
        counts[name][order.index(code if code in order else OTHER)] += 1
    months = [Month(name, posts[name], tuple(row)) for name, row in sorted(counts.items())]
    return tuple(order), tuple(months[-MONTHS:])


def _hours(times: list[datetime]) -> tuple[tuple[int, ...], ...]:
    table = [[0] * 24 for _ in range(7)]
    for at in times:
        table[at.weekday()][at.hour] += 1
    return tuple(tuple(row) for row in table)


def _texts(families: pd.Series[int], known: Known) -> tuple[SharedText, ...]:
    """The texts that most accounts post, in the words that most of them use."""
    sharing, shared = known.sharing or {}, known.shared or {}
    mine = {int(family) for family in families.dropna()} & sharing.keys() & shared.keys()
    ranked = sorted(mine, key=lambda family: (-sharing[family], family))
    return tuple(SharedText(shared[family], sharing[family] - 1) for family in ranked[:TEXTS])
