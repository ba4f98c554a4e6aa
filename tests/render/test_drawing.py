"""What every chart is drawn with: lines of text, fonts for every script, axes and their labels."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from analyzers.render.disclosure import Disclosure
from analyzers.render.figures import missing_fonts
from analyzers.render.figures.axes import Flag, Scale, labels
from analyzers.render.figures.canvas import BASE, WIDTH, Canvas
from analyzers.render.figures.fonts import face
from analyzers.render.figures.scales import time_ticks
from analyzers.render.words import Lang, Words


def day(n: float) -> datetime:
    return datetime(2019, 2, 1, tzinfo=UTC) + timedelta(days=n)


class TestLines:
    def test_text_that_fits_is_left_alone(self) -> None:
        assert Canvas().fit("short", 500) == "short"

    def test_text_that_does_not_fit_ends_in_an_ellipsis_within_its_room(self) -> None:
        canvas = Canvas()
        cut = canvas.fit("a rather long label for its place", 200)
        assert cut.endswith("…")
        assert canvas.width(cut) <= 200

    @pytest.mark.parametrize("text", ["one two three four five six seven", "x" * 200, "漢字" * 80])
    def test_wrapped_lines_stay_within_their_room(self, text: str) -> None:
        canvas = Canvas()
        lines = canvas.wrap(text, 240, most=3)
        assert 1 < len(lines) <= 3
        assert all(canvas.width(line) <= 240 for line in lines)

    def test_dollars_are_money_and_not_mathematics(self) -> None:
        canvas = Canvas()
        assert canvas.width("$5$") > canvas.width("5")


class TestFonts:
    @pytest.mark.parametrize(
        ("text", "drawn"),
        [
            ("Ελλάδα Србија", "Ελλάδα Србија"),
            ("ten\u202f%", "ten\u00a0%"),
            ("a\u200bb\u202ec\0", "abc"),
            ("❤\ufe0f", "❤"),
            ("\ud83d", ""),
        ],
    )
    def test_what_the_base_font_has_is_drawn_as_it_is(self, text: str, drawn: str) -> None:
        assert face(text)[0] == drawn

    def test_what_no_font_has_is_written_in_ascii(self) -> None:
        drawn, _ = face("漢字 \U0001f9ff")
        assert drawn.strip() != ""
        assert missing_fonts(drawn) == ()

    def test_a_missing_script_names_the_package_that_helps(self) -> None:
        found = missing_fonts("한 漢 plain Ελλάδα")
        assert all("fonts-noto-cjk" in line for line in found)
        assert missing_fonts("plain Ελλάδα") == ()

    def test_hebrew_in_a_title_is_drawn_even_where_the_bold_face_lacks_it(self) -> None:
        assert face("שלום", bold=True)[0] == "שלום"


class TestAxes:
    @pytest.mark.parametrize(
        ("lang", "until", "expected"),
        [
            ("en", day(1), ("00:00", "1 Feb 2019")),
            ("fr", day(1), ("00:00", "1 févr. 2019")),
            ("en", day(9), ("1 Feb", "2019")),
            ("fr", day(9), ("1 févr.", "2019")),
            ("en", day(300), ("Feb", "2019")),
            ("en", day(4000), ("2020", "")),
        ],
    )
    def test_moments_are_labelled_as_closely_as_there_is_room(
        self, lang: Lang, until: datetime, expected: tuple[str, str]
    ) -> None:
        words = Words(lang, Disclosure(False))
        ticks = time_ticks(day(0), until, words, lambda found: len(found) <= 12)
        assert (ticks[0].label, ticks[0].under) == expected

    def test_labels_of_events_never_overlap(self) -> None:
        canvas = Canvas()
        scale = Scale(0, 100, 48, 1152)
        marks = [Flag(at, f"Event number {at}") for at in (1, 2, 3, 50, 51, 97, 98, 99)]
        _, lanes = labels(canvas, scale, marks, 0)
        assert len(set(lanes)) > 1
        together: dict[float, list[float]] = {}
        for mark, lane in zip(marks, lanes, strict=True):
            together.setdefault(lane, []).append(scale.x(mark.at))
        room = canvas.width("Event number 1") + 24
        for places in together.values():
            near = [b - a for a, b in zip(sorted(places), sorted(places)[1:], strict=False)]
            assert all(gap > room - 2 * 12 for gap in near)

    def test_base_text_is_readable_at_a_phones_width(self) -> None:
        assert BASE * 360 / WIDTH >= 9
