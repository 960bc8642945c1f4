"""The operator's own logo: a PNG from outside, which is bounded before anybody unpacks it."""

from __future__ import annotations

from functools import cache
from io import BytesIO

from PIL import Image

LARGEST_BYTES = 256 * 1024
LARGEST = (800, 480)
"""Pixels; more than the largest display has are of no use."""
_HEAD = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR"
"""What every PNG begins with; its width and height follow, four bytes each."""


def check(data: bytes) -> None:
    """Raise ValueError, which says why, unless these bytes are a PNG that can be shown."""
    if len(data) > LARGEST_BYTES:
        raise ValueError(f"it has more than {LARGEST_BYTES // 1024} KiB")
    if not data.startswith(_HEAD):
        raise ValueError("it is no PNG")
    size = data[len(_HEAD) : len(_HEAD) + 8]
    width, height = int.from_bytes(size[:4]), int.from_bytes(size[4:])
    if width > LARGEST[0] or height > LARGEST[1]:
        raise ValueError(f"{width} x {height} pixels are more than {LARGEST[0]} x {LARGEST[1]}")
    try:
        _opened(data)
    except Exception as wrong:
        raise ValueError("the PNG is broken") from wrong


@cache
def fitted(data: bytes, width: int, height: int) -> Image.Image:
    """Return a logo with its transparency, in its own shape, as large as fits into a box."""
    whole = _opened(data)
    scale = min(width / whole.width, height / whole.height)
    size = max(1, round(whole.width * scale)), max(1, round(whole.height * scale))
    return whole.resize(size, Image.Resampling.LANCZOS)


def _opened(data: bytes) -> Image.Image:
    with Image.open(BytesIO(data), formats=("PNG",)) as image:
        return image.convert("RGBA")
