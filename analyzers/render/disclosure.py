"""Who may see which name: pseudonyms for everyone, handles only with the reveal right."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields, is_dataclass
from typing import Literal, TypeAlias

from analyzers.model.report import Report
from analyzers.model.target import Account, Link, Phrase
from analyzers.model.text import AccountRef, PostRef

Redaction: TypeAlias = Literal["usual", "strict"]
"""How much of what accounts wrote is shown in public: what several share, or nothing at all."""

REDACTIONS: tuple[Redaction, ...] = ("usual", "strict")

WITHHELD = "…"
"""Stands for the words of a post where none are shown."""

MASK = "@•••"
"""Stands for an account that the reader may not see and that has no pseudonym."""

SHORTEST_IN_A_FILE = 5
"""Shorter handles are not looked for in the names of files: they stand in too many other words."""

_FILE = re.compile(r"\.[A-Za-z0-9]{1,5}$")
_LINK = re.compile(
    r"(?P<scheme>https?://|www\.)(?P<rest>[^\s<>\"“”«»]+)"
    r"|(?<![\w@/.])(?P<bare>(?:[\w-]+\.)+[a-z]{2,24}/[^\s<>\"“”«»]*)",
    re.IGNORECASE,
)
_EMAIL = re.compile(r"(?<![\w.+-])[\w.+-]+[@＠][\w-]+(?:\.[\w-]+)+")
_MENTION = re.compile(r"[@＠](?P<name>\w[\w.-]*\w|\w)(?:[@＠][\w-]+(?:\.[\w-]+)+)?")
_TRAILING = ".,;:!?)]}…'’"


@dataclass(frozen=True)
class Disclosure:
    """Turns references into what one reader may see; make it with `public` or `revealed`.

    `names` maps account ids to pseudonyms, `handles` account ids to handles without @, `posts` post
    ids to public labels. `spared` are the handles (without @, lower case) and links that the case
    itself makes public. `hidden` are handles (alike) that the name of a file must not show. With
    the redaction "strict" no words of posts are shown but the phrases that the case is about, which
    `asked` holds as they were typed, and no time is given closer than its day.
    """

    reveal: bool
    names: Mapping[str, str] = field(default_factory=dict)
    handles: Mapping[str, str] = field(default_factory=dict)
    posts: Mapping[str, str] = field(default_factory=dict)
    spared: frozenset[str] = frozenset()
    hidden: frozenset[str] = frozenset()
    redaction: Redaction = "usual"
    asked: frozenset[str] = frozenset()

    @classmethod
    def public(cls, report: Report, redaction: Redaction = "usual") -> Disclosure:
        """What anyone may see: pseudonyms, numbered posts, the target's own handle."""
        spared = _spared(report)
        handles = {handle.removeprefix("@").casefold() for _, handle in report.handles} - spared
        hidden = frozenset(handle for handle in handles if len(handle) >= SHORTEST_IN_A_FILE)
        asked = frozenset(each.words for each in report.case.targets if isinstance(each, Phrase))
        names, posts = dict(report.names), _numbered(report)
        return cls(False, names, {}, posts, spared, hidden, redaction, asked)

    @classmethod
    def revealed(cls, report: Report) -> Disclosure:
        """What a reader with the reveal right, and the private record, may see."""
        names, handles = dict(report.names), dict(report.handles)
        for line in report.accounts:
            names.setdefault(line.account_id, line.pseudonym)
            if line.handle:
                handles.setdefault(line.account_id, line.handle)
        return cls(True, names, handles, _numbered(report), _spared(report))

    @property
    def strict(self) -> bool:
        """Whether the words and the times of posts are kept from this reader."""
        return self.redaction == "strict" and not self.reveal

    def withholds(self, words: str) -> bool:
        """Whether a quotation may not be shown to this reader."""
        return self.strict and words not in self.asked

    def account(self, ref: AccountRef) -> str:
        """ "A07", or "@handle (A07)" when revealed; a mask for an account without a pseudonym."""
        name = self.names.get(ref.id)
        if not self.reveal:
            return name or MASK
        handle = self.handles.get(ref.id)
        shown = f"@{handle.removeprefix('@')}" if handle else ref.id
        return f"{shown} ({name})" if name else shown

    def post(self, ref: PostRef) -> str:
        """ "post 3", numbered in the report's order, or the post's own id when revealed.

        The public label is a number and no digest of the id: whoever holds the posts about a target
        could hash all their ids and find the one meant.
        """
        if self.reveal:
            return ref.id
        return f"post {self.posts[ref.id]}" if ref.id in self.posts else "post"

    def code(self, name: str) -> str:
        """The name of a file without the handles of the case's accounts; other names as they are.

        Analysts name timelines after their authors, and the name of every source is shown.
        """
        if not _FILE.search(name):
            return name
        folded = name.casefold()
        for handle in sorted(self.hidden, key=lambda one: (-len(one), one)):
            if handle in folded:
                name = re.sub(re.escape(handle), "•••", name, flags=re.IGNORECASE)
                folded = name.casefold()
        return name

    def mask(self, text: str, public: frozenset[str] = frozenset()) -> str:
        """Third parties' mentions and addresses hidden, links made unclickable.

        Handles in `public` (with or without @) stay. Without the reveal right a link keeps its site
        only, since the rest may name a person or a post. A strict redaction shows nothing of it.
        """
        if self.strict:
            return WITHHELD
        spared = self.spared | {name.removeprefix("@").casefold() for name in public}
        parts: list[str] = []
        end = 0
        for link in _LINK.finditer(text):
            parts += [self._mentions(text[end : link.start()], spared), self._link(link[0], spared)]
            end = link.end()
        return "".join([*parts, self._mentions(text[end:], spared)])

    def _mentions(self, text: str, spared: frozenset[str]) -> str:
        if self.reveal:
            return text
        text = _EMAIL.sub("•••", text)
        return _MENTION.sub(
            lambda found: found[0] if found["name"].casefold() in spared else MASK, text
        )

    def _link(self, link: str, spared: frozenset[str]) -> str:
        tail = link[len(link.rstrip(_TRAILING)) :]
        link = link.removesuffix(tail)
        scheme, separator, rest = link.rpartition("://")
        site, slash, _ = rest.partition("/")
        shown = rest if self.reveal or link.casefold() in spared else site + ("/…" if slash else "")
        scheme = re.sub("^http", "hxxp", scheme, flags=re.IGNORECASE)
        return scheme + separator + shown.replace(site, _defang(site), 1) + tail


def _defang(site: str) -> str:
    return site.rpartition("@")[2].replace(".", "[.]")


def _spared(report: Report) -> frozenset[str]:
    names: set[str] = set()
    for target in report.case.targets:
        if isinstance(target, Account):
            names.add(target.handle.removeprefix("@").casefold())
        elif isinstance(target, Link):
            names.add(target.url.casefold())
    return frozenset(names)


def _numbered(report: Report) -> dict[str, str]:
    """Post id → its number, in the order in which the report first speaks of each post."""
    order = dict.fromkeys(ref.id for step in report.steps for ref in _post_refs(step))
    return {post: str(number) for number, post in enumerate(order, start=1)}


def _post_refs(value: object) -> Iterator[PostRef]:
    if isinstance(value, PostRef):
        yield value
    elif isinstance(value, tuple):
        for item in value:
            yield from _post_refs(item)
    elif is_dataclass(value):
        for part in fields(value):
            yield from _post_refs(getattr(value, part.name))
