"""Takes fields out of decoded JSON (or CBOR) whose types nobody promises.

Open networks let every program write what it likes: a field of the wrong type is an absent field,
never an error that would cost the whole post.
"""

from __future__ import annotations

from typing import Any, TypeAlias

import msgspec

from analyzers.read.json_items import decoded
from analyzers.read.normal import clean
from analyzers.read.times import iso_time, usable

Object: TypeAlias = dict[str, Any]

_OBJECT = msgspec.json.Decoder(Object)
_LARGEST = 2**63 - 1  # what a column of counts can hold


def object_of(item: bytes) -> Object:
    """Decode an item that must be a JSON object; raises `Skip`."""
    return decoded(_OBJECT, item)


def inner(holder: Object, *path: str) -> Object:
    """The object at a path of keys; an empty one where there is none."""
    for key in path:
        found = holder.get(key)
        if not isinstance(found, dict):
            return {}
        holder = found
    return holder


def objects(holder: Object, key: str) -> list[Object]:
    """The objects in a list; whatever else stands in it is left out."""
    found = holder.get(key)
    return [one for one in found if isinstance(one, dict)] if isinstance(found, list) else []


def words(holder: Object, key: str) -> str | None:
    """A text that can be stored; `None` when empty or of another type."""
    found = holder.get(key)
    return clean(found) or None if isinstance(found, str) else None


def number(holder: Object, key: str) -> int | None:
    """A count, 0 or more."""
    found = holder.get(key)
    return found if isinstance(found, int) and 0 <= found <= _LARGEST else None


def named(holder: Object, key: str) -> str | None:
    """An id, written as a text or as a number."""
    found = holder.get(key)
    if isinstance(found, int) and not isinstance(found, bool):
        return str(found)
    return words(holder, key)


def time(holder: Object, key: str) -> int | None:
    """A time in ISO 8601, in microseconds since 1970; `None` when unreadable or impossible."""
    written = words(holder, key)
    try:
        micros = iso_time(written) if written else None
    except (ValueError, OverflowError):
        return None
    return micros if micros is not None and usable(micros) else None
