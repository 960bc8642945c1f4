"""What the display shows for each socket, derived from the facts."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum


class ScreenState(IntEnum):
    """What a socket's part of the display is about; the numbers of the user interface."""

    UNKNOWN = 0
    BOOTING = 1
    AVAILABLE = 2
    CABLE_CONNECTED = 3
    EV_CONNECTED = 4
    CABLE_AUTHORIZED = 5
    AUTHORIZED = 6
    COMMUNICATING = 7
    LOW_CURRENT = 8
    SUSPENDED = 9
    CHARGING = 10
    FULL_LOCKED = 11
    FULL_UNLOCKED = 12
    WAIT_RECONNECT = 13
    SUMMARY = 14
    CARD_REJECTED = 15
    ERROR = 16
    PLEASE_WAIT = 17
    RESERVED = 18
    QR_CODE = 19
    WARNING = 20
    WAIT_RELEASE = 21
    REMOVE_CABLE = 22
    WAIT_VEHICLE_TALK = 23
    WAIT_RELEASE_PLUGGED = 24
    INVALID_CARD = 25


@dataclass(frozen=True, slots=True)
class Passing:
    """A state that is shown for a while, whatever else is so.

    Args:
        owner: Who may take it back before its time, named for people.
        until: Monotonic second at which it goes by itself.
    """

    state: ScreenState
    owner: str
    until: float


@dataclass(frozen=True, slots=True)
class Popup:
    """A question or a notice over the socket's screen.

    Args:
        owner: Who alone may take it away before its time, named for people.
        until: UTC second to which people see a countdown, and at which it goes.
    """

    owner: str
    title: str
    lines: tuple[str, ...]
    until: float


@dataclass(frozen=True, slots=True)
class Screen:
    """One socket's part of the display; instants are UTC seconds.

    Args:
        limit_a: Largest current the vehicle may take now, on each of `phases` lines (S20).
        energy_wh: Delivered in the transaction shown, whole watt-hours.
        code: Number of the error table, for the states error and warning.
        until: When what is shown is over, where people see a countdown or a time; 0 elsewhere.
        message: What the operator wants people to read now, or "".
        tariff: What is said of the tariff, or "".
        cost: What the transaction has cost so far or in all, with its currency, or "".
        power_w: What the vehicle takes now, whole watts.
        since: When the transaction shown has begun; 0 without one.
        lasted_s: How long the transaction of the summary has lasted.
        popup: What lies over all this, or None.
        language: In which its words are shown, by the names of the setting.
    """

    state: ScreenState
    limit_a: float = 0.0
    phases: int = 0
    energy_wh: int = 0
    code: int = 0
    until: float = 0.0
    message: str = ""
    tariff: str = ""
    cost: str = ""
    power_w: int = 0
    since: float = 0.0
    lasted_s: int = 0
    popup: Popup | None = None
    language: str = "en_GB"

    @property
    def limit(self) -> str:
        """The limit as people read it, such as `3 x 16 A`; "" when nothing is offered."""
        return f"{self.phases} x {self.limit_a:g} A" if self.phases else ""
