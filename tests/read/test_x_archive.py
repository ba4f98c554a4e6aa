"""The archive that X gives of one's own account, and other zip files, kind and hostile."""

from __future__ import annotations

import io
import json
import struct
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

from analyzers.model.refusal import BadInput
from analyzers.read import Limits, inspect, read
from analyzers.tables import load

Saved = Callable[..., Path]
Rows = Callable[..., dict[str, dict[str, Any]]]

POST, OTHER, THIRD = "1050118621198921728", "1050118621198900000", "1050118621198930000"


def script(name: str, *elements: dict[str, Any]) -> str:
    return f"window.YTD.{name}.part0 = {json.dumps(elements, indent=2)}"


def tweet(id: str = POST, **more: Any) -> dict[str, Any]:
    return {
        "tweet": {
            "id_str": id,
            "created_at": "Wed Oct 10 20:19:24 +0000 2018",
            "full_text": "Quel clown",
            "favorite_count": "4",
            "source": '<a href="https://x.example">Web</a>',
        }
        | more
    }


ACCOUNT = script(
    "account",
    {
        "account": {
            "email": "resident@mail.example",
            "username": "Resident_1",
            "accountId": "7",
            "createdAt": "2018-01-02T03:04:05.000Z",
        }
    },
)
PROFILE = script("profile", {"profile": {"description": {"bio": "Of here", "location": "Here"}}})
SECRET = script("direct_messages", {"dmConversation": {"messages": "secret"}})


