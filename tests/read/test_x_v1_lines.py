"""The quick way through a dump of API 1.1 gives what reading each item by itself gives."""

from __future__ import annotations

import copy
import json
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from polars.testing import assert_frame_equal

from analyzers.model.dataset import TABLES, Dataset
from analyzers.model.refusal import BadInput
from analyzers.model.text import Text
from analyzers.read import read, x_v1
from analyzers.read.formats import JsonFormat
from analyzers.read.limits import DEFAULT
from analyzers.read.normal import LONGEST_TEXT, TOO_DEEP, Rows, Skip
from analyzers.read.reading import find, read_found
from analyzers.read.x_v1_lines import Lines
from analyzers.simulate import simulate, write
from analyzers.tables import load


def user(number: int = 1, **overrides: Any) -> dict[str, Any]:
    return {
        "id": number,
        "id_str": str(number),
        "name": f"Resident {number} é\0",
        "screen_name": f"Resident_{number}",
        "location": "Lille",
        "description": "Tea &amp; rain",
        "followers_count": 3,
        "friends_count": 4,
        "statuses_count": 5,
        "created_at": "Mon Feb 04 08:00:00 +0000 2019",
        "lang": "fr",
    } | overrides


def tweet(number: int = 1050118621198921728, **overrides: Any) -> dict[str, Any]:
    return {
        "created_at": "Wed Oct 10 20:19:24 +0000 2018",
        "id": number,
        "id_str": str(number),
        "full_text": "Quel clown &lt;3 &amp;amp; #Carnaval @Mayor_X 😀",
        "source": '<a href="https://example.org" rel="nofollow">Web App</a>',
        "user": user(),
        "lang": "fr",
        "entities": {
            "hashtags": [{"text": "Carnaval"}],
            "user_mentions": [
                {"id_str": "77", "screen_name": "Mayor_X", "name": "The Mayor"},
                {"id": -1, "screen_name": "Nobody"},
            ],
            "urls": [{"url": "https://t.co/a", "expanded_url": "https://news.example/a"}],
        },
        "favorite_count": 1,
        "retweet_count": 2,
    } | overrides


ORIGINAL = tweet(1050118621198921000, user=user(2), full_text="A long text, whole")
QUOTE = tweet(1050118621198921001, quoted_status=ORIGINAL, quoted_status_id_str="1")
PLAIN = (
    tweet(),
    tweet(1050118621198921729, user=user(3)),
    tweet(1050118621198921730, retweeted_status=ORIGINAL, full_text="RT @Resident_2: A lo…"),
    tweet(1050118621198921731, quoted_status=ORIGINAL),
    QUOTE,
    tweet(1050118621198921732, retweeted_status=QUOTE, quoted_status=ORIGINAL),
    tweet(1050118621198921733, retweeted_status=None, quoted_status=None, user=user(2)),
    tweet(
        1050118621198921734,
        in_reply_to_status_id_str="5",
        in_reply_to_user_id_str="2",
        in_reply_to_screen_name="Resident_2",
    ),
    tweet(
        1050118621198921735,
        text="Begin…",
        full_text=None,
        extended_tweet={
            "full_text": "Begin and end",
            "extended_entities": {"media": [{"media_url_https": "https://pic.example/1"}]},
        },
    ),
    tweet(1050118621198921736, created_at=None),
    user(4, status=ORIGINAL),
    {"statuses": [tweet(1050118621198921737)], "search_metadata": {}},
    {"users": [user(5), {}]},
    {"limit": {"track": 5}},
)
ODD = st.sampled_from(
    [
        None, True, 0, -1, 1.0, 1.5, 2**63, 10**400, "", "\0", "-1", "a\ud83db", "é" * 30, "@", [],
        {}, [None], [{}], [[]], "Wed Oct 10 20:19:60 +0000 2018", "Wed Oct 10 99:19:24 +0000 2018",
        "Wed Foo 10 20:19:24 +0000 2018", "Wed Oct 10 +1: 9:24 +0000 2018", "2018-10-10T20:19:24Z",
        "Wed Oct 10 20:19:24 +0200 2018", "Wed Oct 10 20:19:24 +0000 1997", "2018", "x" * 30_000,
        tweet(), user(),
    ]
)  # fmt: skip


