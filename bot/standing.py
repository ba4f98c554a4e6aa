"""What people have made of a case so far, in words and buttons on its card and its steps: pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from analyzers.model.text import Text, plural
from analyzers.render.inert import markdown, size
from bot.message import (
    MAX_LABEL,
    MAX_TEXT,
    Block,
    Button,
    Buttons,
    Message,
    Standing,
    Words,
)
from bot.record import WHOLE, Kind, Opinion, Posted, Revision, Status
from bot.voice import LINE, SENTENCE, Voice

AGREE, DISPUTE, NOTE, EVIDENCE = "agree", "dispute", "note", "evidence"
REVEAL, APPROVE, WITHDRAW, DELETE = "reveal", "approve", "withdraw", "delete"
EXHIBITS, CANCEL = "exhibits", "cancel"
"""What buttons do; each is the beginning of an id, answered in `bot.views`."""

DISPUTED = Text("Disputed")

ASSIGNED_TO = Text("Assigned to")

HEADS = {Kind.AGREE: Text("Agreed"), Kind.DISPUTE: DISPUTED, Kind.NOTE: Text("Note")}
"""What stands before an opinion."""

REVIEWERS = 2
"""Reviewers who must agree with a case, none of whom started it."""

STEP = "step:"
"""Begins the key of a step's message; the step's id ends it."""


@dataclass(frozen=True)
class Discussion:
    """What stands: the status of the case, and the opinions that were not taken back.

    Since its `revisions` a step may claim something else than what people spoke of.
    """

    status: Status = Status.DRAFT
    opinions: Sequence[Opinion] = field(default=())
    revisions: Sequence[Revision] = field(default=())

    def count(self, step: str, kind: Kind) -> int:
        """How many people agree with a step or dispute it, or how many notes it has."""
        return sum(one.step == step and one.kind is kind for one in self.opinions)

    def outdated(self, opinion: Opinion) -> int | None:
        """The last revision that changed the claim of which an opinion speaks, by its number."""
        later = [
            one.number
            for one in self.revisions
            if opinion.step in one.changed and one.read and opinion.given < one.read
        ]
        return max(later, default=None)

    def reviewers(self) -> int:
        """How many reviewers agree with the case as a whole."""
        return self.count(WHOLE, Kind.AGREE)


def status_name(status: Status) -> Text:
    """A status as people say it."""
    return _STATUS[status]


def card_standing(
    discussion: Discussion, voice: Voice, titles: Mapping[str, str] | None = None
) -> Standing:
    """What the card says of the discussion; `titles` maps steps to what the card calls them."""
    lines = [voice.small(status_line(discussion), LINE)]
    disputed = [
        step for step in titles or {} if discussion.count(step, Kind.DISPUTE)
    ]  # most weighty first: a dispute must not be lost among agreements
    agreed = [
        step for step in titles or {} if discussion.count(step, Kind.AGREE) and step not in disputed
    ]
    room = MAX_TEXT // 4
    for step in (*disputed, *agreed):
        line = f"{markdown((titles or {})[step])}: {_counts(discussion, step, voice)}"
        room -= size(line) + 1
        if room < 0:
            break
        lines.append(f"⚑ {line}" if step in disputed else line)
    return Standing("\n".join(lines))


def step_standing(discussion: Discussion, step: str, voice: Voice) -> Standing | None:
    """The mark on a step; nothing for one of which nobody has said anything."""
    said = any(discussion.count(step, kind) for kind in (Kind.AGREE, Kind.DISPUTE, Kind.NOTE))
    if not said:
        return None
    line = _counts(discussion, step, voice)
    disputed = discussion.count(step, Kind.DISPUTE)
    return Standing(f"⚑ **{voice.say(DISPUTED)}** · {line}" if disputed else f"-# {line}")


def the_card(
    card: Message,
    discussion: Discussion,
    posted: Mapping[str, Posted],
    thread: str,
    voice: Voice,
    assigned: int | None = None,
) -> Message:
    """The card as it is to be shown now: standing, links to the steps and, in review, a button.

    `thread` is the address of the thread, to which a message's id is added; `assigned` is the
    Discord id of whoever takes care of the case.
    """
    titles = {
        key.removeprefix(STEP): one.title for key, one in posted.items() if key.startswith(STEP)
    }
    now = card_standing(discussion, voice, titles)
    if assigned:
        now = Standing(f"{now.markdown}\n-# {voice.say(ASSIGNED_TO)} <@{assigned}>")
    blocks: list[Block] = [now if isinstance(block, Standing) else block for block in card.blocks]
    blocks += _links(blocks, [one for one in posted.values() if one.title and one.message], thread)
    if discussion.status is Status.IN_REVIEW:
        label = voice.speech.say(Text("Approve as a reviewer"))[:MAX_LABEL]
        blocks.append(Buttons((Button(APPROVE, label),)))
    return replace(card, blocks=tuple(blocks))


def the_step(message: Message, discussion: Discussion, voice: Voice) -> Message:
    """A step's message as it is to be shown now: its mark stands above its buttons."""
    now = step_standing(discussion, message.key.removeprefix(STEP), voice)
    blocks: list[Block] = []
    for block in message.blocks:
        if isinstance(block, Buttons) and now:
            blocks.append(now)
        blocks.append(block)
    return replace(message, blocks=tuple(blocks))


