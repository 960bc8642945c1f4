"""What every display must do."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from laadpaal.ports.devices import Display, Face, Picture
from laadpaal.ports.errors import DeviceLost
from laadpaal.station.display import Screen, ScreenState
from laadpaal.station.lights import Light

FREE = Picture((Face(1, Screen(ScreenState.AVAILABLE), Light.AVAILABLE),))
CHARGING = Picture((Face(1, Screen(ScreenState.CHARGING, 16.0, 3), Light.CHARGING),))


async def check_display(
    display: Display,
    seen: Callable[[], object],
    lose: Callable[[], None],
    find: Callable[[], None],
) -> None:
    """Have it be begun before it shows anything, show the last picture, and say when it is lost.

    `seen` returns what is on it, the same for the same picture.
    """
    with pytest.raises(DeviceLost):
        await display.show(FREE)
    await display.begin()
    await display.show(FREE)
    free = seen()
    await display.show(CHARGING)
    assert seen() != free
    lose()
    with pytest.raises(DeviceLost):
        await display.show(FREE)
    with pytest.raises(DeviceLost):
        await display.begin()
    find()
    await display.begin()
    await display.show(FREE)
    await display.show(FREE)
    assert seen() == free
