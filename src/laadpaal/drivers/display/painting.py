"""Paints what sockets show: pure functions from screens and lights to a picture."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from io import BytesIO
from time import gmtime, strftime

from PIL import Image, ImageDraw, ImageFont

from laadpaal.drivers.display.logo import fitted
from laadpaal.drivers.display.texts import LANGUAGES, Texts
from laadpaal.ports.devices import Face, Picture
from laadpaal.station.display import Popup, Screen, ScreenState
from laadpaal.station.faults import FAULTS
from laadpaal.station.lights import GLOWS, Rgb

Font = ImageFont.FreeTypeFont | ImageFont.ImageFont

PAPER: Rgb = (18, 24, 32)
INK: Rgb = (255, 255, 255)
FAINT: Rgb = (190, 200, 210)
BOX: Rgb = (255, 224, 130)
BLACK: Rgb = (0, 0, 0)
_GOOD: Rgb = (102, 187, 106)
_BUSY: Rgb = (100, 181, 246)
_WAIT: Rgb = (255, 202, 40)
_BAD: Rgb = (255, 112, 97)
"""Each of them stands out from the paper by 7:1 and more, as WCAG's AAA wants it."""
DARKEST_INK = 90
"""Shades above it are ink on a display without colours."""


@dataclass(frozen=True, slots=True)
class Form:
    """What a display is like: its size in pixels, and whether it has colours."""

    width: int
    height: int
    colours: bool = True


LARGE = Form(800, 480)
SMALL = Form(320, 240)
TINY = Form(128, 64, colours=False)

FEW, MANY = 12, 128
"""Colours of a picture that is sent: those of our own, and room for those of a logo."""
SMALLEST = 10
"""Pixels of the smallest letters that can be read."""
LOWEST_WITH_LOGO = 100
"""Pixels of height from which there is room to say whose station it is."""

_ACCENTS = {
    ScreenState.CHARGING: _BUSY,
    ScreenState.COMMUNICATING: _BUSY,
    ScreenState.PLEASE_WAIT: _WAIT,
    ScreenState.LOW_CURRENT: _WAIT,
    ScreenState.SUSPENDED: _WAIT,
    ScreenState.WAIT_RECONNECT: _WAIT,
    ScreenState.WAIT_VEHICLE_TALK: _WAIT,
    ScreenState.WARNING: _WAIT,
    ScreenState.RESERVED: _WAIT,
    ScreenState.CARD_REJECTED: _BAD,
    ScreenState.INVALID_CARD: _BAD,
    ScreenState.ERROR: _BAD,
}


@dataclass(frozen=True, slots=True)
class Area:
    """A part of the picture."""

    left: int
    top: int
    width: int
    height: int


def paint(picture: Picture, form: Form) -> Image.Image:
    """Return the picture of all sockets side by side; one that has no colours is of 1 bit."""
    image = Image.new("RGB", (form.width, form.height), PAPER)
    faces = picture.faces
    share = form.width // max(1, len(faces))
    for place, face in enumerate(faces):
        _Painter(image, Area(place * share, 0, share, form.height), picture).face(face)
    for place in range(1, len(faces)):
        ImageDraw.Draw(image).line((place * share, 0, place * share, form.height), fill=FAINT)
    return image if form.colours else image.convert("L").point(_seen, mode="1")


def _seen(shade: int) -> int:
    return 255 if shade > DARKEST_INK else 0


def png(image: Image.Image, colours: int = FEW) -> bytes:
    """Return a picture as a small file: without a logo, few colours are all that it needs."""
    file = BytesIO()
    small = image if image.mode == "1" else image.quantize(colours, dither=Image.Dither.NONE)
    small.save(file, "PNG", optimize=True)
    return file.getvalue()


