"""Why a station does what it does: one plain sentence for each decision, made of its facts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from laadpaal.station.claims import Claim, lowest
from laadpaal.station.evse import Evse
from laadpaal.station.facts import Facts
from laadpaal.station.looks import lines
from laadpaal.station.points import no_energy
from laadpaal.station.refusals import Refusal
from laadpaal.station.status import Ruling, connector_ruling, station_ruling
from laadpaal.station.telling import JAMMED
from laadpaal.station.words import Status


@dataclass(frozen=True, slots=True)
class StatusWhy:
    """The status of a connector, or of the station as connector 0, and the rule that gave it."""

    connector: int
    status: Status
    why: str


@dataclass(frozen=True, slots=True)
class Why:
    """What was decided at an EVSE, or for the station as EVSE 0, each in a sentence.

    Args:
        current: How much may flow, and who decides that.
        claims: All that it was decided from.
        lines: How many are used, and because of whom; "" for the station.
        statuses: Of each connector.
        flows: Whether energy flows now.
        energy: Why it does or does not.
        lock: What the lock does; "" for the station.
        refusals: The last of them, oldest first.
        faults: What is wrong with it.
    """

    evse: int
    current: str
    claims: tuple[Claim, ...]
    lines: str
    statuses: tuple[StatusWhy, ...]
    flows: bool
    energy: str
    lock: str
    refusals: tuple[Refusal, ...]
    faults: tuple[str, ...]


def evse_why(facts: Facts, evse: Evse, refusals: Iterable[Refusal]) -> Why:
    """Explain what was decided last at one EVSE."""
    connectors = range(1, len(evse.layout.connectors) + 1)
    statuses = (_status(n, connector_ruling(facts, evse, n)) for n in connectors)
    return Why(
        evse=evse.number,
        current=evse.limited,
        claims=evse.claims,
        lines=_lines(evse),
        statuses=tuple(statuses),
        flows=_flows(facts, evse),
        energy=_energy(facts, evse),
        lock=_lock(evse),
        refusals=tuple(refusals),
        faults=tuple(fault.sentence for fault in evse.present()),
    )


def station_why(facts: Facts, claims: Sequence[Claim], refusals: Iterable[Refusal]) -> Why:
    """Explain what was decided last for the station as a whole."""
    offer, flowing = lowest(claims), list(_flowing(facts))
    where = f"energy flows at EVSE {', '.join(map(str, flowing))}"
    return Why(
        evse=0,
        current=f"{offer.limit_a:g} A for all together: {offer.because}",
        claims=tuple(claims),
        lines="",
        statuses=(_status(0, station_ruling(facts)),),
        flows=bool(flowing),
        energy=where if flowing else "energy flows nowhere",
        lock="",
        refusals=tuple(refusals),
        faults=tuple(fault.sentence for fault in facts.present()),
    )


def _status(connector: int, ruling: Ruling) -> StatusWhy:
    return StatusWhy(connector, ruling.status, ruling.why)


def _flowing(facts: Facts) -> Iterator[int]:
    return (number for number, evse in facts.evses.items() if _flows(facts, evse))


def _flows(facts: Facts, evse: Evse) -> bool:
    return evse.contactor_closed and not no_energy(facts, evse)


def _energy(facts: Facts, evse: Evse) -> str:
    if why := no_energy(facts, evse):
        return f"no energy is to flow: {why}{_still(evse)}"
    if not evse.contactor_closed:
        return "energy is to flow, and the contactor has yet to close"
    return f"energy flows: somebody may charge, and the vehicle takes it from {evse.limited}"


def _still(evse: Evse) -> str:
    """Say what has yet to happen where a contactor is closed."""
    if evse.release_until is not None:
        return "; the contactor waits for the vehicle to open its switch"
    return "; the contactor has not opened" if evse.contactor_closed else ""


def _lines(evse: Evse) -> str:
    seen = lines(evse)
    counted = "1 line" if seen.wanted == 1 else f"{seen.wanted} lines"
    change = f"; the change is {seen.change.name.lower()}" if seen.change else ""
    return f"{counted}: {seen.because} decides{change}"


def _lock(evse: Evse) -> str:
    if not evse.outlet.lockable:
        return "the cable is fixed, or the outlet has no lock"
    if evse.jammed:
        return JAMMED
    if evse.locked:
        owner = evse.authorization or evse.held
        return "the plug is locked for its owner" if owner else "the plug is about to be let go"
    if evse.lock_wanted:
        return f"the plug is being locked: try {evse.lock_tries}"
    if evse.forced:
        return f"the plug was let go, and its lock forced open {evse.forced} times since"
    return "a plug is here, and not locked" if evse.plugged else "no plug is here"
