"""A thread that goes on: what a new result of a case keeps, strikes through and says has changed.

Pure but for reading the earlier result. Every message of before has a successor: nothing that was
said disappears in silence.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from analyzers.model.finding import Strength
from analyzers.model.refusal import BadInput
from analyzers.model.report import Report
from analyzers.model.text import Percent, Text
from analyzers.render.inert import markdown, size
from bot.message import CARD, MAX_TEXT, Buttons, Message, Words
from bot.record import GONE
from bot.standing import STEP
from bot.thread_json import kept_messages
from bot.voice import LABEL, LINE, LIST, TITLE, Voice, as_many_as_fit

RECORD = "private/report.json"

BOTTOM_LINE = "bottom-line"

REVISION, WAS = "revision:", "was:"
"""Begin the keys of what only a case that goes on has: what changed, and claims that were moved."""

MAX_WHY = 300
"""Characters of the reason for a revision: a sentence or two."""

STRUCK = "-# ~~"
"""Begins a claim of before, beneath the one that took its place."""

RESERVE = 600
"""Characters left free beneath a step, for what people say of it."""

NAMED = 30
"""Accounts that are named one by one; of more a phone shows no more than a wall."""


@dataclass(frozen=True, slots=True)
class Revising:
    """Which revision of a case a result is, for what reason, and the folder of the one before.

    With `correcting` claims of before stay, struck through: the case had been agreed.
    """

    number: int
    reason: str
    earlier: Path
    correcting: bool


@dataclass(frozen=True)
class _Before:
    """What of the earlier result is compared: accounts by id, strengths by step, explanations."""

    messages: Mapping[str, Message]
    accounts: Mapping[str, str]
    strengths: Mapping[str, str]
    explanations: Mapping[str, float]


def revised(
    messages: Sequence[Message], report: Report, revising: Revising, voice: Voice
) -> tuple[Message, ...]:
    """The messages of a case that goes on, of which its thread shows the earlier ones already.

    Those with a key of before replace what stands there; the others are new, "what changed" last.
    """
    before = _read(revising.earlier)
    kept: list[Message] = []
    moved: list[Message] = []
    for message in messages:
        was = before.messages.get(message.key)
        if was is None or not (message.key.startswith(STEP) or message.key == BOTTOM_LINE):
            kept.append(message)
            continue
        message, beside = _with_struck(message, was, revising, voice)
        kept.append(message)
        moved += beside
    now = {message.key for message in messages}
    for key, was in before.messages.items():
        if key not in now:
            kept.append(was if _is_over(was) else _over(was, revising.number, voice))
    changed = _what_changed(messages, report, before, revising, voice)
    return (*kept, *moved, changed)


def changed_steps(before: Mapping[str, Message], now: Mapping[str, Message]) -> tuple[str, ...]:
    """The steps whose claim is not what it was, by id; of these opinions were of another claim."""
    return tuple(
        key.removeprefix(STEP)
        for key, was in before.items()
        if key.startswith(STEP)
        and key in now
        and (claim(was), _is_over(was)) != (claim(now[key]), _is_over(now[key]))
    )


def claim(message: Message) -> str:
    """What a message says first, as markdown without its title, struck through or not."""
    first = next(block.markdown for block in message.blocks if isinstance(block, Words))
    if first.startswith("### "):
        first = first.partition("\n")[2]
    return first.split("\n\n")[0].removeprefix("~~").removesuffix("~~").replace("**", "")


def _with_struck(
    message: Message, was: Message, revising: Revising, voice: Voice
) -> tuple[Message, list[Message]]:
    """The message with the claims of before beneath its own, and what there was no room for."""
    lines = [
        block.markdown
        for block in was.blocks
        if isinstance(block, Words) and block.markdown.startswith(STRUCK)
    ]
    if revising.correcting and claim(was) != claim(message):
        until = voice.say(Text("until revision {n}", n=revising.number), LABEL)
        lines.insert(0, f"{STRUCK}{claim(was)}~~ · {until}")
    room = (
        MAX_TEXT - RESERVE - sum(size(b.markdown) for b in message.blocks if isinstance(b, Words))
    )
    fitting = as_many_as_fit(lines, room)
    first, *rest = message.blocks
    blocks = (first, *(Words(line) for line in fitting), *rest)
    moved = [
        Message(
            f"{WAS}{revising.number}-{number}:{message.key}"[:64],
            (Words(f"{_title(message, voice)}\n{line}"),),
        )
        for number, line in enumerate(lines[len(fitting) :], start=1)
    ]
    return replace(message, blocks=blocks), moved


def _title(message: Message, voice: Voice) -> str:
    first = next(block.markdown for block in message.blocks if isinstance(block, Words))
    if first.startswith("### "):
        return first.partition("\n")[0]
    heading = Text("Bottom line")
    return f"### {voice.say(heading, TITLE)}"


def _is_over(message: Message) -> bool:
    """Whether a message needs no change: it was struck before, or tells of an earlier revision."""
    first = message.blocks[0]
    return message.key.startswith((REVISION, WAS)) or (
        isinstance(first, Words) and "\n~~" in first.markdown
    )


def _over(was: Message, number: int, voice: Voice) -> Message:
    """A message that the new result no longer has: its words stay, struck through."""
    if was.key.startswith(STEP):
        note = Text("Revision {n} no longer finds this: see what changed.", n=number)
        text = f"{_title(was, voice)}\n~~{claim(was)}~~"
    else:
        note = Text("Revision {n} has nothing of this kind: see what changed.", n=number)
        heading, _, lines = was.blocks[0].markdown.partition("\n")  # type: ignore[union-attr]
        struck = as_many_as_fit(
            [f"~~{line.removeprefix('-# ')}~~" for line in lines.split("\n") if line], LIST
        )
        text = "\n".join([heading, *struck])
    buttons = [block for block in was.blocks if isinstance(block, Buttons)]
    return replace(was, blocks=(Words(text), Words(voice.small(note)), *buttons))


def _what_changed(
    messages: Sequence[Message],
    report: Report,
    before: _Before,
    revising: Revising,
    voice: Voice,
) -> Message:
    """The message that says it: reason, bottom line, accounts, steps, explanations."""
    now = {message.key: message for message in messages}
    lines = [
        f"> {markdown(revising.reason, 2 * MAX_WHY)}",
        *_bottom_lines(before.messages.get(BOTTOM_LINE), now[BOTTOM_LINE], voice),
        *(f"- {voice.say(line, LINE)}" for line in _accounts(report, before)),
        *(f"- {voice.say(line, LINE)}" for line in _steps(report, before, now)),
        *(f"- {voice.say(line, LINE)}" for line in _explanations(report, before)),
    ]
    if revising.correcting:
        lines.append(
            voice.small(
                Text("This case had been agreed. It is now corrected; what it said stays, struck.")
            )
        )
    kept = as_many_as_fit(lines, LIST + LIST // 6)
    heading = voice.say(Text("Revision {n}: what changed", n=revising.number), TITLE)
    return Message(f"{REVISION}{revising.number}", (Words(f"### {heading}\n" + "\n".join(kept)),))


def _bottom_lines(was: Message | None, now: Message, voice: Voice) -> Iterator[str]:
    if was is None or claim(was) == claim(now):
        same = Text("The bottom line is as before.")
        yield f"- {voice.say(same)}"
        return
    before, after = (voice.say(text, LABEL) for text in (Text("Before"), Text("Now")))
    yield f"- {before}: ~~{claim(was)}~~"
    yield f"- {after}: {claim(now)}"


def _accounts(report: Report, before: _Before) -> Iterator[Text]:
    now = {line.account_id: line.pseudonym for line in report.accounts}
    joined = sorted(name for account, name in now.items() if account not in before.accounts)
    left = sorted(name for account, name in before.accounts.items() if account not in now)
    yield Text(
        "Accounts in question: {before} before, {now} now.",
        before=len(before.accounts),
        now=len(now),
    )
    if joined:
        yield Text("Joined: {accounts}.", accounts=_few(joined))
    if left:
        yield Text("No longer among them: {accounts}.", accounts=_few(left))
    if any(not name.startswith("A") for name in now.values()):
        yield Text(
            "An account keeps its pseudonym: the letter says where it stood when it was first seen."
        )


def _few(names: Sequence[str]) -> tuple[str | Text, ...]:
    hidden = len(names) - NAMED
    if hidden <= 0:
        return tuple(names)
    return (*names[:NAMED], Text("{n} more", n=hidden))


def _steps(report: Report, before: _Before, now: Mapping[str, Message]) -> Iterator[Text]:
    changed: list[Text] = []
    found: list[Text] = []
    over: list[Text] = []
    for step in report.steps:
        key = f"{STEP}{step.id}"
        was = before.messages.get(key)
        stood = was is not None and not _is_over(was)
        if key in now and not stood:
            found.append(step.title)
        elif stood and key not in now:
            over.append(step.title)
        elif stood and was is not None:
            then, strength = before.strengths.get(step.id, ""), step.strength.name.lower()
            if then != strength and then in _STRENGTHS:
                changed.append(
                    Text(
                        "{step} (strength {before}, now {now})",
                        step=step.title,
                        before=_STRENGTHS[then],
                        now=_STRENGTHS[strength],
                    )
                )
            elif claim(was) != claim(now[key]):
                changed.append(step.title)
    if found:
        yield Text("Found now: {steps}.", steps=tuple(found))
    if over:
        yield Text("No longer found: {steps}.", steps=tuple(over))
    if changed:
        yield Text("Changed: {steps}.", steps=tuple(changed))
    if not (found or over or changed):
        yield Text("No step says anything else than before.")


def _explanations(report: Report, before: _Before) -> Iterator[Text]:
    names = {one.id: one.name for one in report.hypotheses}
    then = max(before.explanations, key=lambda one: before.explanations[one], default="")
    if then not in names:
        return
    now = max(report.hypotheses, key=lambda one: one.probability)
    yield Text(
        "The explanation that ranks first: {before} ({then}) before, {now} ({odds}) now.",
        before=names[then],
        then=Percent(before.explanations[then]),
        now=now.name,
        odds=Percent(now.probability),
    )


_STRENGTHS = {
    Strength.NONE.name.lower(): Text("nil"),
    Strength.WEAK.name.lower(): Text("weak"),
    Strength.MODERATE.name.lower(): Text("moderate"),
    Strength.STRONG.name.lower(): Text("strong"),
}


def _read(folder: Path) -> _Before:
    """The earlier result. Raises BadInput when it is no longer there."""
    try:
        record: dict[str, Any] = json.loads((folder / RECORD).read_bytes())
        return _Before(
            messages={k: m for k, m in kept_messages(folder).items() if k != CARD},
            accounts={one["id"]: one["pseudonym"] for one in record["cohort"]["accounts"]},
            strengths={one["id"]: one["strength"] for one in record["steps"]},
            explanations={one["id"]: one["probability"] for one in record["hypotheses"]},
        )
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise BadInput(GONE) from error
