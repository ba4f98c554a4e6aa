"""The posts of a case are kept whole, within bounds, and found without case or accents."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest

from analyzers import investigate
from analyzers.enrich import enrich
from analyzers.model.dataset import Dataset
from analyzers.model.refusal import BadInput
from analyzers.model.report import Report
from analyzers.read import read
from bot import kept_posts
from bot.found_posts import as_csv, found, query_of, shared
from bot.kept_posts import POSTS, Query, encoded, has_words

WORDS = ("gris", "vieux", "triste", "lent", "sourd", "fâché")


def post(number: int, author: int, text: str) -> str:
    return json.dumps(
        {
            "id_str": str(1_094_000_000_000_000_000 + number),
            "created_at": f"Sat Feb 09 08:{number:02}:00 +0000 2019",
            "full_text": text,
            "user": {"id_str": str(900 + author), "screen_name": f"person_{author}"},
            "entities": {"user_mentions": [{"screen_name": "target_person", "id_str": "77"}]},
        }
    )


@pytest.fixture(scope="module")
def investigated(tmp_path_factory: pytest.TempPathFactory) -> tuple[Report, Dataset]:
    """Six accounts with one model of text; one says something of its own, as does a stranger."""
    folder = tmp_path_factory.mktemp("dump")
    insult = "@target_person tu n'es qu'un {} menteur en costume, rentre à la maison, laisse-nous"
    lines = [post(number, number, insult.format(word)) for number, word in enumerate(WORDS)]
    lines.append(post(10, 0, "=2+5 est ce que coûte l'ÉTÉ"))
    lines.append(post(11, 40, "Bonjour @target_person, belle journée à tous et à demain"))
    (folder / "posts.jsonl").write_text("\n".join(lines))
    dataset = enrich(read(folder / "posts.jsonl", directory=folder / "dataset"))
    return investigate(dataset, targets=["@target_person"]), dataset


@pytest.fixture
def folder(investigated: tuple[Report, Dataset], tmp_path: Path) -> Path:
    return kept_in(tmp_path, investigated)


def kept_in(folder: Path, investigated: tuple[Report, Dataset]) -> Path:
    (folder / POSTS).parent.mkdir(exist_ok=True)
    (folder / POSTS).write_bytes(encoded(*investigated))
    return folder


def test_posts_of_the_cases_accounts_are_kept_and_no_strangers(folder: Path) -> None:
    page = found(folder, Query(), 1)
    assert (page.found, page.accounts, page.pages) == (7, 6, 2)
    assert [len(found(folder, Query(), number).posts) for number in (1, 2, 9)] == [6, 1, 1]
    assert page.posts[0].address == "https://x.com/i/web/status/1094000000000000000"
    assert "template" in page.posts[0].steps


@pytest.mark.parametrize(
    ("words", "hits"),
    [("été", 1), ("ETE cou", 1), ("MENTEUR fache", 1), ("menteur été", 0), ("bonjour", 0)],
)
def test_all_words_must_be_there_whatever_their_case_and_accents(
    folder: Path, words: str, hits: int
) -> None:
    assert found(folder, Query(words=words), 1).found == hits


@pytest.mark.parametrize(
    ("text", "word"), [("Straße", "STRASSE"), ("İstanbul", "istanbul"), ("کَتَبَ", "کتب")]
)
def test_letters_of_other_scripts_are_folded_too(text: str, word: str) -> None:
    assert has_words(text, Query(words=word).wanted())


def test_what_one_account_alone_wrote_is_not_shared(folder: Path) -> None:
    texts = shared(folder, Query(words="menteur"))
    ((text, use),) = texts.texts
    assert "menteur en costume" in text
    assert not any(word in text for word in WORDS)
    assert (use.posts, len(use.accounts)) == (6, 6)
    assert shared(folder, Query(words="été")).texts == ()


def test_a_cell_that_a_spreadsheet_would_run_is_harmless(folder: Path) -> None:
    made, count = as_csv(folder, Query(words="été"))
    (row,) = csv.DictReader(io.StringIO(made.decode("utf-8-sig")))
    assert count == 1
    assert row["text"] == "'=2+5 est ce que coûte l'ÉTÉ"
    assert row["time"] == "2019-02-09T08:10:00Z"


def test_of_too_many_posts_those_that_findings_cite_are_kept_first(
    investigated: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(kept_posts, "MOST", 4)
    page = found(kept_in(tmp_path, investigated), Query(), 1)
    assert (page.about.kept, page.about.collected) == (4, 7)
    assert all(one.steps for one in page.posts)


def test_a_handle_is_only_understood_for_who_may_see_it(folder: Path) -> None:
    assert query_of(folder, "", "@Person_0", "", reveals=True).account == "A01"
    assert query_of(folder, "", "a01", "", reveals=False).account == "A01"
    with pytest.raises(BadInput, match="calls no account"):
        query_of(folder, "", "@Person_0", "", reveals=False)


def test_the_same_report_and_data_give_the_same_bytes(investigated: Any) -> None:
    assert encoded(*investigated) == encoded(*investigated)
