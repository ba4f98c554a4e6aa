"""One step of the investigation as one message: claim, measures, chart, one line of doubt."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from analyzers.model.finding import Finding, Measure
from analyzers.model.report import StepReport
from analyzers.model.text import Text
from analyzers.render.headings import first_doubts, strength
from analyzers.render.inert import markdown
from analyzers.render.measured import cohort_side, comparison_side, measured
from analyzers.render.words import shortened
from bot.message import MAX_ALT, Block, Chart, Message, Words
from bot.standing import STEP, step_buttons
from bot.voice import DOUBT, LABEL, SIDE, TITLE, Voice

MEASURES = 3
"""What a phone shows of a finding beside its chart; the page has them all."""


def step_message(
    step: StepReport, finding: Finding, voice: Voice, charts: Mapping[str, str]
) -> Message:
    """A finding as a message; a chart that is not among `charts` is said not to be drawn."""
    blocks: list[Block] = [
        Words(f"### {voice.say(step.title, TITLE)}\n{voice.claim(finding.claim)}")
    ]
    measures = [_measure(measure, voice) for measure in finding.measures[:MEASURES]]
    if measures:
        blocks.append(Words("\n".join(measures)))
    chart = first_chart(finding, voice, charts)
    if chart:
        blocks.append(chart)
    notes = [*_notes(step, finding, voice, drawn=chart is not None)]
    if notes:
        blocks.append(Words("\n".join(notes)))
    blocks.append(step_buttons(step.id, voice))
    return Message(key=f"{STEP}{step.id}", blocks=tuple(blocks))


def first_chart(finding: Finding, voice: Voice, charts: Mapping[str, str]) -> Chart | None:
    """The first chart that was drawn: a phone has room for one."""
    for figure in finding.figures:
        if figure.slug in charts:
            # half of what Discord takes, as it may count an emoji as two
            alt = shortened(voice.speech.say(figure.alt), MAX_ALT // 2)
            return Chart(charts[figure.slug], alt)
    return None


def _measure(measure: Measure, voice: Voice) -> str:
    found = measured(measure, voice.speech)
    label = f"**{markdown(found.label, LABEL)}**"
    value = markdown(cohort_side(found, voice.speech), SIDE)
    other = comparison_side(found, voice.speech)
    return f"{label}\nA {value} · B {markdown(other, SIDE)}" if other else f"{label}\n{value}"


def _notes(step: StepReport, finding: Finding, voice: Voice, *, drawn: bool) -> Iterator[str]:
    for caveat in first_doubts(step, finding):
        yield f"⚠ {voice.say(caveat, DOUBT)}"
    if finding.figures and not drawn:
        yield voice.small(Text("The chart could not be drawn."))
    if step.id == "coverage":
        return  # it says what there is to look at, and finds nothing
    if finding.describes:
        yield voice.small(
            Text("This describes the accounts and is no new evidence that they act together.")
        )
    else:
        yield voice.small(strength(step))
