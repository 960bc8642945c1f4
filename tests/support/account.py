"""What a CSMS heard of a station, read so that the version of OCPP plays no part in it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from types import MappingProxyType
from typing import Any

from laadpaal.protocols.ocpp import timestamp
from laadpaal.station.measurement import Measurand
from tests.conformance.stage import CONNECTORS, Ocpp
from tests.support.sought import Heard

CALM: Mapping[int, tuple[str, ...]] = MappingProxyType(dict.fromkeys(CONNECTORS, ("Available",)))
"""What is heard of connectors to which nobody comes."""


@dataclass(frozen=True, slots=True)
class Charge:
    """One transaction.

    Args:
        place: The connector, or in the newer version its EVSE.
        by: Who began it.
        began_s: When it began by the station's clock, in seconds of the story; so for the end.
        ended_s: None while it runs.
        energy_wh: Between beginning and end; None while it runs.
        why: Why it ended, in one word for both versions.
        ended_by: Whose token ended it, where a token did.
        reservation: The number of the reservation that it used.
    """

    place: int
    by: str
    began_s: float
    ended_s: float | None = None
    energy_wh: float | None = None
    why: str = ""
    ended_by: str = ""
    reservation: int | None = None


@dataclass(frozen=True, slots=True)
class Account:
    """What came of a story.

    Args:
        charges: In the order in which they began.
        statuses: Of each connector, in the five words of the newer version, without repetitions.
        asked: The tokens that the CSMS was asked about.
        answers: What the station said to each wish of the CSMS.
        boots: How often it started.
    """

    charges: tuple[Charge, ...] = ()
    statuses: Mapping[int, tuple[str, ...]] = field(default_factory=lambda: CALM)
    asked: tuple[str, ...] = ()
    answers: tuple[str, ...] = ()
    boots: int = 1


@dataclass(frozen=True, slots=True)
class _Reader:
    """How a version's messages are read; each function is given all of a kind."""

    charges: Callable[[Sequence[Heard], float], Iterable[Charge]]
    status: Callable[[Heard], tuple[int, str]]
    token: Callable[[Heard], str]


def account(ocpp: Ocpp, heard: Sequence[Heard], began_at: float, answers: Iterable[str]) -> Account:
    """Read what was heard of a story that began at that UTC second."""
    reader = _READERS[ocpp]
    told = [reader.status(one) for one in heard if one.action == "StatusNotification"]
    return Account(
        tuple(reader.charges(heard, began_at)),
        {place: _without_repetitions(told, place) for place in CONNECTORS},
        tuple(reader.token(one) for one in heard if one.action == "Authorize"),
        tuple(answers),
        len([one for one in heard if one.action == "BootNotification"]),
    )


def _without_repetitions(told: Iterable[tuple[int, str]], place: int) -> tuple[str, ...]:
    return tuple(word for word, _ in groupby(word for at, word in told if at == place))


# OCPP 1.6.

_COLLAPSED = {
    "Preparing": "Occupied",
    "Charging": "Occupied",
    "SuspendedEV": "Occupied",
    "SuspendedEVSE": "Occupied",
    "Finishing": "Occupied",
}
"""The other four are spelled alike."""


def _started(heard: Sequence[Heard], began_at: float) -> Iterable[Charge]:
    """Yield what began; the scripted CSMS numbers from 1 as they come."""
    stops = {one["transactionId"]: one for one in heard if one.action == "StopTransaction"}
    starts = [one for one in heard if one.action == "StartTransaction"]
    for number, start in enumerate(starts, 1):
        stop = stops.get(number)
        yield Charge(
            start["connectorId"],
            start["idTag"],
            _second(start, began_at),
            _second(stop, began_at) if stop else None,
            stop["meterStop"] - start["meterStart"] if stop else None,
            _why(stop.get("reason")) if stop else "",
            (stop.get("idTag") or "") if stop else "",
            start.get("reservationId"),
        )


def _connector(status: Heard) -> tuple[int, str]:
    word = status["status"]
    return status["connectorId"], _COLLAPSED.get(word, word)


# OCPP 2.0.1.


def _told(heard: Sequence[Heard], began_at: float) -> Iterable[Charge]:
    """Yield each transaction whose events came."""
    by_id: dict[str, list[Heard]] = defaultdict(list)
    for one in heard:
        if one.action == "TransactionEvent":
            by_id[one["transactionInfo"]["transactionId"]].append(one)
    for events in by_id.values():
        yield _transaction(events, began_at)


def _transaction(events: Sequence[Heard], began_at: float) -> Charge:
    registers = [wh for event in events for wh in _registers(event)]
    last = events[-1]
    ended = last["eventType"] == "Ended"
    return Charge(
        _first(event["evse"]["id"] for event in events if event.get("evse")),
        _first(event["idToken"]["idToken"] for event in events if event.get("idToken")),
        _second(events[0], began_at),
        _second(last, began_at) if ended else None,
        registers[-1] - registers[0] if ended else None,
        _why(last["transactionInfo"].get("stoppedReason")) if ended else "",
        last["idToken"]["idToken"] if ended and last.get("idToken") else "",
        next((event["reservationId"] for event in events if event.get("reservationId")), None),
    )


def _registers(event: Heard) -> Iterable[float]:
    for value in event.get("meterValue") or ():
        for sampled in value["sampledValue"]:
            if sampled["measurand"] == Measurand.ENERGY.value:
                yield sampled["value"]


def _evse(status: Heard) -> tuple[int, str]:
    return status["evseId"], status["connectorStatus"]


# Both.

_REASONS = {
    None: "Local",  # both versions: it need not be told
    "HardReset": "Reset",
    "SoftReset": "Reset",
    "ImmediateReset": "Reset",
}
"""The others are spelled alike."""


def _why(reason: str | None) -> str:
    return _REASONS.get(reason) or str(reason)


def _second(told: Heard, began_at: float) -> float:
    return timestamp.parse(told["timestamp"]) - began_at


def _first(found: Iterable[Any]) -> Any:
    return next(iter(found))


_READERS: Mapping[Ocpp, _Reader] = MappingProxyType(
    {
        "1.6": _Reader(_started, _connector, lambda asked: str(asked["idTag"])),
        "2.0.1": _Reader(_told, _evse, lambda asked: str(asked["idToken"]["idToken"])),
    }
)
