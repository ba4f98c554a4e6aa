"""Pictures that belong to a case as evidence: kept as they came, named by their SHA-256."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import Any

from analyzers.model.refusal import BadInput
from analyzers.model.text import Code, Text
from analyzers.render.inert import markdown
from bot.message import Button, Buttons, Message, Words
from bot.picture import Picture, picture
from bot.record import Exhibit
from bot.standing import EXHIBITS
from bot.voice import NOTE, SENTENCE, TITLE, Voice

MOST_BYTES = 25_000_000
"""Larger than any screenshot of a phone or a screen."""

MOST_PIXELS = 100_000_000
"""Larger than any camera's picture; a small file that claims more is made to harm its viewer."""

AT_ONCE = 5
"""Pictures in one message: the files that one command takes, and what one answer shows."""

WAITING = "exhibits.json"
"""The list beside pictures that wait for their case."""

KEY = "exhibits:"
"""Begins the key of a message that lists exhibits; the last number in it ends the key."""


def check_size(name: str, size: int) -> None:
    """Refuse a file of so many bytes that is too large, before it is fetched."""
    if size > MOST_BYTES:
        raise BadInput(
            Text(
                "{file} is too large for an exhibit: {size} MB, and {limit} MB is the most.",
                file=Code(name),
                size=size / 1_000_000,
                limit=MOST_BYTES // 1_000_000,
            )
        )


def checked(content: bytes, name: str) -> Picture:
    """What a picture's first bytes say of it. Raises BadInput when it is none, or too large."""
    check_size(name, len(content))
    seen = picture(content)
    if seen is None:
        raise BadInput(
            Text(
                "{file} is no picture in PNG, JPEG, WebP or GIF: export it as one.", file=Code(name)
            )
        )
    if seen.width * seen.height > MOST_PIXELS:
        raise BadInput(
            Text(
                "{file} claims {width} × {height} pixels, too many to be shown safely. Scale it "
                "down.",
                file=Code(name),
                width=seen.width,
                height=seen.height,
            )
        )
    return seen


def keep(content: bytes, name: str, who: int, added: datetime, folder: Path) -> Exhibit:
    """Keep a picture unchanged in a case's folder of exhibits; it has no number yet.

    Raises BadInput as `checked` does. Blocks.
    """
    seen = checked(content, name)
    digest = hashlib.sha256(content).hexdigest()
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{digest}.{seen.format}").write_bytes(content)
    return Exhibit(
        number=0,
        sha256=digest,
        name=name[:200],
        format=seen.format,
        bytes=len(content),
        width=seen.width,
        height=seen.height,
        who=who,
        added=added,
    )


def lay_by(exhibits: Sequence[Exhibit], folder: Path) -> None:
    """Write down beside kept pictures what they are, until there is a case. Blocks."""
    (folder / WAITING).write_bytes(as_json(exhibits, private=True))


def take_up(waiting: Path, folder: Path) -> tuple[Exhibit, ...]:
    """Move pictures that waited into a case's folder; gives back what they are. Blocks.

    Taken up again after a stop, it gives back the same, until `waiting` is deleted.
    """
    try:
        rows = json.loads((waiting / WAITING).read_bytes())["exhibits"]
    except FileNotFoundError:
        return ()
    exhibits = tuple(_read(row) for row in rows)
    folder.mkdir(parents=True, exist_ok=True)
    for each in exhibits:
        if file_of(each, waiting).exists():
            file_of(each, waiting).replace(file_of(each, folder))
    return exhibits


def _read(row: Mapping[str, Any]) -> Exhibit:
    values = {key: value for key, value in row.items() if key != "exhibit"}
    when = datetime.fromisoformat(row["added"])
    return Exhibit(**{**values, "added": when, "who": int(row["who"])})


def file_of(exhibit: Exhibit, folder: Path) -> Path:
    """Where a kept exhibit stands in its case's folder of exhibits."""
    return folder / f"{exhibit.sha256}.{exhibit.format}"


def label(exhibit: Exhibit) -> str:
    """What people call it: "E3"."""
    return f"E{exhibit.number}"


def listed(exhibits: Sequence[Exhibit], voice: Voice) -> Message:
    """The message that tells of new exhibits: what they are and their hashes, not what they show.

    Their names and sources are left out, as they may name accounts.
    """
    first, last = exhibits[0].number, exhibits[-1].number
    heading = Text("Exhibits")
    lines = [f"### {voice.say(heading, TITLE)}"]
    for each in exhibits:
        facts = voice.speech.say(
            Text(
                "{width} × {height} pixels, {size} kB, added {when}",
                width=each.width,
                height=each.height,
                size=-(-each.bytes // 1000),
                when=each.added,
            )
        )
        kind = each.format.upper()
        lines.append(f"**{label(each)}** · {kind} · {markdown(facts, NOTE)} · <@{each.who}>")
        if each.description:
            lines.append(f"> {markdown(' '.join(each.description.split()), SENTENCE)}")
        lines.append(f"-# SHA-256 {each.sha256}")
    note = Text("Kept as they came, with their metadata. Only the role that reveals can see them.")
    see = Button(EXHIBITS, voice.speech.say(Text("See the exhibits")), f"{first}_{last}")
    return Message(
        key=f"{KEY}{first}-{last}",
        blocks=(Words("\n".join(lines)), Words(voice.small(note)), Buttons((see,))),
    )


def last_listed(keys: Sequence[str]) -> int:
    """The number of the last exhibit that the messages with these keys list; 0 without any."""
    return max((int(key.rpartition("-")[2]) for key in keys if key.startswith(KEY)), default=0)


def as_json(exhibits: Sequence[Exhibit], *, private: bool) -> bytes:
    """The list for an export: hashes and sizes, in private also names, people and sources."""
    hidden = () if private else ("name", "who", "source", "description")
    rows = [
        {"exhibit": label(each)} | {k: v for k, v in _row(each).items() if k not in hidden}
        for each in exhibits
    ]
    return (json.dumps({"exhibits": rows}, ensure_ascii=False, indent=2) + "\n").encode()


def _row(exhibit: Exhibit) -> dict[str, Any]:
    return asdict(exhibit) | {"added": exhibit.added.isoformat(), "who": str(exhibit.who)}
