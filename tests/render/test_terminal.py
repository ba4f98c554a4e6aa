"""The thread on a terminal: readable without colours, and collected words cannot steer it."""

from __future__ import annotations

import io
from dataclasses import replace

from rich.console import Console

from analyzers.model.report import Report
from analyzers.model.text import Quote, Text
from analyzers.render.disclosure import Disclosure
from analyzers.render.terminal import show
from analyzers.render.words import Words


def printed(report: Report, *, reveal: bool = False) -> str:
    disclosure = Disclosure.revealed(report) if reveal else Disclosure.public(report)
    screen = io.StringIO()
    show(report, Words("en", disclosure), Console(file=screen, width=200))
    return screen.getvalue()


def test_the_answer_comes_first_then_every_step(report: Report) -> None:
    said = printed(report)
    order = ["The accounts act together.", "Client", "Creation", "It took too long.", "Languages"]
    places = [said.index(part) for part in order]
    assert places == sorted(places)
    assert "35% (95% interval 18–57%, n = 20)" in said
    assert "A browser can be automated." in said


def test_names_are_pseudonyms_unless_revealed(report: Report) -> None:
    assert "GrumpyGreta" not in printed(report)
    assert "@GrumpyGreta (A01)" in printed(report, reveal=True)


def test_collected_words_carry_no_escapes_and_no_markup(report: Report) -> None:
    hostile = Text("{said}", said=Quote("\x1b[2J[bold red]gotcha[/]\x07"))
    said = printed(replace(report, verdict=replace(report.verdict, statement=hostile)))
    assert "[bold red]gotcha[/]" in said
    assert "\x1b" not in said
