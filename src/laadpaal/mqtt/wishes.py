"""What is wished of an EVSE in a message: its topic says what, and its text how much."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping
from types import MappingProxyType

from laadpaal.mqtt.states import OFF, ON, WHO
from laadpaal.station.charging_profiles import Period, Schedule, Source, Unit
from laadpaal.station.limits import ClearExternalLimit, SetExternalLimit
from laadpaal.station.phases import SetPhases
from laadpaal.station.requests import ChangeAvailability, Request, StartCharging, StopCharging
from laadpaal.station.view import EvseView
from laadpaal.station.words import By, StopReason, Token, TokenKind

NONE = "none"
_LONGEST = 64
_TOPIC = re.compile(r"evse/([1-9]\d?)/set/(\w+)", re.ASCII)


class WishError(ValueError):
    """A message wishes nothing that there is; the text says why."""


def place(topic: str, base: str) -> tuple[int, str] | None:
    """Return which EVSE a topic is about, and what of it; None where it is about none."""
    found = _TOPIC.fullmatch(topic.removeprefix(f"{base}/"))
    return (int(found[1]), found[2]) if found else None


def wish(evse: EvseView, what: str, payload: bytes) -> Request:
    """Return what a message wishes of an EVSE; raises WishError."""
    reader = _READERS.get(what)
    if reader is None:
        raise WishError(f"nobody can set {what[:_LONGEST]}")
    text = payload[:_LONGEST].decode("utf-8", "replace").strip()
    return reader(evse, text)


def _limit(evse: EvseView, text: str) -> Request:
    if text.lower() == NONE:
        return ClearExternalLimit(Source.OTHER, evse.evse, WHO)
    try:
        limit_a = float(text)
    except ValueError:
        limit_a = math.nan
    if not (math.isfinite(limit_a) and limit_a >= 0):
        raise WishError(f"{text!r} is no current in ampere, nor {NONE}")
    schedule = Schedule(Unit.AMPERE, (Period(0, limit_a),))
    return SetExternalLimit(Source.OTHER, evse.evse, schedule, WHO)


def _charging(evse: EvseView, text: str) -> Request:
    if _on(text):
        return StartCharging(evse.evse, Token(WHO, TokenKind.LOCAL), By.LOCAL)
    if evse.transaction is None:
        raise WishError(f"EVSE {evse.evse} has no transaction")
    return StopCharging(evse.transaction.id, By.LOCAL, StopReason.LOCAL)


def _enabled(evse: EvseView, text: str) -> Request:
    return ChangeAvailability(operative=_on(text), evse=evse.evse)


def _lines(evse: EvseView, text: str) -> Request:
    if text not in {"1", "3"}:
        raise WishError(f"{text!r} is neither 1 nor 3 lines")
    return SetPhases(evse.evse, int(text), WHO)


def _on(text: str) -> bool:
    if text.upper() not in {ON, OFF}:
        raise WishError(f"{text!r} is neither {ON} nor {OFF}")
    return text.upper() == ON


_READERS: Mapping[str, Callable[[EvseView, str], Request]] = MappingProxyType(
    {"limit": _limit, "charging": _charging, "enabled": _enabled, "lines": _lines}
)
"""By the last word of the topic."""
