"""The operator's own logo: what is taken, and how it is shown."""

from __future__ import annotations

import zlib
from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from laadpaal.drivers.display.logo import LARGEST_BYTES, check
from laadpaal.drivers.display.painting import FEW, LARGE, MANY, PAPER, SMALL, TINY, paint, png
from laadpaal.ports.devices import Brand, Face, Picture
from laadpaal.station.display import Screen, ScreenState
from laadpaal.station.lights import Light

RED = (255, 0, 0)
FREE = Face(1, Screen(ScreenState.AVAILABLE), Light.AVAILABLE)


def logo(width: int = 40, height: int = 10, mode: str = "RGB") -> bytes:
    """Return a red PNG."""
    file = BytesIO()
    Image.new(mode, (width, height), RED if mode == "RGB" else (*RED, 0)).save(file, "PNG")
    return file.getvalue()


def _gif() -> bytes:
    file = BytesIO()
    Image.new("P", (4, 4)).save(file, "GIF")
    return file.getvalue()


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "it is no PNG"),
        (_gif(), "it is no PNG"),
        (logo()[:40], "the PNG is broken"),
        (logo(801, 10), "801 x 10 pixels are more than 800 x 480"),
        (logo(10, 481), "10 x 481 pixels are more than 800 x 480"),
        (logo().ljust(LARGEST_BYTES + 1), "it has more than 256 KiB"),
    ],
)
def test_what_is_no_logo_is_refused(data: bytes, reason: str) -> None:
    """Its size is judged before anything of it is unpacked."""
    with pytest.raises(ValueError, match=reason):
        check(data)


def test_a_bomb_is_never_unpacked() -> None:
    """What says that it is small is cut there, however much is packed into it."""
    honest = logo(8, 8)
    packed = zlib.compress(bytes(50_000_000))
    body = b"IDAT" + packed
    start = honest.index(b"IDAT") - 4
    chunk = len(packed).to_bytes(4) + body + zlib.crc32(body).to_bytes(4)

    check(honest[:start] + chunk + honest[-12:])


@settings(deadline=None)
@given(place=st.integers(0, 10_000), byte=st.binary(min_size=1, max_size=3))
def test_broken_files_are_refused_and_nothing_else_happens(place: int, byte: bytes) -> None:
    """A few other bytes anywhere: either it can be shown all the same, or it is said why not."""
    data = logo(30, 30)
    place %= len(data)
    broken = data[:place] + byte + data[place + len(byte) :]
    try:
        check(broken)
    except ValueError:
        return
    paint(Picture((FREE,), brand=Brand(logo=broken)), SMALL)


def _red(image: Image.Image) -> set[tuple[int, int]]:
    """Return where the picture is red."""
    wide, high = image.size
    return {(x, y) for x in range(wide) for y in range(high) if image.getpixel((x, y)) == RED}


@pytest.mark.parametrize("size", [(40, 10), (10, 40), (800, 480), (1, 1)])
def test_it_stands_in_its_corner_in_its_own_shape(size: tuple[int, int]) -> None:
    """However large it is, it fits between the light and what the screen is about."""
    name = paint(Picture((FREE,), brand=Brand("Name")), SMALL)
    shown = paint(Picture((FREE,), brand=Brand("Name", logo=logo(*size))), SMALL)
    red = _red(shown)
    wide, high = (max(at) - min(at) + 1 for at in zip(*red, strict=True))

    assert max(wide / high, high / wide) == pytest.approx(max(size) / min(size), rel=0.15)
    assert high <= 26
    below = (0, max(y for _, y in red) + 6, SMALL.width, SMALL.height)
    assert name.crop(below) == shown.crop(below)


def test_each_socket_has_it() -> None:
    """In both halves of a large display."""
    other = Face(2, FREE.screen, FREE.light)
    red = _red(paint(Picture((FREE, other), brand=Brand(logo=logo())), LARGE))

    assert {x < 400 for x, _ in red} == {True, False}


def test_where_there_is_no_room_it_is_left_out() -> None:
    """A tiny display has none for a name either."""
    assert paint(Picture((FREE,), brand=Brand(logo=logo())), TINY) == paint(Picture((FREE,)), TINY)


def test_what_is_transparent_lets_the_ground_through() -> None:
    """Nothing red is to be seen."""
    shown = paint(Picture((FREE,), brand=Brand(logo=logo(mode="RGBA"))), SMALL)

    assert _red(shown) == set()
    assert shown.getpixel((14, 22)) == PAPER


def test_with_a_logo_a_picture_has_more_colours() -> None:
    """They are as many as are asked for."""
    image = Image.linear_gradient("L").convert("RGB")
    for colours in (FEW, MANY):
        with Image.open(BytesIO(png(image, colours))) as sent:
            assert len(sent.getcolors() or ()) == colours
