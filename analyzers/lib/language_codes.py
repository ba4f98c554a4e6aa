"""Interface languages as platforms write them, folded to the language itself."""

from __future__ import annotations

_OLD = {"in": "id", "iw": "he", "ji": "yi", "jw": "jv", "msa": "ms", "no": "nb"}
"""Codes withdrawn from ISO 639-1 in 1989 that platforms kept, Twitter's own `msa` for Malay, and
the macrolanguage `no`, which names the same written language as `nb`."""


def folded(code: str | None) -> str | None:
    """The ISO 639 code of a profile's language without region or script; `None` when it names none.

    >>> folded("en-GB"), folded("zh_TW"), folded("in"), folded("Select Language...")
    ('en', 'zh', 'id', None)
    """
    if not isinstance(code, str):
        return None
    main = code.strip().lower().replace("_", "-").partition("-")[0]
    if not (main.isascii() and main.isalpha() and 2 <= len(main) <= 3) or main in ("und", "xx"):
        return None
    return _OLD.get(main, main)
