"""Counts what became of every row of a file, and says it as the file's provenance."""

from __future__ import annotations

from dataclasses import dataclass, field

from analyzers.model.dataset import Skipped, Source, TimeZone
from analyzers.model.refusal import BadInput
from analyzers.model.text import Code, Text, plural
from analyzers.read.normal import DUPLICATE, Rows

_MOST_NOTES = 20  # distinct remarks kept: a page of errors may hold many, all alike


@dataclass
class Tally:
    """Rows used, rows skipped with the reason and first line, and remarks."""

    used: int = 0
    skipped: dict[Text, tuple[int, int | None]] = field(default_factory=dict)
    notes: dict[Text, int] = field(default_factory=dict)

    def skip(self, reason: Text, line: int | None, count: int = 1) -> None:
        """Count rows that could not be used."""
        before, first = self.skipped.get(reason, (0, line))
        self.skipped[reason] = (before + count, first)

    def take(self, rows: Rows, line: int) -> None:
        """Count the rows of one item."""
        self.used += rows.used
        for reason in rows.skipped:
            self.skip(reason, line)
        for note in rows.notes:
            if note in self.notes or len(self.notes) < _MOST_NOTES:
                self.notes[note] = self.notes.get(note, 0) + 1

    @property
    def rows(self) -> int:
        return self.used + sum(count for count, _ in self.skipped.values())

    def repeated(self, count: int) -> None:
        """Count used rows whose post had come in before as skipped instead."""
        if count:
            self.used -= count
            self.skip(DUPLICATE, None, count)

    def refuse_if_useless(self, name: str, format: str) -> None:
        """Raise `BadInput` when no row at all could be used, with the commonest reason."""
        if self.used:
            return
        if not self.skipped:
            raise BadInput(
                Text("{file} holds no row of the format {format}.", file=Code(name),
                     format=Code(format))
            )  # fmt: skip
        reason = max(self.skipped, key=lambda one: self.skipped[one][0])
        raise BadInput(
            plural(
                "{file} was read as {format}, but its one row could not be used. {reason}",
                "{file} was read as {format}, but none of its {n} rows could be used. {reason}",
                self.rows,
                file=Code(name),
                format=Code(format),
                reason=reason,
            )
        )

    def source(
        self, name: str, format: str, sha256: str, confidence: float, zone: TimeZone | None
    ) -> Source:
        """The provenance of the file; reasons in order of their counts."""
        skipped = sorted(self.skipped.items(), key=lambda one: (-one[1][0], one[0].msgid))
        return Source(
            name=name,
            format=format,
            sha256=sha256,
            rows=self.rows,
            used=self.used,
            skipped=tuple(Skipped(reason, count, line) for reason, (count, line) in skipped),
            time_zone=zone,
            confidence=confidence,
            notes=tuple(_counted(note, n) for note, n in self.notes.items()),
        )


def _counted(note: Text, n: int) -> Text:
    """A remark as often as it was made; one without a plural stays as it is."""
    return note if note.plural is None else Text(note.msgid, _plural=note.plural, _count=n, n=n)