def step_buttons(step: str, voice: Voice) -> Buttons:
    """What one can do with a step: look at its evidence, agree, dispute, note."""
    labels = {
        AGREE: Text("Agree"),
        DISPUTE: Text("Dispute…"),
        NOTE: Text("Note…"),
        EVIDENCE: Text("Evidence"),
    }
    return Buttons(
        tuple(
            Button(does, voice.speech.say(label)[:MAX_LABEL], step)
            for does, label in labels.items()
        )
    )


def who_is_who(voice: Voice) -> Buttons:
    """The button by which those with the right see who is behind the pseudonyms."""
    label = voice.speech.say(Text("Who is behind the pseudonyms"))
    return Buttons((Button(REVEAL, label[:MAX_LABEL], "1"),))


def status_line(discussion: Discussion) -> Text:
    """Where the case stands, in one sentence."""
    match discussion.status:
        case Status.DRAFT:
            return Text("Draft: nobody has reviewed this yet.")
        case Status.IN_REVIEW:
            return Text(
                "Draft, in review: {n} of {wanted} reviewers agree.",
                n=discussion.reviewers(),
                wanted=REVIEWERS,
            )
        case Status.AGREED:
            return Text("Agreed by {n} reviewers.", n=discussion.reviewers())
        case Status.CORRECTED:
            return Text("Corrected: read the thread for what has changed since it was agreed.")


def settled(discussion: Discussion, since: datetime) -> Text | None:
    """What copies say instead of "draft", with the day since when; `None` while it is a draft."""
    match discussion.status:
        case Status.AGREED:
            n = discussion.reviewers()
            return Text("Agreed by {n} reviewers on {day}", n=n, day=since.date())
        case Status.CORRECTED:
            return Text("Agreed by reviewers, and corrected on {day}", day=since.date())
        case _:
            return None


def _counts(discussion: Discussion, step: str, voice: Voice) -> str:
    parts: list[Text] = []
    if disputed := discussion.count(step, Kind.DISPUTE):
        parts.append(plural("one person disputes", "{n} people dispute", disputed))
    if agreed := discussion.count(step, Kind.AGREE):
        parts.append(plural("one person agrees", "{n} people agree", agreed))
    if notes := discussion.count(step, Kind.NOTE):
        parts.append(plural("one note", "{n} notes", notes))
    counted = markdown(voice.speech.value(tuple(parts)), LINE)
    outdated = [discussion.outdated(one) for one in discussion.opinions if one.step == step]
    before = [number for number in outdated if number]
    if not before:
        return counted
    said = plural(
        "one of them before revision {revision}, of another claim",
        "{n} of them before revision {revision}, of another claim",
        len(before),
        revision=max(before),
    )
    return f"{counted} · {voice.say(said, LINE)}"


def _links(blocks: Iterable[Block], posted: Sequence[Posted], thread: str) -> tuple[Block, ...]:
    """Links to the steps, as many as there is room for."""
    used = sum(size(b.markdown) for b in blocks if isinstance(b, Words | Standing))
    room = MAX_TEXT - used
    shown: list[str] = []
    for one in posted:
        link = f"[{markdown(one.title, SENTENCE)}]({thread}/{one.message})"
        room -= size(link) + len(" · ")
        if room < len("-# "):
            break
        shown.append(link)
    return (Words(f"-# {' · '.join(shown)}"),) if shown else ()


_STATUS = {
    Status.DRAFT: Text("draft"),
    Status.IN_REVIEW: Text("in review"),
    Status.AGREED: Text("agreed"),
    Status.CORRECTED: Text("corrected"),
}
