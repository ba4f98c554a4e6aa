"""A case as a zip to take away: its public files, its status, and all that people said of it."""

from __future__ import annotations

import asyncio
import io
import json
import zipfile
from base64 import b64encode
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import discord

from analyzers.model.refusal import BadInput
from analyzers.model.text import Text
from analyzers.read.limits import MIB
from bot import pipeline
from bot.access import Action
from bot.acting import Actor
from bot.audit import STATUS, exported
from bot.close_up import PLACE
from bot.discussion_files import discussion_csv, discussion_json
from bot.discussion_page import page_with_discussion
from bot.exhibits import as_json, file_of, label
from bot.message import CARD
from bot.pool import Pool
from bot.record import GONE, Case, Exhibit, Opinion, Posted, Reference
from bot.retention import MANIFEST
from bot.rewriting import UNREACHABLE, Rewriter, composed_card, speaks
from bot.standing import STEP, Discussion, settled, the_step
from bot.store import Store
from bot.thread import PAGE
from bot.thread_json import THREAD, kept_messages, thread_json

PUBLIC = ("charts/*.png", "charts/*.csv")
"""What anybody who may export takes away beside what is written anew; any other file stays."""

PRIVATE = (MANIFEST, "private/**/*")


@dataclass(frozen=True)
class Copies:
    """What copies of a case say instead of "draft", and its charts that say so, by file name."""

    says: Text | None
    charts: Mapping[str, bytes] = field(default_factory=dict)


class Export:
    """Makes exports; checks the rights of whoever asks, and logs before anything is handed out."""

    def __init__(self, store: Store, rewriter: Rewriter, exhibits: Path, pool: Pool) -> None:
        """`exhibits` holds the folders of the cases' exhibits."""
        self._exhibits = exhibits
        self._pool = pool
        self._store = store
        self._rewriter = rewriter

    async def made(self, actor: Actor, case: Case, *, private: bool) -> bytes:
        """The zip of a case; with its record of handles and posts for who may see those."""
        _check(actor, case, private)
        opinions = await self._store.opinions.history(case.key)
        posted = await self._store.cases.posted(case.key)
        names = await _names(actor.member.guild, {one.who for one in opinions})
        folder = self._rewriter.folder(case)
        references = await self._store.references.of(case.key)
        exhibits = (await self._store.exhibits.of(case.key), self._exhibits / case.key)
        revisions = await self._store.revisions.of(case.key)
        stands = [one for one in opinions if not one.withdrawn]
        standing = Discussion(case.status, stands, revisions)
        last = await self._store.log.last_about(case, STATUS)
        says = settled(standing, last.when if last and last.when else case.updated)
        copies = Copies(says)
        if says:
            charts = await pipeline.remarked(folder, case.language, says, self._pool)
            copies = Copies(says, charts)
        made = await asyncio.to_thread(
            _zipped,
            folder,
            case,
            opinions,
            standing,
            references,
            posted,
            names,
            private,
            exhibits,
            copies,
        )
        limit = actor.member.guild.filesize_limit
        if len(made) > limit:
            raise BadInput(
                Text(
                    "The export has {size} MB, and this server accepts {limit} MB. Whoever runs me "
                    "has the case's folder.",
                    size=len(made) / MIB,
                    limit=limit // MIB,
                )
            )
        await self._store.log.write(exported(case, actor.id, private))
        return made


def _check(actor: Actor, case: Case, private: bool) -> None:
    if not (actor.id == case.starter or actor.may(Action.REVIEW) or actor.may(Action.ADMINISTER)):
        raise BadInput(
            Text(
                "Only whoever started this case, reviewers and people who administer may export it."
            )
        )
    if private:
        actor.check(Action.REVEAL)


async def _names(guild: discord.Guild, people: Iterable[int]) -> Mapping[int, str]:
    """What people are called in the server; those who left it have only their ids."""
    names = {}
    for who in people:
        try:
            names[who] = (guild.get_member(who) or await guild.fetch_member(who)).display_name
        except UNREACHABLE:
            continue
    return names


def _zipped(
    folder: Path,
    case: Case,
    opinions: Sequence[Opinion],
    standing: Discussion,
    references: Sequence[Reference],
    posted: Mapping[str, Posted],
    names: Mapping[int, str],
    private: bool,
    exhibits: tuple[Sequence[Exhibit], Path],
    copies: Copies,
) -> bytes:
    content = io.BytesIO()
    try:
        made = {
            PAGE: _page(folder, case, standing, references, posted, names, copies),
            THREAD: _thread(folder, case, standing, posted),
            "discussion.json": discussion_json(
                case, opinions, standing.revisions, references, names
            ),
            "discussion.csv": discussion_csv(opinions, names),
        }
        pictures, kept = exhibits
        if pictures:
            made["exhibits.json"] = as_json(pictures, private=private)
        with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, written in made.items():
                archive.writestr(name, written)
            for path in _chosen(folder, (*PUBLIC, *PRIVATE) if private else PUBLIC):
                name = path.relative_to(folder).as_posix()
                anew = copies.charts.get(path.name) if name.startswith("charts/") else None
                archive.writestr(name, anew or path.read_bytes())
            for each in pictures if private else ():
                archive.write(file_of(each, kept), f"exhibits/{label(each)}.{each.format}")
    except FileNotFoundError as error:  # deleted while it was being read
        raise BadInput(GONE) from error
    return content.getvalue()


def _page(
    folder: Path,
    case: Case,
    standing: Discussion,
    references: Sequence[Reference],
    posted: Mapping[str, Posted],
    names: Mapping[int, str],
    copies: Copies,
) -> bytes:
    titles = {key.removeprefix(STEP): one.title for key, one in posted.items()}
    page = (folder / PAGE).read_text(encoding="utf-8")
    speech = speaks(case).speech
    for name, chart in copies.charts.items():  # they stand in the page itself
        before = b64encode((folder / "charts" / name).read_bytes()).decode()
        page = page.replace(before, b64encode(chart).decode())
    whole = page_with_discussion(page, standing, titles, names, speech, references, copies.says)
    return whole.encode("utf-8", "replace")


def _thread(folder: Path, case: Case, standing: Discussion, posted: Mapping[str, Posted]) -> bytes:
    """The messages as they stand now, so that whoever reads a step reads that it is disputed."""
    voice = speaks(case)
    messages = [
        composed_card(message, case, standing, posted)
        if key == CARD
        else the_step(message, standing, voice)
        if key.startswith(STEP)
        else message
        for key, message in kept_messages(folder).items()
    ]
    return (json.dumps(thread_json(messages), ensure_ascii=False, indent=2) + "\n").encode()


def _chosen(folder: Path, patterns: Iterable[str]) -> Iterator[Path]:
    """The files of these patterns, but not where the case was published: that is ours alone."""
    for pattern in patterns:
        for path in sorted(folder.glob(pattern)):
            if path.is_file() and path.name != Path(PLACE).name:
                yield path
