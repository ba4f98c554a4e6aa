"""What every face says of a report in the same words: its name, grades of strength, its making."""

from __future__ import annotations

from collections.abc import Iterator

from analyzers.model.finding import Strength
from analyzers.model.report import Report
from analyzers.model.target import shown
from analyzers.model.text import Code, Text
from analyzers.render.words import Words

STRENGTHS: dict[Strength, Text] = {
    Strength.NONE: Text("Nothing that stands out."),
    Strength.WEAK: Text("A weak finding."),
    Strength.MODERATE: Text("A moderate finding."),
    Strength.STRONG: Text("A strong finding."),
}


def title(report: Report, words: Words) -> str:
    """What the case is called, in one plain line: its targets."""
    if not report.case.targets:
        return words.say(Text("Posts without a named target"))
    return words.say(
        Text("Posts about {targets}", targets=tuple(shown(each) for each in report.case.targets))
    )


def made(report: Report) -> Iterator[Text]:
    """How the report was made, a line each: version and seed, the data's digest, every source."""
    yield Text(
        "Limier {version}, seed {seed}.",
        version=Code(report.run.version),
        seed=Code(str(report.run.seed)),
    )
    yield Text("Data: {digest}", digest=Code(report.case.digest))
    for source in report.case.sources:
        yield Text(
            "{file}: {format}, {used} of {rows} rows used, SHA-256 {digest}",
            file=Code(source.name),
            format=Code(source.format),
            used=source.used,
            rows=source.rows,
            digest=Code(source.sha256),
        )
