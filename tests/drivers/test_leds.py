"""A light of three LEDs: ordinary files stand for those of the kernel."""

from __future__ import annotations

from pathlib import Path

import pytest

from laadpaal.drivers.leds import KernelLamp
from laadpaal.ports.errors import DeviceLost
from laadpaal.station.lights import Rgb

NAMES = ("red:s1", "green:s1", "blue:s1")


def kernel(folder: Path, most: object = 255) -> KernelLamp:
    """Return a lamp whose LEDs blink for somebody else."""
    for name in NAMES:
        (folder / name).mkdir()
        for file, text in (("trigger", "timer"), ("max_brightness", most), ("brightness", 7)):
            (folder / name / file).write_text(f"{text}\n")
    return KernelLamp(NAMES, folder)


def levels(folder: Path) -> list[str]:
    """Return how bright each LED is."""
    return [(folder / name / "brightness").read_text().strip() for name in NAMES]


@pytest.mark.parametrize(
    ("most", "colour", "levels_"),
    [
        (255, (255, 90, 0), ["255", "90", "0"]),
        (15, (255, 90, 0), ["15", "6", "0"]),
        (1, (255, 90, 0), ["1", "1", "0"]),
        (1023, (0, 1, 128), ["0", "5", "514"]),
    ],
)
def test_each_colour_is_a_share_of_what_the_led_can(
    tmp_path: Path, most: int, colour: Rgb, levels_: list[str]
) -> None:
    """One that is only on or off is on for any share; nobody else makes it blink any more."""
    kernel(tmp_path, most).shine(colour)

    assert levels(tmp_path) == levels_
    assert {(tmp_path / name / "trigger").read_text() for name in NAMES} == {"none\n"}


def test_only_what_changes_is_written(tmp_path: Path) -> None:
    """A light that blinks does so all day."""
    lamp = kernel(tmp_path)
    lamp.shine((255, 0, 0))
    (tmp_path / NAMES[0] / "brightness").unlink()
    lamp.shine((255, 0, 9))

    assert not (tmp_path / NAMES[0] / "brightness").exists()
    assert (tmp_path / NAMES[2] / "brightness").read_text() == "9\n"


@pytest.mark.parametrize("most", [0, "dark"])
def test_an_led_that_cannot_shine_is_refused(tmp_path: Path, most: object) -> None:
    """Whatever the kernel says that is no brightness."""
    with pytest.raises(DeviceLost):
        kernel(tmp_path, most).shine((255, 0, 0))


def test_a_lamp_that_comes_back_is_taken_anew(tmp_path: Path) -> None:
    """It names what is missing; once that is there, all of the colour is written."""
    lamp = kernel(tmp_path)
    lamp.shine((1, 2, 3))
    led = tmp_path / NAMES[1]
    led.rename(tmp_path / "elsewhere")
    with pytest.raises(DeviceLost, match="green:s1"):
        lamp.shine((1, 9, 3))
    (tmp_path / "elsewhere").rename(led)
    for name in NAMES:
        (tmp_path / name / "trigger").write_text("timer\n")
        (tmp_path / name / "brightness").write_text("0\n")
    lamp.shine((1, 9, 3))

    assert levels(tmp_path) == ["1", "9", "3"]
    assert (led / "trigger").read_text() == "none\n"