def zipped(members: Mapping[str, str | bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", method) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return file.getvalue()


def archive(**more: str) -> bytes:
    return zipped(
        {
            "data/tweets.js": script("tweets", tweet()),
            "data/account.js": ACCOUNT,
            "data/profile.js": PROFILE,
            "data/note-tweet.js": script("note_tweet"),
            "data/direct-messages.js": SECRET,
            "data/ip-audit.js": SECRET,
        }
        | {f"data/{name.replace('_', '-')}.js": content for name, content in more.items()}
    )


def test_an_archive_is_the_posts_of_its_owner(saved: Saved, rows: Rows) -> None:
    deleted = script("deleted_tweets", tweet(OTHER))
    data = read(saved("x.zip", archive(deleted_tweets=deleted)))
    assert set(rows(data)) == {POST, OTHER}
    post, account = rows(data)[POST], rows(data, "accounts")["7"]
    assert (post["account_id"], post["client"], post["likes"]) == ("7", "Web", 4)
    assert (account["handle"], account["bio"]) == ("Resident_1", "Of here")
    assert account["created_at"].year == 2018
    assert {one.name for one in data.sources} == {
        f"x.zip/data/{name}.js" for name in ("tweets", "account", "profile", "deleted-tweets")
    }


def test_what_is_private_is_never_opened(saved: Saved) -> None:
    whole = archive()
    at = whole.index(b"data/direct-messages.js") + len("data/direct-messages.js")
    spoiled = whole[:at] + b"\xff" * 8 + whole[at + 8 :]  # reading it would fail
    data = read(saved("x.zip", spoiled))
    words = str([load(data, name).to_dicts() for name in ("posts", "accounts")])
    assert "secret" not in words
    assert "mail.example" not in words


def test_reposts_quotes_and_long_posts_are_told_by_the_text(saved: Saved, rows: Rows) -> None:
    long = "Quel clown, " * 25
    quote = [{"expanded_url": f"https://x.com/Baker/status/{OTHER}"}]
    mention = [{"screen_name": "baker", "id_str": "8"}]
    tweets = script(
        "tweets",
        tweet(full_text="RT @Baker: Quel clown", entities={"user_mentions": mention}),
        tweet(OTHER, full_text=f"{long[:270]}… https://t.example/1"),
        tweet(THIRD, full_text="Voyez", entities={"urls": quote}),
    )
    note = script("note_tweet", {"noteTweet": {"core": {"text": long + "et puis voilà."}}})
    data = read(saved("x.zip", archive(tweets=tweets, note_tweet=note)))
    posts = rows(data)
    assert (posts[POST]["kind"], posts[POST]["reposted_account"]) == ("repost", "8")
    assert posts[OTHER]["text"].endswith("et puis voilà.")
    assert (posts[THIRD]["kind"], posts[THIRD]["quoted_post"]) == ("quote", OTHER)


def test_unpacked_files_are_read_with_the_account_beside(saved: Saved, rows: Rows) -> None:
    tweets, account = saved("tweets.js", script("tweets", tweet())), saved("account.js", ACCOUNT)
    assert rows(read(tweets, account))[POST]["account_id"] == "7"
    assert inspect(tweets, account).files[0].posts == 1
    with pytest.raises(BadInput, match="who wrote"):
        read(tweets)


@pytest.mark.parametrize("name", ["direct-messages.js", "ip-audit.js"])
def test_a_private_file_alone_is_refused(saved: Saved, name: str) -> None:
    with pytest.raises(BadInput, match="no export"):
        read(saved(name, SECRET))


TABLE = "id,username,text,created_at\n5,a,Quel clown,2019-02-08 10:00\n" + "#" * 64 + "\n"


def test_a_zip_of_tables_is_read_as_its_files(saved: Saved) -> None:
    content = zipped({"a.csv": TABLE, "b/b.csv": TABLE.replace("5,a", "6,b"), "notes.md": "x" * 99})
    data = read(saved("tables.zip", content))
    assert [one.name for one in data.sources] == ["tables.zip/a.csv", "tables.zip/b/b.csv"]
    assert data.count("posts") == 2


def locked(content: bytes) -> bytes:
    """Set the bit that says a member is encrypted, where it stands and in the contents."""
    for magic, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = content.index(magic) + offset
        content = content[:at] + b"\x01" + content[at + 1 :]
    return content


def endless(content: bytes) -> bytes:
    """Say that the table of contents takes a gigabyte."""
    at = content.rindex(b"PK\x05\x06") + 12
    return content[:at] + struct.pack("<I", 1 << 30) + content[at + 4 :]


@pytest.mark.parametrize(
    "content",
    [
        zipped({"../../evil.csv": TABLE}),
        zipped({"/etc/evil.csv": TABLE}),
        zipped({f"{place}.csv": TABLE for place in range(101)}),
        zipped({"a.csv": TABLE}, zipfile.ZIP_LZMA),
        locked(zipped({"a.csv": TABLE})),
        endless(zipped({"a.csv": TABLE})),
        zipped({"a.csv": TABLE})[:-30],
    ],
    ids=["climbs", "absolute", "too many", "lzma", "password", "contents", "cut"],
)
def test_a_dangerous_zip_gets_one_clear_answer(saved: Saved, content: bytes) -> None:
    with pytest.raises(BadInput, match="not safe to open"):
        read(saved("evil.zip", content))


def test_a_zip_inside_a_zip_is_not_opened(saved: Saved) -> None:
    with pytest.raises(BadInput, match="no CSV or JSON"):
        read(saved("nested.zip", zipped({"inner.zip": zipped({"a.csv": TABLE})})))


def test_a_zip_bomb_is_refused(saved: Saved) -> None:
    bomb = zipped({"a.csv": TABLE.encode() + b"0" * (40 * 1024 * 1024)})
    with pytest.raises(BadInput, match="unpacks to far more"):
        read(saved("bomb.zip", bomb), limits=Limits(field=2**20))


def test_a_member_that_is_damaged_is_refused(saved: Saved) -> None:
    content = zipped({"a.csv": TABLE}, zipfile.ZIP_STORED).replace(b"Quel clown", b"Quel crown", 1)
    with pytest.raises(BadInput, match="damaged"):
        read(saved("a.zip", content))
