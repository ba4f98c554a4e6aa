"""The whole report as one page that needs nothing else: no script, no network, charts inside."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, assert_never

from analyzers.model.finding import Evidence, Finding, Table
from analyzers.model.report import Report, StepReport
from analyzers.model.step import Failed, Found, NotComputable
from analyzers.model.text import AccountRef, Percent, Probability, Text, plural
from analyzers.render.bottom_line import bottom_line
from analyzers.render.headings import AFTERWARDS, doubt_of_weighing, made, strength, title
from analyzers.render.measured import Measured, measured
from analyzers.render.words import Words

if TYPE_CHECKING:
    from jinja2 import Template

LABELS: dict[str, Text] = {
    "draft": Text("Draft"),
    "draft_note": Text("Draft: nobody has reviewed this yet."),
    "measure": Text("Measure"),
    "value": Text("Value"),
    "interval": Text("95% interval"),
    "comparison": Text("Comparison"),
    "doubts": Text("Doubts"),
    "alternatives": Text("Ordinary explanations"),
    "falsifier": Text("What would overturn this"),
    "evidence": Text("Evidence"),
    "missing": Text("Not computable with this data"),
    "failed": Text("This step failed"),
    "not_drawn": Text("The chart could not be drawn."),
    "accounts": Text("The accounts in question"),
    "hypotheses": Text("Rival explanations"),
    "for": Text("For"),
    "against": Text("Against"),
    "change": Text("What would change our mind"),
    "collect": Text("What to collect next"),
    "made": Text("How this was made"),
}
"""The page's own words; the template names them by these keys."""


@dataclass(frozen=True, slots=True)
class Picture:
    """A chart on the page: `data` is its PNG as a data URI, `None` when it could not be drawn."""

    title: str
    alt: str
    data: str | None


@dataclass(frozen=True, slots=True)
class Grid:
    """A table in words."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Section:
    """One step on the page, every part already in the reader's words."""

    id: str
    title: str
    claim: str | None = None
    strength: str | None = None
    test: str | None = None
    measures: tuple[Measured, ...] = ()
    pictures: tuple[Picture, ...] = ()
    tables: tuple[Grid, ...] = ()
    doubts: tuple[str, ...] = ()
    alternatives: tuple[str, ...] = ()
    falsifier: str | None = None
    evidence: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    failed: str | None = None


def page(report: Report, words: Words, pictures: Mapping[str, bytes]) -> str:
    """The report as HTML in the reader's language; `pictures` maps a figure's slug to its PNG.

    What `words` may not disclose is not in the page. Every sentence is escaped, and the page's own
    policy forbids scripts, frames and any request, so that collected text can do nothing.
    """
    say = words.say
    return _template().render(
        lang=words.lang,
        title=title(report, words),
        label={key: say(text) for key, text in LABELS.items()},
        verdict=[say(text) for text in bottom_line(report.verdict)],
        accounts=_accounts(report, words),
        sections=[
            _section(step, words, pictures) for step in report.steps if step.id not in AFTERWARDS
        ],
        afterwards=[
            _section(step, words, pictures) for step in report.steps if step.id in AFTERWARDS
        ],
        hypotheses=[
            {
                "name": say(each.name),
                "odds": words.value(Percent(each.probability)),
                "for": [say(text) for text in each.speaks_for],
                "against": [say(text) for text in each.speaks_against],
                "change": say(each.would_change),
            }
            for each in sorted(report.hypotheses, key=lambda one: -one.probability)
        ],
        doubt_of_weighing=say(doubt_of_weighing(report.verdict)),
        collect=[say(text) for text in report.collect_next],
        made=[say(text) for text in made(report, strict=words.disclosure.strict)],
        parameters=[step.parameters for step in report.steps if step.parameters],
    )


@cache
def _template() -> Template:
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    environment = Environment(
        loader=FileSystemLoader(Path(__file__).parent),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return environment.get_template("report.html.j2")


def _accounts(report: Report, words: Words) -> list[tuple[str, str]]:
    return [
        (words.value(AccountRef(line.account_id)), words.say(line.why)) for line in report.accounts
    ]


def _section(step: StepReport, words: Words, pictures: Mapping[str, bytes]) -> Section:
    name = words.say(step.title)
    outcome = step.outcome
    match outcome:
        case Found(finding):
            return _found(step, finding, words, pictures)
        case NotComputable(missing):
            return Section(step.id, name, missing=_all(missing, words))
        case Failed(reason):
            return Section(step.id, name, failed=words.say(reason))
        case _:
            assert_never(outcome)


def _found(
    step: StepReport, finding: Finding, words: Words, pictures: Mapping[str, bytes]
) -> Section:
    judged = step.id != "coverage" and not finding.describes
    return Section(
        id=step.id,
        title=words.say(step.title),
        claim=words.say(finding.claim),
        strength=words.say(strength(step)) if judged else None,
        test=_test(step, finding, words),
        measures=tuple(measured(measure, words) for measure in finding.measures),
        pictures=tuple(
            Picture(words.say(figure.title), words.say(figure.alt), _data(pictures, figure.slug))
            for figure in finding.figures
        ),
        tables=tuple(_grid(table, words) for table in finding.tables if table.rows),
        doubts=_all(finding.caveats, words),
        alternatives=_all(finding.alternatives, words),
        falsifier=words.say(finding.falsifier) if finding.falsifier else None,
        evidence=tuple(_cited(finding.evidence, words)),
    )


def _all(texts: Iterable[Text], words: Words) -> tuple[str, ...]:
    return tuple(words.say(text) for text in texts)


def _data(pictures: Mapping[str, bytes], slug: str) -> str | None:
    png = pictures.get(slug)
    return f"data:image/png;base64,{b64encode(png).decode()}" if png else None


def _grid(table: Table, words: Words) -> Grid:
    rows = (tuple("" if cell is None else words.value(cell) for cell in row) for row in table.rows)
    return Grid(words.say(table.title), _all(table.columns, words), tuple(rows))


def _test(step: StepReport, finding: Finding, words: Words) -> str | None:
    """The primary test with its null in words, its p, and q after adjusting for all tests."""
    if finding.primary is None:
        return None
    null, p = finding.primary.null, Probability(finding.primary.p)
    if step.q is None:
        return words.say(Text("Null hypothesis: {null} The test gives {p}.", null=null, p=p))
    return words.say(
        Text(
            "Null hypothesis: {null} The test gives {p}, and {q} after adjusting for all tests of "
            "this report.",
            null=null,
            p=p,
            q=Probability(step.q, adjusted=True),
        )
    )


def _cited(evidence: Iterable[Evidence], words: Words) -> Iterator[str]:
    """Readers with the reveal right see which posts; others see how many."""
    for each in evidence:
        note = words.say(each.note)
        if words.disclosure.reveal:
            yield f"{note} {words.value(each.posts)}"
        else:
            posts = words.say(plural("{n} post.", "{n} posts.", len(each.posts)))
            yield f"{note} {posts}"
