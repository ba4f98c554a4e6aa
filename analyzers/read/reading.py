"""Reads files of any known kind into one dataset, streaming, with every row accounted for."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from analyzers.model.dataset import Dataset, Source
from analyzers.model.refusal import BadInput
from analyzers.model.text import Code, Text, plural
from analyzers.read.aside import hashed
from analyzers.read.csv_rows import Cells
from analyzers.read.detect import Detected, found_in
from analyzers.read.formats import BinaryFormat, JsonFormat, SplitJsonFormat, TableFormat
from analyzers.read.generic import checked
from analyzers.read.json_items import items
from analyzers.read.layout import BROKEN, Layout, TableReader
from analyzers.read.limits import Limits
from analyzers.read.normal import TOO_DEEP, UNREADABLE, Rows, Skip, cut_to_size
from analyzers.read.resolve import PendingSidecar, read_sidecar, resolved
from analyzers.read.sidecar import Sidecar
from analyzers.read.sink import Sink
from analyzers.read.stream import Opened, opened
from analyzers.read.tally import Tally
from analyzers.read.times import has_zone
from analyzers.read.together import completed, item_reader, paired
from analyzers.read.zones import NAIVE, Clock
from analyzers.tables import Writer

ABOVE = plural(
    "The line above the table's header was left out.",
    "The {n} lines above the table's header were left out.",
    1,
)
Progress = Callable[[int, int], None]


def read_files(
    paths: Sequence[Path],
    directory: Path | None,
    mapping: Mapping[str, str],
    limits: Limits,
    progress: Progress | None,
) -> Dataset:
    """Read files into a dataset; see `analyzers.read.read`."""
    if not paths:
        raise BadInput(Text("No file was named to read."))
    found = find(paths, mapping, limits)
    return read_found(found, directory, limits, progress)


def find(paths: Sequence[Path], mapping: Mapping[str, str], limits: Limits) -> list[Detected]:
    """The exports in some files, each with those of the others without which it says nothing."""
    mapping = checked(mapping)
    found = [one for path in paths for one in found_in(path, limits, mapping)]
    return [completed(one, found) for one in found]


def read_found(
    found: Sequence[Detected], directory: Path | None, limits: Limits, progress: Progress | None
) -> Dataset:
    """Read exports whose kind is known into a dataset."""
    sidecars = [one for one in found if isinstance(one.format, Sidecar)]
    writer = Writer(directory or Path(tempfile.mkdtemp(prefix="limier-")))
    report = Shown(progress, sum(one.path.stat().st_size for one in found))
    sources: dict[int, Source] = {}
    pending: list[tuple[int, PendingSidecar]] = []
    with Sink(writer, remember=bool(sidecars)) as sink:
        for place, one in enumerate(found):
            if isinstance(one.format, Sidecar):
                pending.append((place, read_sidecar(one, limits)))
            else:
                sources[place] = read_export(one, sink, limits, report)
            report.finished(one.path)
    for place, sidecar in pending:
        writer.add(sidecar.table, resolved(sidecar, sink.handles()))
        sources[place] = sidecar.source
    return writer.finish([sources[place] for place in range(len(found))])


class Shown:
    """Adds up bytes over files for a caller that wants to show them."""

    def __init__(self, call: Progress | None, total: int) -> None:
        self._call, self._total, self._before = call, total, 0

    def at(self, position: int) -> None:
        if self._call is not None:
            self._call(min(self._before + position, self._total), self._total)

    def finished(self, path: Path) -> None:
        self._before += path.stat().st_size
        self.at(0)


def read_export(one: Detected, sink: Sink, limits: Limits, report: Shown) -> Source:
    """Read one export into a sink, and say what became of each of its rows."""
    tally = Tally()
    with hashed(one.path) as digest, opened(one.path, limits, one.member, ahead=True) as file:
        if isinstance(one.format, JsonFormat | SplitJsonFormat):
            clock = Clock(explicit=True)
            stream = _json_rows(file, item_reader(one, limits), limits)
        elif isinstance(one.format, BinaryFormat):
            clock = Clock(explicit=True)
            stream = one.format.read(file, limits)
        else:
            assert isinstance(one.format, TableFormat)
            layout, clock = _calibrated(one.format.layout(one.head), one)
            tally.notes |= dict.fromkeys(layout.notes, 1)
            tally.notes |= {ABOVE: one.head.above} if one.head.above else {}
            stream = _table_rows(file, layout, one, limits)
        for line, outcome in stream:
            if isinstance(outcome, Rows):
                cut_to_size(outcome)
                tally.take(outcome, line)
                if outcome.notes:
                    clock.explicit &= NAIVE not in outcome.notes
                if not clock.full:
                    clock.look(outcome.posts)
                if sink.add(outcome):
                    report.at(file.position())
            else:
                tally.skip(outcome.reason, line)
            if limits.rows is not None and tally.rows > limits.rows:
                raise BadInput(
                    Text(
                        "{file} holds more than the {most} rows that are read here: split it.",
                        file=Code(file.name),
                        most=limits.rows,
                    )
                )
        name = one.head.name
        tally.refuse_if_useless(name, one.format.name)
        tally.repeated(sink.repeated())
        zone = None if clock.empty else clock.zone()
        return tally.source(name, one.format.name, digest(), one.confidence, zone)


def _json_rows(
    file: Opened, read: Callable[[bytes], Rows], limits: Limits
) -> Iterator[tuple[int, Rows | Skip]]:
    for line, item in items(file.stream, file.name, limits.item):
        if item is None:
            yield line, Skip(UNREADABLE)
            continue
        try:
            rows = read(item)
        except Skip as skip:
            yield line, skip
        except RecursionError:
            yield line, Skip(TOO_DEEP)
        else:
            yield line, rows


def _table_rows(
    file: Opened, layout: Layout, one: Detected, limits: Limits
) -> Iterator[tuple[int, Rows | Skip]]:
    cells = Cells(file.stream, limits)
    reader = TableReader(layout, one.head.header)
    for line, row in paired(cells, one, limits) if one.beside else cells:
        try:
            yield line, Skip(BROKEN) if row is None else reader(row)
        except Skip as skip:
            yield line, skip


def _calibrated(layout: Layout, one: Detected) -> tuple[Layout, Clock]:
    """Move a table's times to UTC when they carry no zone and its ids show another one."""
    reader = TableReader(layout, one.head.header)
    explicit = bool(one.head.rows) and all(
        has_zone(text) for row in one.head.rows[:20] if (text := reader.written_time(row))
    )
    clock = Clock(explicit=explicit)
    if explicit:
        return layout, clock
    for row in one.head.rows:
        try:
            rows = reader(list(row))
        except Skip:
            continue
        clock.look(rows.posts)
    shift = clock.offset_ms() or 0
    return replace(layout, shift=-shift * 1000), Clock(explicit=False, shift_ms=shift)
