"""Write a picture of every screen and light, and the page that shows them, or check them."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

from PIL import Image

from laadpaal.drivers.display.painting import LARGE, SMALL, TINY, paint, png
from laadpaal.ports.devices import Brand, Face, Picture
from laadpaal.station.display import Popup, Screen, ScreenState
from laadpaal.station.faces import OF_SCREEN
from laadpaal.station.lights import GLOWS, Light

ROOT = Path(__file__).resolve().parents[1]
PICTURES = ROOT / "docs" / "pictures"
OF_THE_PAGE = "page-"
"""How the names of those begin that `scripts/browser` makes."""
PAGE = ROOT / "docs" / "reference" / "screens.md"
NOTE = "<!-- Written by scripts/pictures; do not edit. -->"
AT = 1_700_049_600.0
FORMS = {"large": LARGE, "small": SMALL, "tiny": TINY}
BRAND = Brand("Laadpaal", "1.2.3-4")
STRIP = (160, 32)
"""Size of a light's picture: its first colour to the left, its second to the right."""

_NUMBERS = {
    ScreenState.AUTHORIZED: Screen(ScreenState.AUTHORIZED, until=AT + 87),
    ScreenState.CHARGING: Screen(
        ScreenState.CHARGING, 16.0, 3, 7420, power_w=10_980, since=AT - 2520, cost="2.60 EUR"
    ),
    ScreenState.SUMMARY: Screen(
        ScreenState.SUMMARY, energy_wh=12_370, lasted_s=4080, cost="4.33 EUR"
    ),
    ScreenState.ERROR: Screen(ScreenState.ERROR, code=201),
    ScreenState.WARNING: Screen(ScreenState.WARNING, code=109),
    ScreenState.RESERVED: Screen(ScreenState.RESERVED, until=AT + 1800),
}
"""Screens that show more than their words."""
POPUP = Popup("payment", "Tariff", ("0.35 EUR per kWh", "Show the card again to accept"), AT + 24)


def name(state: ScreenState) -> str:
    """Return what the picture of a state is called."""
    return f"screen-{state.value:02}-{state.name.lower().replace('_', '-')}"


def screens() -> Iterator[tuple[str, bytes]]:
    """Yield each state's pictures by file name; on the large one the other socket is free."""
    free = Face(2, Screen(ScreenState.AVAILABLE), Light.AVAILABLE)
    shown = {state: _NUMBERS.get(state, Screen(state)) for state in ScreenState}
    for state, screen in shown.items():
        face = Face(1, screen, OF_SCREEN.get(state, Light.UNKNOWN))
        for form, built in FORMS.items():
            faces = (face, free) if built is LARGE else (face,)
            image = paint(Picture(faces, at=AT, brand=BRAND), built)
            yield f"{name(state)}-{form}.png", png(image)
    popup = Face(1, Screen(ScreenState.EV_CONNECTED, popup=POPUP), Light.EV_CONNECTED)
    yield "popup-large.png", png(paint(Picture((popup, free), at=AT, brand=BRAND), LARGE))


def lights() -> Iterator[tuple[str, bytes]]:
    """Yield each light's picture by file name."""
    for light in Light:
        glow = GLOWS[light]
        image = Image.new("RGB", STRIP, glow.first)
        if glow.second_s:
            width, height = STRIP
            share = round(width * glow.first_s / (glow.first_s + glow.second_s))
            image.paste(glow.second, (share, 0, width, height))
        yield f"light-{light.value:02}.png", png(image)


def page() -> str:
    """Return the page that shows them all."""
    return "\n".join((NOTE, "", *_screens(), "", *_lights(), ""))


def _screens() -> Iterator[str]:
    yield "# Screens and lights"
    yield ""
    yield "What a socket shows in each state, on a large display for two sockets and on small ones."
    yield "The numbers are those of the user interface, and the texts are there in four languages."
    yield ""
    yield "| state | large | small | tiny |"
    yield "| --- | --- | --- | --- |"
    for state in ScreenState:
        words = f"{state.value} {state.name.lower().replace('_', ' ')}"
        cells = " | ".join(f"![{words}](../pictures/{name(state)}-{form}.png)" for form in FORMS)
        yield f"| {words} | {cells} |"
    yield ""
    yield "A popup lies over the screen of its socket, and counts down."
    yield ""
    yield "![A popup](../pictures/popup-large.png)"


def _lights() -> Iterator[str]:
    yield "## Lights"
    yield ""
    yield "Two colours take turns; where there is one time only, the light is steady."
    yield ""
    yield "| state | light | seconds |"
    yield "| --- | --- | --- |"
    for light in Light:
        glow = GLOWS[light]
        words = f"{light.value} {light.name.lower().replace('_', ' ')}"
        seconds = f"{glow.first_s:g} and {glow.second_s:g}" if glow.second_s else "steady"
        yield f"| {words} | ![{words}](../pictures/light-{light.value:02}.png) | {seconds} |"


def differs(path: Path, data: bytes) -> bool:
    """Tell whether a file shows something else; its bytes may differ with the packer."""
    if not path.exists():
        return True
    with Image.open(path) as kept, Image.open(BytesIO(data)) as made:
        return (
            kept.size != made.size or kept.convert("RGB").tobytes() != made.convert("RGB").tobytes()
        )


def main() -> int:
    """Write what has changed, or with --check name it; return the exit status."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="only compare")
    check = parser.parse_args().check
    made = dict((*screens(), *lights()))
    stale = [PICTURES / file for file, data in made.items() if differs(PICTURES / file, data)]
    others = [path for path in PICTURES.glob("*.png") if not path.name.startswith(OF_THE_PAGE)]
    extra = [path for path in others if path.name not in made]
    old_page = not PAGE.exists() or PAGE.read_text(encoding="utf-8") != page()
    if check:
        for path in (*stale, *extra, *([PAGE] if old_page else [])):
            sys.stdout.write(f"{path.relative_to(ROOT)} is not current\n")
        return bool(stale or extra or old_page)
    PICTURES.mkdir(exist_ok=True)
    for path in stale:
        path.write_bytes(made[path.name])
    for path in extra:
        path.unlink()
    PAGE.write_text(page(), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
