"""Pictures are known by their first bytes, whatever their files are called; nothing is decoded."""

from __future__ import annotations

import io

import pytest
from PIL import Image

from bot.picture import Picture, picture


def made(format: str, **options: object) -> bytes:
    file = io.BytesIO()
    Image.new("RGB", (321, 123)).save(file, format, **options)
    return file.getvalue()


def with_exif() -> bytes:
    exif = Image.Exif()
    exif[0x010F] = "Camera" * 5000  # a segment of some length before the frame
    return made("jpeg", exif=exif)


@pytest.mark.parametrize(
    ("content", "format"),
    [
        (made("png"), "png"),
        (made("gif"), "gif"),
        (made("jpeg"), "jpg"),
        (made("jpeg", progressive=True), "jpg"),
        (with_exif(), "jpg"),
        (made("webp"), "webp"),
        (made("webp", lossless=True), "webp"),
        (made("webp", exif=b"Exif\0\0II*\0\x08\0\0\0\0\0"), "webp"),
    ],
)
def test_format_and_size_are_read(content: bytes, format: str) -> None:
    assert picture(content) == Picture(format, 321, 123)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'/>",
        b"<?xml version='1.0'?><svg/>",
        b"%PDF-1.7",
        b"BM" + bytes(60),
        b"GIF89a" + bytes(20),  # no pixel at all
        b"\xff\xd8\xff\xe0\xff\xff" + bytes(40),
        b"\xff\xd8" + b"\xff" * 5000,
        *(made(kind)[:length] for kind in ("png", "webp", "jpeg") for length in (3, 12, 20)),
    ],
)
def test_anything_else_is_no_picture(content: bytes) -> None:
    assert picture(content) is None
