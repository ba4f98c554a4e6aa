"""The normal form that every export's rows are turned into before they are stored."""

from __future__ import annotations

import re
from functools import lru_cache

import msgspec

from analyzers.model.text import Text

NO_AUTHOR = Text("The post has no author.")
NO_ID = Text("The row has no id that could name it.")
NO_TIME = Text("The post has no time that could be read.")
IMPOSSIBLE_TIME = Text("The post's time is before 2006 or after 2100.")
UNREADABLE = Text("The row is cut or is not written as the rest of the file is.")
NOT_A_POST = Text("The row is neither a post nor an account: a notice, a count or an error.")
PRIVATE = Text("The message is private, and private messages are never read.")
TOO_DEEP = Text("The row is nested too deeply.")
TIME_FROM_ID = Text("Posts that carry no time were given the one that their id holds.")
DUPLICATE = Text("The post had come in before.")


class Skip(Exception):
    """Raised by a reader when a row cannot be used, with the reason."""

    def __init__(self, reason: Text) -> None:
        super().__init__(reason.msgid)
        self.reason = reason


class Post(msgspec.Struct, gc=False):
    """One post: the columns of the table `posts`, times in microseconds since 1970."""

    post_id: str
    account_id: str
    created_at: int
    text: str | None = None
    language: str | None = None
    client: str | None = None
    kind: str = "post"
    reply_to_post: str | None = None
    reply_to_account: str | None = None
    quoted_post: str | None = None
    reposted_post: str | None = None
    reposted_account: str | None = None
    mentions: list[str] | None = None
    hashtags: list[str] | None = None
    urls: list[str] | None = None
    media: list[str] | None = None
    likes: int | None = None
    reposts: int | None = None
    replies: int | None = None
    route: str = "query"


class Account(msgspec.Struct, gc=False):
    """One account: the columns of the table `accounts`. A mention alone gives only its names."""

    account_id: str
    handle: str | None = None
    display_name: str | None = None
    created_at: int | None = None
    profile_language: str | None = None
    bio: str | None = None
    location: str | None = None
    followers: int | None = None
    following: int | None = None
    posts: int | None = None
    fetched_at: int | None = None


class Rows(msgspec.Struct):
    """What one item of a file (a line, an element, a page) came to.

    `used` counts its rows that could be used and `skipped` has a reason for each other one;
    `notes` are remarks on them, counted over the file.
    """

    posts: list[Post] = msgspec.field(default_factory=list)
    accounts: list[Account] = msgspec.field(default_factory=list)
    used: int = 0
    skipped: list[Text] = msgspec.field(default_factory=list)
    notes: list[Text] = msgspec.field(default_factory=list)


LONGEST_TEXT = 25_000
"""Characters of a text that are read: the longest post X allows. A longer field is no post, and a
few of a megabyte each would make every comparison of texts wait for them."""

CUT = Text("Texts longer than 25,000 characters, more than any post, were cut there.")


LONGEST_ID = 1000
"""Characters of an id or handle: addresses of posts, the longest there are, have some hundred."""

OVERLONG = Text("An id or a handle in the row is longer than any real one.")


def cut_to_size(rows: Rows) -> None:
    """Cut texts that are longer than any post, and leave out rows with such ids; says so."""
    overlong = False
    for post in rows.posts:
        if post.text is not None and len(post.text) > LONGEST_TEXT:
            post.text = post.text[:LONGEST_TEXT]
            rows.notes.append(CUT)
        overlong = overlong or len(post.post_id) > LONGEST_ID or len(post.account_id) > LONGEST_ID
    for account in rows.accounts:
        overlong = overlong or len(account.account_id) > LONGEST_ID
        if account.handle is not None and len(account.handle) > LONGEST_ID:
            account.handle = None
            rows.notes.append(OVERLONG)
    if overlong:
        _leave_out(rows)


def _leave_out(rows: Rows) -> None:
    rows.accounts = [one for one in rows.accounts if len(one.account_id) <= LONGEST_ID]
    lost = sum(one.route == "query" and _overlong(one) for one in rows.posts)
    lost = min(lost or 1, rows.used)
    rows.posts = [one for one in rows.posts if not _overlong(one)]
    rows.used -= lost
    rows.skipped += [OVERLONG] * lost


def _overlong(post: Post) -> bool:
    return len(post.post_id) > LONGEST_ID or len(post.account_id) > LONGEST_ID


def kind_of(repost: object, reply: object, quote: object) -> str:
    """A post's kind: a repost says nothing of its own; a reply that also quotes is a reply."""
    if repost:
        return "repost"
    if reply:
        return "reply"
    return "quote" if quote else "post"


_ESCAPED = re.compile("&(amp|lt|gt);")
_PLAIN = {"amp": "&", "lt": "<", "gt": ">"}
_UNSTORABLE = re.compile("[\0\ud800-\udfff]")


def clean(text: str) -> str:
    """Take out what cannot be stored as text: NUL and halves of surrogate pairs."""
    if "\0" not in text:
        if text.isascii():
            return text
        try:
            text.encode()  # several times quicker than looking at each letter
        except UnicodeEncodeError:
            pass
        else:
            return text
    return _UNSTORABLE.sub("", text)


def unescaped(text: str) -> str:
    """Undo, once, the escaping of &, < and > in the text of every post that X gives out.

    Only these three: a fuller unescape would turn the "&copy=" of a link into "©=".
    """
    if "&" in text:
        text = _ESCAPED.sub(lambda found: _PLAIN[found[1]], text)
    return clean(text)


_LONGEST_CLIENT = 256
"""Characters of a `source` that is remembered: dumps name a few hundred clients over and over."""

_TAG = re.compile(r"<[^<>]*>")  # stops at the next <, or a row of them would take forever


def client_name(source: str | None) -> str | None:
    """The client's name in a `source` field, which X writes as a link: `<a href=…>Name</a>`."""
    if not source:
        return None
    return _client(source) if len(source) <= _LONGEST_CLIENT else _client.__wrapped__(source)


@lru_cache(maxsize=1024)
def _client(source: str) -> str | None:
    name = _TAG.sub("", source) if "<" in source else source
    return unescaped(name).strip() or None


def at_handle(handle: str) -> str:
    """How a handle stands where an account id is not known: `@handle` in lower case."""
    return f"@{clean(handle).strip().lstrip('@').lower()}"


_REPOST_OF = re.compile(r"^\s*RT @(\w{1,15}):?\s", re.IGNORECASE)
_MENTION = re.compile(r"(?<![\w@/])@(\w{1,15})(?![\w@])", re.ASCII)
_HASHTAG = re.compile(r"(?<![\w&/])[#＃](\w*[^\W\d_]\w*)")
_URL = re.compile(r"https?://[^\s<>\"“”…]+[^\s<>\"“”….,;:!?)\]'’]")


def repost_of(text: str) -> str | None:
    """The handle in "RT @handle: …", in its own case."""
    found = _REPOST_OF.match(text)
    return found[1] if found else None


def mentions_in(text: str) -> list[str]:
    """The handles that a text mentions, as `@handle`, each once, in order."""
    return list(dict.fromkeys(at_handle(handle) for handle in _MENTION.findall(text)))


def hashtags_in(text: str) -> list[str]:
    """The hashtags of a text, in lower case without #, each once, in order."""
    return list(dict.fromkeys(tag.lower() for tag in _HASHTAG.findall(text)))


def urls_in(text: str) -> list[str]:
    """The web addresses that a text holds, each once, in order."""
    return list(dict.fromkeys(_URL.findall(text)))
