"""Messages as plain values for `thread.json`, as `thread.schema.json` describes them, and back."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any, assert_never

from analyzers.model.refusal import BadInput
from bot.message import (
    Accounts,
    Attachment,
    Block,
    Button,
    Buttons,
    Chart,
    Message,
    Rule,
    Standing,
    Words,
)
from bot.record import GONE

SCHEMA = "limier.thread/1"
THREAD = "thread.json"


def thread_json(messages: Sequence[Message]) -> dict[str, Any]:
    """The messages of a thread as plain values."""
    return {
        "schema": SCHEMA,
        "messages": [
            {
                "key": message.key,
                "card": message.card,
                "notify": message.notify,
                "colour": message.colour,
                "blocks": [_block(block) for block in message.blocks],
            }
            for message in messages
        ],
    }


def kept_messages(folder: Path) -> dict[str, Message]:
    """The messages of a kept result by their keys. Raises BadInput when it is no longer there."""
    try:
        document = json.loads((folder / THREAD).read_bytes())
        messages = [_message(value) for value in document["messages"]]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise BadInput(GONE) from error
    return {message.key: message for message in messages}


def _block(block: Block) -> dict[str, Any]:
    match block:
        case Words(text):
            return {"type": "words", "markdown": text}
        case Standing(text):
            return {"type": "standing", "markdown": text}
        case Chart(file, alt):
            return {"type": "chart", "file": file, "alt": alt}
        case Attachment(file):
            return {"type": "attachment", "file": file}
        case Rule():
            return {"type": "rule"}
        case Buttons(buttons):
            return {"type": "buttons", "buttons": [_button(button) for button in buttons]}
        case Accounts(names, placeholder, another):
            return {
                "type": "accounts",
                "names": list(names),
                "placeholder": placeholder,
                "another": another,
            }
        case _:
            assert_never(block)


def _button(button: Button) -> dict[str, Any]:
    return {
        "does": button.does,
        "label": button.label,
        "about": button.about,
        "enabled": button.enabled,
    }


def _message(value: dict[str, Any]) -> Message:
    return Message(
        key=value["key"],
        blocks=tuple(_read(block) for block in value["blocks"]),
        notify=value["notify"],
        card=value["card"],
        colour=value["colour"],
    )


def _read(value: dict[str, Any]) -> Block:
    match value["type"]:
        case "words":
            return Words(value["markdown"])
        case "standing":
            return Standing(value["markdown"])
        case "chart":
            return Chart(value["file"], value["alt"])
        case "attachment":
            return Attachment(value["file"])
        case "rule":
            return Rule()
        case "buttons":
            return Buttons(tuple(Button(**button) for button in value["buttons"]))
        case "accounts":
            return Accounts(tuple(value["names"]), value["placeholder"], value["another"])
        case other:
            raise ValueError(f"no block is called {other}")
