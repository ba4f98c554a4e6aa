"""From a request to a report and its messages; commands and the command line all call this.

The event loop never waits here: the chain of stages runs in a thread, its work in the pool's
processes.
"""

from __future__ import annotations

import asyncio
import json
import logging
import shutil
import tempfile
from collections.abc import Awaitable, Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from analyzers.investigation import Progress
from analyzers.investigation import investigate as chain
from analyzers.lib.pseudonyms import renamed
from analyzers.model.dataset import Dataset
from analyzers.model.refusal import BadInput
from analyzers.model.report import Candidate, Report
from analyzers.model.step import Lost
from analyzers.model.text import Code, Text
from analyzers.render.disclosure import Disclosure, Redaction
from analyzers.render.headings import title
from analyzers.render.words import Lang, Words
from bot.bundle import write_bundle
from bot.close_up import CloseUp, close_up
from bot.message import Message
from bot.pool import Pool, Share, Stopped, Workers
from bot.request import Request, check_window, day
from bot.revised import Revising
from bot.templates import templates

if TYPE_CHECKING:
    from analyzers.lib.account_sheet import AccountSheet
    from analyzers.read.inspection import Inspection

__all__ = [
    "Answer",
    "Request",
    "answer",
    "answer_closely",
    "candidates",
    "day",
    "inspected",
    "investigate",
    "look",
    "package",
    "title",
]

LOG = logging.getLogger(__name__)
A = TypeVar("A")
T = TypeVar("T")


@dataclass(frozen=True)
class Answer:
    """A report, the sheets of its accounts by id, and their posts as they are kept to be searched.

    There are no sheets and no posts when they could not be made.
    """

    report: Report
    sheets: Mapping[str, AccountSheet]
    posts: bytes = b""


def answer(
    request: Request, pool: Pool, progress: Callable[[Progress], None] = lambda _: None
) -> Report:
    """Run an investigation and wait for it. Raises BadInput with one sentence for the person."""
    check_window(request)
    with _scratch(request, pool) as directory:
        return _report(request, directory, pool, progress)


def answer_closely(
    request: Request, pool: Workers, progress: Callable[[Progress], None] = lambda _: None
) -> Answer:
    """As `answer`, and look at each account of the case while its dataset is still there."""
    check_window(request)
    with _scratch(request, pool) as directory:
        report = _report(request, directory, pool, progress)
        if not report.accounts:
            return Answer(report, {})
        keep = partial(_keep, request.redaction)
        sheets = _made(_look, report, directory, pool) or {}
        return Answer(report, sheets, _made(keep, report, directory, pool) or b"")


def _made(
    make: Callable[[tuple[Report, Path]], T], report: Report, directory: Path, pool: Workers
) -> T | None:
    """What a worker makes of a report and its dataset; whatever goes wrong, the report goes on."""
    try:
        (made,) = pool.run(make, [(report, directory)])
    except Stopped:
        raise
    except Exception:
        LOG.exception("The accounts could not be looked at one by one")
        return None
    if isinstance(made, Lost):
        LOG.warning("The accounts could not be looked at one by one: %s", made.detail)
        return None
    result: T = made
    return result


def _look(task: tuple[Report, Path]) -> Mapping[str, AccountSheet]:
    from analyzers.account import Circle, sheets

    report, directory = task
    return sheets(_dataset(report, directory), Circle.of(report))


def _keep(redaction: Redaction, task: tuple[Report, Path]) -> bytes:
    from bot.kept_posts import encoded

    report, directory = task
    return encoded(report, _dataset(report, directory), redaction)


def _dataset(report: Report, directory: Path) -> Dataset:
    case = report.case
    return Dataset(directory, case.digest, (), case.authors, (), case.first, case.last)


