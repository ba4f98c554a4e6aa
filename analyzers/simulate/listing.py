"""Long lists of constants, written as the text a person would keep them in."""

from __future__ import annotations


def listed(text: str, separator: str | None = None) -> tuple[str, ...]:
    """The items of a text between separators (white space unless told), trimmed."""
    return tuple(item.strip() for item in text.split(separator))


def lines(text: str) -> tuple[str, ...]:
    """The lines of a text that hold something, trimmed."""
    return tuple(line.strip() for line in text.splitlines() if line.strip())
