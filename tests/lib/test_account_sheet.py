"""One account on a sheet: its months, hours, pauses, subjects, and nearly nothing known."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import msgspec
import pandas as pd

from analyzers.lib.account_numbers import Counted, counted, numbers, usual_of
from analyzers.lib.account_periods import Background, periods
from analyzers.lib.account_sheet import AccountSheet, Known, account_sheet
from analyzers.lib.language_mix import category
from analyzers.render.account_text import account_text
from analyzers.render.disclosure import Disclosure
from analyzers.render.figures.account_sheet import draw_account
from analyzers.render.words import Words

WORDS = Words("en", Disclosure(reveal=False, names={"7": "A07", "8": "A08"}))


def posts(*rows: dict[str, Any]) -> pd.DataFrame:
    """Posts of one account, with the fields that a sheet reads."""
    usual = {
        "account_id": "7",
        "organic": True,
        "client": None,
        "normal": "",
        "spoken": "und",
        "family": -1,
        "on_target": False,
        "addressees": (),
    }
    frame = pd.DataFrame([usual | {"post_id": str(n)} | row for n, row in enumerate(rows)])
    return frame.assign(
        created_at=pd.to_datetime(frame["created_at"], utc=True),
        category=[category(code) for code in frame["spoken"]],
    )


def lines(sheet: AccountSheet) -> list[str]:
    return [line.strip() for line in account_text(sheet, WORDS)]


def test_a_sheet_tells_months_hours_silences_clients_and_shared_texts() -> None:
    shown = account_sheet(
        "7",
        posts(
            {"created_at": "2019-01-07 09:10", "spoken": "el", "client": "Web", "family": 3},
            {"created_at": "2019-01-07 09:40", "spoken": "el", "client": "Web", "organic": False},
            {"created_at": "2019-02-09 23:00", "spoken": "fr", "client": "ann_lee posts"},
            {"created_at": "2019-02-10 01:00", "spoken": "fr", "family": 4},
        ),
        Known(
            created=datetime(2011, 4, 22, tzinfo=UTC),
            interface="es",
            clients={"Web"},
            sharing={3: 5},
            shared={3: "follow @somebody and answer every comment, that is enough"},
        ),
    )
    assert [(month.name, month.posts, month.counts) for month in shown.months] == [
        ("2019-01", 2, (2, 0, 0)),
        ("2019-02", 2, (0, 2, 0)),
    ]
    assert shown.languages[:2] == ("el", "fr")
    assert (shown.hours[0][9], shown.hours[5][23], shown.hours[6][1]) == (2, 1, 1)
    said = lines(shown)
    assert said[0] == "A07 seen close"
    assert "Created: 22 April 2011" in said
    assert "Posts in this data: 4" in said
    assert "Last post in this data: 10 February 2019, 01:00 UTC" in said
    assert "34 days, from 7 January 2019, 09:40 UTC to 9 February 2019, 23:00 UTC" in said
    assert "Sent from: Web (2 posts) and a client that no other account here uses (one post)" in (
        said
    )
    assert [line for line in said if "also posted by" in line] == [
        "“follow @••• and answer every comment, that is enough” (also posted by 4 other accounts)"
    ]
    assert draw_account(shown, WORDS).startswith(b"\x89PNG")


def test_whom_an_account_addresses_is_named_only_if_the_case_names_them() -> None:
    shown = account_sheet(
        "7",
        posts(
            {"created_at": "2019-02-08 10:00", "addressees": ("@target", "77", "8")},
            {"created_at": "2019-02-08 11:00", "addressees": ("77", "@someone", "7")},
            {"created_at": "2019-02-08 12:00", "addressees": ("@friend",), "organic": False},
        ),
        Known(
            targets={"@target": "@target", "5": "@target"},
            members={"7": "7", "8": "8", "@eight": "8"},
        ),
    )
    said = lines(shown)
    assert "Whom its own posts address: 4 accounts" in said
    assert said[said.index("Whom its own posts address: 4 accounts") + 1 :][:4] == [
        "T1: 2 posts",
        "A08: one post",
        "T2: one post",
        "@target: one post",
    ]
    assert not any("someone" in line or "friend" in line for line in said)


def test_each_number_stands_beside_the_middle_half_of_ordinary_accounts() -> None:
    mine = counted(
        posts(
            {"created_at": "2019-02-01 10:00", "spoken": "fr"},
            {"created_at": "2019-02-08 09:00", "organic": False},
            {"created_at": "2019-02-08 10:00", "on_target": True, "addressees": ("@t",)},
        ),
        datetime(2019, 1, 1, tzinfo=UTC),
        datetime(2019, 2, 8, tzinfo=UTC),
        None,
    )
    assert mine == {
        "age": (38.0, 1),
        "posts": (3.0, 1),
        "reposts": (1 / 3, 3),
        "pause": ((7 * 24 - 1 + 1) / 2 * 3600, 2),
        "silence": (167 * 3600.0, 2),
        "silence_before": (3600.0, 1),
        "main_language": (1.0, 1),
        "addressing": (0.5, 2),
        "addressed": (1.0, 2),
    }
    others: list[Counted] = [{"reposts": (share / 10, 100)} for share in (1, 2, 3, 4, 5)]
    usual = usual_of(others)
    assert usual_of(others[:4]) == {}
    sheet = account_sheet(
        "7",
        posts({"created_at": "2019-02-08 10:00"}),
        Known(timeline=True, numbers=numbers(mine, usual)),
    )
    said = lines(sheet)
    assert "Reposts: 1 of 3; 5 ordinary accounts: 30% (20% to 40%)" in said
    assert "Silence right before its first post about the target: 1 hour" in said
    assert any(line.startswith("Ordinary accounts: the median") for line in said)


def test_subjects_part_where_the_language_changes_and_name_no_rare_word() -> None:
    greek = [
        {"created_at": f"2018-{1 + n // 4:02d}-{1 + 7 * (n % 4):02d}", "spoken": "el"}
        | {"normal": "και το νησι μυστικο"}
        for n in range(24)
    ]
    french = [
        {"created_at": f"2018-{9 + n // 4:02d}-{1 + 7 * (n % 4):02d}", "spoken": "fr"}
        | {"normal": "le rap et les loups"}
        for n in range(12)
    ]
    everybody = Background(
        uses={
            ("el", "και"): 900,
            ("el", "νησι"): 30,
            ("fr", "les"): 800,
            ("fr", "rap"): 20,
            ("fr", "loups"): 40,
        },
        posts={"el": 1000, "fr": 1000},
    )
    first, second = periods(posts(*greek, *french), everybody)
    assert (first.language, first.posts, first.terms) == ("el", 24, ("νησι",))
    assert (second.language, second.posts, second.terms) == ("fr", 12, ("rap", "loups"))
    assert second.first == datetime(2018, 9, 1, tzinfo=UTC)
    cut = periods(posts(*french), everybody, datetime(2018, 10, 1, tzinfo=UTC))
    assert [part.posts for part in cut] == [4, 8]


def test_a_language_of_a_late_month_keeps_its_colour_among_many() -> None:
    early = [
        {"created_at": f"2018-0{1 + n % 6}-0{1 + n % 9} 10:00", "spoken": code}
        for n, code in enumerate(["el", "en", "es", "ar", "id", "sr", "ru"] * 10)
    ]
    late = [{"created_at": "2019-02-08 10:00", "spoken": "fr"}] * 3
    assert "fr" in account_sheet("7", posts(*early, *late), Known()).languages


def test_an_account_with_one_post_and_no_profile_says_so() -> None:
    shown = account_sheet("7", posts({"created_at": "2019-02-08 10:00"}), Known())
    said = lines(shown)
    assert "Created: unknown" in said
    assert "Sent from: unknown" in said
    assert not any("longest silences" in line for line in said)
    assert any(line.startswith("Its timeline was not collected") for line in said)
    assert draw_account(shown, WORDS).startswith(b"\x89PNG")
    assert msgspec.json.decode(msgspec.json.encode(shown), type=AccountSheet) == shown
