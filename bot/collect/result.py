"""What a collection came to, written into its folder for whoever reads it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

from analyzers.model.plain import plain, value_of
from analyzers.model.text import Text
from bot.collect.whole import write_whole

RESULT = "result.json"


@dataclass(frozen=True)
class Result:
    """What a collection came to, after its last run.

    `targets` are written as `limier investigate --target` takes them. `cohort` and `comparison`
    count the accounts chosen, `sample` those of the comparison whose timelines were asked for.
    `pages` are kept, `fetched` of them in this run. `missing` says in sentences what the collection
    lacks, most telling first; `limits` what its platform does not give. `dollars` is the most that
    it cost.
    """

    targets: tuple[str, ...]
    cohort: int
    comparison: int
    sample: int
    pages: int
    fetched: int
    missing: tuple[Text, ...]
    limits: tuple[Text, ...] = ()
    dollars: float = 0.0

    def write(self, folder: Path) -> None:
        """Write it; the file appears whole or not at all."""
        said = {"missing": plain(self.missing), "limits": plain(self.limits)}
        document = {**vars(self), **said}
        text = json.dumps(document, ensure_ascii=False, indent=1) + "\n"
        write_whole(folder / RESULT, text.encode())


def read_result(folder: Path) -> Result | None:
    """The result in a folder; `None` while its collection was never carried to an end."""
    try:
        document = json.loads((folder / RESULT).read_bytes())
        document["targets"] = tuple(document["targets"])
        for key in ("missing", "limits"):
            document[key] = value_of(document[key])
        return Result(**document)
    except (OSError, ValueError, KeyError, TypeError):
        return None
