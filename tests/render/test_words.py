"""Every kind of value, as a reader of English and a reader of French sees it."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analyzers.model.text import (
    AccountRef,
    Code,
    Interval,
    Language,
    Percent,
    PostRef,
    Probability,
    Public,
    Quote,
    Share,
    Text,
    Value,
    plural,
)
from analyzers.render.disclosure import Disclosure
from analyzers.render.words import MAX_QUOTE, Words, inert

DISCLOSURE = Disclosure(False, {"11": "A07"}, posts={"900": "3"})
EN = Words("en", DISCLOSURE)
FR = Words("fr", DISCLOSURE)
NIGHT = datetime(2019, 2, 9, 3, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("value", "english", "french"),
    [
        (12345, "12,345", "12 345"),
        (61.44, "61.4", "61,4"),
        (0.03456, "0.0346", "0,0346"),
        (1234.5, "1,234", "1 234"),
        (0.0, "0", "0"),
        (float("nan"), "unknown", "inconnu"),
        (1e300, "1E300", "1E300"),
        (1.234e-20, "1.23E-20", "1,23E-20"),
        (Percent(1e30), "1E32%", "1E32 %"),
        (timedelta.max, "2,737,851 years", "2 737 851 ans"),
        (Percent(0.35), "35%", "35 %"),
        (Percent(0.004), "0.4%", "0,4 %"),
        (Percent(0.996), "99.6%", "99,6 %"),
        (Percent(0.99999), "over 99.9%", "plus de 99,9 %"),
        (Percent(0.00001), "under 0.1%", "moins de 0,1 %"),
        (Share(7, 20), "7 of 20 (35%)", "7 sur 20 (35 %)"),
        (Share(3, 4), "3 of 4", "3 sur 4"),
        (Share(0, 0), "0 of 0", "0 sur 0"),
        (Interval(0.18, 0.57, percent=True), "18–57%", "18–57 %"),
        (Interval(0.004, 0.012, percent=True), "0.4–1.2%", "0,4–1,2 %"),
        (Interval(-1.5, 2.25), "-1.5 to 2.25", "-1,5 à 2,25"),
        (Probability(0.00001), "p < 0.001", "p < 0,001"),
        (Probability(0.0042), "p = 0.004", "p = 0,004"),
        (Probability(0.031), "p = 0.03", "p = 0,03"),
        (NIGHT, "9 February 2019, 03:12 UTC", "9 février 2019 à 03:12 UTC"),
        (
            datetime(2019, 2, 9, 4, 12, tzinfo=timezone(timedelta(hours=1))),
            "9 February 2019, 03:12 UTC",
            "9 février 2019 à 03:12 UTC",
        ),
        (date(2019, 2, 1), "1 February 2019", "1er février 2019"),
        (timedelta(seconds=45), "45 seconds", "45 secondes"),
        (timedelta(hours=1), "1 hour", "1 heure"),
        (timedelta(minutes=61), "61 minutes", "61 minutes"),
        (timedelta(hours=2.5), "2.5 hours", "2,5 heures"),
        (timedelta(days=3), "3 days", "3 jours"),
        (timedelta(days=3650), "10 years", "10 ans"),
        (Language("el"), "Greek", "grec"),
        (Language("in"), "Indonesian", "indonésien"),
        (Language("zh-CN"), "Chinese", "chinois"),
        (Language("und"), "undetermined", "indéterminée"),
        (Language("qme"), "qme", "qme"),
        (Quote("you\n grumpy\u200b one"), "“you grumpy one”", "« you grumpy one »"),
        (Quote("hi @carl"), "“hi @•••”", "« hi @••• »"),
        (Code("Web\u202eClient"), "WebClient", "WebClient"),
        (Public("@ex_mayor"), "@ex_mayor", "@ex_mayor"),
        (AccountRef("11"), "A07", "A07"),
        (PostRef("900"), "post 3", "message 3"),
        ((1, 2, 3), "1, 2 and 3", "1, 2 et 3"),
        ((Language("el"),), "Greek", "grec"),
        ((), "none", "aucun"),
        (Text("undetermined"), "undetermined", "indéterminée"),
        ("plain\ttext", "plain text", "plain text"),
    ],
)
def test_a_value_in_words(value: Value, english: str, french: str) -> None:
    def unspaced(text: str) -> str:
        return re.sub("[\u202f\u00a0]", " ", text)

    assert unspaced(EN.value(value)) == english
    assert unspaced(FR.value(value)) == french


def test_french_signs_keep_to_their_words() -> None:
    assert FR.value(Percent(0.35)) == "35\u202f%"
    assert FR.value(Quote("mot")) == "«\u202fmot\u202f»"


def test_a_sentence_without_french_is_said_in_english() -> None:
    assert FR.say(Text("Never translated: {n}.", n=1000)) == "Never translated: 1\u202f000."


@pytest.mark.parametrize(("n", "said"), [(0, "0 posts"), (1, "1 post"), (2, "2 posts")])
def test_plurals_follow_the_count(n: int, said: str) -> None:
    assert EN.say(plural("{n} post", "{n} posts", n)) == said


def test_braces_in_collected_words_are_only_words() -> None:
    assert EN.say(Text("{quote}", quote=Quote("{n.__class__} {"))) == "“{n.__class__} {”"


def test_words_that_are_already_french_keep_their_spaces() -> None:
    assert inert(FR.value(Percent(0.35))) == "35\u202f%"


@given(st.text())
def test_collected_text_becomes_one_visible_line(text: str) -> None:
    shown = inert(text)
    assert not re.search(
        r"[\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2066-\u2069\ufeff]", shown
    )
    assert inert(shown) == shown


@given(st.text(min_size=1))
def test_a_quotation_is_short(text: str) -> None:
    assert len(EN.value(Quote(text))) <= MAX_QUOTE + len("“”")
