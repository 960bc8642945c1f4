"""A socket's light made of three LEDs that the kernel drives, each a folder with a few files."""

from __future__ import annotations

from pathlib import Path

from laadpaal.ports.errors import DeviceLost
from laadpaal.station.lights import Rgb

LEDS = Path("/sys/class/leds")


class KernelLamp:
    """Is a `Lamp`.

    An LED that can only be on or off is on for any share of its colour.

    Args:
        names: Of the red, the green and the blue LED, as the kernel calls them.
        leds: Where the kernel tells of LEDs.
    """

    def __init__(self, names: tuple[str, str, str], leds: Path = LEDS) -> None:
        self._folders = tuple(leds / name for name in names)
        self._most: tuple[int, ...] = ()
        """How bright each can be; nothing is known before the lamp is in order."""
        self._written: tuple[int | None, ...] = ()

    def shine(self, colour: Rgb) -> None:
        """Write the levels that have changed."""
        try:
            self._shine(colour)
        except (OSError, ValueError) as wrong:
            self._most = ()
            raise DeviceLost(str(wrong)) from wrong

    def _shine(self, colour: Rgb) -> None:
        if not self._most:
            self._most = tuple(map(_taken, self._folders))
            self._written = (None,) * len(self._most)
        shares = zip(colour, self._most, strict=True)
        levels = tuple(-(-share * most // 255) for share, most in shares)
        for folder, was, level in zip(self._folders, self._written, levels, strict=True):
            if level != was:
                (folder / "brightness").write_text(f"{level}\n", encoding="ascii")
        self._written = levels


def _taken(folder: Path) -> int:
    """Take an LED away from whatever made it blink, and return how bright it can be."""
    (folder / "trigger").write_text("none\n", encoding="ascii")
    most = int((folder / "max_brightness").read_text(encoding="ascii"))
    if most < 1:
        raise ValueError(f"{folder} cannot shine: its greatest brightness is {most}")
    return most
