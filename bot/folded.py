"""What a thread does not give a message each: quiet steps, unasked ones, rival explanations."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from analyzers.model.report import Report, StepReport
from analyzers.model.step import Failed, Found, NotComputable
from analyzers.model.text import Percent, Text
from analyzers.render.headings import doubt_of_weighing
from analyzers.render.inert import markdown
from bot.message import Message
from bot.voice import LABEL, LINE, SIDE, Voice

TOP = 4
"""Explanations set out in the thread; the page has them all."""


def without_cohort(
    report: Report, steps: Sequence[StepReport], voice: Voice
) -> tuple[Message, ...]:
    """All steps but coverage in one message: there are no accounts to tell a story about."""
    return voice.listed(
        "rest",
        Text("What else was asked"),
        [*_claims(steps, voice), *_unasked(steps, voice), *_collect(report, steps, voice)],
    )


def quiet(steps: Sequence[StepReport], voice: Voice) -> tuple[Message, ...]:
    """The steps that looked and found nothing."""
    return voice.listed("nothing", Text("Looked for and not found"), [*_claims(steps, voice)])


def unasked(report: Report, steps: Sequence[StepReport], voice: Voice) -> tuple[Message, ...]:
    """The steps that could not be asked, why, and what to collect so that they can be."""
    return voice.listed(
        "not-computable",
        Text("What could not be asked, and what to collect"),
        [*_unasked(steps, voice), *_collect(report, steps, voice)],
    )


def hypotheses(report: Report, voice: Voice) -> tuple[Message, ...]:
    """The likeliest explanations: for, against, and what would change our mind."""
    if not report.hypotheses:
        return ()
    lines = [voice.say(doubt_of_weighing(report.verdict), SIDE)]
    for each in sorted(report.hypotheses, key=lambda one: -one.probability)[:TOP]:
        odds = markdown(voice.speech.value(Percent(each.probability)))
        lines.append(f"**{voice.say(each.name, LABEL)}** · {odds}")
        reasons = (
            *(Text("For: {reason}", reason=text) for text in each.speaks_for[:1]),
            *(Text("Against: {reason}", reason=text) for text in each.speaks_against[:1]),
            Text("What would change our mind: {reason}", reason=each.would_change),
        )
        lines += [voice.say(reason, SIDE) for reason in reasons]
    return voice.listed("hypotheses", Text("Rival explanations"), lines)


def _claims(steps: Iterable[StepReport], voice: Voice) -> Iterator[str]:
    for step in steps:
        if isinstance(step.outcome, Found):
            claim = voice.claim(step.outcome.finding.claim)
            yield f"**{voice.say(step.title, LABEL)}**\n{claim}"


def _unasked(steps: Iterable[StepReport], voice: Voice) -> Iterator[str]:
    """Steps that lack the same data stand in one line; failed ones say why."""
    lacking: dict[tuple[Text, ...], list[Text]] = {}
    for step in steps:
        match step.outcome:
            case NotComputable(missing):
                lacking.setdefault(missing, []).append(step.title)
            case Failed(reason):
                lacking.setdefault((reason,), []).append(step.title)
            case Found():
                continue
    for missing, titles in lacking.items():
        reasons = " ".join(voice.speech.say(each) for each in missing)
        names = markdown(voice.speech.value(tuple(titles)), SIDE)
        yield f"**{names}**\n{markdown(reasons, LINE)}"


def _collect(report: Report, steps: Iterable[StepReport], voice: Voice) -> Iterator[str]:
    """What to collect beyond what the lines above already name as missing."""
    named = {
        text
        for step in steps
        if isinstance(step.outcome, NotComputable)
        for text in step.outcome.missing
    }
    wanted = [text for text in report.collect_next if text not in named]
    if wanted:
        heading = voice.say(Text("What to collect next"), LABEL)
        yield f"**{heading}**"
    for text in wanted:
        yield f"• {voice.say(text, LINE)}"