def _report(
    request: Request, directory: Path, pool: Workers, progress: Callable[[Progress], None]
) -> Report:
    report = chain(
        request.dataset or [present(path) for path in request.paths],
        targets=request.targets,
        accounts=present(request.accounts) if request.accounts else None,
        events=present(request.events) if request.events else None,
        figures=present(request.figures) if request.figures else None,
        frozen=present(request.frozen) if request.frozen else None,
        since=request.since,
        until=request.until,
        mapping=dict(request.mapping),
        prior=dict(request.prior),
        directory=directory,
        seed=request.seed,
        run=pool.run,
        progress=progress,
    )
    if request.names is None:
        return report
    return renamed(report, json.loads(present(request.names).read_bytes()))


async def investigate(
    request: Request, pool: Pool, show: Callable[[Progress], Awaitable[None]]
) -> Answer:
    """Run an investigation without ever blocking the event loop.

    `show` is awaited with the newest progress, one call at a time: while one runs (an edit that
    waits for its turn) later ones replace each other. Cancelling this stops the work, also in the
    pool, and waits until it has stopped.
    """
    loop = asyncio.get_running_loop()
    news: asyncio.Queue[Progress | None] = asyncio.Queue()
    share = Share(pool)

    def progress(now: Progress) -> None:
        if share.stopped:
            raise Stopped
        loop.call_soon_threadsafe(news.put_nowait, now)

    showing = asyncio.create_task(_show(news, show))
    try:
        return await _in_thread(answer_closely, request, share, progress, share=share)
    finally:
        news.put_nowait(None)
        await showing


async def _show(
    news: asyncio.Queue[Progress | None], show: Callable[[Progress], Awaitable[None]]
) -> None:
    while (now := await news.get()) is not None:
        while not news.empty():
            newer = news.get_nowait()
            if newer is None:
                return  # it is over: what comes next says more than the last stage would
            now = newer
        try:
            await show(now)
        except Exception:  # a card that cannot be edited is no reason to lose an investigation
            LOG.exception("Progress could not be shown")


async def candidates(request: Request, pool: Pool) -> tuple[Dataset, tuple[Candidate, ...]]:
    """Read a request's files and offer up to five targets; pass the dataset on in the request.

    Cancelling this stops the work.
    """
    share = Share(pool)
    return await _in_thread(_candidates, request, share, share=share)


def _candidates(request: Request, pool: Share) -> tuple[Dataset, tuple[Candidate, ...]]:
    directory = Path(tempfile.mkdtemp(dir=pool.scratch))
    try:
        task = (tuple(request.paths), directory, dict(request.mapping))
        (found,) = pool.run(_read_and_offer, [task])
    except BaseException:
        shutil.rmtree(directory, ignore_errors=True)
        raise
    if isinstance(found, Lost):
        shutil.rmtree(directory, ignore_errors=True)
        raise _unread(found)
    dataset, offered = found
    return dataset, offered


def _unread(lost: Lost) -> BadInput:
    return BadInput(
        Text(
            "This data could not be read through: {reason} Try a smaller dump.", reason=lost.reason
        )
    )


def _read_and_offer(
    task: tuple[tuple[Path, ...], Path, dict[str, str]],
) -> tuple[Dataset, tuple[Candidate, ...]]:
    from analyzers.cohort.candidates import candidates as offered
    from analyzers.enrich import enrich
    from analyzers.read import read

    paths, directory, mapping = task
    dataset = enrich(read(*paths, directory=directory, mapping=mapping))
    return dataset, offered(dataset)


async def package(
    found: Answer,
    request: Request,
    lang: Lang,
    folder: Path,
    pool: Pool,
    revising: Revising | None = None,
) -> tuple[Message, ...]:
    """Write the bundle of a report and give back its messages, the channel's card first.

    Cancelling this stops the work and waits until nothing more is written.
    """
    share = Share(pool)
    return await _in_thread(
        write_bundle,
        found.report,
        request,
        lang,
        folder,
        share.run,
        found.sheets,
        found.posts,
        revising,
        share=share,
    )


