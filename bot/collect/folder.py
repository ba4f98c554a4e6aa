"""A collection's folder as an investigation takes it: files, target, window and frozen cohort."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from analyzers.model.refusal import BadInput
from analyzers.model.text import Code, Text
from bot.collect.collection import FROZEN
from bot.collect.kept import PAGES
from bot.collect.plan import read
from bot.collect.result import read_result
from bot.collect.tables import beside


@dataclass(frozen=True)
class Folder:
    """What a folder gives to an investigation. `since` and `until` are ISO 8601 in UTC.

    `dumps` are the files in place of the folder; `frozen` is `None` when nobody was chosen;
    `missing` says in sentences what the collection lacks.
    """

    dumps: tuple[Path, ...]
    targets: tuple[str, ...]
    since: str
    until: str
    frozen: Path | None
    missing: tuple[Text, ...]


def files(folder: Path) -> tuple[Path, ...]:
    """What of a collection an investigation reads: its pages and tables; nothing without pages."""
    pages = folder / PAGES
    return (pages, *beside(folder)) if pages.is_file() else ()


def opened(dumps: Sequence[Path]) -> Folder | None:
    """The collection among some dumps, with its folder opened into files; `None` without one.

    Raises `BadInput` for a folder of anything else, for one whose collection never came to an end,
    and for two at once, as their frozen cohorts are not one.
    """
    folders = [dump for dump in dumps if dump.is_dir()]
    if not folders:
        return None
    if len(folders) > 1:
        raise BadInput(Text("Only one collection can be investigated at a time."))
    (folder,) = folders
    plan, result = read(folder), read_result(folder)
    if plan is None:
        raise BadInput(
            Text("{folder} is a folder, but no collection lies in it.", folder=Code(str(folder)))
        )
    if result is None:
        raise BadInput(
            Text(
                "The collection in {folder} was cut short: run the same `limier collect` again, "
                "and it goes on where it stood.",
                folder=Code(str(folder)),
            )
        )
    frozen = folder / FROZEN
    return Folder(
        tuple(dump / PAGES if dump is folder else dump for dump in dumps),
        result.targets,
        plan.since.isoformat(),
        plan.until.isoformat(),
        frozen if frozen.is_file() and result.cohort else None,
        (*result.missing, *result.limits),
    )
