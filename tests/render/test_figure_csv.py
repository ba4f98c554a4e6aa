"""A chart's numbers travel as CSV that a spreadsheet opens without running anything."""

from __future__ import annotations

import csv as csv_format
import io
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analyzers.model.figure import (
    AlignedPost,
    Alignment,
    Bar,
    Bars,
    Bipartite,
    Cell,
    Cloud,
    Edge,
    Figure,
    Heatmap,
    Histogram,
    Intervals,
    Lane,
    Mark,
    PostCard,
    Posts,
    Raster,
    RasterCell,
    RasterRow,
    Scatter,
    Series,
    Span,
    Stacked,
    StackedRow,
    Strip,
    StripRow,
    Swimlane,
    Timeline,
)
from analyzers.model.text import AccountRef, Code, Language, Text
from analyzers.render.disclosure import Disclosure
from analyzers.render.figure_csv import csv
from analyzers.render.words import Lang, Words

AT = datetime(2019, 2, 8, 14, 5, tzinfo=UTC)
TITLE = Text("A finding.")


def table(figure: Figure, lang: Lang = "en") -> list[list[str]]:
    data = csv(figure, Words(lang, Disclosure(False, {"1": "A01"})))
    return list(csv_format.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))


def bars(category: str) -> Bars:
    return Bars(
        slug="client",
        title=TITLE,
        alt=TITLE,
        categories=(Code(category),),
        cohort=(Bar(19, 20, 0.75, 0.99),),
        comparison=(Bar(0, 0, 0, 1),),
        x_label=TITLE,
    )


def test_bars_give_counts_shares_and_intervals() -> None:
    assert table(bars("TweetDeck")) == [
        ["category", "group", "k", "n", "share", "low", "high"],
        ["TweetDeck", "cohort", "19", "20", "0.95", "0.75", "0.99"],
        ["TweetDeck", "comparison", "0", "0", "", "0", "1"],
    ]


@pytest.mark.parametrize(
    ("name", "cell"),
    [
        ("=HYPERLINK(A1)", "'=HYPERLINK(A1)"),
        ("+33 app", "'+33 app"),
        ("-1+1", "'-1+1"),
        ("@SUM(1)", "'@SUM(1)"),
        ("＝1+1", "'＝1+1"),
        ("-12.5", "-12.5"),
        ("+7e3", "+7e3"),
        ("plain, with a comma", "plain, with a comma"),
    ],
)
def test_a_cell_never_starts_a_formula_unless_it_is_a_number(name: str, cell: str) -> None:
    assert table(bars(name))[1][0] == cell


@given(st.text())
def test_no_name_whatsoever_starts_a_formula(name: str) -> None:
    cell = table(bars(name))[1][0]
    assert not cell.startswith(("=", "@", "\t", "\r"))


def test_the_file_opens_with_accents_in_a_spreadsheet() -> None:
    stacked = Stacked(
        slug="languages",
        title=TITLE,
        alt=TITLE,
        categories=(Language("el"), Language("fr")),
        rows=(StackedRow(Text("Cohort (A)"), "cohort", 30, (0.9, 0.1)),),
        x_label=TITLE,
    )
    assert csv(stacked, Words("fr", Disclosure(False))).startswith(b"\xef\xbb\xbf")
    assert [row[3:] for row in table(stacked, "fr")] == [
        ["category", "share"],
        ["grec", "0.9"],
        ["français", "0.1"],
    ]


def test_a_strip_lists_its_dates_in_order_and_its_marks() -> None:
    strip = Strip(
        slug="creation",
        title=TITLE,
        alt=TITLE,
        rows=(StripRow("A", "cohort", (AT, AT - timedelta(days=1)), 2),),
        since=AT,
        until=AT,
        marks=(Mark(AT, "Attack"),),
        x_label=TITLE,
    )
    assert table(strip)[1:] == [
        ["A", "cohort", "2019-02-07T14:05:00Z", "", ""],
        ["A", "cohort", "2019-02-08T14:05:00Z", "", ""],
        ["mark", "", "2019-02-08T14:05:00Z", "", "Attack"],
    ]


def test_a_timeline_gives_each_bin_with_its_ends() -> None:
    timeline = Timeline(
        slug="timeline",
        title=TITLE,
        alt=TITLE,
        start=AT,
        bin_seconds=3600,
        series=(Series("A", "cohort", (0, 2)),),
        bursts=(Mark(AT, "Burst", AT + timedelta(hours=2)),),
        events=(Mark(AT, "Trial"),),
        y_label=TITLE,
        x_label=TITLE,
    )
    assert table(timeline)[1:] == [
        ["A", "cohort", "2019-02-08T14:05:00Z", "2019-02-08T15:05:00Z", "", "0"],
        ["A", "cohort", "2019-02-08T15:05:00Z", "2019-02-08T16:05:00Z", "", "2"],
        ["burst", "", "2019-02-08T14:05:00Z", "2019-02-08T16:05:00Z", "Burst", ""],
        ["event", "", "2019-02-08T14:05:00Z", "", "Trial", ""],
    ]


def test_a_histogram_gives_each_interval() -> None:
    histogram = Histogram(
        slug="gaps",
        title=TITLE,
        alt=TITLE,
        edges=(0, 30, 60),
        series=(Series("A", "cohort", (0.25, 0.75)),),
        marks=((60, Text("one hour")),),
        x_label=TITLE,
        y_label=TITLE,
    )
    assert table(histogram)[1:] == [
        ["A", "cohort", "0", "30", "", "0.25"],
        ["A", "cohort", "30", "60", "", "0.75"],
        ["mark", "", "60", "", "one hour", ""],
    ]


