"""A framebuffer is a file of pixels, of whichever kind the kernel says."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
from PIL import Image

from laadpaal.drivers.display.framebuffer import Framebuffer, Geometry, packed
from laadpaal.drivers.display.painting import SMALL, paint
from laadpaal.ports.devices import Face, Picture
from laadpaal.ports.errors import DeviceLost
from laadpaal.station.display import Screen, ScreenState
from laadpaal.station.lights import Light

PICTURE = Picture((Face(1, Screen(ScreenState.AVAILABLE), Light.CHARGING),))


def kernel(folder: Path, bits: int, stride: int, size: str = "320,240") -> Framebuffer:
    """Return a display whose device and folder are ordinary files."""
    about = folder / "graphics" / "fb0"
    about.mkdir(parents=True)
    for name, text in (("virtual_size", size), ("bits_per_pixel", bits), ("stride", stride)):
        (about / name).write_text(f"{text}\n")
    (folder / "fb0").touch()
    return Framebuffer(folder / "fb0", folder / "graphics")


@pytest.mark.parametrize(("bits", "stride"), [(32, 1280), (32, 1344), (16, 640), (16, 704)])
def test_the_picture_lies_in_the_file(tmp_path: Path, bits: int, stride: int) -> None:
    """Every pixel is where the kernel looks for it, behind each row's fill."""

    async def story() -> None:
        display = kernel(tmp_path, bits, stride)
        await display.begin()
        await display.show(PICTURE)

    asyncio.run(story())
    data = (tmp_path / "fb0").read_bytes()
    image = paint(PICTURE, SMALL)
    assert len(data) == stride * 240
    for x, y in ((0, 0), (20, 60), (319, 239)):
        at = y * stride + x * bits // 8
        pixel = image.getpixel((x, y))
        assert isinstance(pixel, tuple)
        red, green, blue = pixel
        if bits == 32:
            assert data[at : at + 4] == bytes((blue, green, red, 0))
        else:
            word = (red >> 3) << 11 | (green >> 2) << 5 | blue >> 3
            assert data[at : at + 2] == word.to_bytes(2, "little")


@pytest.mark.parametrize(
    ("rgb", "word"), [((255, 0, 0), 0xF800), ((0, 255, 0), 0x07E0), ((0, 0, 255), 0x001F)]
)
def test_sixteen_bits_hold_each_colour(rgb: tuple[int, int, int], word: int) -> None:
    """Five bits of red, six of green, five of blue, the low byte first."""
    image = Image.new("RGB", (1, 1), rgb)

    assert packed(image, Geometry(1, 1, 16, 2)) == word.to_bytes(2, "little")


@pytest.mark.parametrize(
    ("bits", "stride", "size"),
    [(8, 320, "320,240"), (32, 640, "320,240"), (16, 640, "wide"), (16, 640, "320")],
)
def test_what_cannot_be_drawn_on_is_lost(tmp_path: Path, bits: int, stride: int, size: str) -> None:
    """A kind of pixels nobody knows here, rows too short, or no size at all."""
    display = kernel(tmp_path, bits, stride, size)

    with pytest.raises(DeviceLost, match="fb0"):
        asyncio.run(display.begin())


def test_a_display_that_is_gone_is_lost(tmp_path: Path) -> None:
    """So is one that nobody has begun, and one that takes half a picture."""
    display = kernel(tmp_path, 32, 1280)
    with pytest.raises(DeviceLost, match="has not begun"):
        asyncio.run(display.show(PICTURE))

    async def story() -> None:
        await display.begin()
        (tmp_path / "fb0").unlink()
        await display.show(PICTURE)

    with pytest.raises(DeviceLost, match="No such file"):
        asyncio.run(story())
    with pytest.raises(DeviceLost, match="No such file"):
        asyncio.run(Framebuffer(tmp_path / "fb1", tmp_path).begin())
