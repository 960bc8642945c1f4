"""The shape of a message for people, as the operator gives it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

EARLY_S = 1e-3
"""A timer may come a rounding error early, and what begins or ends then does."""


class Priority(Enum):
    """How a message stands to the station's own screens, spelled as in OCPP 2.0.1."""

    ALWAYS_FRONT = "AlwaysFront"
    """Alone, whatever else there is to show; there is one at most."""
    IN_FRONT = "InFront"
    """In turns with its like, and the station's own screens wait."""
    NORMAL = "NormalCycle"
    """In turns with the station's own screens."""


class MessageState(Enum):
    """What an EVSE does while a message is shown there, spelled as in OCPP 2.0.1."""

    CHARGING = "Charging"
    FAULTED = "Faulted"
    IDLE = "Idle"
    UNAVAILABLE = "Unavailable"


@dataclass(frozen=True, slots=True)
class DisplayMessage:
    """A message for people; instants are UTC seconds.

    Args:
        text: At most 512 printable characters.
        ascii: Whether it was given as ASCII, and is told so again.
        language: As RFC 5646 spells it, or "".
        state: What an EVSE must do for it to be shown there; None is whatever it does.
        transaction: It is shown where that one runs, and goes with it.
        evse: The one on whose part of the display it is shown; 0 is all of them.
    """

    id: int
    priority: Priority
    text: str
    ascii: bool = False
    language: str = ""
    state: MessageState | None = None
    starts_at: float | None = None
    ends_at: float | None = None
    transaction: str | None = None
    evse: int = 0

    def begun(self, utc: float) -> bool:
        """Tell whether its time has come."""
        return self.starts_at is None or self.starts_at <= utc + EARLY_S

    def over(self, utc: float) -> bool:
        """Tell whether its time is over."""
        return self.ends_at is not None and self.ends_at <= utc + EARLY_S
