"""What an answer holds: JSON, and times in the forms that platforms write."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import msgspec

from bot.collect.http import Answer


def content(answer: Answer) -> Any:
    """The JSON of an answer; `None` for anything else, which hosts send too."""
    try:
        return msgspec.json.decode(answer.body)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return None


def object_in(answer: Answer) -> dict[str, Any]:
    """The JSON object of an answer; an empty one for anything else."""
    found = content(answer)
    return found if isinstance(found, dict) else {}


def objects_in(found: object) -> list[dict[str, Any]]:
    """The objects of a list; none where there is no list."""
    return [one for one in found if isinstance(one, dict)] if isinstance(found, list) else []


def moment(written: object) -> datetime | None:
    """A time in ISO 8601; in UTC where it names no zone. `None` for anything else."""
    try:
        found = datetime.fromisoformat(written) if isinstance(written, str) else None
    except ValueError:
        return None
    return found.replace(tzinfo=UTC) if found is not None and found.tzinfo is None else found
