"""Every display keeps the promises of its port."""

from __future__ import annotations

import asyncio
from pathlib import Path

from laadpaal.drivers.display.framebuffer import Framebuffer
from laadpaal.simulation.display import SimulatedDisplay
from tests.contracts.display import check_display


async def test_simulated_display() -> None:
    """The one of the bench."""
    display = SimulatedDisplay()

    await check_display(display, lambda: display.shown, display.unplug, display.plug)


def test_framebuffer(tmp_path: Path) -> None:
    """The real driver, on a file of pixels as the kernel has them."""
    about, device, gone = tmp_path / "graphics" / "fb0", tmp_path / "fb0", tmp_path / "gone"
    about.mkdir(parents=True)
    for name, text in (("virtual_size", "320,240"), ("bits_per_pixel", "16"), ("stride", "640")):
        (about / name).write_text(f"{text}\n")
    device.touch()

    def lose() -> None:
        device.unlink()
        about.rename(gone)

    def find() -> None:
        device.touch()
        gone.rename(about)

    display = Framebuffer(device, tmp_path / "graphics")
    asyncio.run(check_display(display, device.read_bytes, lose, find))
