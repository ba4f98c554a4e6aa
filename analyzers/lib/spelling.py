"""How words of normal text were written, accents and all, before they were folded."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable

_WORD = re.compile(r"[^\W_]+")


def spellings(words: Collection[str], texts: Iterable[object]) -> dict[str, str]:
    """For each word of normal text, the form that the texts write it in most, in lower case.

    A word that no text holds stays as it is. Null texts are passed over.
    """
    import polars as pl

    from analyzers.lib.normal import normal

    counts: Counter[str] = Counter()
    for text in texts:
        if isinstance(text, str):
            counts.update(_WORD.findall(text.lower()))
    forms = sorted(counts)
    found: dict[str, str] = {}
    for folded, form in zip(normal(pl.Series(forms, dtype=pl.String)), forms, strict=True):
        if folded in words and counts[form] > counts.get(found.get(folded, ""), 0):
            found[folded] = form
    return {word: found.get(word, word) for word in words}