class _Painter:
    """Paints in one area; sizes follow its height and width."""

    def __init__(self, image: Image.Image, area: Area, picture: Picture) -> None:
        self._image = image
        self._draw = ImageDraw.Draw(image)
        self._area = area
        self._picture = picture
        self._texts = LANGUAGES[picture.language]
        self._y = area.top
        self._unit = min(area.height / 19, area.width / 16)

    def face(self, face: Face) -> None:
        """Paint what one socket shows, and its light as a band above."""
        if face.screen.state is ScreenState.UNKNOWN:
            return
        self._band(face)
        self._logo(face)
        title, advice = self._texts.states[face.screen.state]
        accent = _ACCENTS.get(face.screen.state, _GOOD)
        self._line(title, 2.4, accent)
        for text in (advice, *_details(face.screen, self._texts, self._picture)):
            self._line(text, 1.5, INK)
        for text in (face.screen.message, face.screen.tariff, face.screen.cost):
            self._line(text, 1.2, FAINT)
        if face.screen.popup:
            self._popup(face.screen.popup)

    def _band(self, face: Face) -> None:
        height = max(2, round(self._unit))
        glow = GLOWS[face.light].at(0.0, self._picture.percent)
        left, top = self._area.left, self._area.top
        self._draw.rectangle((left, top, left + self._area.width, top + height), fill=glow)
        self._y = top + height + round(self._unit / 2)

    def _logo(self, face: Face) -> None:
        """Leave the corner to whose station it is, and to the socket's number."""
        if self._area.height < LOWEST_WITH_LOGO:
            return
        brand = self._picture.brand
        if brand.logo:
            self._logo_and_number(brand.logo, face.evse)
        else:
            self._line(f"{brand.name}  {face.evse}".strip(), 1.2, FAINT)
        self._y += round(self._unit)

    def _logo_and_number(self, logo: bytes, evse: int) -> None:
        """Paint the logo to the left and the socket's number to the right, in one line's room."""
        unit, font, number = round(self._unit), self._font(1.2), str(evse)
        shown = fitted(logo, self._area.width - 5 * unit, 2 * unit)
        self._image.paste(shown, (self._area.left + unit, self._y), shown)
        right = self._area.left + self._area.width - unit
        self._draw.text((right - font.getlength(number), self._y), number, fill=FAINT, font=font)
        self._y += round(self._pixels(1.2) * 1.2)

    def _line(self, text: str, size: float, colour: Rgb) -> None:
        for row in _rows(text, self._font(size), self._area.width - 2 * round(self._unit)):
            place = (self._area.left + round(self._unit), self._y)
            self._draw.text(place, row, fill=colour, font=self._font(size))
            self._y += round(self._pixels(size) * 1.2)

    def _font(self, size: float) -> Font:
        return _font(self._pixels(size))

    def _pixels(self, size: float) -> int:
        return max(SMALLEST, round(size * self._unit))

    def _popup(self, popup: Popup) -> None:
        """Lay a box over the lower two thirds, with the seconds that are left."""
        unit, area = round(self._unit), self._area
        top = area.top + area.height // 3
        box = (area.left + unit // 2, top, area.left + area.width - unit // 2, area.height - unit)
        self._draw.rectangle(box, fill=BOX)
        self._y = top + unit // 2
        self._line(popup.title, 1.8, BLACK)
        for text in popup.lines:
            self._line(text, 1.3, BLACK)
        self._line(f"{_left_s(popup.until, self._picture.at)} s", 1.5, BLACK)


@cache
def _font(size: int) -> Font:
    return ImageFont.load_default(size)


def _rows(text: str, font: Font, width: int) -> list[str]:
    """Return the text in rows that fit; a word that is too long has a row to itself."""
    rows: list[str] = []
    for word in text.split():
        longer = f"{rows[-1]} {word}" if rows else word
        if rows and font.getlength(longer) <= width:
            rows[-1] = longer
        else:
            rows.append(word)
    return rows


def _details(screen: Screen, texts: Texts, picture: Picture) -> Sequence[str]:
    """Return the numbers of a state."""
    at, energy = picture.at, f"{screen.energy_wh / 1000:.2f} kWh"
    match screen.state:
        case ScreenState.BOOTING:
            return (picture.brand.version,)
        case ScreenState.CHARGING:
            power = f"{screen.power_w / 1000:.1f} kW"
            return (f"{_clock(at - screen.since)}  {energy}", f"{power}  {screen.limit}")
        case ScreenState.SUMMARY:
            return (energy, f"{texts.lasted} {_clock(screen.lasted_s)}")
        case ScreenState.AUTHORIZED if screen.until:
            return (f"{_left_s(screen.until, at)} s",)
        case ScreenState.RESERVED:
            return (f"{texts.until} {strftime('%H:%M', gmtime(screen.until))} UTC",)
        case ScreenState.ERROR:
            return (f"{texts.error} {screen.code:03}", FAULTS[screen.code].info)
        case _ if screen.code:
            return (f"{texts.hint} {screen.code:03}", FAULTS[screen.code].info)
        case _:
            return ()


def _left_s(until: float, at: float) -> int:
    return max(0, round(until - at))


def _clock(seconds: float) -> str:
    minutes = int(max(0.0, seconds) // 60)
    return f"{minutes // 60}:{minutes % 60:02}"
