"""Excel workbooks: the fullest sheet is read like a CSV; rounded ids, bombs and locks are seen."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from xml.sax.saxutils import escape

import pytest

from analyzers.model.refusal import BadInput
from analyzers.read import read
from analyzers.tables import load

Saved = Callable[..., Path]
Rows = list[list[str | float | None]]

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_DOCUMENT = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_KIND = "application/vnd.openxmlformats-officedocument.spreadsheetml"

HEADER: Rows = [["id", "Auteur", "Contenu", "Date"]]
POSTS: Rows = [
    *HEADER,
    ["5", "lea", "Quel clown, vraiment", "2019-02-08 10:00"],
    ["6", "max", "Bravo & merci\nà tous", "2019-02-08 11:00"],
]


def workbook(hidden: tuple[str, ...] = (), pad: int = 0, **sheets: Rows) -> bytes:
    """The least that Excel calls a workbook, its sheets in order."""
    into = io.BytesIO()
    names = list(sheets)
    with zipfile.ZipFile(into, "w", zipfile.ZIP_DEFLATED) as archive:
        parts = "".join(
            f'<Override PartName="/xl/worksheets/s{n}.xml" ContentType="{_KIND}.worksheet+xml"/>'
            for n in range(len(names))
        )
        archive.writestr(
            "[Content_Types].xml",
            f'<Types xmlns="{_PACKAGE}/content-types">'
            '<Default Extension="rels" '
            'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            f'<Override PartName="/xl/workbook.xml" ContentType="{_KIND}.sheet.main+xml"/>'
            f"{parts}</Types>",
        )
        archive.writestr("_rels/.rels", _relations([("officeDocument", "xl/workbook.xml")]))
        listed = "".join(
            f'<sheet name="{name}" sheetId="{n + 1}" r:id="r{n}" '
            f'state="{"hidden" if name in hidden else "visible"}"/>'
            for n, name in enumerate(names)
        )
        archive.writestr(
            "xl/workbook.xml",
            f'<workbook xmlns="{_MAIN}" xmlns:r="{_DOCUMENT}"><sheets>{listed}</sheets></workbook>',
        )
        places = [("worksheet", f"worksheets/s{n}.xml") for n in range(len(names))]
        archive.writestr("xl/_rels/workbook.xml.rels", _relations(places))
        for n, rows in enumerate(sheets.values()):
            archive.writestr(f"xl/worksheets/s{n}.xml", _sheet(rows) + " " * pad)
    return into.getvalue()


def _relations(targets: list[tuple[str, str]]) -> str:
    listed = "".join(
        f'<Relationship Id="r{n}" Type="{_DOCUMENT}/{kind}" Target="{target}"/>'
        for n, (kind, target) in enumerate(targets)
    )
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{listed}</Relationships>'


def _sheet(rows: Rows) -> str:
    lines = []
    for number, row in enumerate(rows, start=1):
        cells = [
            f'<c r="{chr(65 + place)}{number}" t="inlineStr"><is><t>{escape(cell)}</t></is></c>'
            if isinstance(cell, str)
            else f'<c r="{chr(65 + place)}{number}"><v>{cell!r}</v></c>'
            for place, cell in enumerate(row)
            if cell is not None
        ]
        lines.append(f'<row r="{number}">{"".join(cells)}</row>')
    return f'<worksheet xmlns="{_MAIN}"><sheetData>{"".join(lines)}</sheetData></worksheet>'


def test_the_fullest_visible_sheet_is_read(saved: Saved) -> None:
    more: Rows = [[*row, "x", "y", "z"] for row in POSTS * 3]
    content = workbook(("Old",), About=[["Made on 8 February"]], Old=more, Posts=POSTS)
    data = read(saved("posts.xlsx", content))
    first, second = load(data, "posts").sort("post_id").iter_rows(named=True)
    assert first["text"] == "Quel clown, vraiment"
    assert second["text"] == "Bravo & merci\nà tous"
    assert first["created_at"] == datetime(2019, 2, 8, 10, tzinfo=UTC)
    assert data.sources[0].format == "generic"


def test_whole_numbers_are_ids_but_rounded_ones_are_not(saved: Saved) -> None:
    rows: Rows = [*HEADER, [7.0, "zoe", "Bonjour à tous", "2019-02-08 10:00"]]
    assert load(read(saved("a.xlsx", workbook(P=rows))), "posts")["post_id"].to_list() == ["7"]
    rows = [*HEADER, [1.0939e18, "zoe", "Bonjour à tous", "2019-02-08 10:00"]]
    (source,) = read(saved("b.xlsx", workbook(P=rows))).sources
    assert source.notes


def test_a_workbook_without_posts_says_what_it_saw(saved: Saved) -> None:
    with pytest.raises(BadInput):
        read(saved("a.xlsx", workbook(P=[["pays", "ville"], ["France", "Lyon"]])))


@pytest.mark.parametrize(
    "content",
    [
        workbook(P=POSTS)[:600],
        workbook(P=POSTS).replace(b"xl/workbook.xml", b"xl/workbooc.xml"),
        workbook(P=POSTS, pad=40 * 1024 * 1024),
    ],
    ids=["cut", "no workbook", "bomb"],
)
def test_one_that_cannot_be_opened_safely_is_refused(saved: Saved, content: bytes) -> None:
    with pytest.raises(BadInput, match="workbook that is damaged"):
        read(saved("a.xlsx", content))


def test_an_empty_sheet_is_refused(saved: Saved) -> None:
    with pytest.raises(BadInput):
        read(saved("a.xlsx", workbook(P=[])))
