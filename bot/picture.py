"""What a picture says of itself in its first bytes; nothing of it is decoded."""

from __future__ import annotations

from dataclasses import dataclass

_NO_SIZE = frozenset({0xC4, 0xC8, 0xCC})
"""Of JPEG's markers C0 to CF those that begin no frame (ITU T.81, table B.1)."""


@dataclass(frozen=True, slots=True)
class Picture:
    """The format, by the ending of its files ("png"), and the size in pixels."""

    format: str
    width: int
    height: int


def picture(content: bytes) -> Picture | None:
    """Read format and size of a PNG, JPEG, GIF or WebP; `None` for anything else.

    >>> picture(b"GIF89a" + bytes([2, 0, 1, 0]))
    Picture(format='gif', width=2, height=1)
    """
    for read in (_png, _gif, _webp, _jpeg):
        found = read(content)
        if found and found.width and found.height:
            return found
    return None


def _png(content: bytes) -> Picture | None:
    if content[:8] != b"\x89PNG\r\n\x1a\n" or content[12:16] != b"IHDR" or len(content) < 24:
        return None
    return Picture("png", _big(content[16:20]), _big(content[20:24]))


def _gif(content: bytes) -> Picture | None:
    if content[:6] not in (b"GIF87a", b"GIF89a"):
        return None
    return Picture("gif", _little(content[6:8]), _little(content[8:10]))


def _webp(content: bytes) -> Picture | None:
    """Lossy, lossless or extended: RFC 9649, sections 2.5 to 2.7."""
    if content[:4] != b"RIFF" or content[8:12] != b"WEBP" or len(content) < 30:
        return None
    match content[12:16]:
        case b"VP8 " if content[23:26] == b"\x9d\x01\x2a":
            width, height = (_little(content[at : at + 2]) & 0x3FFF for at in (26, 28))
        case b"VP8L" if content[20] == 0x2F:
            bits = _little(content[21:25])
            width, height = (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
        case b"VP8X":
            width, height = (_little(content[at : at + 3]) + 1 for at in (24, 27))
        case _:
            return None
    return Picture("webp", width, height)


def _jpeg(content: bytes) -> Picture | None:
    """The size stands in the first frame, behind segments such as EXIF, each with its length."""
    if content[:3] != b"\xff\xd8\xff":
        return None
    at = 2
    while at + 9 <= len(content) and content[at] == 0xFF:
        marker = content[at + 1]
        if marker == 0xFF:  # a filler
            at += 1
        elif 0xC0 <= marker <= 0xCF and marker not in _NO_SIZE:
            return Picture("jpg", _big(content[at + 7 : at + 9]), _big(content[at + 5 : at + 7]))
        else:
            at += 2 + max(2, _big(content[at + 2 : at + 4]))
    return None


def _big(digits: bytes) -> int:
    return int.from_bytes(digits, "big")


def _little(digits: bytes) -> int:
    return int.from_bytes(digits, "little")