def test_an_alignment_has_a_column_per_piece_and_masks_third_parties() -> None:
    alignment = Alignment(
        slug="model",
        title=TITLE,
        alt=TITLE,
        model=(Cell("vous n’êtes qu’un", False), Cell("", True)),
        posts=(
            AlignedPost(
                AccountRef("1"),
                AT,
                (Cell("vous n’êtes qu’un", False), Cell("navet @une_personne", True)),
            ),
        ),
        total=1,
    )
    assert table(alignment) == [
        ["account", "time", "fixed_1", "slot_2"],
        ["model", "", "vous n’êtes qu’un", ""],
        ["A01", "2019-02-08T14:05:00Z", "vous n’êtes qu’un", "navet @•••"],
    ]


def test_cards_keep_pseudonyms_and_one_line_each() -> None:
    posts = Posts(
        slug="posts",
        title=TITLE,
        alt=TITLE,
        rows=(
            (
                PostCard(AccountRef("1"), AT, "Bonjour\n@untel", client="TweetDeck"),
                PostCard(AccountRef("1"), AT, "", about=Language("el"), own="Only mine"),
            ),
            (PostCard(AccountRef("2"), None, Text("Follows nobody")),),
        ),
    )
    assert table(posts)[1:] == [
        ["1", "A01", "2019-02-08T14:05:00Z", "TweetDeck", "", "Bonjour @•••"],
        ["1", "A01", "2019-02-08T14:05:00Z", "", "Greek", ""],
        ["2", "'@•••", "", "", "", "Follows nobody"],
    ]


def test_a_cards_own_words_are_for_those_who_may_see_handles() -> None:
    card = PostCard(AccountRef("1"), AT, "… model …", own="Only mine, @untel")
    posts = Posts(slug="posts", title=TITLE, alt=TITLE, rows=((card,),))
    revealed = csv(posts, Words("en", Disclosure(reveal=True))).decode("utf-8-sig")
    assert "Only mine, @untel" in revealed
    assert table(posts)[1][-1] == "… model …"


def test_a_raster_lists_posts_and_spans_by_account() -> None:
    week = RasterCell(AT, AT + timedelta(days=7), 0, 0.5)
    raster = Raster(
        slug="weeks",
        title=TITLE,
        alt=TITLE,
        categories=(Language("el"),),
        rows=(RasterRow(AccountRef("1"), "cohort", (AT,), (week,)),),
        since=AT,
        until=AT + timedelta(days=7),
        marks=(Mark(AT, "Attack"),),
        x_label=TITLE,
    )
    assert table(raster)[1:] == [
        ["A01", "cohort", "2019-02-08T14:05:00Z", "", "", ""],
        ["A01", "cohort", "2019-02-08T14:05:00Z", "2019-02-15T14:05:00Z", "Greek", "0.5"],
        ["mark", "", "2019-02-08T14:05:00Z", "", "Attack", ""],
    ]


def test_a_swimlane_lists_the_states_of_each_account() -> None:
    later = AT + timedelta(days=1)
    lane = Lane(AccountRef("1"), "cohort", AT, AT, ((AT, later),), (later,))
    swimlane = Swimlane(
        slug="lives", title=TITLE, alt=TITLE, lanes=(lane,), since=AT, until=later, x_label=TITLE
    )
    assert [row[2:] for row in table(swimlane)[1:]] == [
        ["created", "2019-02-08T14:05:00Z", ""],
        ["known", "2019-02-08T14:05:00Z", "2019-02-09T14:05:00Z"],
        ["active", "2019-02-08T14:05:00Z", "2019-02-09T14:05:00Z"],
        ["attack", "2019-02-09T14:05:00Z", ""],
    ]


def test_a_scatter_lists_its_dots() -> None:
    cloud = Cloud(Text("Followers"), "cohort", ((200, 100), (0, 3)), 2)
    scatter = Scatter(
        slug="follows", title=TITLE, alt=TITLE, clouds=(cloud,), x_label=TITLE, y_label=TITLE
    )
    assert table(scatter) == [
        ["row", "group", "x", "y"],
        ["Followers", "cohort", "200", "100"],
        ["Followers", "cohort", "0", "3"],
    ]


def test_a_bipartite_chart_gives_a_row_per_line() -> None:
    figure = Bipartite(
        slug="other_targets",
        title=TITLE,
        alt=TITLE,
        left=(AccountRef("1"),),
        right=(Text("T1"), Text("T2")),
        edges=(Edge(0, 1, 4),),
        left_label=TITLE,
        right_label=TITLE,
        weight_label=TITLE,
    )
    assert table(figure) == [["account", "tied_to", "weight"], ["A01", "T2", "4"]]


def test_intervals_give_their_ends() -> None:
    figure = Intervals(
        slug="interests",
        title=TITLE,
        alt=TITLE,
        rows=(Span("=rap", 12.5, 3, 40),),
        reference=1,
        x_label=TITLE,
    )
    assert table(figure)[1] == ["'=rap", "cohort", "12.5", "3", "40"]


def test_a_heatmap_gives_a_row_per_pair() -> None:
    figure = Heatmap(
        slug="duplicates",
        title=TITLE,
        alt=TITLE,
        accounts=(AccountRef("1"), AccountRef("2")),
        values=((), (5,)),
        value_label=TITLE,
    )
    assert table(figure)[1:] == [["'@•••", "A01", "5"]]
