"""Every sentence in the source has its French, with the same places to fill."""

from __future__ import annotations

import ast
from pathlib import Path
from string import Formatter
from typing import Any

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

from analyzers.render.words import CATALOGUE

ROOT = Path(__file__).resolve().parents[2]
KEYWORDS: dict[str, Any] = {"Text": (1,), "plural": (1, 2)}


@pytest.fixture(scope="module")
def french() -> Catalog:
    with CATALOGUE.open("rb") as file:
        return read_po(file, locale="fr")


def _in_source() -> dict[str, tuple[str, ...]]:
    """First form of each sentence → all its forms."""
    found: dict[str, tuple[str, ...]] = {}
    for package in ("analyzers", "bot"):
        for _, _, message, _, _ in extract_from_dir(ROOT / package, keywords=KEYWORDS):
            forms = (message,) if isinstance(message, str) else tuple(message)
            found[forms[0]] = forms
    return found


def _places(sentence: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(sentence) if name is not None}


def _forms(message: Message) -> tuple[str, ...]:
    string = message.string
    return (string,) if isinstance(string, str) else tuple(string or ())


def test_sentences_over_several_lines_are_found_whole() -> None:
    assert "{k} of {n} ({percent})" in _in_source()
    assert all(forms[0] for forms in _in_source().values())


def test_no_sentence_hides_where_extraction_does_not_look() -> None:
    """As inside an f-string, or under another name for `Text`."""
    seen = _in_source()
    hidden = []
    for package in ("analyzers", "bot"):
        for path in sorted((ROOT / package).rglob("*.py")):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                match node:
                    case ast.Call(
                        func=ast.Name(id="Text" | "plural"), args=[ast.Constant(str(sentence)), *_]
                    ) if sentence not in seen:
                        hidden.append(f"{path.name}: {sentence}")
                    case ast.ImportFrom(module="analyzers.model.text", names=names):
                        hidden += [f"{path.name}: {name.asname}" for name in names if name.asname]
    assert not hidden, "\n".join(hidden)


def test_every_sentence_has_its_french(french: Catalog) -> None:
    def translated(msgid: str) -> bool:
        message = french.get(msgid)
        return message is not None and not message.fuzzy and all(_forms(message) or ("",))

    missing = [msgid for msgid in _in_source() if not translated(msgid)]
    assert not missing, "\n".join(missing)


def test_the_french_fills_the_same_places(french: Catalog) -> None:
    wrong = []
    for msgid, forms in _in_source().items():
        known = set().union(*(_places(form) for form in forms))
        message = french.get(msgid)
        for english, form in zip(forms, _forms(message) if message else forms, strict=True):
            # "one post" may leave out the number that the other form gives
            lacking = _places(english) - _places(form) - ({"n"} if len(forms) > 1 else set())
            if lacking or _places(form) - known:
                wrong.append(f"{msgid} → {form}")
    assert not wrong, "\n".join(wrong)


def test_no_sentence_is_translated_that_nobody_says(french: Catalog) -> None:
    said = _in_source()
    ids = (message.id if isinstance(message.id, str) else message.id[0] for message in french)
    assert not [msgid for msgid in ids if msgid and msgid not in said]
