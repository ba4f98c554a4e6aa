"""Charts are drawn for a phone: every kind, in both languages, whatever the labels hold."""

from __future__ import annotations

import io
import struct
import warnings
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from PIL import Image

from analyzers.model.figure import (
    AlignedPost,
    Alignment,
    Bar,
    Bars,
    Cell,
    Cloud,
    Figure,
    Histogram,
    Lane,
    Mark,
    PostCard,
    Posts,
    Raster,
    RasterCell,
    RasterRow,
    Scatter,
    Series,
    Stacked,
    StackedRow,
    Strip,
    StripRow,
    Swimlane,
    Timeline,
)
from analyzers.model.text import AccountRef, Code, Language, Text
from analyzers.render.disclosure import Disclosure
from analyzers.render.figures import draw
from analyzers.render.figures.canvas import WIDTH
from analyzers.render.figures.remark import remarked
from analyzers.render.figures.stacked import colours_of
from analyzers.render.words import LANGS, Lang, Words

HEAVIEST = 400_000  # bytes: ten charts still load fast on a phone

HOSTILE = (
    "$x^2$ \\frac{1}{2} $$ 5$ {not a place} %s <b>&amp;</b> @everyone",
    "a" * 3000,
    "mot " * 800,
    "漢字かなカナ한국어 مرحبا بالعالم שלום हिन्दी ไทย አማርኛ 𝓪𝔟",
    "مرحبا بالعالم 12 😀🧿🇫🇷👩‍👩‍👧‍👦❤️ Zà̷̧l̵͉g̶ó",
    "line\nbreak\ttab\r\0\u202eoverride\u200b \ud83d surrogate \ue000 \U0010ffff",
    " ",
)


def words(lang: Lang = "en", spared: str = "ex_ministre") -> Words:
    names = {str(n): f"A{n:02}" for n in range(1, 21)}
    return Words(lang, Disclosure(False, names, spared=frozenset({spared})))


def day(n: float) -> datetime:
    return datetime(2019, 2, 1, tzinfo=UTC) + timedelta(days=n)


def bars(label: str = "Twitter Web Client", k: int = 20, n: int = 20) -> Bars:
    share = k / n if n else 0
    bar = Bar(k, n, max(0.0, share - 0.1), min(1.0, share + 0.1))
    return Bars(
        slug="client",
        title=Text("{what} leads.", what=label),
        alt=Text("Bars."),
        categories=(label, Code("TweetDeck"), Text("other clients")),
        cohort=(bar,) * 3,
        comparison=(Bar(186, 600, 0.27, 0.35), Bar(0, 600, 0, 0.01), Bar(414, 600, 0.65, 0.73)),
        x_label=Text("share of accounts"),
    )


def stacked(label: str = "English", n: int = 3120) -> Stacked:
    row = StackedRow(label, "cohort", n, (0.31, 0.5, 0.05, 0.14))
    return Stacked(
        slug="languages",
        title=Text("{what} leads.", what=label),
        alt=Text("Rows."),
        categories=(Language("el"), label, Text("other languages"), Language("und")),
        rows=(row, replace(row, group="comparison", label=Text("Comparison (B)"))),
        x_label=Text("share of posts"),
    )


def strip(label: str = "Attack", dots: int = 20) -> Strip:
    dates = tuple(day(-n) for n in range(dots))
    return Strip(
        slug="creation",
        title=Text("{what} came last.", what=label),
        alt=Text("Dots."),
        rows=(
            StripRow(label, "cohort", dates, dots + 5),
            StripRow(Text("Comparison (B)"), "comparison", dates * 30, dots * 30),
        ),
        since=day(-60),
        until=day(10),
        marks=(Mark(day(8), label), Mark(day(8), label, day(9))),
        x_label=Text("creation"),
    )


def timeline(label: str = "Trial", count: float = 3) -> Timeline:
    return Timeline(
        slug="timeline",
        title=Text("{what} comes first.", what=label),
        alt=Text("Counts."),
        start=day(0),
        bin_seconds=3600,
        series=(
            Series(label, "cohort", (0, count, 0, 1) * 60),
            Series(Text("Comparison (B)"), "comparison", (12, 3, count) * 80),
        ),
        bursts=(Mark(day(3), label, day(4)),),
        events=tuple(Mark(day(n), label) for n in (0, 2, 3, 3.1, 9.9, 400)),
        y_label=Text("posts per hour"),
        x_label=Text("time"),
    )


