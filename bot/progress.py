"""The card that says how far an investigation is, edited in place while it runs."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from analyzers.investigation import Progress
from analyzers.model.text import Text, plural
from analyzers.render.inert import markdown
from analyzers.render.words import Words as Speech
from bot.message import Button, Buttons, Message, Words
from bot.standing import CANCEL

RUNNING = 0x8A8A8A
"""Grey: nothing is concluded yet."""

PROGRESS = "progress"
"""The key of the card while it shows progress."""

STAGES: dict[str, Text] = {
    "read": Text("Reading the dump"),
    "enrich": Text("Finding like texts and languages"),
    "cohort": Text("Looking for accounts that act together"),
    "steps": Text("Asking each question"),
    "draw": Text("Drawing the charts"),
    "send": Text("Writing the thread"),
}
"""The stages of an investigation, in order, as the card names them."""

COLLECT = "collect"
"""The stage before these of an investigation whose posts are collected."""


@dataclass(frozen=True, slots=True)
class Queued:
    """An investigation that waits for its turn; number 1 is next."""

    number: int


def queued_card(queued: Queued, speech: Speech) -> Message:
    """The card while others are investigated first."""
    title = speech.say(Text("Investigation in line"))
    others = queued.number - 1
    place = plural("One other is before it.", "{n} others are before it.", others)
    line = speech.say(place if others else Text("It is next."))
    why = speech.say(Text("I work on few at a time, and on those of each server in turn."))
    return _card(f"**{title}**", line, f"-# {why}", speech)


def progress_card(
    progress: Progress,
    elapsed: timedelta,
    speech: Speech,
    *,
    resumed: bool = False,
    collects: bool = False,
) -> Message:
    """The card at one moment: stages done, the one under way, steps done of total, time spent.

    `resumed` says that the work was cut short by a stop of the program and goes on, `collects` that
    it begins with collecting.
    """
    stages = {COLLECT: _collecting(progress), **STAGES} if collects else STAGES
    current = list(stages).index(progress.stage)
    lines = [
        _line(number - current, speech.say(name), progress)
        for number, name in enumerate(stages.values())
    ]
    spent = speech.say(Text("{elapsed} so far", elapsed=elapsed))
    if resumed:
        again = Text("I was stopped and go on where I stood.")
        spent = f"{speech.say(again)} {spent}"
    title = speech.say(Text("Investigation under way"))
    return _card(f"**{title}**", "\n".join(lines), f"-# {spent}", speech)


def ended_card(reason: Text, speech: Speech) -> Message:
    """The card of an investigation from which nothing came, or that pauses: why."""
    return Message(PROGRESS, (Words(markdown(speech.say(reason))),), card=True, colour=RUNNING)


def _card(head: str, body: str, foot: str, speech: Speech) -> Message:
    cancel = Buttons((Button(CANCEL, speech.say(Text("Cancel"))),))
    blocks = (Words(head), Words(body), Words(foot), cancel)
    return Message(key=PROGRESS, blocks=blocks, card=True, colour=RUNNING)


def _collecting(progress: Progress) -> Text:
    if progress.stage != COLLECT or not progress.done:
        return Text("Collecting posts")
    return Text(
        "Collecting posts: page {n} of {most} at most", n=progress.done, most=progress.total
    )


def _line(place: int, name: str, progress: Progress) -> str:
    """One stage: ticked when behind, bold with its count when current, plain when ahead."""
    if place < 0:
        return f"☑ {name}"
    if place > 0:
        return f"☐ {name}"
    counted = progress.total > 1 and progress.stage != COLLECT  # which counts in words
    count = f" ({progress.done}/{progress.total})" if counted else ""
    return f"▸ **{name}**{count}"
