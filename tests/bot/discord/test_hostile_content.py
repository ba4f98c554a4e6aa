"""Posts that try to ping, format, link or hide something stay plain text wherever they show."""

from __future__ import annotations

import re
from typing import Any

import pytest
from simcord.components import walk_components

pytestmark = pytest.mark.simcord(settle_timeout=90)

ZERO_WIDTH, RTL_OVERRIDE = "\u200b\u200d\u2060", "\u202e"

HOSTILE = (
    "@target_person you are @everyone nothing **but** a {} ||liar|| in a `suit`, "
    f"go{ZERO_WIDTH} home [click](evil) @here and {RTL_OVERRIDE}leave us <@&123> all "
    "discord.gg/abc in peace @private_person كاذب www.evil.example/a"
)

ANYWHERE = [
    r"@everyone",
    r"@here",
    r"<[@#]",
    r"www\.evil\.example",
    rf"[{RTL_OVERRIDE}\u200d\u2060]",
    r"private\\?_person",
]

IN_MARKDOWN = [
    r"(?<!\\)\*\*but",
    r"(?<!\\)\|\|liar",
    r"(?<!\\)`",
    r"(?<!\\)\]\(evil",
    r"discord\.gg/",
]


def texts(components: Any, *names: str) -> list[str]:
    """The strings of a message that a person may see, of the fields with these names."""
    parts = list(walk_components(components))
    parts += [item for part in parts for item in (*part.get("items", []), *part.get("options", []))]
    return [part[name] for part in parts for name in names if part.get(name)]


async def test_no_message_pings_formats_or_links(server: Any, dump: Any) -> None:
    file = dump(HOSTILE.format(word) for word in ("grey", "old", "dull", "sad", "slow", "bad"))
    assert await server.investigate(dump=file, target="@target_person") == "The thread is ready."

    shown = ""
    for message in [server.card, *server.thread.history()]:
        components = [component.to_dict() for component in message.components]
        words = "\n".join(texts(components, "content"))
        shown += "\n".join([words, *texts(components, "description", "label")])
        for pattern in IN_MARKDOWN:
            assert not re.search(pattern, words), pattern
        assert not message.mention_everyone
        assert not message.mentions
        assert not message.role_mentions
    assert "near-identical texts" in shown
    for pattern in ANYWHERE:
        assert not re.search(pattern, shown), pattern

    # whatever escaping may one day let through, Discord is told of every message to ping nobody
    sent = [
        request.json
        for request in server.env.http_requests
        if request.method in ("POST", "PATCH") and (request.json or {}).get("components")
    ]
    assert len(sent) > 4
    assert all(body["allowed_mentions"] == {"parse": []} for body in sent)


async def test_a_hostile_name_stays_plain_in_the_question_and_the_refusal(
    server: Any, dump: Any
) -> None:
    file = dump([f"#hid_{ZERO_WIDTH}den @target_person well {n}" for n in range(3)])
    answer = await server.alice.slash(server.channel, "investigate", dump=file)
    labels = texts(answer.response.components, "label")
    assert "@target_person" in labels
    assert not any(mark in "".join(labels) for mark in ZERO_WIDTH)

    refused = await server.investigate(dump=file, target=f"@every{ZERO_WIDTH}one")
    assert "@everyone" not in refused
    assert "one" in refused
    refused = await server.investigate(dump=("**a** @everyone.csv", b""), target="#x")
    assert "@everyone" not in refused
    assert r"\*\*a\*\*" in refused
