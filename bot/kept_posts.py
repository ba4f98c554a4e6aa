"""The posts of a case's accounts, kept in its private folder to be searched after the dump is gone.

`private/posts.jsonl.gz` begins with a line about the whole (`About`), then holds a post a line, in
the order of time. It is read a line at a time, so that a search needs little memory.
"""

from __future__ import annotations

import gzip
import io
import unicodedata
from collections.abc import Iterator, Mapping
from datetime import datetime
from itertools import filterfalse
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import msgspec

from analyzers.model.dataset import Dataset
from analyzers.model.refusal import BadInput
from analyzers.model.report import Report
from analyzers.model.step import Found
from analyzers.model.text import Text
from analyzers.render.disclosure import Disclosure, Redaction
from analyzers.render.words import Lang, Words
from bot.addresses import of_x, post_address
from bot.record import GONE

if TYPE_CHECKING:
    import polars as pl

POSTS = "private/posts.jsonl.gz"
SCHEMA = "limier.posts/1"

MOST = 100_000
"""Posts that are kept of one case: searching them takes some four seconds. Those that findings
cite come first, then the latest."""

LONGEST = 5_000
"""Characters of a post that are kept: Telegram allows 4,096, X's long posts are cut."""

SEVERAL = 3
"""Accounts of the case that must share a text before people without the right to reveal read it:
what fewer wrote could lead to one of them."""

MODELLED = 200
"""Posts of a family of which its common words are found; more do not change them."""


class Named(msgspec.Struct):
    """Who is behind a pseudonym."""

    id: str
    handle: str | None = None


class Shared(msgspec.Struct):
    """A text that several accounts of the case share: its common words, names in it masked."""

    text: str


class About(msgspec.Struct):
    """What is kept and searched: the first line of the file.

    `collected` counts the posts of the case's accounts in the dump, and the others that findings
    cite; `kept` those that follow. `accounts` are by pseudonym, `steps` are those that cite posts,
    by id, with their titles by language. `withheld` says that the redaction keeps shared texts from
    all but those with the right to reveal, so that `shared` does not hold their words.
    """

    schema: str
    kept: int
    collected: int
    accounts: dict[str, Named]
    steps: dict[str, dict[str, str]]
    shared: list[Shared]
    withheld: bool = False


class Post(msgspec.Struct, omit_defaults=True):
    """One post. `pseudonym` is empty for an account outside the case, `at` is UTC.

    `steps` are those whose findings cite it, `shared` is the place of its text in `About.shared`.
    """

    id: str
    account: str
    text: str
    pseudonym: str = ""
    handle: str = ""
    at: datetime | None = None
    address: str | None = None
    steps: tuple[str, ...] = ()
    shared: int = -1


class Query(NamedTuple):
    """What is looked for: a step's id, an account's pseudonym, words; empty is anything.

    Each of the words must be there, in any order, perhaps as part of another; case and accents do
    not count.
    """

    step: str = ""
    account: str = ""
    words: str = ""

    def finds(self, post: Post) -> bool:
        """Whether a post is one of those looked for."""
        return self.concerns(post) and has_words(post.text, self.wanted())

    def concerns(self, post: Post) -> bool:
        """Whether step and account fit, whatever the words."""
        return (not self.step or self.step in post.steps) and (
            not self.account or self.account == post.pseudonym
        )

    def wanted(self) -> tuple[str, ...]:
        """The words without case and accents."""
        return tuple(folded(self.words).split())


def folded(text: str) -> str:
    """A text without case and accents, as words are compared.

    >>> folded("Été à ÇA")
    'ete a ca'
    """
    if text.isascii():
        return text.lower()
    plain = unicodedata.normalize("NFKD", text.casefold())
    return "".join(filterfalse(unicodedata.combining, plain))


def has_words(text: str, wanted: tuple[str, ...]) -> bool:
    """Whether a text has all these folded words."""
    if not wanted:
        return True
    read = folded(text)
    return all(word in read for word in wanted)


def about(folder: Path) -> About:
    """What is kept of a case; reads a line of a file, so call it in a thread."""
    with _opened(folder) as lines:
        return _about(lines.readline())


def kept_posts(folder: Path) -> tuple[About, Iterator[Post]]:
    """What is kept of a case and its posts, one at a time; call it in a thread.

    Raises BadInput when the case is gone, or older than this file.
    """
    return about(folder), _posts(folder)


def _posts(folder: Path) -> Iterator[Post]:
    decoder = msgspec.json.Decoder(Post)
    with _opened(folder) as lines:
        next(lines)
        try:
            for line in lines:
                yield decoder.decode(line)
        except (OSError, EOFError, msgspec.MsgspecError) as error:
            raise BadInput(GONE) from error


def _opened(folder: Path) -> io.BufferedIOBase:
    try:
        return gzip.open(folder / POSTS)
    except FileNotFoundError as error:
        raise BadInput(_OLDER if folder.is_dir() else GONE) from error
    except OSError as error:
        raise BadInput(GONE) from error


