"""How a connector is kept for somebody."""

from __future__ import annotations

import pytest

from tests.conformance.stage import CONNECTORS, OTHER_TAG, TAG
from tests.conformance.v16.cases import case
from tests.conformance.v16.stage import Stage
from tests.support.sought import said, status

RESERVATION = 7
LASTS_S = 900.0
GROUP = "FLEET"
RESERVATIONS, ANY_CONNECTOR = "20A1_1", "20A1_2"
"""Settings that say whether a connector, and whether the station as a whole, can be reserved."""
ACCEPTED, REJECTED = {"status": "Accepted"}, {"status": "Rejected"}


async def reserve(
    stage: Stage, connector: int = 1, lasts_s: float = LASTS_S, **fields: object
) -> str:
    """Reserve for the tag, and return the word of the answer."""
    answer = await stage.csms.call(
        "ReserveNow",
        connectorId=connector,
        expiryDate=stage.csms.instant(lasts_s),
        idTag=TAG,
        reservationId=RESERVATION,
        **fields,
    )
    word: str = answer["status"]
    return word


async def reserved(stage: Stage, lasts_s: float = LASTS_S, **fields: object) -> None:
    """Boot, and reserve connector 1."""
    await stage.boot()
    assert await reserve(stage, 1, lasts_s, **fields) == "Accepted"
    await stage.csms.expect(status(1, "Reserved"))


async def out_of_use(stage: Stage, *connectors: int) -> None:
    """Take connectors out of use."""
    for connector in connectors:
        answer = await stage.csms.call(
            "ChangeAvailability", connectorId=connector, type="Inoperative"
        )
        assert answer == ACCEPTED
        await stage.csms.expect(status(connector, "Unavailable"))


async def broken(stage: Stage, *connectors: int) -> None:
    """Break connectors."""
    for connector in connectors:
        stage.bench.sockets[connector].meter_broken = True
    faults = [status(connector, "Faulted") for connector in connectors]
    await stage.csms.expect_each(*faults, within_s=60)


async def occupied(stage: Stage, *connectors: int) -> None:
    """Put vehicles at connectors."""
    for connector in connectors:
        stage.plug(connector)
        await stage.csms.expect(status(connector, "Preparing"))


@case("TC_046_1_CS")
async def test_tc_046_1_start_by_card(stage: Stage) -> None:
    """Another card is not even asked about; the right one starts with the reservation."""
    await reserved(stage)
    stage.plug()
    stage.swipe(OTHER_TAG)
    await stage.csms.silence(30)
    stage.swipe(TAG)
    preparing = status(1, "Preparing")
    await stage.csms.expect_each(said("Authorize", idTag=TAG), also=[preparing])
    start = said("StartTransaction", connectorId=1, idTag=TAG, reservationId=RESERVATION)
    charging = status(1, "Charging")
    await stage.csms.expect_each(start, charging, also=[preparing, status(1, "SuspendedEV")])


@case("TC_046_2_CS")
async def test_tc_046_2_start_from_afar(stage: Stage) -> None:
    """A remote start with the right tag prepares the connector, and the cable starts."""
    await reserved(stage)
    answer = await stage.csms.call("RemoteStartTransaction", connectorId=1, idTag=TAG)
    await stage.csms.expect_each(said("Authorize", idTag=TAG), status(1, "Preparing"))
    stage.plug()
    await stage.hear_start(reservationId=RESERVATION)

    assert answer == ACCEPTED


@case("TC_047_CS")
async def test_tc_047_expire(stage: Stage) -> None:
    """A reservation that nobody used is over at its end."""
    await reserved(stage, lasts_s=120.0)
    began = stage.clock.now().mono
    free = await stage.csms.expect(status(1, "Available"), within_s=130)

    assert free.at - began == pytest.approx(120, abs=1.0)


@case("TC_048_1_CS")
async def test_tc_048_1_faulted(stage: Stage) -> None:
    """A connector with a fault cannot be reserved."""
    await stage.boot()
    await broken(stage, 1)

    assert await reserve(stage) == "Faulted"


@case("TC_048_2_CS")
async def test_tc_048_2_occupied(stage: Stage) -> None:
    """A connector at which a vehicle stands cannot be reserved."""
    await stage.boot()
    await occupied(stage, 1)

    assert await reserve(stage) == "Occupied"


@case("TC_048_3_CS")
async def test_tc_048_3_unavailable(stage: Stage) -> None:
    """A connector that is out of use cannot be reserved."""
    await stage.boot()
    await out_of_use(stage, 1)

    assert await reserve(stage) == "Unavailable"


