"""Rules of the house that a newcomer would otherwise learn in review."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
CODE = sorted(
    path
    for folder in ("analyzers", "bot", "tests", "docs")
    for path in (ROOT / folder).rglob("*.py")
)
PRODUCT = [path for path in CODE if path.relative_to(ROOT).parts[0] in ("analyzers", "bot")]


def named(path: Path) -> str:
    return str(path.relative_to(ROOT))


@pytest.mark.parametrize("path", CODE, ids=named)
def test_a_file_is_short_enough_to_read_in_one_sitting(path: Path) -> None:
    lines = len(path.read_text(encoding="utf-8").splitlines())
    assert lines <= 400, f"{named(path)} has {lines} lines: split it by the questions it answers"


@pytest.mark.parametrize("path", PRODUCT, ids=named)
def test_every_module_and_public_name_says_what_it_is_for(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    assert path.stat().st_size == 0 or ast.get_docstring(tree), f"{named(path)} has no docstring"
    for node in tree.body:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            public = not node.name.startswith("_")
            assert not public or ast.get_docstring(node), (
                f"{named(path)}: {node.name} is unexplained"
            )


@pytest.mark.parametrize("path", PRODUCT, ids=named)
def test_nothing_is_left_unfinished(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert not re.search(r"\b(TODO|FIXME|XXX|NotImplementedError)\b", text)


def test_discord_is_never_mocked() -> None:
    banned = re.compile("Async" + "Mock|Magic" + r"Mock|mock\.pat" + "ch|unittest" + r"\.mock")
    guilty = [named(p) for p in CODE if banned.search(p.read_text(encoding="utf-8"))]
    assert not guilty, "use simcord, a real server or a small fake with real behaviour"


def test_lock_files_name_no_registry() -> None:
    for lock in ROOT.glob("*.lock"):
        text = lock.read_text(encoding="utf-8")
        assert "://" not in text
        assert "--hash=sha256:" in text


@pytest.mark.parametrize("path", PRODUCT, ids=named)
def test_importing_a_module_does_nothing(path: Path) -> None:
    """No call stands at the top of a module except to make a value or a definition."""
    allowed = (
        ast.Import,
        ast.ImportFrom,
        ast.FunctionDef,
        ast.AsyncFunctionDef,
        ast.ClassDef,
        ast.Assign,
        ast.AnnAssign,
        ast.If,
    )
    for node in ast.parse(path.read_text(encoding="utf-8")).body:
        docstring = isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
        assert docstring or isinstance(node, allowed), f"{named(path)}:{node.lineno}"