def histogram(label: str = "one hour", count: float = 0.25) -> Histogram:
    return Histogram(
        slug="gaps",
        title=Text("{what} between posts.", what=label),
        alt=Text("Gaps."),
        edges=(0, 1, 10, 100, 1000),
        series=(
            Series(label, "cohort", (0, count, count, 0)),
            Series(Text("Comparison (B)"), "comparison", (count, 0.1, 0, 0)),
        ),
        log_x=True,
        marks=((60.0, Text("{what}", what=label)),),
        x_label=Text("minutes between posts"),
        y_label=Text("share of gaps"),
    )


def alignment(label: str = "navet", posts: int = 20) -> Alignment:
    model = (Cell("@ex_ministre n’est qu’un", False), Cell("", True), Cell(", voilà.", False))
    cells = (model[0], Cell(label, True), model[2])
    return Alignment(
        slug="model",
        title=Text("One model: {what}.", what=label),
        alt=Text("Posts."),
        model=model,
        posts=tuple(AlignedPost(AccountRef(str(n)), day(n), cells) for n in range(posts)),
        total=posts * 2,
    )


def posts(label: str = "Le navet du jour.", rows: int = 3) -> Posts:
    card = PostCard(AccountRef("3"), day(1), label, client=label)
    return Posts(
        slug="posts",
        title=Text("The same words: {what}", what=label),
        alt=Text("Cards."),
        rows=((card, card), (card,), (replace(card, text="", client=None),)) * rows,
    )


def raster(label: str = "Greek", rows: int = 20) -> Raster:
    cells = tuple(
        RasterCell(day(7 * week), day(7 * week + 7), category, 0.5)
        for week in range(8)
        for category in (0, 1)
    )
    ticks = tuple(day(n / 3) for n in range(120))
    return Raster(
        slug="weeks",
        title=Text("{what} comes late.", what=label),
        alt=Text("Weeks."),
        categories=(label, Language("und")),
        rows=tuple(
            RasterRow(AccountRef(str(1 + n % 20)), "cohort", ticks, cells) for n in range(rows)
        ),
        since=day(0),
        until=day(60),
        marks=(Mark(day(50), label), Mark(day(52), label, day(53))),
        x_label=Text("week"),
    )


def swimlane(label: str = "Woken", lanes: int = 20) -> Swimlane:
    lane = Lane(
        AccountRef("3"), "cohort", day(-4000), day(2), ((day(2), day(20)),), (day(40), day(41))
    )
    others = (replace(lane, created=None), replace(lane, created=day(1), group="comparison"))
    return Swimlane(
        slug="lives",
        title=Text("{what} for the attack.", what=label),
        alt=Text("Lanes."),
        lanes=(lane, *(others * lanes))[:lanes],
        since=day(0),
        until=day(60),
        x_label=Text("time"),
    )


def scatter(label: str = "Followers", dots: int = 300) -> Scatter:
    points = tuple((float(n % 37 * n), 10_000.0 / (1 + n)) for n in range(dots))
    return Scatter(
        slug="follows",
        title=Text("{what} follow many.", what=label),
        alt=Text("Dots."),
        clouds=(
            Cloud(Text("{what}", what=label), "cohort", points, dots),
            Cloud(Text("Comparison (B)"), "comparison", points[::2], dots * 2),
        ),
        x_label=Text("following"),
        y_label=Text("{what}", what=label),
        equal=Text("{what}", what=label),
    )


KINDS = (bars, stacked, strip, timeline, histogram, alignment, posts, raster, swimlane, scatter)

EMPTY: tuple[Figure, ...] = (
    replace(bars(), categories=(), cohort=(), comparison=None),
    replace(bars(), comparison=None),
    bars(k=0, n=0),
    replace(stacked(), rows=()),
    stacked(n=0),
    replace(strip(), rows=(), marks=()),
    strip(dots=0),
    replace(strip(), until=day(-60)),
    replace(timeline(), series=()),
    replace(timeline(), series=(Series("none", "cohort", (0, 0)),), events=(), bursts=()),
    replace(histogram(), edges=(), series=()),
    replace(histogram(), edges=(-2, -1, 0, 5), log_x=False),
    alignment(posts=0),
    replace(alignment(), model=(), posts=()),
    posts(rows=0),
    raster(rows=0),
    replace(raster(), categories=(Text("in a run"),), marks=()),
    replace(raster(), until=day(0)),
    replace(raster(), stressed=0),
    swimlane(lanes=0),
    replace(swimlane(), until=day(0)),
    scatter(dots=0),
    replace(scatter(), clouds=(), equal=None),
)