def places(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Where every value inside a JSON value stands."""
    inside = enumerate(value) if isinstance(value, list) else dict.items(value)
    for key, inner in inside if value else ():
        yield (*path, key)
        if isinstance(inner, dict | list):
            yield from places(inner, (*path, key))


@st.composite
def items(draw: st.DrawFn) -> bytes:
    """One line: ordinary, or with a few fields made odd, taken away or cut."""
    item = copy.deepcopy(draw(st.sampled_from(PLAIN)))
    for _ in range(draw(st.integers(0, 2))):
        *way, last = draw(st.sampled_from([*places(item)] or [("id",)]))
        holder = item
        for key in way:
            holder = holder[key]
        if isinstance(holder, dict) and draw(st.booleans()):
            holder.pop(last, None)
        else:
            holder[last] = copy.deepcopy(draw(ODD))
    line = json.dumps(item, ensure_ascii=draw(st.booleans()), sort_keys=draw(st.booleans()))
    raw = line.encode("utf-8", "surrogatepass")
    if draw(st.integers(0, 9)) == 0:
        at = draw(st.integers(0, len(raw)))
        raw = raw[:at] + draw(st.sampled_from([b"", b"\xff", b"\\ud83d", b"\0"]))
        raw += line.encode("utf-8", "surrogatepass")[at + draw(st.integers(0, 3)) :]
    return raw


def outcome(read_item: Any, item: bytes) -> Rows | Text | type[BaseException]:
    try:
        rows: Rows = read_item(item)
    except Skip as skip:
        return skip.reason
    except (ArithmeticError, ValueError) as error:
        return type(error)
    return rows


@given(st.lists(items(), max_size=12))
@settings(max_examples=400, deadline=None)
def test_items_come_to_the_same_rows_or_are_skipped_for_the_same_reason(lines: list[bytes]) -> None:
    quick = Lines()
    for line in [*lines, *lines]:
        assert outcome(quick, line) == outcome(x_v1.read, line)


def both_ways(path: Path, folder: Path) -> tuple[Dataset | str, Dataset | str]:
    """What a file is read as, the quick way and the tolerant one."""
    made: list[Dataset | str] = []
    for name in ("quick", "tolerant"):
        found = find([path], {}, DEFAULT)
        for place, one in enumerate(found):
            assert isinstance(one.format, JsonFormat)
            if name == "tolerant":
                found[place] = replace(one, format=replace(one.format, quick=None))
        try:
            made.append(read_found(found, folder / name, DEFAULT, None))
        except BadInput as refusal:
            made.append(str(refusal))
    return made[0], made[1]


def check(path: Path, folder: Path) -> None:
    quick, tolerant = both_ways(path, folder)
    if isinstance(quick, str) or isinstance(tolerant, str):
        assert quick == tolerant
        return
    assert replace(quick, directory=tolerant.directory) == tolerant
    for table in TABLES:
        assert_frame_equal(load(quick, table), load(tolerant, table))


@given(st.lists(items(), max_size=12))
@settings(max_examples=60, deadline=None)
def test_files_become_the_same_dataset(lines: list[bytes]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "dump.jsonl"
        path.write_bytes(b"\n".join([json.dumps(tweet()).encode(), *lines, *lines]))
        check(path, Path(folder))


@pytest.mark.parametrize("scenario", ["rented_farm", "fan_campaign"])
def test_a_simulated_dump_becomes_the_same_dataset(scenario: str, tmp_path: Path) -> None:
    dump, *_ = write(simulate(scenario, posts=10_000), tmp_path / "dump.jsonl.gz")
    check(dump, tmp_path)


def test_an_author_whose_profile_changes_is_read_again() -> None:
    quick = Lines()
    for followers in (3, 4, 3):
        line = json.dumps(tweet(user=user(followers_count=followers))).encode()
        assert quick(line) == x_v1.read(line)


def test_a_text_longer_than_any_post_is_cut_and_said_each_time(tmp_path: Path) -> None:
    original = {**ORIGINAL, "full_text": "x" * (LONGEST_TEXT + 1)}
    dump = tmp_path / "dump.jsonl"
    reposts = [tweet(1050118621198921800 + n, retweeted_status=original) for n in range(3)]
    dump.write_text("\n".join(json.dumps(one) for one in reposts), encoding="utf-8")
    check(dump, tmp_path)


def test_more_than_is_remembered_is_read_all_the_same() -> None:
    quick = Lines()
    for number in range(1200):
        for _ in range(2):
            author = user(number, description="é" * 4000)
            line = json.dumps(tweet(user=author), ensure_ascii=False).encode()
            assert quick(line) == x_v1.read(line)


@pytest.mark.parametrize("depth", [50, 400, 900, 3000])
def test_posts_inside_posts_without_end_are_skipped_and_counted(depth: int, tmp_path: Path) -> None:
    start = json.dumps(tweet())[:-1]
    deep = f'{start}, "retweeted_status":' * depth + json.dumps(tweet()) + "}" * depth
    dump = tmp_path / "dump.jsonl"
    dump.write_text(f"{json.dumps(tweet(1))}\n{deep}", encoding="utf-8")
    source = read(dump, directory=tmp_path / "data").sources[0]
    assert (source.rows, source.used) in {(2, 2), (2, 1)}
    assert {one.reason for one in source.skipped} <= {TOO_DEEP}
