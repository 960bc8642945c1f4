"""A real process is killed in the middle of things, and the next one takes up its file."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest

from laadpaal.backoffice.server import BackOffice
from laadpaal.protocols.ocpp.message import Message
from laadpaal.runtime.assembly import DATABASE
from laadpaal.runtime.clock import RealClock
from tests.e2e.test_power_cut import compare
from tests.support.process import StationProcess, station_process

IDENTITY = "LP1"
CARDS = {1: "04A1B2C3", 2: "04B2C3D4"}
SPEED = 20.0
BOTH = pytest.mark.parametrize("ocpp", ["1.6", "2.0.1"])
Deed = Callable[[BackOffice, StationProcess], Awaitable[None]]


async def arrive(station: StationProcess, evse: int) -> None:
    """Plug a vehicle in, and hold its card to the reader."""
    await station.post(f"/v1/bench/evses/{evse}/plug")
    await station.post("/v1/bench/cards", uid=CARDS[evse], reader=0)


def is_start(message: Message) -> bool:
    """Tell whether a transaction begins."""
    return type(message).__name__ == "StartTransaction" or (
        getattr(getattr(message, "eventType", None), "value", "") == "Started"
    )


async def until_start(office: BackOffice, ocpp: str, since: int) -> None:
    """Return when the CSMS has heard of a start, perhaps before the station knows that."""
    action = "StartTransaction" if ocpp == "1.6" else "TransactionEvent"
    await office.wait_for(IDENTITY, action, is_start, since=since)


def two_transactions(snapshot: Any) -> bool:
    """Tell whether both sockets charge."""
    return all(evse["transaction"] for evse in snapshot["evses"])


@BOTH
async def test_killed_three_times(ocpp: str, tmp_path: Path) -> None:
    """At a start, while both sockets charge, and with a session that nobody has heard of yet."""
    clock = RealClock(SPEED, trusted=True)
    async with BackOffice(clock) as office:
        async with station_process(tmp_path, office.url, ocpp, speed=SPEED) as station:
            await office.wait_for(IDENTITY, "StatusNotification")
            since = office.mark
            await arrive(station, 1)
            await until_start(office, ocpp, since)
            await station.kill()
        since = office.mark
        async with station_process(tmp_path, office.url, ocpp, speed=SPEED) as station:
            await office.wait_for(IDENTITY, "StatusNotification", since=since)
            await arrive(station, 1)
            await until_start(office, ocpp, since)
            await arrive(station, 2)
            await station.until(two_transactions)
            await station.kill()
        since = office.mark
        async with station_process(tmp_path, office.url, ocpp, speed=SPEED) as station:
            await office.wait_for(IDENTITY, "StatusNotification", since=since)
            await station.until(lambda seen: seen["connection"]["csms"]["undelivered"] == 0)
            await office.pause()
            await station.until(lambda seen: not seen["connection"]["online"])
            await arrive(station, 1)  # its card is in the cache by now
            await station.until(lambda seen: seen["evses"][0]["transaction"])
            await station.kill()
        await office.resume()
        since = office.mark
        async with station_process(tmp_path, office.url, ocpp, speed=SPEED) as station:
            await office.wait_for(IDENTITY, "StatusNotification", since=since)
            await station.until(lambda seen: seen["connection"]["csms"]["undelivered"] == 0)
            assert await station.end() == 0

        compare(office, tmp_path / "data" / DATABASE)
        assert len(office.ledger.transactions) == 4
