"""What is told of a file before it is investigated: facts, fields, the steps it suffices for."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from analyzers.model.text import Code, Percent, Text

if TYPE_CHECKING:
    from analyzers.model.dataset import Skipped
    from analyzers.model.step import Needs
    from analyzers.read.inspection import FileInspection


def facts(file: FileInspection) -> tuple[Text, ...]:
    """How sure its format is, what it holds, what was skipped and why, when, in which time zone."""
    source = file.source
    found = [
        Text(
            "Format {format}, known by the start of the file; confidence {share}.",
            format=Code(source.format),
            share=Percent(source.confidence),
        ),
        Text(
            "{posts} posts, {accounts} accounts, in {rows} rows",
            posts=file.posts,
            accounts=file.accounts,
            rows=source.rows,
        ),
        *map(_skipped, source.skipped),
        *source.notes,
    ]
    if file.span[0] and file.span[1]:
        found.append(Text("From {first} to {last}", first=file.span[0], last=file.span[1]))
    if source.time_zone:
        zone, evidence = Code(source.time_zone.assumed), source.time_zone.evidence
        found.append(Text("Time zone {zone}: {evidence}", zone=zone, evidence=evidence))
    return tuple(found)


def _skipped(skipped: Skipped) -> Text:
    if skipped.first_line is None:
        return Text("{n} rows skipped: {reason}", n=skipped.count, reason=skipped.reason)
    return Text(
        "{n} rows skipped, the first on line {line}: {reason}",
        n=skipped.count,
        line=skipped.first_line,
        reason=skipped.reason,
    )


def steps(file: FileInspection) -> dict[str, Any]:
    """Each step's id with "computable", or the fields and tables that the file lacks for it."""
    from analyzers.catalog import STEPS

    present = dict(file.fields)
    return {step.id: lacking(step.needs, present) or "computable" for step in STEPS}


def lacking(needs: Needs, present: Mapping[str, float]) -> list[str]:
    """The columns and tables a step needs of which these fields hold no value."""

    def has(column: str) -> bool:
        if column in ("posts.spoken", "posts.normal", "posts.family"):
            return has("posts.text")  # derived from it
        return present.get(column, 0) > 0 or column in ("posts.organic", "posts.spoken_by")

    missing = [column for column in needs.columns if not has(column)]
    missing += [choices[0] for choices in needs.alternatives if not any(map(has, choices))]
    tables = {name.partition(".")[0] for name in present}
    return missing + [table for table in needs.tables if table not in tables]