async def remarked(folder: Path, lang: Lang, says: Text, pool: Pool) -> Mapping[str, bytes]:
    """The charts of a kept result, by file name, with what they `say` instead of "draft".

    One that cannot be made anew is left out: its mark says too little rather than too much.
    """
    return await _in_thread(_remarked, folder, lang, says, pool)


def _remarked(folder: Path, lang: Lang, says: Text, pool: Pool) -> Mapping[str, bytes]:
    charts = sorted((folder / "charts").glob("*.png"))
    made = pool.run(_remark, [(path.read_bytes(), lang, says) for path in charts])
    return {
        path.name: png for path, png in zip(charts, made, strict=True) if not isinstance(png, Lost)
    }


def _remark(task: tuple[bytes, Lang, Text]) -> bytes:
    from analyzers.render.figures.remark import remarked as anew

    png, lang, says = task
    return anew(png, Words(lang, Disclosure(reveal=False)), says)


async def templates_of(folder: Path, key: bytes, pool: Pool) -> tuple[tuple[int, ...], ...]:
    """The templates of a kept result as numbers made with a server's key, in a worker.

    Raises BadInput when the result keeps no posts.
    """
    found = await _in_worker(templates, (folder, key), pool)
    if isinstance(found, Lost):
        raise _unread(found)
    return found


async def inspected(paths: tuple[Path, ...], pool: Pool) -> Inspection:
    """Say of each file what it is and carries, in a worker. Raises BadInput for the person."""
    found = await _in_worker(_inspect, paths, pool)
    if isinstance(found, Lost):
        raise _unread(found)
    return found


def _inspect(paths: tuple[Path, ...]) -> Inspection:
    from analyzers.read import inspect

    return inspect(*paths)


async def look(folder: Path, pseudonym: str, lang: Lang, pool: Pool) -> CloseUp:
    """Make one account of a kept result ready to be shown, in a worker; waits for a free one.

    Raises BadInput with one sentence for the person.
    """
    found = await _in_worker(close_up, (folder, pseudonym, lang), pool)
    if isinstance(found, Lost):
        raise BadInput(
            Text("This account could not be drawn: {reason} Try again.", reason=found.reason)
        )
    return found


async def _in_worker(function: Callable[[A], T], task: A, pool: Pool) -> T | Lost:
    """What a worker makes of one task; waits for a free one."""

    def asked() -> T | Lost:
        (found,) = pool.run(function, [task])
        made: T | Lost = found
        return made

    return await _in_thread(asked)


async def _in_thread(function: Callable[..., T], *args: Any, share: Share | None = None) -> T:
    """Run in a thread of its own: asyncio's shared ones are few, and an investigation is long.

    When this is cancelled, the thread's `share` of the pool is stopped, and with it the thread.
    """
    executor = ThreadPoolExecutor(1, thread_name_prefix="investigation")
    done = asyncio.get_running_loop().run_in_executor(executor, function, *args)
    try:
        return await (asyncio.shield(done) if share else done)
    except asyncio.CancelledError:
        if share:
            share.stop()
            with suppress(Exception):
                await done
        raise
    finally:
        executor.shutdown(wait=False)


@contextmanager
def _scratch(request: Request, pool: Workers) -> Iterator[Path]:
    """Where this investigation's dataset lies; it is deleted afterwards, for the report has all."""
    kept = request.dataset.directory if request.dataset else None
    directory = kept or Path(tempfile.mkdtemp(dir=pool.scratch))
    try:
        yield directory
    finally:
        shutil.rmtree(directory, ignore_errors=True)


def present(path: Path) -> Path:
    """The path itself when it is a file; BadInput that says what is wrong otherwise."""
    if path.is_file():
        return path
    if path.is_dir():
        raise BadInput(
            Text("{file} is a folder: name the files in it one by one.", file=Code(str(path)))
        )
    raise BadInput(Text("There is no file {file}.", file=Code(str(path))))
