"""Who wishes to limit the current, and whose wish is the lowest."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

LEAST_A = 6.0
"""The smallest current the control pilot can offer (IEC 61851-1)."""
CABLE = "cable"
SIMPLE = "simplified vehicle"
TEMPERATURE = "temperature inside"
SET_POINT, LAPSED = "set point", "no set point"
_WORDS = {
    CABLE: "the cable is rated {limit_a:g} A",
    SIMPLE: "a vehicle that hears no offers may take {limit_a:g} A",
    TEMPERATURE: "it is so warm inside that {limit_a:g} A are left",
    "connector": "the connector may carry {limit_a:g} A",
    "station": "the station leaves it {limit_a:g} A",
    "installation": "the installation leaves it {limit_a:g} A",
    "temperature inside": "the heat inside leaves it {limit_a:g} A",
    "imbalance": "the difference allowed between phases leaves it {limit_a:g} A",
    "P1 data lost": "the P1 data are lost, and the safe current is {limit_a:g} A",
    SET_POINT: "the energy manager allows {limit_a:g} A",
    LAPSED: "the energy manager is silent, and the safe current is {limit_a:g} A",
    "grid meter lost": "the grid meter is lost, and the safe current is {limit_a:g} A",
    **{f"house fuse L{n}": f"the house leaves it {{limit_a:g}} A on L{n}" for n in (1, 2, 3)},
}
"""What the claims say that a profile or somebody outside has not named."""


@dataclass(frozen=True, slots=True)
class Claim:
    """Somebody's wish; `by` is its name for people, `external` that they are no part of us."""

    by: str
    limit_a: float
    external: bool = False


@dataclass(frozen=True, slots=True)
class Offer:
    """What may be offered, and the name of the claim that decides it."""

    limit_a: float
    because: str
    external: bool = False
    least_a: float = LEAST_A
    """What is taken at any rate once anything is; nothing can be offered where there is less."""

    @property
    def enough(self) -> bool:
        """Whether a vehicle can charge with it at all."""
        return self.limit_a >= self.least_a

    def sentence(self, rated_a: float) -> str:
        """Say how much it is of what could be, and who decides that."""
        words = _WORDS.get(self.because, "{by} allows {limit_a:g} A")
        why = words.format(by=self.because, limit_a=self.limit_a)
        return f"{self.limit_a:g} A of {rated_a:g} A: {why}"


def signifies(was: float, now: float, percent: float) -> bool:
    """Tell whether a limit has changed by more than so many percent of what it was."""
    return abs(now - was) * 100 > was * percent


def lowest(claims: Sequence[Claim], least_a: float = LEAST_A) -> Offer:
    """Return the lowest of one or more claims; the first of equal ones gives its name."""
    claim = min(claims, key=lambda c: c.limit_a)
    return Offer(claim.limit_a, claim.by, claim.external, least_a)
