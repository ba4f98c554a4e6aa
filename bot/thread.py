"""A report as the messages of a Discord thread: pure, and within every limit by construction.

The order is the analyst's: card, bottom line, coverage, the steps that found something, what found
nothing, the rival explanations, what could not be asked, and how it was made. Each message is cut
into parts whose room is fixed beforehand (see `bot.voice`) and sums to less than Discord's limit,
so that no report, however strange, can overflow one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from analyzers.model.finding import Strength
from analyzers.model.report import Coordination, Report, StepReport
from analyzers.model.step import Found
from analyzers.model.target import shown
from analyzers.model.text import Code, Text, plural
from analyzers.render.bottom_line import confidence_sentence
from analyzers.render.headings import AFTERWARDS, SHORT, made, title
from analyzers.render.inert import markdown
from analyzers.render.words import Words as Speech
from bot import folded
from bot.message import (
    MAX_OPTION,
    MAX_OPTIONS,
    MAX_PLACEHOLDER,
    Accounts,
    Attachment,
    Block,
    Chart,
    Message,
    Rule,
    Words,
)
from bot.standing import Discussion, card_standing, who_is_who
from bot.step_message import first_chart, step_message
from bot.voice import DOUBT, LINE, MECHANISM, SENTENCE, TITLE, Voice

PAGE = "report.html"

COLOURS: dict[Coordination, int] = {
    "established": 0xD98E04,
    "not_established": 0x5B7F95,
    "cannot_tell": 0x8A8A8A,
}
"""Amber, slate and grey: no red and no green, for neither guilt nor innocence is said here."""


def thread(
    report: Report,
    speech: Speech,
    charts: Mapping[str, str],
    accounts: Sequence[str] = (),
    lacks: Sequence[Text] = (),
) -> tuple[Message, ...]:
    """The messages of a report, the channel's card first; an empty cohort gives five at most.

    `charts` maps a figure's slug to its file in the bundle; a figure that is not in it could not be
    drawn, and its step says so. `accounts` are the pseudonyms of those that can be seen close,
    `lacks` says what could not be collected, most telling first.
    """
    voice = Voice(speech)
    told = [step for step in report.steps if _is_told(step, report)]
    rest = [step for step in report.steps if step not in told]
    messages = [_card(report, voice, charts), _bottom_line(report, voice, accounts)]
    messages += voice.listed(
        "lacks",
        Text("What this collection lacks"),
        [f"- {voice.say(lack, LINE)}" for lack in lacks],
    )
    messages += _steps([step for step in told if step.id not in AFTERWARDS], voice, charts)
    if report.cohort.members:
        messages += folded.quiet([s for s in rest if isinstance(s.outcome, Found)], voice)
        messages += folded.hypotheses(report, voice)
        messages += _steps([step for step in told if step.id in AFTERWARDS], voice, charts)
        messages += folded.unasked(
            report, [s for s in rest if not isinstance(s.outcome, Found)], voice
        )
    else:
        messages += folded.without_cohort(report, rest, voice)
    return (*messages, _manifest(report, voice))


def _steps(
    steps: Iterable[StepReport], voice: Voice, charts: Mapping[str, str]
) -> Iterator[Message]:
    """A message for each step that found something."""
    for step in steps:
        assert isinstance(step.outcome, Found)
        yield step_message(step, step.outcome.finding, voice, charts)


def _is_told(step: StepReport, report: Report) -> bool:
    """Coverage always has its message; other steps when they found something about a cohort."""
    if not isinstance(step.outcome, Found):
        return False
    found = step.outcome.finding.noteworthy and bool(report.cohort.members)
    return found or step.id == "coverage"


def _card(report: Report, voice: Voice, charts: Mapping[str, str]) -> Message:
    verdict = report.verdict
    below = (
        voice.say(confidence_sentence(verdict)),
        voice.small(verdict.disclaimer, SENTENCE),
    )
    blocks: list[Block] = [
        Words(f"## {markdown(title(report, voice.speech), TITLE)}"),
        Words(voice.say(verdict.statement)),
        *([Words(voice.say(verdict.mechanism, MECHANISM))] if verdict.mechanism else []),
        Words("\n".join(below)),
        card_standing(Discussion(), voice),
    ]
    chart = _best_chart(report, voice, charts)
    if chart:
        blocks.append(chart)
    colour = COLOURS[verdict.coordination]
    return Message(key="card", blocks=tuple(blocks), card=True, colour=colour)


def _best_chart(report: Report, voice: Voice, charts: Mapping[str, str]) -> Chart | None:
    """The model of text where there is one, else the first chart of the strongest finding."""
    ranked = sorted(report.steps, key=lambda step: (step.id != "template", -step.strength))
    for step in ranked:
        if step.strength > Strength.NONE and isinstance(step.outcome, Found):
            chart = first_chart(step.outcome.finding, voice, charts)
            if chart:
                return chart
    return None


def _bottom_line(report: Report, voice: Voice, accounts: Sequence[str]) -> Message:
    verdict = report.verdict
    parts = [
        f"**{voice.say(verdict.statement)}**",
        *([f"**{voice.say(verdict.mechanism, MECHANISM)}**"] if verdict.mechanism else []),
        voice.say(confidence_sentence(verdict)),
        *([voice.say(verdict.banner, DOUBT)] if verdict.banner else []),
        voice.say(verdict.disclaimer, DOUBT),
    ]
    aside = [voice.small(note, 300) for note in _asides(report)]
    blocks: tuple[Block, ...] = (Words("\n\n".join(parts)),)
    if aside:
        blocks = (*blocks, Rule(), Words("\n".join(aside)))
    if accounts:
        blocks = (*blocks, _picker(accounts, voice.speech))
    if report.accounts:
        blocks = (*blocks, who_is_who(voice))
    colour = COLOURS[verdict.coordination]
    return Message(key="bottom-line", blocks=blocks, notify=True, colour=colour)


def _picker(names: Sequence[str], speech: Speech) -> Accounts:
    """The select of the accounts, all of them or as many as leave room to ask for another."""
    placeholder = speech.say(Text("Look at one account…"))[:MAX_PLACEHOLDER]
    if len(names) <= MAX_OPTIONS:
        return Accounts(tuple(names), placeholder)
    another = speech.say(
        Text(
            "Another account, up to {last}: type its pseudonym…",
            last=Code(names[-1]),
        )
    )
    return Accounts(tuple(names[: MAX_OPTIONS - 1]), placeholder, another[:MAX_OPTION])


def _asides(report: Report) -> Iterator[Text]:
    """At most four lines: who A and B are, other cohorts, families explained, candidates."""
    if report.cohort.members:
        yield _sides(report)
    if report.others:
        yield plural(
            "One other group of accounts shares texts as well; this report is not about it.",
            "{n} other groups of accounts share texts as well; this report is not about them.",
            len(report.others),
        )
    if report.explained:
        largest = max(report.explained, key=lambda family: (family.posts, -family.family))
        yield Text(
            "{posts} posts by {accounts} accounts share their words, which is not counted as "
            "acting together. {source}",
            posts=largest.posts,
            accounts=largest.accounts,
            source=largest.source,
        )
    if report.case.candidates:
        yield Text(
            "No target was named. These posts are most often about {targets}.",
            targets=tuple(shown(each.target) for each in report.case.candidates),
        )


def _sides(report: Report) -> Text:
    if not report.comparison.accounts:
        return Text(
            "A stands for the {cohort} accounts in question. There are no ordinary accounts (B) "
            "to compare with.",
            cohort=len(report.cohort),
        )
    return Text(
        "A stands for the {cohort} accounts in question, B for {comparison} ordinary accounts in "
        "the same data.",
        cohort=len(report.cohort),
        comparison=len(report.comparison),
    )


def _manifest(report: Report, voice: Voice) -> Message:
    lines = [
        Text("Every finding, with its doubts and what would overturn it, is on the page below."),
        *made(report, digits=SHORT, strict=voice.speech.disclosure.strict),
    ]
    heading = Text("How this was made")
    (message,) = voice.listed("manifest", heading, [voice.small(line, LINE) for line in lines])
    return Message(key="manifest", blocks=(*message.blocks, Attachment(PAGE)))
