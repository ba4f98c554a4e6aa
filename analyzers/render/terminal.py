"""The thread for a terminal: the same order, with colours where the terminal has them."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from analyzers.model.finding import Finding, Strength
from analyzers.model.report import Report, StepReport
from analyzers.model.step import Failed, Found, NotComputable
from analyzers.model.text import AccountRef, Percent, Text
from analyzers.render.bottom_line import bottom_line
from analyzers.render.headings import AFTERWARDS, doubt_of_weighing, first_doubts
from analyzers.render.measured import cohort_side, comparison_side, measured
from analyzers.render.words import Words

if TYPE_CHECKING:
    from rich.console import Console, ConsoleOptions, RenderableType, RenderResult

MEASURES = 3
"""As in Discord: the page has them all."""

EXPLAINED = 3
"""Rival explanations printed with their reasons; of the others only the odds."""

_STYLES = {
    Strength.NONE: "dim",
    Strength.WEAK: "yellow",
    Strength.MODERATE: "dark_orange",
    Strength.STRONG: "bold dark_orange",
}


@dataclass(frozen=True, slots=True)
class _Line:
    """A paragraph as it stands: rich reads no markup in collected words.

    It is broken at plain spaces alone; rich by itself breaks French no-break spaces too.
    """

    text: str
    style: str = ""

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        from rich.text import Text as Printed

        for line in textwrap.wrap(self.text, options.max_width, break_on_hyphens=False):
            yield Printed(line, style=self.style)


def show(report: Report, words: Words, console: Console) -> None:
    """Print the report as a thread: bottom line, steps, what is missing, what to collect."""
    for part in _parts(report, words):
        console.print(part)
        console.print()


def _parts(report: Report, words: Words) -> Iterator[RenderableType]:
    from rich.console import Group
    from rich.padding import Padding
    from rich.panel import Panel

    first, *rest = (_Line(words.say(text)) for text in bottom_line(report.verdict))
    verdict = Group(first, *(Padding(line, (1, 0, 0, 0)) for line in rest))
    yield Panel(verdict, border_style="dark_orange")
    if report.accounts:
        names = tuple(AccountRef(line.account_id) for line in report.accounts)
        yield _Line(words.say(Text("A: {accounts}.", accounts=names)), "dim")
    lacking: dict[tuple[Text, ...], list[Text]] = {}
    after: list[RenderableType] = []
    for step in report.steps:
        if isinstance(step.outcome, NotComputable):
            lacking.setdefault(step.outcome.missing, []).append(step.title)
        elif step.id in AFTERWARDS:
            after.append(_step(step, step.outcome, words))
        else:
            yield _step(step, step.outcome, words)
    if report.hypotheses:
        yield _explanations(report, words)
    yield from after
    if lacking:
        yield _unasked(lacking, words)
    if report.collect_next:
        yield _list(words.say(Text("What to collect next")), report.collect_next, words)


def _step(step: StepReport, outcome: Found | Failed, words: Words) -> RenderableType:
    from rich.console import Group
    from rich.rule import Rule

    heading = Rule(words.say(step.title), align="left", style=_STYLES[step.strength])
    match outcome:
        case Found(finding):
            return Group(heading, *_finding(step, finding, words))
        case Failed(reason):
            return Group(heading, _Line(words.say(reason), "red"))


def _explanations(report: Report, words: Words) -> RenderableType:
    """The rival explanations, likeliest first, with the reasons for and against the first few."""
    from rich.console import Group
    from rich.rule import Rule

    heading = Rule(words.say(Text("Rival explanations")), align="left", style="dark_orange")
    ranked = sorted(report.hypotheses, key=lambda each: -each.probability)
    doubt = words.say(doubt_of_weighing(report.verdict))
    lines: list[RenderableType] = [_Line(f"  ⚠ {doubt}", "dim")]
    for place, each in enumerate(ranked):
        odds = words.value(Percent(each.probability))
        lines.append(_Line(f"{words.say(each.name)} · {odds}", "" if place else "bold"))
        if place < EXPLAINED:
            lines += [
                *(_Line("  + " + words.say(text)) for text in each.speaks_for),
                *(_Line("  − " + words.say(text)) for text in each.speaks_against),
                _Line("  ? " + words.say(each.would_change), "dim"),
            ]
    return Group(heading, *lines)


def _unasked(lacking: Mapping[tuple[Text, ...], list[Text]], words: Words) -> RenderableType:
    """What could not be asked; steps that lack the same data stand together."""
    from rich.console import Group
    from rich.rule import Rule

    heading = Rule(words.say(Text("Not computable with this data")), align="left", style="dim")
    groups = (
        _list(words.value(tuple(titles)), missing, words) for missing, titles in lacking.items()
    )
    return Group(heading, *groups)


def _finding(step: StepReport, finding: Finding, words: Words) -> Iterator[RenderableType]:
    yield _Line(words.say(finding.claim), "bold" if finding.noteworthy else "dim")
    for measure in finding.measures[:MEASURES]:
        found = measured(measure, words)
        other = comparison_side(found, words)
        value = cohort_side(found, words)
        sides = f"A {value} · B {other}" if other else value
        yield _Line("  " + words.say(Text("{name}: {ours}", name=found.label, ours=sides)))
    for figure in finding.figures:
        yield _Line(f"  ▤ {words.say(figure.alt)}", "dim")
    for caveat in first_doubts(step, finding):
        yield _Line(f"  ⚠ {words.say(caveat)}", "dim")


def _list(title: str, texts: tuple[Text, ...], words: Words) -> RenderableType:
    from rich.console import Group

    return Group(_Line(title, "dim"), *(_Line(f"  • {words.say(text)}") for text in texts))
