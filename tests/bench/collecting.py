"""Collects from a simulated platform of 50,000 accounts on loopback: `make bench`.

Profiles and a page of the timeline of every account are asked for, by the collector that speaks to
Bluesky, twice in the same folder: first over the network, then from what was kept. The server runs
in a process of its own and counts what it is asked. `python -m tests.bench.collecting 5000` takes
fewer accounts.
"""

from __future__ import annotations

import asyncio
import json
import multiprocessing
import os
import sys
import tempfile
import time
from multiprocessing.connection import Connection
from pathlib import Path

from aiohttp import web

from bot.collect.bluesky import Bluesky
from bot.collect.http import Http, Manners
from bot.collect.kept import PAGES, KeptPages
from bot.collect.pages import Budget, Pages
from bot.config import BlueskySettings

ACCOUNTS = 50_000
POSTS_A_PAGE = 20  # some 10 kB a page, as the timeline of an account that posts little
_TEXT = "words about the weather, the market and the river, as people write them every day. " * 2


async def serve(say: Connection) -> None:
    """Answer for any account until the other end hangs up; a number asks for the count."""
    asked = 0

    async def feed(request: web.Request) -> web.Response:
        nonlocal asked
        asked += 1
        actor = request.query["actor"]
        posts = [{"post": _post(actor, n)} for n in range(POSTS_A_PAGE)]
        return web.json_response({"feed": posts})

    async def profiles(request: web.Request) -> web.Response:
        nonlocal asked
        asked += 1
        found = [{"did": one, "handle": "some.example"} for one in request.query.getall("actors")]
        return web.json_response({"profiles": found})

    app = web.Application()
    app.router.add_get("/xrpc/app.bsky.feed.getAuthorFeed", feed)
    app.router.add_get("/xrpc/app.bsky.actor.getProfiles", profiles)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    say.send(runner.addresses[0][1])
    while await asyncio.to_thread(say.recv):
        say.send(asked)


def _serve(say: Connection) -> None:
    asyncio.run(serve(say))


def did(n: int) -> str:
    """A DID as the directory makes them: 24 letters of base 32, another for each number."""
    letters = "abcdefghijklmnopqrstuvwxyz234567"
    return "did:plc:" + "".join(letters[n >> 5 * place & 31] for place in range(24))


def _post(actor: str, n: int) -> dict[str, object]:
    at = f"2026-03-02T08:{n:02d}:00Z"
    record = {"$type": "app.bsky.feed.post", "text": _TEXT, "createdAt": at}
    return {
        "uri": f"at://{actor}/app.bsky.feed.post/3k{n:011d}",
        "author": {"did": actor, "handle": "some.example"},
        "record": record,
        "indexedAt": at,
    }


async def collect(folder: Path, url: str, accounts: int) -> dict[str, object]:
    """Ask for everything once; what it took, in seconds, and the memory at each tenth, in MB."""
    kept, memory = KeptPages.at(folder), []
    there = Bluesky(BlueskySettings(appview=url))
    async with Http(Manners(private_addresses=True)) as http:
        pages, done = Pages(http, kept, Budget(), there), 0
        everybody = [did(n) for n in range(accounts)]

        async def one(account: str) -> None:
            nonlocal done
            async for _ in pages.walk(there.timeline(account, None, 1)):
                pass
            done += 1
            if done % (accounts // 10) == 0:
                memory.append(_resident())

        began, worked = time.perf_counter(), time.process_time()
        await there.profiles(pages, everybody)
        await pages.each(one, everybody)
        seconds, cpu = time.perf_counter() - began, time.process_time() - worked
    kept.close()
    return {
        "pages": pages.budget.pages,
        "fetched": pages.fetched,
        "seconds": seconds,
        "cpu": cpu,
        "memory": memory,
    }


def _resident() -> float:
    """This process's memory in MB, as Linux counts it."""
    pages = Path("/proc/self/statm").read_text(encoding="ascii").split()[1]
    return int(pages) * os.sysconf("SC_PAGE_SIZE") / 1e6


def _round(say: Connection, folder: Path, url: str, accounts: int) -> None:
    say.send(asyncio.run(collect(folder, url, accounts)))


def main(accounts: int) -> None:
    """Print a row for each round."""
    context = multiprocessing.get_context("spawn")
    here, there = context.Pipe()
    server = context.Process(target=_serve, args=(there,), daemon=True)
    server.start()
    url = f"http://127.0.0.1:{here.recv()}"
    print(f"{accounts:,} accounts; load {os.getloadavg()[0]:.1f} on {os.cpu_count()} processors")
    with tempfile.TemporaryDirectory(prefix="limier-bench-") as name:
        folder, before = Path(name), 0
        for what in ("over the network", "from the folder"):
            mine, theirs = context.Pipe()
            work = context.Process(target=_round, args=(theirs, folder, url, accounts))
            work.start()
            found = mine.recv()
            work.join()
            here.send(True)
            asked = here.recv()
            print(json.dumps({"round": what, "asked": asked - before, **found}))
            before = asked
            print(
                f"  {found['pages'] / found['seconds']:,.0f} pages/s, {found['cpu']:.0f} s of "
                f"processor, memory {found['memory'][0]:.0f} → {found['memory'][-1]:.0f} MB"
            )
        print(f"  on disk {(folder / PAGES).stat().st_size / 1e6:,.0f} MB")
    server.kill()


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else ACCOUNTS)
