"""The thread for a terminal: the same order, with colours where the terminal has them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from analyzers.model.finding import Finding, Strength
from analyzers.model.report import Report, StepReport
from analyzers.model.step import Failed, Found, NotComputable
from analyzers.model.text import AccountRef
from analyzers.model.text import Text as Sentence
from analyzers.render.bottom_line import bottom_line
from analyzers.render.headings import first_doubts
from analyzers.render.measured import cohort_side, comparison_side, measured
from analyzers.render.words import Words

if TYPE_CHECKING:
    from rich.console import Console, RenderableType

MEASURES = 3
"""As in Discord: the page has them all."""

_STYLES = {
    Strength.NONE: "dim",
    Strength.WEAK: "yellow",
    Strength.MODERATE: "dark_orange",
    Strength.STRONG: "bold dark_orange",
}


def show(report: Report, words: Words, console: Console) -> None:
    """Print the report as a thread: bottom line, steps, what is missing, what to collect."""
    for part in _parts(report, words):
        console.print(part)
        console.print()


def _parts(report: Report, words: Words) -> Iterator[RenderableType]:
    from rich.panel import Panel
    from rich.text import Text

    verdict = "\n\n".join(words.say(text) for text in bottom_line(report.verdict))
    yield Panel(Text(verdict), border_style="dark_orange")
    if report.accounts:
        names = tuple(AccountRef(line.account_id) for line in report.accounts)
        yield Text(words.say(Sentence("A: {accounts}.", accounts=names)), style="dim")
    for step in report.steps:
        yield _step(step, words)
    if report.collect_next:
        yield _list(words.say(Sentence("What to collect next")), report.collect_next, words)


def _step(step: StepReport, words: Words) -> RenderableType:
    from rich.console import Group
    from rich.rule import Rule

    heading = Rule(words.say(step.title), align="left", style=_STYLES[step.strength])
    match step.outcome:
        case Found(finding):
            return Group(heading, *_finding(step, finding, words))
        case NotComputable(missing):
            title = words.say(Sentence("Not computable with this data"))
            return Group(heading, _list(title, missing, words))
        case Failed(reason):
            return Group(heading, _line(words.say(reason), "red"))


def _finding(step: StepReport, finding: Finding, words: Words) -> Iterator[RenderableType]:
    yield _line(words.say(finding.claim), "bold" if finding.noteworthy else "dim")
    for measure in finding.measures[:MEASURES]:
        found = measured(measure, words)
        other = comparison_side(found, words)
        value = cohort_side(found, words)
        yield _line(f"  {found.label}: " + (f"A {value} · B {other}" if other else value))
    for figure in finding.figures:
        yield _line(f"  ▤ {words.say(figure.alt)}", "dim")
    for caveat in first_doubts(step, finding):
        yield _line(f"  ⚠ {words.say(caveat)}", "dim")


def _list(title: str, texts: tuple[Sentence, ...], words: Words) -> RenderableType:
    from rich.console import Group

    return Group(_line(title, "dim"), *(_line(f"  • {words.say(text)}") for text in texts))


def _line(text: str, style: str = "") -> RenderableType:
    """A line as it stands: rich reads no markup in collected words."""
    from rich.text import Text

    return Text(text, style=style)