EXTREME: tuple[Figure, ...] = (
    bars(k=1, n=1),
    bars(k=999_999, n=1_000_000),
    stacked(n=10**6),
    strip(dots=1),
    strip(dots=100),
    timeline(count=10**6),
    timeline(count=float("nan")),
    replace(timeline(), bin_seconds=1),
    replace(timeline(), bin_seconds=86_400 * 30),
    histogram(count=10**6),
    posts(rows=50),
    alignment(posts=500),
    raster(rows=300),
    swimlane(lanes=300),
)


def picture(figure: Figure, lang: Lang = "en", **options: bool) -> bytes:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        return draw(figure, words(lang), **options)


def check(png: bytes) -> None:
    assert png.startswith(b"\x89PNG")
    wide, high = struct.unpack(">II", png[16:24])
    assert wide == WIDTH
    assert 200 < high < 4000
    assert len(png) < HEAVIEST


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("kind", KINDS)
def test_each_kind_is_drawn_for_a_phone_in_both_languages(kind, lang) -> None:
    check(picture(kind(), lang))


@pytest.mark.parametrize("figure", [*EMPTY, *EXTREME], ids=lambda figure: figure.slug)
def test_nothing_one_and_a_million_are_all_drawn(figure: Figure) -> None:
    check(picture(figure))


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("label", HOSTILE)
def test_no_label_breaks_a_chart(kind, label: str) -> None:
    check(picture(kind(label)))


def test_the_same_figure_gives_the_same_bytes() -> None:
    assert picture(timeline()) == picture(timeline())
    assert b"Software" not in picture(timeline())
    assert b"tEXt" not in picture(timeline())


def test_draft_is_marked_until_the_analyst_agrees() -> None:
    assert picture(bars(), draft=True) != picture(bars(), draft=False)


@pytest.mark.parametrize("lang", LANGS)
def test_a_reviewed_chart_says_so_and_is_no_draft(lang: Lang) -> None:
    def corner(png: bytes) -> set[object]:
        right = Image.open(io.BytesIO(png)).convert("RGB").crop((WIDTH - 250, 35, WIDTH, 100))
        return {colour for _, colour in right.getcolors(100_000) or ()}

    draft = picture(bars(), lang, draft=True)
    says = Text("Agreed by {n} reviewers on {day}", n=2, day=date(2026, 1, 1))
    agreed = remarked(draft, words(lang), says)
    assert len(corner(draft)) > 1
    assert corner(agreed) == {(255, 255, 255)}
    whole, high = Image.open(io.BytesIO(agreed)), Image.open(io.BytesIO(draft)).height
    strip = whole.convert("L").crop((0, high, WIDTH, whole.height))
    assert any(strip.histogram()[:200])  # something is written there


def test_a_chart_can_be_drawn_smaller_with_the_same_proportions() -> None:
    large = Image.open(io.BytesIO(draw(bars(), words())))
    small = Image.open(io.BytesIO(draw(bars(), words(), width_px=600)))
    assert small.width == 600
    assert small.height == pytest.approx(large.height / 2, abs=1)


def test_white_paper_and_the_two_colours_of_the_groups_are_exact() -> None:
    image = Image.open(io.BytesIO(picture(bars()))).convert("RGB")
    found = {colour for _, colour in image.getcolors(image.width * image.height)}
    assert {(0xFF, 0xFF, 0xFF), (0xD5, 0x5E, 0x00), (0x00, 0x72, 0xB2)} <= found


def test_handles_other_than_the_target_are_masked() -> None:
    hidden = alignment("navet @une_personne")
    masked = alignment("navet @•••")
    same_title = replace(hidden, title=masked.title)
    assert picture(same_title) == picture(masked)


def test_undetermined_and_other_are_grey_in_a_stack() -> None:
    colours = colours_of((Language("el"), Text("other languages"), Language("und")))
    assert [len({c[1:3], c[3:5], c[5:7]}) == 1 for c in colours] == [False, True, True]
