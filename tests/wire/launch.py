"""Starts the unmodified `limier` against another Discord: `tests.wire.launch URL run …`."""

from __future__ import annotations

import sys

if __name__ == "__main__":  # worker processes import this file again, and talk to nobody
    import yarl
    from discord.gateway import DiscordWebSocket
    from discord.http import Route

    from bot.__main__ import main

    address = sys.argv.pop(1)
    Route.BASE = f"{address}/api/v10"
    DiscordWebSocket.DEFAULT_GATEWAY = yarl.URL(f"{address.replace('http', 'ws')}/gateway/")
    main()
