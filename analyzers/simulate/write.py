"""Write a campaign as a dump in a format that people really have, with its sidecar files."""

from __future__ import annotations

import gzip
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from analyzers.model.refusal import BadInput
from analyzers.model.text import Code, Text
from analyzers.simulate import io_csv, rtweet_csv, v1
from analyzers.simulate.campaign import Campaign
from analyzers.simulate.dials import Field
from analyzers.simulate.sidecars import blanked, write_csv, write_sidecars, write_users

SUFFIXES = (".jsonl.gz", ".jsonl", ".io.csv", ".rtweet.csv")


def write(campaign: Campaign, out: Path) -> tuple[Path, ...]:
    """Write the dump to `out`, and its sidecars beside it; returns every path, the dump first.

    The name decides on the format: `.jsonl` or `.jsonl.gz` gives X API v1.1 objects, `.io.csv` the
    information-operations archive, `.rtweet.csv` rtweet 0.7. `NAME.users.csv` holds profiles that
    the dump itself does not show. Raises `BadInput` for any other name.
    """
    suffix = next((suffix for suffix in SUFFIXES if out.name.endswith(suffix)), None)
    if suffix is None or out.name == suffix:
        raise BadInput(
            Text(
                "{name} does not say which format to write. End it in .jsonl, .jsonl.gz, .io.csv "
                "or .rtweet.csv.",
                name=Code(out.name),
            )
        )
    out.parent.mkdir(parents=True, exist_ok=True)
    if suffix == ".io.csv":
        _write_table(campaign, out, io_csv.HEADER, io_csv.rows(campaign), io_csv.CARRIED_BY)
    elif suffix == ".rtweet.csv":
        rows = rtweet_csv.rows(campaign)
        _write_table(campaign, out, rtweet_csv.HEADER, rows, rtweet_csv.CARRIED_BY)
    else:
        _write_lines(campaign, out, zipped=suffix.endswith(".gz"))
    name = out.name.removesuffix(suffix)
    users = out.parent / f"{name}.users.csv"
    profiles = write_users(campaign, users, authors=suffix == ".io.csv")
    return (out, *profiles, *write_sidecars(campaign, out.parent, name))


def _write_table(
    campaign: Campaign,
    out: Path,
    header: Sequence[str],
    rows: Iterable[Sequence[object]],
    carried_by: Mapping[Field, Sequence[str]],
) -> None:
    write_csv(out, header, blanked(header, rows, carried_by, campaign.missing))


def _write_lines(campaign: Campaign, out: Path, *, zipped: bool) -> None:
    with out.open("wb") as file:
        if not zipped:
            file.writelines(v1.lines(campaign))
            return
        # no name and no time in the header: the same campaign gives the same bytes
        with gzip.GzipFile("", "wb", compresslevel=6, fileobj=file, mtime=0) as packed:
            packed.writelines(v1.lines(campaign))
