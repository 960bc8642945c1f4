"""The light of a socket: its states, and how each of them shines."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum


class Light(IntEnum):
    """State of a socket's light; the numbers of the light table."""

    UNKNOWN = 0
    OFF = 1
    BOOTING = 2
    CHECKING_MAINS = 3
    AVAILABLE = 4
    AUTHORIZING = 5
    AUTHORIZED = 6
    CABLE_CONNECTED = 7
    EV_CONNECTED = 8
    PREPARING = 9
    WAIT_VEHICLE = 10
    CHARGING = 11
    CHARGING_SIMPLY = 12
    SUSPENDED_OVERCURRENT = 13
    SUSPENDED_RESIDUAL = 14
    SUSPENDED_EV_GONE = 15
    FINISH_WAIT_VEHICLE = 16
    FINISH_WAIT_UNPLUG = 17
    ERROR_EARTH = 18
    ERROR_SUPPLY = 19
    ERROR_CONTACTOR = 20
    ERROR_CHARGING = 21
    ERROR_POWER = 22
    ERROR_TEMPERATURE = 23
    ERROR_PILOT = 24
    ERROR_PROXIMITY = 25
    ERROR_RESTARTS = 26
    ERROR = 27
    MESSAGE = 28
    NOT_AUTHORIZED = 29
    CABLE_NOT_SUPPORTED = 30
    SWITCH_NOT_OPENED = 31
    TIMEOUT = 32
    RESERVED = 33
    INOPERATIVE = 34
    LIMITED = 35
    FORCED_OFF = 36
    TAG_MODE = 37
    TAG_ADDED = 38
    TAG_REMOVED = 39
    NOT_CHARGING = 40


Rgb = tuple[int, int, int]
"""Red, green and blue, each from 0 to 255."""

_DARK: Rgb = (0, 0, 0)
_RED: Rgb = (255, 0, 0)
_GREEN: Rgb = (0, 255, 0)
_BLUE: Rgb = (0, 0, 255)
_CYAN: Rgb = (0, 255, 255)
_MAGENTA: Rgb = (255, 0, 255)
_WHITE: Rgb = (255, 255, 255)
_ORANGE: Rgb = (255, 90, 0)


@dataclass(frozen=True, slots=True)
class Glow:
    """Two colours that take turns; a light with no seconds for the second one is steady."""

    first: Rgb
    first_s: float = 1.0
    second: Rgb = _DARK
    second_s: float = 0.0

    def at(self, since_s: float, percent: int = 100) -> Rgb:
        """Return the colour so long after it began, with so much of its brightness."""
        into_s = since_s % (self.first_s + self.second_s)
        red, green, blue = self.first if into_s < self.first_s else self.second
        return red * percent // 100, green * percent // 100, blue * percent // 100


def _error(second: Rgb) -> Glow:
    return Glow(_RED, 0.1, second, 0.1)


GLOWS: dict[Light, Glow] = {
    Light.UNKNOWN: Glow(_DARK),
    Light.OFF: Glow(_DARK),
    Light.BOOTING: Glow(_RED, 0.8, _DARK, 0.2),
    Light.CHECKING_MAINS: Glow(_RED, 0.1, _WHITE, 0.1),
    Light.AVAILABLE: Glow(_DARK),
    Light.AUTHORIZING: Glow(_GREEN, 0.1, _DARK, 0.1),
    Light.AUTHORIZED: Glow(_GREEN),
    Light.CABLE_CONNECTED: Glow(_GREEN),
    Light.EV_CONNECTED: Glow(_GREEN),
    Light.PREPARING: Glow(_CYAN),
    Light.WAIT_VEHICLE: Glow(_CYAN),
    Light.CHARGING: Glow(_BLUE),
    Light.CHARGING_SIMPLY: Glow(_BLUE),
    Light.SUSPENDED_OVERCURRENT: Glow(_BLUE, 0.9, _CYAN, 0.1),
    Light.SUSPENDED_RESIDUAL: Glow(_BLUE, 0.9, _CYAN, 0.1),
    Light.SUSPENDED_EV_GONE: Glow(_CYAN, 0.9, _DARK, 0.1),
    Light.FINISH_WAIT_VEHICLE: Glow(_CYAN, 0.5, _DARK, 0.1),
    Light.FINISH_WAIT_UNPLUG: Glow(_GREEN),
    Light.ERROR_EARTH: _error(_DARK),
    Light.ERROR_SUPPLY: _error(_BLUE),
    Light.ERROR_CONTACTOR: _error(_BLUE),
    Light.ERROR_CHARGING: _error(_BLUE),
    Light.ERROR_POWER: _error(_BLUE),
    Light.ERROR_TEMPERATURE: _error(_BLUE),
    Light.ERROR_PILOT: _error(_BLUE),
    Light.ERROR_PROXIMITY: _error(_BLUE),
    Light.ERROR_RESTARTS: _error(_DARK),
    Light.ERROR: _error(_DARK),
    Light.MESSAGE: Glow(_RED, 0.25, _DARK, 0.25),
    Light.NOT_AUTHORIZED: Glow(_RED),
    Light.CABLE_NOT_SUPPORTED: _error(_CYAN),
    Light.SWITCH_NOT_OPENED: _error(_MAGENTA),
    Light.TIMEOUT: _error(_DARK),
    Light.RESERVED: Glow(_GREEN, 0.75, _DARK, 0.75),
    Light.INOPERATIVE: Glow(_RED, 0.75, _DARK, 0.75),
    Light.LIMITED: Glow(_BLUE, 1.0, _CYAN, 1.0),
    Light.FORCED_OFF: Glow(_BLUE, 1.0, _DARK, 1.0),
    Light.TAG_MODE: Glow(_WHITE, 0.5, _DARK, 0.5),
    Light.TAG_ADDED: Glow(_GREEN, 0.25, _DARK, 0.25),
    Light.TAG_REMOVED: Glow(_RED, 0.25, _DARK, 0.25),
    Light.NOT_CHARGING: Glow(_ORANGE),
}
"""How each state shines; orange stands for a vehicle that is done (decision 20)."""
