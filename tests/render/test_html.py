"""The page: complete, in the reader's language, and deaf to whatever the posts contain."""

from __future__ import annotations

import re
from dataclasses import replace
from html.parser import HTMLParser
from typing import Any

import pytest

from analyzers.model.report import Report, StepReport
from analyzers.model.step import Found
from analyzers.model.target import Account, Phrase
from analyzers.render.disclosure import Disclosure
from analyzers.render.html import page
from analyzers.render.words import Words

PNG = b"\x89PNG-not-really"


class Tags(HTMLParser):
    """Collects the tags of a page and the addresses it would load."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.loads: list[str] = []
        self.handlers: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.loads += [value or "" for name, value in attrs if name in ("src", "href")]
        self.handlers += [name for name, _ in attrs if name.startswith("on")]


def public(report: Report, lang: Any = "en") -> Words:
    return Words(lang, Disclosure.public(report))


def test_every_step_stands_on_the_page_with_numbers_and_doubts(report: Report) -> None:
    text = page(report, public(report), {"client": PNG})
    for expected in (
        "The accounts act together.",
        "This does not identify who is behind it.",
        "7 of 20 (35%)",
        "18–57%",
        "A browser can be automated.",
        "Most people used it.",
        "The same share among others.",
        "Nothing stands out.",
        "Collect the timelines.",
        "It took too long.",
        "A public event.",
        "q = 0.06",
    ):
        assert expected in text


def test_the_page_loads_nothing_but_its_own_charts(report: Report) -> None:
    text = page(report, public(report), {"client": PNG})
    tags = Tags(text)
    assert len(tags.loads) == 1
    assert tags.loads[0].startswith("data:image/png;base64,")
    assert "script" not in tags.tags
    assert "default-src 'none'" in text


def test_collected_words_stay_words(report: Report) -> None:
    attack = '"><script>alert(1)</script><img src=x onerror=alert(2)>'
    hostile = replace(report, case=replace(report.case, targets=(Account(attack), Phrase(attack))))
    tags = Tags(page(hostile, public(hostile), {}))
    assert "script" not in tags.tags
    assert not tags.handlers
    assert not tags.loads


def test_names_are_pseudonyms_unless_revealed(report: Report) -> None:
    assert "GrumpyGreta" not in page(report, public(report), {})
    assert (
        "900" not in re.sub(r"\{[^}]*\}", "", page(report, public(report), {})).split("<main>")[1]
    )
    revealed = page(report, Words("en", Disclosure.revealed(report)), {})
    assert "@GrumpyGreta (A01)" in revealed
    assert "900" in revealed


def test_a_chart_that_could_not_be_drawn_is_said(report: Report) -> None:
    assert "The chart could not be drawn." in page(report, public(report), {})


@pytest.mark.parametrize("lang", ["en", "fr"])
def test_the_page_says_its_language_and_that_it_is_a_draft(report: Report, lang: str) -> None:
    text = page(report, public(report, lang), {})
    assert f'<html lang="{lang}">' in text
    assert 'class="draft"' in text
    assert "width=device-width" in text


def test_the_same_report_gives_the_same_page(report: Report) -> None:
    assert page(report, public(report), {}) == page(report, public(report), {})


def test_a_table_without_rows_is_left_out(report: Report) -> None:
    def emptied(step: StepReport) -> StepReport:
        if not isinstance(step.outcome, Found):
            return step
        finding = step.outcome.finding
        tables = tuple(replace(table, rows=()) for table in finding.tables)
        return replace(step, outcome=Found(replace(finding, tables=tables)))

    title = next(
        table.title.msgid
        for step in report.steps
        if isinstance(step.outcome, Found)
        for table in step.outcome.finding.tables
    )
    assert title in page(report, public(report), {})
    without = replace(report, steps=tuple(map(emptied, report.steps)))
    assert title not in page(without, public(report), {})
