"""Starts the unmodified `limier` against another Discord: `tests.wire.launch URL run …`."""

from __future__ import annotations

import sys
from collections.abc import Sequence


def launch(address: str, arguments: Sequence[str]) -> None:
    """Run the command line with these arguments, the program's name first."""
    import yarl
    from discord.gateway import DiscordWebSocket
    from discord.http import Route

    from bot.__main__ import main

    Route.BASE = f"{address}/api/v10"
    DiscordWebSocket.DEFAULT_GATEWAY = yarl.URL(f"{address.replace('http', 'ws')}/gateway/")
    sys.argv = [*arguments]
    main()


if __name__ == "__main__":  # worker processes import this file again, and talk to nobody
    launch(sys.argv[1], [sys.argv[0], *sys.argv[2:]])