def _about(line: bytes) -> About:
    try:
        return msgspec.json.decode(line, type=About)
    except msgspec.MsgspecError as error:
        raise BadInput(GONE) from error


_OLDER = Text(
    "No posts of this case are kept to be searched: it was made before I kept them. Investigate "
    "its dump again to search it."
)


def encoded(report: Report, dataset: Dataset, redaction: Redaction = "usual") -> bytes:
    """The posts of a report's accounts as the bytes of `private/posts.jsonl.gz`.

    Reads the enriched dataset, so call a worker. The same report and data give the same bytes.
    """
    cited = _cited(report)
    pseudonyms = {line.account_id: line.pseudonym for line in report.accounts}
    frame, collected = _rows(dataset, pseudonyms, cited)
    models = _shared(frame, pseudonyms, Disclosure.public(report, redaction))
    places = {family: place for place, family in enumerate(models)}
    handles = dict(report.handles) | {
        line.account_id: line.handle for line in report.accounts if line.handle
    }
    whole = About(
        schema=SCHEMA,
        kept=frame.height,
        collected=collected,
        accounts={line.pseudonym: Named(line.account_id, line.handle) for line in report.accounts},
        steps=_titles(report, cited),
        shared=[Shared(text) for text in models.values()],
        withheld=redaction == "strict",
    )
    x = of_x(source.format for source in report.case.sources)
    encoder = msgspec.json.Encoder()
    packed = io.BytesIO()
    with gzip.GzipFile(fileobj=packed, mode="wb", mtime=0, filename="") as lines:
        lines.write(encoder.encode(whole) + b"\n")
        for post_id, account, at, text, family in frame.iter_rows():
            post = Post(
                id=post_id,
                account=account,
                text=(text or "")[:LONGEST],
                pseudonym=pseudonyms.get(account, ""),
                handle=handles.get(account, "").removeprefix("@"),
                at=at,
                address=post_address(post_id, x),
                steps=cited.get(post_id, ()),
                shared=places.get(family, -1) if account in pseudonyms else -1,
            )
            lines.write(encoder.encode(post) + b"\n")
    return packed.getvalue()


def _cited(report: Report) -> dict[str, tuple[str, ...]]:
    """The steps that cite each post, by its id."""
    cited: dict[str, dict[str, None]] = {}
    for step in report.steps:
        if isinstance(step.outcome, Found):
            for evidence in step.outcome.finding.evidence:
                for ref in evidence.posts:
                    cited.setdefault(ref.id, {})[step.id] = None
    return {post: tuple(steps) for post, steps in cited.items()}


def _titles(report: Report, cited: Mapping[str, tuple[str, ...]]) -> dict[str, dict[str, str]]:
    citing = {step for steps in cited.values() for step in steps}
    langs: tuple[Lang, ...] = ("en", "fr")
    words = {lang: Words(lang, Disclosure.public(report)) for lang in langs}
    return {
        step.id: {lang: said.say(step.title) for lang, said in words.items()}
        for step in report.steps
        if step.id in citing
    }


def _rows(
    dataset: Dataset, members: Mapping[str, str], cited: Mapping[str, object]
) -> tuple[pl.DataFrame, int]:
    """The posts to keep in the order of time, and how many there were."""
    import polars as pl

    from analyzers.tables import load

    columns = ("post_id", "account_id", "created_at", "text", "family", "route")
    rows = load(dataset, "posts", columns)
    is_cited = pl.col("post_id").is_in(list(cited))
    ours = pl.col("account_id").is_in(list(members)) & (pl.col("route") != "context")
    rows = rows.filter(ours | is_cited).with_columns(cited=is_cited).drop("route")
    collected = rows.height
    if collected > MOST:
        rows = rows.sort("cited", "created_at", "post_id", descending=[True, True, False])
    return rows.head(MOST).drop("cited").sort("created_at", "post_id"), collected


def _shared(
    frame: pl.DataFrame, members: Mapping[str, str], disclosure: Disclosure
) -> dict[int, str]:
    """The common words of each family that several accounts of the case share, masked.

    One post of each account is read, so that no account's own words pass for common ones.
    """
    import polars as pl

    from analyzers.lib.template import model

    ours = (
        frame.filter(pl.col("family") >= 0, pl.col("account_id").is_in(list(members)))
        .sort("post_id")
        .unique(["family", "account_id"], keep="first", maintain_order=True)
    )
    texts: dict[int, list[str]] = {}
    for family, text in ours.select("family", "text").drop_nulls().iter_rows():
        texts.setdefault(family, []).append(text)
    several = {family: some for family, some in texts.items() if len(some) >= SEVERAL}
    ranked = sorted(several, key=lambda family: (-len(several[family]), family))
    return {family: disclosure.mask(model(several[family][:MODELLED]).words) for family in ranked}