@case("TC_048_4_CS")
async def test_tc_048_4_rejected(stage: Stage) -> None:
    """A station that takes no reservations says so."""
    stage.settings[RESERVATIONS] = False
    await stage.boot()

    assert await reserve(stage) == "Rejected"
    await stage.csms.silence(30)


@case("TC_049_CS")
async def test_tc_049_station(stage: Stage) -> None:
    """Others may charge as long as one connector is left for the reserved tag."""
    await stage.boot()
    answer = await reserve(stage, 0)
    stage.plug(1)
    await stage.csms.expect_each(status(1, "Preparing"), status(2, "Reserved"))
    stage.swipe(OTHER_TAG, 1)
    await stage.csms.expect(said("Authorize", idTag=OTHER_TAG))
    await stage.hear_start(1, OTHER_TAG, reservationId=None)
    stage.swipe(TAG, 2)
    await stage.csms.expect_each(said("Authorize", idTag=TAG), status(2, "Preparing"))
    stage.plug(2)
    await stage.hear_start(2, TAG, reservationId=RESERVATION)

    assert answer == "Accepted"


@case("TC_050_1_CS")
async def test_tc_050_1_station_faulted(stage: Stage) -> None:
    """A station of which every connector has a fault cannot be reserved."""
    await stage.boot()
    await broken(stage, *CONNECTORS)

    assert await reserve(stage, 0) == "Faulted"


@case("TC_050_2_CS")
async def test_tc_050_2_station_occupied(stage: Stage) -> None:
    """A station at which vehicles stand everywhere cannot be reserved."""
    await stage.boot()
    await occupied(stage, *CONNECTORS)

    assert await reserve(stage, 0) == "Occupied"


@case("TC_050_3_CS")
async def test_tc_050_3_station_unavailable(stage: Stage) -> None:
    """A station that is out of use cannot be reserved."""
    await stage.boot()
    answer = await stage.csms.call("ChangeAvailability", connectorId=0, type="Inoperative")
    await stage.csms.expect_each(*(status(place, "Unavailable") for place in (0, *CONNECTORS)))

    assert answer == ACCEPTED
    assert await reserve(stage, 0) == "Unavailable"


@case("TC_050_4_CS")
async def test_tc_050_4_station_rejected(stage: Stage) -> None:
    """A station that cannot be reserved as a whole says so, but takes each connector."""
    stage.settings[ANY_CONNECTOR] = False
    await stage.boot()

    assert await reserve(stage, 0) == "Rejected"
    assert await reserve(stage, 1) == "Accepted"


@case("TC_051_CS")
async def test_tc_051_cancel(stage: Stage) -> None:
    """A reservation that is cancelled frees the connector."""
    await reserved(stage)
    answer = await stage.csms.call("CancelReservation", reservationId=RESERVATION)
    await stage.csms.expect(status(1, "Available"))

    assert answer == ACCEPTED


@case("TC_052_CS")
async def test_tc_052_cancel_unknown(stage: Stage) -> None:
    """What is not reserved cannot be cancelled, and the other reservation stays."""
    await reserved(stage)
    answer = await stage.csms.call("CancelReservation", reservationId=RESERVATION + 1)
    await stage.csms.silence(30)

    assert answer == REJECTED


@case("TC_053_1_CS")
async def test_tc_053_1_group_by_card(stage: Stage) -> None:
    """A card is asked about to learn its group, and starts when it is the reserved one."""
    await reserved(stage, parentIdTag=GROUP)
    stage.csms.judge(OTHER_TAG, "Accepted", parentIdTag=GROUP)
    stage.swipe(OTHER_TAG)
    await stage.csms.expect_each(said("Authorize", idTag=OTHER_TAG), status(1, "Preparing"))
    stage.plug()
    await stage.hear_start(tag=OTHER_TAG, reservationId=RESERVATION)


@case("TC_053_2_CS")
async def test_tc_053_2_group_from_afar(stage: Stage) -> None:
    """A tag of the reserved group is started with from afar."""
    await reserved(stage, parentIdTag=GROUP)
    stage.csms.judge(OTHER_TAG, "Accepted", parentIdTag=GROUP)
    answer = await stage.csms.call("RemoteStartTransaction", connectorId=1, idTag=OTHER_TAG)
    await stage.csms.expect_each(said("Authorize", idTag=OTHER_TAG), status(1, "Preparing"))
    stage.plug()
    await stage.hear_start(tag=OTHER_TAG, reservationId=RESERVATION)

    assert answer == ACCEPTED
