"""What every face says of a report in the same words: its name, grades of strength, its making."""

from __future__ import annotations

from collections.abc import Iterator

from analyzers.model.finding import Finding, Strength
from analyzers.model.report import Report, StepReport, Verdict
from analyzers.model.target import shown
from analyzers.model.text import Code, Probability, Text
from analyzers.render.words import Words
from analyzers.weigh.strength import MODERATE_Q

AFTERWARDS = ("fate",)
"""Steps told after the rival explanations, on which they have no say: what became of the accounts
is no evidence of what they were."""

SHORT = 12
"""Digits of a hash on a phone: enough to compare two by eye; the manifest has them whole."""


def strength(step: StepReport) -> Text:
    """How much a step's finding says, and what that rests on, as a sentence."""
    if step.strength is Strength.NONE:
        return Text("Strength: none. This does not stand out.")
    if step.q is None:
        return Text("Strength: weak, for lack of a test against ordinary accounts.")
    q = Probability(step.q, adjusted=True)
    match step.strength:
        case Strength.STRONG:
            return Text(
                "Strength: strong. Chance alone very rarely gives as much ({q}, adjusted for all "
                "tests).",
                q=q,
            )
        case Strength.MODERATE:
            return Text(
                "Strength: moderate. Chance alone rarely gives as much ({q}, adjusted for all "
                "tests).",
                q=q,
            )
    if step.q <= MODERATE_Q:
        return Text(
            "Strength: weak, although chance rarely gives as much ({q}, adjusted for all tests): "
            "the accounts are few or were named by a person.",
            q=q,
        )
    return Text(
        "Strength: weak. Chance alone gives as much now and then ({q}, adjusted for all tests).",
        q=q,
    )


def doubt_of_weighing(verdict: Verdict) -> Text:
    """The line of doubt of the rival explanations."""
    if "out_of_distribution" in verdict.flags:
        return Text(
            "This case resembles none of the simulated ones from which the weights come: read "
            "these numbers as an order, not as odds."
        )
    return Text("The weights come from simulated cases, which real ones need not resemble.")


def first_doubts(step: StepReport, finding: Finding) -> tuple[Text, ...]:
    """The line of doubt of a step; coverage has two: what is missing, and who is compared with."""
    return finding.caveats[: 2 if step.id == "coverage" else 1]


def title(report: Report, words: Words) -> str:
    """What the case is called, in one plain line: its targets."""
    if not report.case.targets:
        return words.say(Text("Posts without a named target"))
    return words.say(
        Text("Posts about {targets}", targets=tuple(shown(each) for each in report.case.targets))
    )


def made(report: Report, digits: int | None = None, *, strict: bool = False) -> Iterator[Text]:
    """How the report was made, a line each: version and seed, the data's digest, every source.

    `digits` shortens the hashes; `strict` is the redaction of what is shown.
    """
    if strict:
        yield Text(
            "Strictly redacted: no text of a post is shown, and times are given by their day."
        )
    yield Text(
        "Limier {version}, seed {seed}.",
        version=Code(report.run.version),
        seed=Code(str(report.run.seed)),
    )
    yield Text("Data: {digest}", digest=Code(report.case.digest[:digits]))
    for source in report.case.sources:
        yield Text(
            "{file}: {format}, {used} of {rows} rows used, SHA-256 {digest}",
            file=Code(source.name),
            format=Code(source.format),
            used=source.used,
            rows=source.rows,
            digest=Code(source.sha256[:digits]),
        )
