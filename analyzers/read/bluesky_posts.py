"""Posts of Bluesky, as records (what an author's program wrote) and as views (what a server shows).

Fields by the lexicons `app.bsky.feed.post`, `.repost` and `app.bsky.feed.defs` of
github.com/bluesky-social/atproto. Ids of posts are at:// addresses and those of accounts DIDs,
which stand in the addresses, so a reply or quote names its account too.
"""

from __future__ import annotations

import hashlib
import re
from typing import Any
from urllib.parse import quote

import msgspec

from analyzers.model.text import Text
from analyzers.read.claimed import UNPROVEN, settled
from analyzers.read.json_items import decoded
from analyzers.read.loose import Object, inner, number, objects, time, words
from analyzers.read.normal import (
    NO_AUTHOR,
    NO_ID,
    NO_TIME,
    Account,
    Post,
    Rows,
    Skip,
    clean,
    kind_of,
)

POST = "app.bsky.feed.post"
REPOST = "app.bsky.feed.repost"
PROFILE = "app.bsky.actor.profile"

OTHER_RECORD = Text("The record is a like, a follow or something else that is no post.")

_HANDLE = re.compile(r"@?((?:[a-z0-9-]{1,63}\.)+[a-z]{2,63})", re.IGNORECASE)
_NO_HANDLE = "handle.invalid"  # shown by servers in place of a handle that no longer resolves
_LANGUAGE = re.compile(r"[a-z]{2,3}")
_LOG = msgspec.json.Decoder(list[Object])


def did_of(uri: str | None) -> str | None:
    """The account in an at:// address."""
    found = (uri or "").removeprefix("at://").partition("/")[0]
    return found if found.startswith("did:") else None


def account_of(profile: Object) -> Account | None:
    """The account of a profile view; `None` when it has no DID."""
    did, handle = words(profile, "did"), words(profile, "handle")
    if did is None:
        return None
    return Account(
        account_id=did,
        handle=None if handle == _NO_HANDLE else handle,
        display_name=words(profile, "displayName"),
        created_at=time(profile, "createdAt"),
        bio=words(profile, "description"),
        followers=number(profile, "followersCount"),
        following=number(profile, "followsCount"),
        posts=number(profile, "postsCount"),
    )


def plc_account(log: bytes) -> Account | None:
    """The account in its audit log of the directory of DIDs, whose first entry is its creation.

    Servers write their times into the log as they receive an operation (web.plc.directory), unlike
    the `createdAt` of a profile, which is its owner's claim. `None` for a log that names nobody.
    """
    entries = [one for one in decoded(_LOG, log) if not one.get("nullified")]
    did = words(entries[0], "did") if entries else None
    if did is None:
        return None
    known = inner(entries[-1], "operation").get("alsoKnownAs")
    names = known if isinstance(known, list) else []
    handles = [one[5:] for one in names if isinstance(one, str) and one.startswith("at://")]
    return Account(
        account_id=did,
        handle=handles[0].lower() if handles else None,
        created_at=time(entries[0], "createdAt"),
    )


def add_view(view: Object, rows: Rows, route: str) -> Post:
    """Add a post as a server shows it, its author and the post that it quotes; raises `Skip`."""
    author = account_of(inner(view, "author"))
    uri = words(view, "uri")
    if uri is None:
        raise Skip(NO_ID)
    did = author.account_id if author else did_of(uri)
    if did is None:
        raise Skip(NO_AUTHOR)
    record = inner(view, "record") or inner(view, "value")
    received = time(view, "indexedAt")
    post = post_of(record, uri, did, received, rows)
    post.likes, post.reposts = number(view, "likeCount"), number(view, "repostCount")
    post.replies, post.route = number(view, "replyCount"), route
    rows.posts.append(post)
    rows.accounts.append(author or Account(account_id=did))
    if route == "query":  # what a post quotes is shown; what that one quotes is not followed
        shown = inner(view, "embed", "record")
        add_context(inner(shown, "record") or shown, rows)
    return post


def add_context(view: Object, rows: Rows) -> None:
    """Add a post that another refers to; one that cannot be used is left out, as it is no row."""
    if not _is_post(words(view, "uri")):
        return
    try:
        add_view(view, rows, "context")
    except Skip:
        return


def add_repost(view: Object, reason: Object, rows: Rows) -> None:
    """Add the repost that a feed shows as a post with a reason, and the post itself as context."""
    by, at = account_of(inner(reason, "by")), time(reason, "indexedAt")
    if by is None:
        raise Skip(NO_AUTHOR)
    if at is None:
        raise Skip(NO_TIME)
    original = add_view(view, rows, "query")
    original.route = "context"
    rows.accounts.append(by)
    rows.posts.append(repost_of(original, by.account_id, at, words(reason, "uri")))


def repost_of(original: Post, by: str, at: int, uri: str | None) -> Post:
    """The repost of a known post; `uri` is the repost's own address, where it is known."""
    key = f"{by}\x1f{original.post_id}\x1f{at}".encode()
    return msgspec.structs.replace(
        original,
        post_id=uri or f"~{hashlib.blake2b(key, digest_size=10).hexdigest()}",
        account_id=by,
        created_at=at,
        kind="repost",
        reply_to_post=None,
        reply_to_account=None,
        quoted_post=None,
        reposted_post=original.post_id,
        reposted_account=original.account_id,
        likes=None,
        reposts=None,
        replies=None,
        route="query",
    )


