"""The small network as a server of its own: `python -m tests.bot.collect.served PORT_FILE COUNTS`.

It writes its port to one file and, after every request, what it was asked how often to the other.
Each answer takes a little, so that a collection can be killed in the middle of one.
"""

from __future__ import annotations

import asyncio
import json
import sys
from pathlib import Path

from aiohttp import web

from tests.bot.collect.network import Network


async def main(port_file: Path, counts: Path) -> None:
    network = Network()

    @web.middleware
    async def slowly(request: web.Request, handler: object) -> web.StreamResponse:
        await asyncio.sleep(0.01)
        response: web.StreamResponse = await handler(request)  # type: ignore[operator]
        counts.write_text(json.dumps(network.asked))  # noqa: ASYNC240  # a server of its own
        return response

    app = network.app()
    app.middlewares.append(slowly)
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    part = port_file.with_suffix(".part")
    part.write_text(str(runner.addresses[0][1]))
    part.replace(port_file)
    await asyncio.sleep(300)


if __name__ == "__main__":
    asyncio.run(main(Path(sys.argv[1]), Path(sys.argv[2])))
