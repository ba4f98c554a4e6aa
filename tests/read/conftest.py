"""Files as a user might drop them, and the rows that they became."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from analyzers.model.dataset import Dataset
from analyzers.tables import load


@pytest.fixture
def saved(tmp_path: Path) -> Callable[..., Path]:
    """Save a file by name: text, or bytes as they are."""

    def save(name: str, content: str | bytes) -> Path:
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    return save


@pytest.fixture
def rows() -> Callable[..., dict[str, dict[str, Any]]]:
    """The rows of a table by id, or by a column named."""

    def by_key(dataset: Dataset, table: str = "posts", key: str = "") -> dict[str, dict[str, Any]]:
        key = key or {"posts": "post_id", "accounts": "account_id"}[table]
        return {row[key]: row for row in load(dataset, table).to_dicts()}

    return by_key


@pytest.fixture
def shared() -> Path:
    """Genuine samples, kept out of the repository because real people wrote them.

    They lie in the folder that `LIMIER_SAMPLES` names, or in `shared` beside the repository.
    """
    beside = Path(__file__).resolve().parents[2].parent / "shared"
    folder = Path(os.environ.get("LIMIER_SAMPLES") or beside)
    if not (folder / "formats").is_dir():
        pytest.skip("the genuine samples are not here")
    return folder
