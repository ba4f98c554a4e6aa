"""Asks for twenty investigations of a small dump at once, of a bot in a process of its own.

    python -m tests.bench.twenty [HOW_MANY]

Discord is simcord's, over real HTTP and a real WebSocket on loopback; it and the bot share the
machine. Prints how much later than asked the bot's event loop woke from sleeps of ten milliseconds,
how long each command waited for its first answer (Discord gives up after three seconds), when the
first and the last case stood, and the peak memory of the bot and of its workers.
"""

from __future__ import annotations

import array
import asyncio
import json
import os
import sys
import tempfile
import time
from pathlib import Path

import numpy as np

EVERY = 0.01
"""Seconds of each sleep whose lateness is the event loop's lag."""

PATIENCE = 3600.0
"""Seconds after which it is given up: a machine on which much else runs is slow."""

BOT = "--as-the-bot"
WORDS = ("grey", "old", "dull", "sad", "slow", "loud")


def main() -> None:
    """Be the bot whose loop is watched, or ask it and print the table."""
    if BOT in sys.argv:
        be_the_bot(*sys.argv[2:4])
    else:
        asyncio.run(measure(int(sys.argv[1]) if len(sys.argv) > 1 else 20))


def be_the_bot(lags: str, address: str) -> None:
    """Run `limier run` against this address, and write its loop's lags (ms) to a file."""
    from bot.client import Limier
    from tests.wire.launch import launch

    set_up = Limier.setup_hook
    watching: list[asyncio.Task[None]] = []

    async def watched(bot: Limier) -> None:
        watching.append(asyncio.create_task(watch(Path(lags))))
        await set_up(bot)

    Limier.setup_hook = watched  # type: ignore[method-assign]
    launch(address, ["limier", "run"])


async def watch(file: Path) -> None:
    """Append the lag after each sleep, in milliseconds, a second's worth at a time."""
    late = array.array("d")
    while True:
        asked = time.perf_counter() + EVERY
        await asyncio.sleep(EVERY)
        late.append(1000 * (time.perf_counter() - asked))
        if len(late) >= 1 / EVERY:
            await asyncio.to_thread(_append, file, late.tobytes())
            late = array.array("d")


def _append(file: Path, content: bytes) -> None:
    with file.open("ab") as to:
        to.write(content)


async def measure(many: int) -> None:
    """Ask, wait until every case stands, and print what was seen."""
    from tests.wire.front import Front
    from tests.wire.town import Town, said

    with tempfile.TemporaryDirectory() as place:
        lags, peaks = Path(place) / "lags", dict[int, int]()
        asked, answered, stood = dict[str, float](), dict[str, float](), list[float]()
        async with Front().serving() as front:
            town = Town(front, Path(place))
            town.program = ("-m", "tests.bench.twenty", BOT, str(lags))
            town.limits |= {"PERSON_UNFINISHED": str(many), "SERVER_UNFINISHED": str(many)}
            await town.start(600)

            def answering(method: str, path: str) -> None:
                if path.endswith("/callback"):
                    answered[path.split("/")[2]] = time.perf_counter()

            front.answering = answering
            load, begun = os.getloadavg()[0], time.perf_counter()
            for number in range(many):
                given = town.investigate(dump(number), "@target_person")
                asked[str(given.id)] = time.perf_counter()
            while len(stood) < many and time.perf_counter() - begun < PATIENCE:
                await asyncio.sleep(0.5)
                whole = sum("Draft" in said(card) for card in town.cards)
                stood += [time.perf_counter() - begun] * (whole - len(stood))
                see_memory(town.process, peaks)
            loads, bot = f"{load:.1f} to {os.getloadavg()[0]:.1f}", town.process
            await town.stop()
        late = np.frombuffer(lags.read_bytes())
        waits = [1000 * (answered[one] - asked[one]) for one in asked if one in answered]
        workers = [peak / 1024 for process, peak in peaks.items() if process != bot]
        rows = {
            "investigations asked for at once, and whole": f"{many}, {len(stood)}",
            "first and last case whole, s": f"{stood[0]:.1f}, {stood[-1]:.1f}" if stood else "none",
            "lag of the event loop, ms: p50, p99, max": _three(late),
            "first answer to a command, ms: p50, p99, max": _three(waits),
            "commands answered": len(waits),
            "peak memory of the bot, MB": f"{peaks[bot] / 1024:.0f}",
            "peak memory of each other process, MB": ", ".join(
                f"{peak:.0f}" for peak in sorted(workers, reverse=True)
            ),
            "load of the machine": loads,
        }
        for name, value in rows.items():
            print(f"| {name} | {value} |")


def dump(number: int) -> tuple[str, bytes]:
    """Six accounts write one model of text; one word differs from dump to dump."""
    from tests.wire.conftest import a_post

    lines = [json.dumps(a_post(n, f"{word} {number}")) for n, word in enumerate(WORDS)]
    return "posts.jsonl", "\n".join(lines).encode()


def see_memory(bot: int, peaks: dict[int, int]) -> None:
    """Note the peak memory so far, in KB, of all processes in the bot's session."""
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            session = int((folder / "stat").read_text().rpartition(")")[2].split()[3])
            status = (folder / "status").read_text() if session == bot else ""
        except OSError:  # it has just ended
            continue
        for line in status.splitlines():
            if line.startswith("VmHWM:"):
                peaks[int(folder.name)] = int(line.split()[1])


def _three(values: np.typing.ArrayLike) -> str:
    return ", ".join(f"{value:.1f}" for value in np.percentile(values, (50, 99, 100)))


if __name__ == "__main__":
    main()
