"""What one account's posts show, on one sheet: languages, rhythm, pauses, texts it shares."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from itertools import pairwise
from typing import TYPE_CHECKING

from analyzers.lib.language_mix import UNDETERMINED, category, label
from analyzers.model.figure import Label
from analyzers.model.text import AccountRef, Code, Language, Quote, Text, Value, plural

if TYPE_CHECKING:
    import pandas as pd

LANGUAGES = 6
"""Languages with a colour of their own; more colours cannot be told apart."""

MONTHS = 24
"""Months in the chart, the last ones: two years fill a phone's width."""

CLIENTS = 3
TEXTS = 5
"""Clients, and texts, that are named, the commonest first."""

UNKNOWN = Text("unknown")


@dataclass(frozen=True, slots=True)
class Month:
    """A month as "2019-02", its number of posts, and their number in each category."""

    name: str
    posts: int
    counts: tuple[int, ...]


@dataclass(frozen=True)
class AccountSheet:
    """One account seen close.

    `facts` are named values. `months` count posts by `languages`, reposts too, without months that
    have no posts. `hours` has a row per weekday, Monday first, of counts per hour (UTC). `texts`
    are those that other accounts of the dump posted too, nearly word for word.
    """

    account: AccountRef
    facts: tuple[tuple[Text, Value], ...]
    languages: tuple[Label, ...]
    months: tuple[Month, ...]
    hours: tuple[tuple[int, ...], ...]
    texts: tuple[Text, ...]


def account_sheet(
    account_id: str, profile: Mapping[str, object], posts: pd.DataFrame, sharing: Mapping[int, int]
) -> AccountSheet:
    """Lay out what is known of an account.

    `profile` may have created_at and profile_language; `posts` are the account's own rows with
    created_at (UTC), organic, client, text, spoken and family; `sharing` says for each family how
    many accounts of the dump post in it.
    """
    dated = posts[posts["created_at"].notna()].sort_values(["created_at", "post_id"])
    languages, months = _months(dated)
    return AccountSheet(
        account=AccountRef(account_id),
        facts=(*_profile(profile), *_activity(posts, dated), _clients(posts)),
        languages=languages,
        months=months,
        hours=_hours(dated),
        texts=_texts(posts, sharing),
    )


def _profile(profile: Mapping[str, object]) -> tuple[tuple[Text, Value], ...]:
    import pandas as pd

    created, language = profile.get("created_at"), profile.get("profile_language")
    return (
        (
            Text("Created"),
            created.date() if isinstance(created, pd.Timestamp) and created == created else UNKNOWN,
        ),
        (
            Text("Interface language"),
            Language(language) if isinstance(language, str) and language else UNKNOWN,
        ),
    )


def _activity(posts: pd.DataFrame, dated: pd.DataFrame) -> tuple[tuple[Text, Value], ...]:
    reposts = int((~posts["organic"].astype(bool)).sum())
    facts: list[tuple[Text, Value]] = [
        (Text("Posts in this data"), len(posts)),
        (Text("Reposts among them"), reposts),
    ]
    if len(dated):
        first, last = (dated["created_at"].iloc[end].to_pydatetime() for end in (0, -1))
        facts.append((Text("First post in this data"), first))
        facts.append((Text("Last post in this data"), last))
    times = [at.to_pydatetime() for at in dated["created_at"]]
    gaps = sorted(((after - before, before) for before, after in pairwise(times)), key=_longest)
    if gaps:
        gap, since = gaps[0]
        facts.append(
            (
                Text("Longest silence"),
                Text("{gap}, from {day}", gap=_rounded(gap), day=since.date()),
            )
        )
        middle = sorted(gap for gap, _ in gaps)[len(gaps) // 2]
        facts.append((Text("Usual pause between posts (median)"), _rounded(middle)))
    return tuple(facts)


def _longest(gap: tuple[timedelta, object]) -> timedelta:
    return -gap[0]


def _rounded(gap: timedelta) -> timedelta:
    """Whole hours from two days up, else whole minutes from an hour up."""
    step = 3600 if gap >= timedelta(days=2) else 60 if gap >= timedelta(hours=1) else 1
    return timedelta(seconds=gap.total_seconds() // step * step)


def _clients(posts: pd.DataFrame) -> tuple[Text, Value]:
    known = posts["client"].dropna().value_counts(sort=False)
    ranked = sorted(known.items(), key=lambda item: (-int(item[1]), str(item[0])))
    named = tuple(
        Text("{client} ({n} posts)", client=Code(str(client)), n=int(count))
        for client, count in ranked[:CLIENTS]
    )
    return Text("Sent from"), named or UNKNOWN


def _months(dated: pd.DataFrame) -> tuple[tuple[Label, ...], tuple[Month, ...]]:
    codes = [category(code) for code in dated["spoken"]]
    names = list(dated["created_at"].dt.strftime("%Y-%m"))
    posts = Counter(names)
    weights: dict[str, float] = defaultdict(float)
    for name, code in zip(names, codes, strict=True):
        weights[code] += 1 / posts[name]  # each month weighs the same: a late turn is seen too
    ranked = sorted(set(codes) - {UNDETERMINED}, key=lambda code: (-weights[code], code))
    kept = ranked[:LANGUAGES]
    order = [*kept, *(["other"] if len(ranked) > LANGUAGES else []), UNDETERMINED]
    counts = {name: [0] * len(order) for name in posts}
    for name, code in zip(names, codes, strict=True):
        counts[name][order.index(code if code in order else "other")] += 1
    months = [Month(name, posts[name], tuple(row)) for name, row in sorted(counts.items())]
    return tuple(label(code) for code in order), tuple(months[-MONTHS:])


def _hours(dated: pd.DataFrame) -> tuple[tuple[int, ...], ...]:
    table = [[0] * 24 for _ in range(7)]
    for at in dated["created_at"]:
        table[at.weekday()][at.hour] += 1
    return tuple(tuple(row) for row in table)


def _texts(posts: pd.DataFrame, sharing: Mapping[int, int]) -> tuple[Text, ...]:
    """The texts that most other accounts posted too, in this account's own last words."""
    shared = {family: count for family, count in sharing.items() if count >= 2}
    own = posts[posts["family"].isin(list(shared)) & posts["text"].notna()]
    last = own.drop_duplicates("family", keep="last")
    ranked = sorted(
        zip(last["family"], last["text"], strict=True), key=lambda one: (-shared[one[0]], one[0])
    )
    return tuple(
        plural(
            "{text} (also posted by {n} other account)",
            "{text} (also posted by {n} other accounts)",
            shared[family] - 1,
            text=Quote(" ".join(str(text).split())),
        )
        for family, text in ranked[:TEXTS]
    )
