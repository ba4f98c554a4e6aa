"""Whatever the bytes, reading ends in a dataset whose counts add up, or in a refusal."""

from __future__ import annotations

import json
import tempfile
from dataclasses import replace
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from analyzers.model.refusal import BadInput
from analyzers.read import read
from analyzers.tables import load
from tests.read.exports import EXPORTS
from tests.read.exports.sample import sample

TWEET = {
    "id_str": "1050118621198921728",
    "user": {"id_str": "1", "screen_name": "Resident_1"},
    "full_text": "Quel clown",
    "created_at": "Wed Oct 10 20:19:24 +0000 2018",
    "entities": {"user_mentions": [{"id_str": "2", "screen_name": "b"}]},
}
PAGE = {
    "data": [{"id": "1050118621198921728", "author_id": "1", "text": "Quel clown"}],
    "includes": {"users": [{"id": "1", "username": "Resident_1"}]},
}
TABLE = b'id,username,text,created_at\n5,a,"He said ""no""",2019-02-08 10:00\n'

KINDS = {post.kind: post for post in sample().posts}
ONE_OF_EACH = replace(sample(), posts=tuple(KINDS.values()))
PUT_IN = [
    b'"',
    b"\n",
    b",",
    b"[" * 40,
    b"\0",
    b"\xff\xfe",
    b"\xe2\x80\xa8",
    b"1e400",
    b"9" * 400,
    b"null",
]

junk = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner),
    max_leaves=6,
)


def check(dump: bytes = b"", **named: bytes) -> None:
    with tempfile.TemporaryDirectory() as folder:
        paths = [Path(folder) / name for name in (named or {"dump": dump})]
        for path in paths:
            path.write_bytes(named.get(path.name, dump))
        try:
            data = read(*paths, directory=Path(folder) / "data")
        except BadInput:
            return
    for source in data.sources:
        assert source.used >= 0
        assert source.rows == source.used + sum(one.count for one in source.skipped)
        assert all(one.count > 0 for one in source.skipped)


@given(st.binary(max_size=300))
@settings(max_examples=100, deadline=None)
def test_arbitrary_bytes_never_crash(content: bytes) -> None:
    check(content)


@given(st.data())
@settings(max_examples=150, deadline=None)
def test_garbled_exports_never_crash(data: st.DataObject) -> None:
    whole = data.draw(
        st.sampled_from([json.dumps(TWEET).encode(), json.dumps(PAGE).encode(), TABLE])
    )
    start = data.draw(st.integers(0, len(whole)))
    end = data.draw(st.integers(start, len(whole)))
    check(whole + b"\n" + whole[:start] + data.draw(st.binary(max_size=6)) + whole[end:])


@given(st.sampled_from(sorted(EXPORTS)), st.data())
@settings(max_examples=150, deadline=None)
def test_any_export_with_bytes_lost_or_put_in_never_crashes(name: str, data: st.DataObject) -> None:
    files = EXPORTS[name].files(ONE_OF_EACH)
    spoilt = data.draw(st.sampled_from(sorted(files)))
    whole = files[spoilt]
    start = data.draw(st.integers(0, len(whole)))
    end = data.draw(st.integers(start, min(len(whole), start + 200)))
    put = data.draw(st.sampled_from(PUT_IN) | st.binary(max_size=6))
    check(**files | {spoilt: whole[:start] + put + whole[end:]})


@given(st.data())
@settings(max_examples=150, deadline=None)
def test_fields_of_the_wrong_type_never_crash(data: st.DataObject) -> None:
    whole = data.draw(st.sampled_from([TWEET, PAGE["data"][0]]))
    key = data.draw(st.sampled_from([*whole, "lang", "source", "public_metrics", "note_tweet"]))
    broken = {**whole, key: data.draw(junk)}
    items = [broken, whole] if whole is TWEET else [{**PAGE, "data": [broken]}, PAGE]
    check("\n".join(json.dumps(item) for item in items).encode())


@given(st.lists(st.lists(st.text(max_size=12), min_size=4, max_size=5), max_size=6))
@settings(max_examples=100, deadline=None)
def test_any_cells_in_a_table_never_crash(rows: list[list[str]]) -> None:
    lines = [",".join(cells).encode("utf-8", "replace") for cells in rows]
    check(TABLE + b"\n".join(lines))


def test_a_text_of_a_megabyte_is_cut_and_said(tmp_path: Path) -> None:
    path = tmp_path / "dump.jsonl"
    path.write_text(json.dumps({**TWEET, "full_text": "lie shame " * 100_000}), encoding="utf-8")
    data = read(path, directory=tmp_path / "data")
    assert load(data, "posts", ["text"])["text"].str.len_chars().to_list() == [25_000]
    assert any("25,000" in note.msgid or "25,000" in str(note) for note in data.sources[0].notes)
