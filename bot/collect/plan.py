"""What a collection is about, how deep it goes and what it may cost: fixed before it starts."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import msgspec

from analyzers.model.case import Window
from analyzers.model.refusal import BadInput
from analyzers.model.text import Code, Text
from bot.collect.handles import PlatformName
from bot.collect.platform import Sizes
from bot.collect.whole import write_whole

PLAN = "collection.json"

USUAL_COHORT = 20
"""Accounts that act together in the estimate: as many as in the case that Limier is modelled on."""


class Plan(msgspec.Struct, frozen=True):
    """One collection. Times are UTC; it is written down once, and a restart keeps to it.

    Posts about the target are sought between `since` and `until`; timelines go back `history_days`
    before that. `search_pages` bounds each search, `timeline_pages` each timeline, `circle_pages`
    each list of followers; `requests`, `minutes` and US `dollars` bound the whole. `minutes` are
    those of one run: a collection that is begun again has them anew.
    """

    typed: str
    platform: PlatformName
    since: datetime
    until: datetime
    started_at: datetime
    seed: int
    requests: int = 5000
    minutes: float = 120
    history_days: int = 365
    search_pages: int = 100
    timeline_pages: int = 10
    circle_pages: int = 1
    dollars: float | None = None

    @property
    def window(self) -> Window:
        """The time in which posts about the target are sought."""
        return Window(self.since, self.until)

    @property
    def reach(self) -> datetime:
        """How far back timelines go."""
        return self.since - timedelta(days=self.history_days)


@dataclass(frozen=True, slots=True)
class Part:
    """One step of a collection, and the most requests and US dollars that it costs."""

    what: Text
    requests: int
    dollars: float = 0.0


def parts(plan: Plan, sizes: Sizes, cohort: int = USUAL_COHORT) -> Iterator[Part]:
    """The steps of a collection with what they cost, if so many accounts act together."""
    each = 1 + sizes.birth_calls + plan.timeline_pages + 2 * plan.circle_pages
    dollars = (
        sizes.profile_dollars
        + plan.timeline_pages * sizes.timeline_dollars
        + 2 * plan.circle_pages * sizes.circle_dollars
    )
    yield Part(
        Text("Search for posts that mention, answer or quote the target"),
        plan.search_pages,
        plan.search_pages * sizes.search_dollars,
    )
    yield Part(Text("Choose the accounts that act together, and ordinary ones, once for all"), 0)
    yield Part(
        Text("Keep the profiles, posts and followers of {n} such accounts", n=cohort),
        cohort * each,
        cohort * dollars,
    )
    yield Part(
        Text("The same of as many ordinary accounts, for comparison"),
        max(cohort, 30) * each,
        max(cohort, 30) * dollars,
    )


def minutes(requests: int, sizes: Sizes) -> int:
    """How long so many requests take at the pace that the platform allows."""
    return max(1, round(requests / sizes.calls_a_minute))


def start(folder: Path, plan: Plan) -> Plan:
    """Write a plan into its folder, or go on with the one that began there; gives back which.

    A collection that goes on keeps its window and depth; only what it may cost is taken from the
    new plan. Raises `BadInput` when another target was being collected there.
    """
    known = read(folder)
    if known is None:
        _write(folder, plan)
        return plan
    if (known.typed, known.platform) != (plan.typed, plan.platform):
        raise BadInput(
            Text(
                "{folder} holds a collection about {typed} on {platform}: name another folder.",
                folder=Code(str(folder)),
                typed=Code(known.typed),
                platform=Code(known.platform),
            )
        )
    again = resumed(known, plan)
    _write(folder, again)
    return again


def resumed(begun: Plan, plan: Plan) -> Plan:
    """A plan that was begun, with what a new one says that it may cost."""
    return msgspec.structs.replace(
        begun, requests=plan.requests, minutes=plan.minutes, dollars=plan.dollars
    )


def read(folder: Path) -> Plan | None:
    """The plan of the collection in a folder; `None` when it holds none."""
    try:
        return msgspec.json.decode((folder / PLAN).read_bytes(), type=Plan)
    except (FileNotFoundError, NotADirectoryError):
        return None
    except (msgspec.DecodeError, OSError) as error:
        raise BadInput(
            Text("{file} of this folder cannot be read: name another folder.", file=Code(PLAN))
        ) from error


def _write(folder: Path, plan: Plan) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    content = msgspec.json.format(msgspec.json.encode(plan), indent=1) + b"\n"
    write_whole(folder / PLAN, content)


def now() -> datetime:
    """The present moment, in whole seconds, in UTC."""
    return datetime.now(UTC).replace(microsecond=0)