def add_record(
    did: str, collection: str, key: str, record: Object, received: int | None, rows: Rows
) -> None:
    """Add a record of an account's repository: a post, a repost or a profile; raises `Skip`."""
    uri = f"at://{did}/{collection}/{key}"
    if collection == POST:
        rows.posts.append(post_of(record, uri, did, received, rows))
        rows.accounts.append(Account(account_id=did))
    elif collection == REPOST:
        original = words(inner(record, "subject"), "uri")
        if original is None:
            raise Skip(NO_ID)
        rows.posts.append(
            Post(
                post_id=uri,
                account_id=did,
                created_at=settled(time(record, "createdAt"), received, rows.notes),
                kind="repost",
                reposted_post=original,
                reposted_account=did_of(original),
            )
        )
        rows.accounts.append(Account(account_id=did))
    elif collection == PROFILE:
        rows.accounts.append(
            Account(
                account_id=did,
                display_name=words(record, "displayName"),
                bio=words(record, "description"),
            )
        )
    else:
        raise Skip(OTHER_RECORD)
    rows.used += 1


def post_of(record: Object, uri: str, did: str, received: int | None, rows: Rows) -> Post:
    """A post from its record; accounts that it mentions are added. Raises `Skip` without a time."""
    rows.notes.append(UNPROVEN)
    created_at = settled(time(record, "createdAt"), received, rows.notes)
    parent = words(inner(record, "reply", "parent"), "uri")
    embed = inner(record, "embed")
    quoted = words(inner(embed, "record", "record"), "uri") or words(inner(embed, "record"), "uri")
    quoted = quoted if _is_post(quoted) else None
    text = clean(record["text"]) if isinstance(record.get("text"), str) else ""
    features = [
        (one, facet) for facet in objects(record, "facets") for one in objects(facet, "features")
    ]
    return Post(
        post_id=uri,
        account_id=did,
        created_at=created_at,
        text=text,
        language=language_of(record.get("langs")),
        kind=kind_of(None, parent, quoted),
        reply_to_post=parent,
        reply_to_account=did_of(parent),
        quoted_post=quoted,
        mentions=_mentions(features, text.encode(), rows),
        hashtags=_hashtags(record, features),
        urls=_urls(embed, features),
        media=_media(embed, did),
    )


def language_of(languages: object) -> str | None:
    """The language that a post declares, as a code; `None` when it declares none or several.

    >>> language_of(["fr-FR"]), language_of(["fr", "en"])
    ('fr', None)
    """
    if not isinstance(languages, list):
        return None
    codes = {one.lower().partition("-")[0] for one in languages if isinstance(one, str)}
    code = codes.pop() if len(codes) == 1 else ""
    return code if _LANGUAGE.fullmatch(code) else None


def _is_post(uri: str | None) -> bool:
    return uri is not None and f"/{POST}/" in uri


def _mentions(features: list[tuple[Object, Object]], text: bytes, rows: Rows) -> list[str]:
    """The DIDs mentioned; their handles stand in the text, at places counted in bytes."""
    dids = []
    for feature, facet in features:
        did = words(feature, "did")
        if did is None:
            continue
        dids.append(did)
        index = inner(facet, "index")
        start, end = number(index, "byteStart"), number(index, "byteEnd")
        written = text[start:end].decode(errors="replace") if start is not None and end else ""
        if handle := _HANDLE.fullmatch(written):
            rows.accounts.append(Account(account_id=did, handle=handle[1].lower()))
    return list(dict.fromkeys(dids))


def _hashtags(record: Object, features: list[tuple[Object, Object]]) -> list[str]:
    tags = [tag for feature, _ in features if (tag := words(feature, "tag"))]
    extra = record.get("tags")
    tags += [clean(tag) for tag in extra if isinstance(tag, str)] if isinstance(extra, list) else []
    return list(dict.fromkeys(bare for tag in tags if (bare := tag.lstrip("#＃").lower())))


def _urls(embed: Object, features: list[tuple[Object, Object]]) -> list[str]:
    external = inner(embed, "external") or inner(embed, "media", "external")
    found = [words(feature, "uri") for feature, _ in features] + [words(external, "uri")]
    return list(dict.fromkeys(url for url in found if url))


def _media(embed: Object, did: str) -> list[str]:
    """Addresses of pictures and videos on Bluesky's own servers, by their content's hash."""
    found = []
    for holder in (embed, inner(embed, "media")):
        found += [
            f"https://cdn.bsky.app/img/feed_fullsize/plain/{did}/{cid}@jpeg"
            for image in objects(holder, "images")
            if (cid := _cid(inner(image, "image")))
        ]
        if cid := _cid(inner(holder, "video")):
            at = f"https://video.bsky.app/watch/{quote(did, safe='')}/{cid}"
            found.append(f"{at}/playlist.m3u8")
    return found


def _cid(blob: Object) -> str | None:
    ref: Any = blob.get("ref")
    if isinstance(ref, dict):
        return words(ref, "$link") or words(ref, "link")
    if isinstance(ref, bytes):
        from libipld import encode_cid

        try:
            return str(encode_cid(ref))
        except ValueError:
            return None
    return None
