"""`leds`: how each state of the light shines, as ten bytes."""

from __future__ import annotations

from collections.abc import Iterator

from laadpaal.local_api.objects.codes import Code
from laadpaal.local_api.objects.row import Category, Row
from laadpaal.station.lights import GLOWS, Light, Rgb

_LEDS = Category("leds")
_BYTES = 10
_TICKS = 100
"""In a second."""
_NOT_CHARGING = 38
"""Its place in that table, where three states of ours have none."""
_NUMBERS = {
    **{light: int(light) for light in Light if light <= Light.FORCED_OFF},
    Light.NOT_CHARGING: _NOT_CHARGING,
}


def rows() -> Iterator[Row]:
    """Yield the objects of this category; the state is in the index, in decimal digits."""
    for light, number in _NUMBERS.items():
        help_ = f"Colours and times of the light: {light.name.lower().replace('_', ' ')}."
        yield _LEDS.fixed(f"23{number:02d}_0", Code.BYTES, help_, glow(light), _BYTES)


def glow(light: Light) -> str:
    """Return two phases of red, green, blue, cyan and a time in hundredths of a second."""
    it = GLOWS[light]
    if not it.second_s:
        return _text((*_channels(it.first), 0, 0, 0, 0, 0, 0))
    first, second = round(it.first_s * _TICKS), round(it.second_s * _TICKS)
    return _text((*_channels(it.first), first, *_channels(it.second), second))


def _channels(colour: Rgb) -> tuple[int, int, int, int]:
    """Return the colour with a channel for cyan, which has a lamp of its own."""
    red, green, blue = colour
    if not green or green != blue:
        return red, green, blue, 0
    return (red, 0, 0, blue) if not red else (red, green, blue, blue)


def _text(numbers: tuple[int, ...]) -> str:
    return ",".join(f"{number:X}" for number in numbers)
