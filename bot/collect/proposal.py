"""A plan of collection before it starts: made from what a person asked, and told with its cost."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from analyzers.model.refusal import BadInput
from analyzers.model.text import Code, Text
from bot.collect.handles import PLATFORMS, Handle, PlatformName, PostUrl, parse
from bot.collect.plan import USUAL_COHORT, Plan, minutes, parts
from bot.collect.platform import Sizes
from bot.collect.platforms import turned_on
from bot.config import CollectSettings

USUAL_DAYS = 14
"""How far back posts about the target are sought when nobody says: attacks last days."""


def window(
    since: datetime | None, until: datetime | None, now: datetime
) -> tuple[datetime, datetime]:
    """The time in which posts are sought: until now, and two weeks, unless somebody says.

    Raises `BadInput` where it ends before it begins.
    """
    end = until or now
    begin = since or end - timedelta(days=USUAL_DAYS)
    if begin >= end:
        raise BadInput(
            Text("The window is empty: {since} is not before {until}.", since=begin, until=end)
        )
    return begin, end


def possible(
    typed: str, platform: str | None, settings: CollectSettings
) -> dict[PlatformName, Handle | PostUrl]:
    """Whom a target may mean, by platform that is turned on; several where a name alone was typed.

    Raises `BadInput` where it is no account and no post, or its platform is off.
    """
    names = tuple(Code(name) for name in PLATFORMS)
    said = next((name for name in PLATFORMS if name == platform), None)
    if platform and said is None:
        raise BadInput(
            Text("{typed} is none of the platforms {names}.", typed=Code(platform), names=names)
        )
    on = turned_on(settings)
    try:
        found = parse(typed, said)
    except BadInput:
        meant = {} if said else dict(_meant(typed, on))
        if not meant:
            raise
        return meant
    if found.platform not in on:
        raise BadInput(
            Text(
                "Collecting from {platform} is not turned on here: ask whoever runs me to turn it "
                "on.",
                platform=Code(found.platform),
            )
        )
    return {found.platform: found}


def _meant(
    typed: str, on: tuple[PlatformName, ...]
) -> Iterator[tuple[PlatformName, Handle | PostUrl]]:
    for name in on:
        try:
            yield name, parse(typed, name)
        except BadInput:
            continue


def proposed(
    typed: str,
    platform: PlatformName,
    within: tuple[datetime, datetime],
    sizes: Sizes,
    settings: CollectSettings,
    now: datetime,
    seed: int,
) -> Plan:
    """The plan of a collection that starts `now`, as deep as the platform's sizes say and as costly
    as the operator allows."""
    since, until = within
    return Plan(
        typed=typed,
        platform=platform,
        since=since,
        until=until,
        started_at=now,
        seed=seed,
        requests=settings.requests,
        minutes=settings.minutes,
        search_pages=sizes.search_pages,
        timeline_pages=sizes.timeline_pages,
        circle_pages=sizes.circle_pages,
        dollars=settings.x.dollars if platform == "x" else None,
    )


def told(plan: Plan, sizes: Sizes) -> Iterator[Text]:
    """What a plan does and costs at most, a sentence a line."""
    yield Text(
        "Posts about {target} on {platform}, from {since} until {until}:",
        target=Code(plan.typed),
        platform=Code(plan.platform),
        since=plan.since,
        until=plan.until,
    )
    steps = tuple(parts(plan, sizes))
    for number, part in enumerate(steps, 1):
        if part.dollars:
            yield Text(
                "{number}. {what}: at most {n} requests and {dollars} US dollars.",
                number=number,
                what=part.what,
                n=part.requests,
                dollars=round(part.dollars, 2),
            )
        elif part.requests:
            yield Text(
                "{number}. {what}: at most {n} requests.",
                number=number,
                what=part.what,
                n=part.requests,
            )
        else:
            yield Text("{number}. {what}.", number=number, what=part.what)
    total = sum(part.requests for part in steps)
    yield Text(
        "About {n} requests at most, {minutes} minutes or more. It stops after {budget} "
        "requests or {most} minutes, and says what it lacks.",
        n=total,
        minutes=minutes(total, sizes),
        budget=plan.requests,
        most=round(plan.minutes),
    )
    if plan.dollars is not None:
        yield Text(
            "It costs {dollars} US dollars at most if {n} accounts act together, and begins no "
            "page that might take it beyond {cap} US dollars.",
            dollars=round(sum(part.dollars for part in steps), 2),
            n=USUAL_COHORT,
            cap=plan.dollars,
        )
