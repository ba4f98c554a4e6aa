"""One account on a sheet: its months, hours, pauses and shared texts, and nearly nothing known."""

from __future__ import annotations

from typing import Any

import pandas as pd

from analyzers.lib.account_sheet import AccountSheet, account_sheet
from analyzers.model.text import Language
from analyzers.render.account_text import account_text
from analyzers.render.disclosure import Disclosure
from analyzers.render.figures.account_sheet import draw_account
from analyzers.render.words import Words

WORDS = Words("en", Disclosure(reveal=False, names={"7": "A07"}))


def posts(*rows: dict[str, Any]) -> pd.DataFrame:
    """Posts of one account, with the fields that a sheet reads."""
    usual = {"organic": True, "client": None, "text": None, "spoken": "und", "family": -1}
    frame = pd.DataFrame([usual | {"post_id": str(n)} | row for n, row in enumerate(rows)])
    return frame.assign(created_at=pd.to_datetime(frame["created_at"], utc=True))


def lines(sheet: AccountSheet) -> list[str]:
    return list(account_text(sheet, WORDS))


def test_a_sheet_tells_months_hours_silence_clients_and_shared_texts() -> None:
    text = "follow @somebody and answer every comment, that is enough"
    shown = account_sheet(
        "7",
        {"created_at": pd.Timestamp("2011-04-22", tz="UTC"), "profile_language": "es"},
        posts(
            {"created_at": "2019-01-07 09:10", "spoken": "el", "client": "Web"},
            {"created_at": "2019-01-07 09:40", "spoken": "el", "client": "Web", "organic": False},
            {"created_at": "2019-02-09 23:00", "spoken": "fr", "text": text, "family": 3},
            {"created_at": "2019-02-10 01:00", "spoken": "fr", "text": "mine alone", "family": 4},
        ),
        {3: 5, 4: 1},
    )
    assert [(month.name, month.posts, month.counts) for month in shown.months] == [
        ("2019-01", 2, (2, 0, 0)),
        ("2019-02", 2, (0, 2, 0)),
    ]
    assert shown.languages[:2] == (Language("el"), Language("fr"))
    assert (shown.hours[0][9], shown.hours[5][23], shown.hours[6][1]) == (2, 1, 1)
    said = lines(shown)
    assert said[0] == "A07 seen close"
    assert "  Created: 22 April 2011" in said
    assert "  Posts in this data: 4" in said
    assert "  Reposts among them: 1" in said
    assert "  Longest silence: 34 days, from 7 January 2019" in said
    assert any("Web (2 posts)" in line for line in said)
    shared = [line for line in said if "also posted by" in line]
    assert shared == [
        "  “follow @••• and answer every comment, that is enough” (also posted by 4 other accounts)"
    ]
    assert draw_account(shown, WORDS).startswith(b"\x89PNG")


def test_a_language_of_a_late_month_keeps_its_colour_among_many() -> None:
    early = [
        {"created_at": f"2018-0{1 + n % 6}-0{1 + n % 9} 10:00", "spoken": code}
        for n, code in enumerate(["el", "en", "es", "ar", "id", "sr", "ru"] * 10)
    ]
    late = [{"created_at": "2019-02-08 10:00", "spoken": "fr"}] * 3
    shown = account_sheet("7", {}, posts(*early, *late), {})
    assert Language("fr") in shown.languages


def test_an_account_with_one_post_and_no_profile_says_so() -> None:
    shown = account_sheet("7", {}, posts({"created_at": "2019-02-08 10:00"}), {})
    said = lines(shown)
    assert "  Created: unknown" in said
    assert "  Sent from: unknown" in said
    assert not any("silence" in line for line in said)
    assert draw_account(shown, WORDS).startswith(b"\x89PNG")
