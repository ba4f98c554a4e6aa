"""One inspected file as a message of Discord: what it is, carries and suffices for."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from analyzers.model.text import Code, Percent, Text, Value
from analyzers.render.inert import markdown
from bot.inspection import facts, steps
from bot.message import MAX_TEXT, Message, Words
from bot.voice import LINE, TITLE, Voice, as_many_as_fit

if TYPE_CHECKING:
    from analyzers.read.inspection import FileInspection

ROOM = MAX_TEXT - 300
"""Characters of one file's message: the rest is for saying that there was more."""

FIELDS = 1200
"""Room for the fields of one table, all with their shares."""


def inspection_message(file: FileInspection, name: str, voice: Voice) -> Message:
    """What is known of a file, under the `name` that its sender knows, within one message."""
    lines = list(_lines(file, name, voice))
    kept = as_many_as_fit(lines, ROOM)
    if len(kept) < len(lines):
        kept.append(voice.small(Text("There is no room for all of it: limier inspect has more.")))
    return Message("inspection", (Words("\n".join(kept)),))


def _lines(file: FileInspection, name: str, voice: Voice) -> Iterator[str]:
    yield f"### {_value(Code(name), TITLE, voice)}"
    for fact in facts(file):
        yield voice.say(fact, LINE)
    yield from _steps(file, voice)
    yield _head(Text("Fields, with the share of rows that have a value"), voice)
    for table in dict.fromkeys(field.partition(".")[0] for field, _ in file.fields):
        yield f"- {voice.say(_fields(file, table), FIELDS)}"


def _steps(file: FileInspection, voice: Voice) -> Iterator[str]:
    """The steps by their titles; of one that cannot be computed, what it lacks."""
    from analyzers.catalog import STEPS

    states = steps(file)
    able = tuple(step.title for step in STEPS if states[step.id] == "computable")
    if able:
        yield _head(Text("Steps that can be computed from this file alone"), voice)
        yield f"- {_value(able, FIELDS, voice)}"
    unable = [step for step in STEPS if states[step.id] != "computable"]
    if unable:
        yield _head(Text("Steps that need more"), voice)
    for step in unable:
        missing = tuple(Code(field) for field in states[step.id])
        said = Text("{step}: missing {fields}", step=step.title, fields=missing)
        yield f"- {voice.say(said, LINE)}"


def _head(text: Text, voice: Voice) -> str:
    return f"**{voice.say(text)}**"


def _value(value: Value, limit: int, voice: Voice) -> str:
    return markdown(voice.speech.value(value), limit) or "–"


def _fields(file: FileInspection, table: str) -> Text:
    shares = tuple(
        Text("{field} {share}", field=Code(field.partition(".")[2]), share=Percent(share))
        for field, share in file.fields
        if field.partition(".")[0] == table
    )
    return Text("{table}: {fields}", table=Code(table), fields=shares)
