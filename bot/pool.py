"""Worker processes for reading, computing and drawing; none can hang, starve or take down another.

Each place in the pool is a pebble pool of its own with one process, so that workers share no pipe
and no lock: a worker killed at the worst moment (halfway through sending a result) costs its own
place, which is made anew, and nothing else. Processes start from a fork server or afresh, never by
forking this one, whose threads (the event loop's, polars') would not survive a fork.
"""

from __future__ import annotations

import os
import queue
import signal
import sys
import tempfile
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import CancelledError, Future, ThreadPoolExecutor
from concurrent.futures import TimeoutError as OutOfTime
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import timedelta
from importlib import import_module
from multiprocessing import get_all_start_methods, get_context
from pathlib import Path
from types import TracebackType
from typing import Any, Self, TypeAlias

from pebble import ProcessExpired, ProcessPool

from analyzers.model.step import Lost
from analyzers.model.text import Code, Text
from bot.config import PoolSettings, processors

PRELOADED = (
    "analyzers.catalog",
    "analyzers.cohort",
    "analyzers.compose",
    "analyzers.enrich",
    "analyzers.read",
)
"""What nearly every task imports, loaded when a worker starts and not while a task's time runs.
Drawing is not among them: it takes more than a second, and `--json` draws nothing."""

TO_START = 60.0
"""Seconds that a worker may take to start and import: 2 to 4 were measured on two cores."""

LOWER = 10
"""How much less urgent the workers are than the process that answers people: on two busy cores the
event loop waited up to half a second for a processor before workers stepped back."""

_METHOD = "forkserver" if "forkserver" in get_all_start_methods() else "spawn"
_THREAD_VARIABLES = ("POLARS_MAX_THREADS", "OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS")


