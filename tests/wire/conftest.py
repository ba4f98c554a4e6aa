"""Discord on loopback with a person in it, and the smallest dump that makes a case."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from tests.wire.front import Front
from tests.wire.town import Town

INSULT = "@target_person you are nothing but a {} liar in a suit, go home and leave us all in peace"


@pytest.fixture
async def town(tmp_path: Path) -> AsyncIterator[Town]:
    async with Front().serving() as front:
        made = Town(front, tmp_path)
        await made.start()
        yield made
        await made.stop()
        assert front.troubles == []


@pytest.fixture(scope="session")
def six() -> tuple[str, bytes]:
    """Six accounts write one model of text at @target_person."""
    words = ("grey", "old", "dull", "sad", "slow", "loud")
    lines = [json.dumps(a_post(number, word)) for number, word in enumerate(words)]
    return "posts.jsonl", "\n".join(lines).encode()


def a_post(number: int, word: str) -> dict[str, Any]:
    return {
        "id_str": str(1_094_000_000_000_000_000 + number),
        "created_at": f"Sat Feb 09 08:{number:02}:00 +0000 2019",
        "full_text": INSULT.format(word),
        "source": '<a href="https://example.org">Some Client</a>',
        "user": {
            "id_str": str(900 + number),
            "screen_name": f"person_{number}",
            "name": f"Person {number}",
            "created_at": "Mon Jan 07 10:00:00 +0000 2019",
            "lang": "en",
        },
        "entities": {"user_mentions": [{"screen_name": "target_person", "id_str": "77"}]},
    }
