"""A display that the kernel shows as a framebuffer: pixels are written to a file."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from pathlib import Path

from PIL import Image

from laadpaal.drivers.display.painting import Form, paint
from laadpaal.ports.devices import Picture
from laadpaal.ports.errors import DeviceLost

GRAPHICS = Path("/sys/class/graphics")
RGB565, XRGB8888 = 16, 32
"""Bits of the two kinds of pixels that are known here."""


@dataclass(frozen=True, slots=True)
class Geometry:
    """How the pixels lie in the file; `stride` is in bytes from one row to the next."""

    width: int
    height: int
    bits: int
    stride: int

    @staticmethod
    def of(folder: Path) -> Geometry:
        """Read what the kernel says of it; raises DeviceLost when that makes no sense."""
        try:
            width, height = (folder / "virtual_size").read_text("ascii").split(",")
            bits, stride = (folder / name for name in ("bits_per_pixel", "stride"))
            said = Geometry(
                int(width),
                int(height),
                int(bits.read_text("ascii")),
                int(stride.read_text("ascii")),
            )
        except (OSError, ValueError) as wrong:
            raise DeviceLost(f"{folder}: {wrong}") from wrong
        if said.bits not in {RGB565, XRGB8888} or said.stride * 8 < said.width * said.bits:
            raise DeviceLost(f"{folder}: {said} is nothing that can be drawn on")
        return said


def packed(image: Image.Image, geometry: Geometry) -> bytes:
    """Return the pixels as the file holds them, each row filled up to its stride."""
    red, green, blue = image.convert("RGB").split()
    if geometry.bits == XRGB8888:
        empty = Image.new("L", image.size)
        pixels = Image.merge("RGBA", (blue, green, red, empty)).tobytes()
    else:
        pixels = _rgb565(red.tobytes(), green.tobytes(), blue.tobytes())
    row = geometry.width * geometry.bits // 8
    fill = bytes(geometry.stride - row)
    rows = (pixels[at : at + row] for at in range(0, len(pixels), row))
    return b"".join(one + fill for one in rows)


def _rgb565(red: bytes, green: bytes, blue: bytes) -> bytes:
    pixels = bytearray(2 * len(red))
    pixels[0::2] = bytes((g & 0x1C) << 3 | b >> 3 for g, b in zip(green, blue, strict=True))
    pixels[1::2] = bytes(r & 0xF8 | g >> 5 for r, g in zip(red, green, strict=True))
    return bytes(pixels)


class Framebuffer:
    """Is a `Display`.

    Args:
        device: Such as `/dev/fb0`; its name is that of the kernel's folder about it.
        graphics: Where the kernel tells of framebuffers.
    """

    def __init__(self, device: Path, graphics: Path = GRAPHICS) -> None:
        self._device = device
        self._folder = graphics / device.name
        self._geometry: Geometry | None = None

    async def begin(self) -> None:
        """Learn how it is built, which another driver may have changed."""
        self._geometry = Geometry.of(self._folder)

    async def show(self, picture: Picture) -> None:
        """Paint and write it; a thread does so, for neither is quick."""
        if self._geometry is None:
            raise DeviceLost(f"{self._device} has not begun")
        await asyncio.to_thread(self._write, picture, self._geometry)

    def _write(self, picture: Picture, geometry: Geometry) -> None:
        image = paint(picture, Form(geometry.width, geometry.height))
        try:
            with self._device.open("r+b", buffering=0) as file:
                written = file.write(packed(image, geometry))
        except OSError as wrong:
            raise DeviceLost(f"{self._device}: {wrong}") from wrong
        if written != geometry.stride * geometry.height:
            raise DeviceLost(f"{self._device} took only {written} bytes")