class Pool:
    """A fixed number of worker processes; use as a context manager, from any thread.

    `seconds` and `megabytes` are each task's limits.
    """

    def __init__(
        self,
        workers: int,
        seconds: float,
        megabytes: int,
        preloaded: Sequence[str] = PRELOADED,
        scratch: Path | None = None,
    ) -> None:
        """`scratch` is where its files go; without it, where the system keeps such files."""
        self.workers = workers
        self.seconds = seconds
        self.megabytes = megabytes
        threads = max(1, processors() // workers)
        self._start = (megabytes, threads, tuple(preloaded))
        self._places: queue.LifoQueue[ProcessPool] = queue.LifoQueue()
        self._waiters = ThreadPoolExecutor(workers, thread_name_prefix="pool")
        self._running: set[Future[Any]] = set()
        self._closed = False
        self._scratch = tempfile.TemporaryDirectory(prefix="limier-", dir=scratch)

    @classmethod
    def of(cls, settings: PoolSettings, scratch: Path | None = None) -> Pool:
        """The pool an operator configured; its files go below `scratch`."""
        return cls(settings.workers, settings.seconds, settings.megabytes, scratch=scratch)

    @property
    def scratch(self) -> Path:
        """A directory for files that tasks hand to one another; it goes when the pool closes."""
        return Path(self._scratch.name)

    @property
    def busy(self) -> bool:
        """Whether no worker is free at this moment, so that a new task has to wait."""
        return self._places.empty()

    def __enter__(self) -> Self:
        for _ in range(self.workers):
            self._places.put(self._new_place())
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._closed = True
        for future in tuple(self._running):
            future.cancel()
        self._waiters.shutdown(wait=True, cancel_futures=True)
        while not self._places.empty():
            place = self._places.get()
            _discard(place).join()
        self._scratch.cleanup()

    def run(
        self, function: Callable[[Any], Any], items: Iterable[Any], share: Share | None = None
    ) -> Iterator[Any]:
        """Like `map`, in the workers: results in order, `Lost` where the worker was lost.

        `function` and the items must pickle. What the function raises is raised here, except
        MemoryError, which is a loss too. Closing the iterator early drops what has not begun;
        a `share` that is stopped raises Stopped here.
        """
        share = share or Share(self)
        asked = [self._waiters.submit(self._ask, share, function, item) for item in items]
        return share.in_order(asked)

    def _ask(self, share: Share, function: Callable[[Any], Any], item: Any) -> Any:
        """One task in one place. A place found dead before the task began is replaced once."""
        for attempt in (1, 2):
            place = self._places.get()
            try:
                return self._outcome(place, share, function, item)
            except (ProcessExpired, OutOfTime, CancelledError) as error:
                place = self._anew(place)
                return self._lost(error)
            except (BrokenProcessPool, _Broken) as error:
                place = self._anew(place)
                if attempt == 2:
                    return self._lost(error)
            finally:
                self._places.put(place)
        raise AssertionError("the second attempt returns or raises")

    def _outcome(
        self, place: ProcessPool, share: Share, function: Callable[[Any], Any], item: Any
    ) -> Any:
        if share.stopped:
            raise Stopped
        try:
            future = place.schedule(_call, (function, item), timeout=self.seconds)
        except RuntimeError as error:  # pebble's word for a pool whose idle worker has died
            raise _Broken from error
        self._running.add(future)
        try:
            with share.noted(future):
                ended = future.result(timeout=self.seconds + TO_START)
        finally:
            self._running.discard(future)
        if not isinstance(ended, _Raised):
            return ended
        if isinstance(ended.error, MemoryError):
            return self._lost(ended.error)
        raise ended.error

    def _lost(self, error: BaseException) -> Lost:
        match error:
            case OutOfTime():
                seconds = timedelta(seconds=self.seconds)
                reason = Text("It took longer than {limit}.", limit=seconds)
            case MemoryError():
                reason = Text("It needed more than {limit} MB of memory.", limit=self.megabytes)
            case CancelledError():
                reason = Text("It was stopped because the program ends.")
            case _:
                reason = Text(
                    "Its process ended unexpectedly ({how}); the memory may have run out.",
                    how=Code(_how(error)),
                )
        return Lost(reason, detail=repr(error))

    def _anew(self, place: ProcessPool) -> ProcessPool:
        """Throw a place away with all it holds and make a fresh one, unless the pool closes."""
        if self._closed:
            return place  # closing throws it away, and twice would be once too often
        _discard(place)
        return self._new_place()

    def _new_place(self) -> ProcessPool:
        place = ProcessPool(
            max_workers=1, initializer=_begin, initargs=self._start, context=get_context(_METHOD)
        )
        place.schedule(os.getpid)  # has the worker start and import now rather than when asked
        return place


class Stopped(Exception):
    """Nobody waits for these tasks any more."""


class Share:
    """The tasks in the pool that belong together, as those of one investigation do."""

    def __init__(self, pool: Pool) -> None:
        self._pool = pool
        self._open: set[Future[Any]] = set()
        self.stopped = False

    @property
    def scratch(self) -> Path:
        """As the pool's."""
        return self._pool.scratch

    def run(self, function: Callable[[Any], Any], items: Iterable[Any]) -> Iterator[Any]:
        """As the pool's; raises Stopped once these tasks are."""
        return self._pool.run(function, items, self)

    def in_order(self, asked: Sequence[Future[Any]]) -> Iterator[Any]:
        """The results of tasks as they are asked for; what is left of them goes with the last."""
        try:
            for future in asked:
                with self.noted(future):
                    result = self._result(future)
                yield result
        finally:
            for future in asked:
                future.cancel()

    def _result(self, future: Future[Any]) -> Any:
        try:
            result = future.result()
        except CancelledError:
            if not self.stopped:
                raise
        if self.stopped:
            raise Stopped
        return result

    def stop(self) -> None:
        """End these tasks now, also those that are being worked on: it costs their workers, which
        are made anew. From any thread."""
        self.stopped = True
        for future in tuple(self._open):
            future.cancel()

    @contextmanager
    def noted(self, future: Future[Any]) -> Iterator[None]:
        """Know what is waited for, so that it can be ended."""
        self._open.add(future)
        if self.stopped:  # perhaps since the last look
            future.cancel()
        try:
            yield
        finally:
            self._open.discard(future)


Workers: TypeAlias = Pool | Share


class _Broken(Exception):
    """A place whose worker died while it had nothing to do."""


@dataclass(frozen=True, slots=True)
class _Raised:
    """What a task raised, sent back as a value so that it differs from the pool's own errors."""

    error: BaseException


def _begin(megabytes: int, threads: int, modules: Sequence[str]) -> None:
    """Prepare a fresh worker: its share of the processors, its imports, its memory limit.

    The limit is on RLIMIT_DATA (memory that may be written to), not on RLIMIT_AS (addresses):
    after a polars and pandas round trip a worker that used 570 MB had 1.7 GB of the first, since
    Arrow's allocator keeps 1 GB in reserve, but 2.8 GB of the second, which counts mapped files
    and libraries too. Under it Python and numpy raise MemoryError and polars aborts.
    """
    for variable in _THREAD_VARIABLES:
        os.environ[variable] = str(threads)
    for module in modules:
        with suppress(ImportError):  # the task that needs it will say so
            import_module(module)
    if sys.platform != "win32":
        import resource

        os.nice(LOWER)
        limit = megabytes * 1024 * 1024
        resource.setrlimit(resource.RLIMIT_DATA, (limit, limit))


def _call(function: Callable[[Any], Any], item: Any) -> Any:
    try:
        return function(item)
    except Exception as error:  # raised again where the task was asked for
        return _Raised(error)


def _discard(place: ProcessPool) -> threading.Thread:
    """Stop a place in a thread of its own: a worker killed in mid-sentence may keep it waiting."""
    place.stop()  # type: ignore[no-untyped-call]  # pebble leaves it untyped
    ending = threading.Thread(target=place.join, daemon=True)
    ending.start()
    return ending


def _how(error: BaseException) -> str:
    """The signal that ended a process, by name, or its exit code."""
    code = getattr(error, "exitcode", None) or 0
    if code < 0:
        return signal.Signals(-code).name
    return f"exit {code}" if code else type(error).__name__
