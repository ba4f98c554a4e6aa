"""A thread is read back from its case's folder just as it was written there."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema
import pytest

from analyzers.model.refusal import BadInput
from bot.message import (
    Accounts,
    Attachment,
    Button,
    Buttons,
    Chart,
    Message,
    Rule,
    Standing,
    Words,
)
from bot.thread_json import kept_messages, thread_json

SCHEMA = json.loads((Path(__file__).resolve().parents[2] / "bot/thread.schema.json").read_text())

EVERY_BLOCK = (
    Words("Words"),
    Standing("-# Draft"),
    Chart("charts/client.png", "Seven of twenty"),
    Rule(),
    Accounts(("A01", "A02"), "Look at one account…", "Another"),
    Buttons((Button("agree", "Agree", "client"), Button("approve", "Approve", enabled=False))),
    Attachment("report.html"),
)

SENT = (
    Message("card", (Words("Card"),), card=True, colour=0xD98E04),
    Message("bottom-line", (Words("Line"),), notify=True),
    Message("step:client", EVERY_BLOCK),
)


def test_every_block_comes_back_as_it_went(tmp_path: Path) -> None:
    document = thread_json(SENT)
    jsonschema.validate(document, SCHEMA)
    (tmp_path / "thread.json").write_text(json.dumps(document))
    assert tuple(kept_messages(tmp_path).values()) == SENT


@pytest.mark.parametrize("text", [None, "", "{}", '{"messages": [{"key": 1}]}'])
def test_a_thread_that_is_not_there_is_said_to_be_gone(tmp_path: Path, text: str | None) -> None:
    if text is not None:
        (tmp_path / "thread.json").write_text(text)
    with pytest.raises(BadInput, match="no longer kept"):
        kept_messages(tmp_path)
