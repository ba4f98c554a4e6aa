"""Measures how late the bot's event loop runs while it investigates a large dump.

    python tests/bench/loop_lag.py [POSTS] [--scenario rented_farm]

Prints the seconds that each stage took and the lag of the loop in milliseconds: how much later than
asked a sleep of five milliseconds ended. A lag of seconds would cost the bot its heartbeat; the
target is below 50 ms.
"""

from __future__ import annotations

import argparse
import asyncio
import tempfile
import time
from pathlib import Path
from typing import NamedTuple

import numpy as np

from analyzers.investigation import Progress
from analyzers.simulate import SCENARIOS, simulate, write
from bot import pipeline
from bot.pool import Pool
from bot.request import Request

EVERY = 0.005
"""Seconds between looks at the clock: a tenth of the lag that would be too much."""


class Lag(NamedTuple):
    """One look: how late, how much of that this process computed itself, and in which stage.

    What it did not compute itself it waited for a processor that others had.
    """

    late: float
    own: float
    stage: str


async def watch(lags: list[Lag], stage: list[str]) -> None:
    """Note after each short sleep how much later than asked it ended."""
    while True:
        asked, worked = time.perf_counter() + EVERY, time.process_time()
        await asyncio.sleep(EVERY)
        late, own = time.perf_counter() - asked, time.process_time() - worked
        lags.append(Lag(1000 * late, 1000 * own, stage[-1]))


async def run(request: Request, pool: Pool, folder: Path) -> list[Lag]:
    """Investigate and package as a command in Discord does, and give back the lags seen."""
    lags: list[Lag] = []
    stage = ["start"]
    began = time.perf_counter()

    async def show(progress: Progress) -> None:
        if progress.stage != stage[-1]:
            stage.append(progress.stage)
            print(f"{time.perf_counter() - began:7.1f} s  {progress.stage}")

    watching = asyncio.create_task(watch(lags, stage))
    report = await pipeline.investigate(request, pool, show)
    await show(Progress("draw", 0, 1))
    await pipeline.package(report, request, "en", folder, pool)
    print(f"{time.perf_counter() - began:7.1f} s  done")
    watching.cancel()
    return lags


def main() -> None:
    """Simulate, investigate, print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("posts", nargs="?", type=int, default=100_000)
    parser.add_argument("--scenario", choices=sorted(SCENARIOS), default="rented_farm")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as place, Pool(2, 600, 4096) as pool:
        campaign = simulate(asked.scenario, posts=asked.posts)
        files = write(campaign, Path(place) / "dump.jsonl.gz")
        dumps = tuple(path for path in files if not path.name.endswith((".json", ".events.csv")))
        target = f"@{campaign.truth.target}".replace("@@", "@")
        del campaign
        request = Request(dumps, (target,))
        lags = asyncio.run(run(request, pool, Path(place) / "result"))
    late = np.array([lag.late for lag in lags])
    p50, p99 = np.percentile(late, [50, 99])
    print(
        f"lag of the event loop over {len(late)} looks: "
        f"p50 {p50:.2f} ms, p99 {p99:.2f} ms, max {late.max():.2f} ms"
    )
    for lag in sorted(lags, reverse=True)[:8]:
        print(f"  {lag.late:8.2f} ms during {lag.stage}, {lag.own:.2f} ms of it our own work")


if __name__ == "__main__":
    main()
