"""What the calls about files have in common: where to, and how often."""

from __future__ import annotations

from msgspec import UnsetType

from laadpaal.csms.dialect import Refusal
from laadpaal.csms.optional import given
from laadpaal.protocols import location
from laadpaal.protocols.location import PORTS
from laadpaal.station.carriage import Retrying

PROTOCOLS = tuple(sorted(scheme.upper() for scheme in PORTS))
"""The ways in which files come and go, as both versions spell them."""
_WRONG = "PropertyConstraintViolation"


def usable(url: str) -> bool:
    """Tell whether files can go to that URL, or come from it."""
    try:
        location.parse(url)
    except location.LocationError:
        return False
    return True


def checked(url: str) -> str:
    """Return a usable URL; raises Refusal, for a call whose answer has no word for it."""
    try:
        location.parse(url)
    except location.LocationError as wrong:
        raise Refusal(_WRONG, f"location: {wrong}") from wrong
    return url


def retrying(retries: int | UnsetType, interval_s: int | UnsetType) -> Retrying:
    """Return how often to try again; what is not told is our choice (5.9, 5.19)."""
    return Retrying.bounded(given(retries), given(interval_s))
