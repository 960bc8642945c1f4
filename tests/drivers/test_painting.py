"""The picture of the display: every state, language and form can be read."""

from __future__ import annotations

import subprocess
import sys
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image, ImageDraw

from laadpaal.drivers.display.painting import LARGE, PAPER, SMALL, TINY, Form, paint, png
from laadpaal.drivers.display.texts import LANGUAGES
from laadpaal.ports.devices import Brand, Face, Picture
from laadpaal.station.display import Popup, Screen, ScreenState
from laadpaal.station.evse import BOOT_SCREEN
from laadpaal.station.lights import Light

ROOT = Path(__file__).resolve().parents[2]
AT = 1_700_049_600.0
CHARGING = Screen(ScreenState.CHARGING, 16.0, 3, 7420, power_w=11_000, since=AT - 60)


def one(screen: Screen, form: Form = SMALL, language: str = "en_GB", at: float = AT) -> Image.Image:
    """Return the picture of one socket."""
    return paint(Picture((Face(1, screen, Light.CHARGING),), language, at=at), form)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_state_has_its_words(language: str) -> None:
    """No language lacks any, and no two states but warning look alike."""
    assert set(LANGUAGES[language].states) == set(ScreenState)
    titles = [words for state, words in LANGUAGES[language].states.items()]
    assert len(set(titles)) == len(titles)
    for state in set(ScreenState) - {ScreenState.UNKNOWN}:
        code = 201 if state is ScreenState.ERROR else 0
        assert one(Screen(state, code=code), language=language) != one(Screen(ScreenState.UNKNOWN))


@pytest.mark.parametrize("form", [LARGE, SMALL, TINY])
@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_is_cut_off_below(form: Form, language: str) -> None:
    """The lowest row of pixels is empty in every state, without a message at least."""
    blank = PAPER if form.colours else 0
    for state in ScreenState:
        code = 405 if state in {ScreenState.ERROR, ScreenState.WARNING} else 0
        face = Face(1, Screen(state, 16.0, 3, 7420, code, until=AT + 60), Light.OFF)
        free = Face(2, face.screen, Light.OFF)
        image = paint(Picture((face, free) if form is LARGE else (face,), language, at=AT), form)
        bottom = [image.getpixel((x, form.height - 1)) for x in range(2, form.width // 2 - 2)]
        assert set(bottom) == {blank}, (state, language)


def test_the_maximum_current_is_shown_with_its_lines() -> None:
    """One line and three give different pictures at the same limit (S20)."""
    single = Screen(ScreenState.CHARGING, 16.0, 1, 7420, power_w=11_000, since=AT - 60)

    assert (CHARGING.limit, single.limit) == ("3 x 16 A", "1 x 16 A")
    assert one(CHARGING) != one(single)


def test_what_counts_goes_on_counting() -> None:
    """A countdown, the time of a charge and a popup follow the instant of the picture."""
    popup = Screen(ScreenState.AVAILABLE, popup=Popup("payment", "Tariff", ("0.35 EUR",), AT + 30))
    for screen in (CHARGING, popup, Screen(ScreenState.AUTHORIZED, until=AT + 90)):
        assert one(screen) != one(screen, at=AT + 60)


def test_s1_the_version_is_read_while_it_boots(monkeypatch: pytest.MonkeyPatch) -> None:
    """On a display of any form, and on no other screen."""
    written: list[str] = []

    def write(_draw: ImageDraw.ImageDraw, _place: object, text: str, **_style: object) -> None:
        written.append(text)

    monkeypatch.setattr(ImageDraw.ImageDraw, "text", write)
    for form in (LARGE, SMALL, TINY):
        paint(Picture((Face(1, BOOT_SCREEN, Light.BOOTING),), brand=Brand("", "4.12.0-7")), form)
        assert written.pop() == "4.12.0-7"
    paint(Picture((Face(1, CHARGING, Light.CHARGING),), brand=Brand("", "4.12.0-7")), SMALL)
    assert "4.12.0-7" not in written


def test_two_sockets_share_a_picture() -> None:
    """Each has its half, and what one shows does not touch the other (S63)."""
    free = Face(2, Screen(ScreenState.AVAILABLE), Light.AVAILABLE)
    idle = paint(Picture((Face(1, Screen(ScreenState.AVAILABLE), Light.AVAILABLE), free)), LARGE)
    busy = paint(Picture((Face(1, CHARGING, Light.CHARGING), free)), LARGE)
    half = (401, 0, 800, 480)

    assert idle != busy
    assert idle.crop(half) == busy.crop(half)


def test_a_picture_is_a_small_file() -> None:
    """A display without colours has one bit for each pixel, and none takes 10 kB."""
    large, tiny = (png(one(CHARGING, form)) for form in (LARGE, TINY))
    with Image.open(BytesIO(tiny)) as image:
        assert (image.mode, image.size) == ("1", (128, 64))
    assert max(len(large), len(tiny)) < 10_000


def test_the_pictures_of_the_documents_are_current() -> None:
    """Every state has its picture in docs/pictures/, as it is painted now."""
    made = subprocess.run(
        [sys.executable, "scripts/make_pictures.py", "--check"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )
    assert (made.stdout, made.stderr, made.returncode) == ("", "", 0)
    assert len(list((ROOT / "docs" / "pictures").glob("screen-*.png"))) == 3 * len(ScreenState)
