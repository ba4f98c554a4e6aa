"""Workers are killed, hang and run out of memory here for real; the rest of the work goes on."""

from __future__ import annotations

import os
import signal
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pickle import PicklingError

import pytest

from analyzers.model.refusal import BadInput
from analyzers.model.step import Lost
from analyzers.model.text import Code
from bot.pool import Pool, Share, Stopped

# Tasks are expressions for `eval`, which every worker knows without importing these tests.
WHO = "__import__('os').getpid()"
DIE = "__import__('signal').raise_signal(9)"
HANG = "__import__('time').sleep(600)"
GORGE = "len(bytearray(8 << 30))"
GORGE_IN_POLARS = "__import__('polars').repeat(1.5, 1 << 30, eager=True).sort().shape"
REFUSE = (
    "(_ for _ in ()).throw(__import__('analyzers').BadInput("
    "__import__('analyzers.model.text').model.text.Text('No posts here.')))"
)


@pytest.fixture(scope="module")
def pool() -> Iterator[Pool]:
    with Pool(workers=2, seconds=4, megabytes=1024, preloaded=()) as pool:
        yield pool


def works(pool: Pool) -> bool:
    return list(pool.run(abs, [-1, -2, -3, -4])) == [1, 2, 3, 4]


def test_results_come_in_the_order_of_the_questions(pool: Pool) -> None:
    assert list(pool.run(abs, range(-9, 0))) == [9, 8, 7, 6, 5, 4, 3, 2, 1]


def test_the_work_is_done_in_other_processes(pool: Pool) -> None:
    assert os.getpid() not in set(pool.run(eval, [WHO] * 4))


def test_a_killed_worker_costs_its_own_task_alone(pool: Pool) -> None:
    outcomes = list(pool.run(eval, ["1", DIE, "2", DIE, "3"]))
    assert [o for o in outcomes if not isinstance(o, Lost)] == [1, 2, 3]
    assert isinstance(outcomes[1], Lost)
    assert dict(outcomes[1].reason.values)["how"] == Code("SIGKILL")
    assert works(pool)


def test_workers_killed_while_idle_are_replaced_unnoticed(pool: Pool) -> None:
    for worker in set(pool.run(eval, [WHO] * 8)):
        os.kill(worker, signal.SIGKILL)
    assert works(pool)


def test_a_hung_worker_is_stopped_at_its_limit_and_the_others_finish(pool: Pool) -> None:
    hung, *others = pool.run(eval, [HANG, "1", "2", "3"])
    assert isinstance(hung, Lost)
    assert "longer" in hung.reason.msgid
    assert others == [1, 2, 3]
    assert works(pool)


@pytest.mark.parametrize("greedy", [GORGE, GORGE_IN_POLARS])
def test_a_task_that_needs_too_much_memory_fails_alone(pool: Pool, greedy: str) -> None:
    before, lost, after = pool.run(eval, ["1", greedy, "2"])
    assert isinstance(lost, Lost)
    assert "memory" in lost.reason.msgid
    assert (before, after) == (1, 2)
    assert works(pool)


def test_a_refusal_reaches_the_one_who_asked_with_its_sentence(pool: Pool) -> None:
    with pytest.raises(BadInput) as refusal:
        list(pool.run(eval, [REFUSE]))
    assert refusal.value.text.msgid == "No posts here."


def test_a_bug_in_a_task_is_raised_where_it_was_asked_for(pool: Pool) -> None:
    with pytest.raises(ZeroDivisionError):
        list(pool.run(eval, ["1 / 0"]))
    assert works(pool)


def test_what_cannot_travel_between_processes_is_said_and_harms_nobody(pool: Pool) -> None:
    with pytest.raises((PicklingError, AttributeError)):
        list(pool.run(eval, ["lambda: 0"]))
    with pytest.raises((PicklingError, AttributeError)):
        list(pool.run(lambda item: item, [1]))
    assert works(pool)


def test_two_investigations_share_the_workers_and_keep_their_own_results(pool: Pool) -> None:
    with ThreadPoolExecutor(2) as both:
        first = both.submit(lambda: list(pool.run(partial(pow, 2), range(20))))
        second = both.submit(lambda: list(pool.run(eval, ["7", DIE, "8"])))
    assert first.result() == [2**n for n in range(20)]
    assert [o for o in second.result() if not isinstance(o, Lost)] == [7, 8]


def test_closing_stops_what_still_runs() -> None:
    with Pool(workers=1, seconds=600, megabytes=1024, preloaded=()) as pool:
        pending = pool.run(eval, [HANG, HANG])
        scratch = pool.scratch
        assert scratch.is_dir()
    assert isinstance(next(pending), Lost)
    assert not scratch.exists()


def test_stopped_tasks_end_at_once_and_leave_the_workers_to_others(pool: Pool) -> None:
    share = Share(pool)
    waiting = share.run(eval, [HANG] * 6)
    began = time.monotonic()
    threading.Timer(0.5, share.stop).start()
    with pytest.raises(Stopped):
        list(waiting)
    assert time.monotonic() - began < 3  # the hung ones would take four seconds each
    assert works(pool)
    with pytest.raises(Stopped):
        list(share.run(eval, ["1"]))
