"""How EVSEs are kept for somebody."""

from __future__ import annotations

from typing import Any

from tests.conformance.stage import OTHER_TAG, TAG, THIRD_TAG
from tests.conformance.v201.stage import ACCEPTED, Stage, card, event, status
from tests.conformance.v201.table import case
from tests.support.sought import said

HOUR_S = 3600.0
GROUP = {"idToken": "FAMILY", "type": "Central"}
NOWHERE: dict[str, Any] = {}


async def reserve(
    stage: Stage, number: int = 1, tag: str = TAG, lasts_s: float = HOUR_S, **fields: Any
) -> str:
    """Reserve for a card, and return the word of the answer."""
    answer = await stage.csms.call(
        "ReserveNow",
        id=number,
        idToken=card(tag),
        expiryDateTime=stage.csms.instant(lasts_s),
        **fields,
    )
    word: str = answer["status"]
    return word


async def use(stage: Stage, number: int = 1, evse: int = 1, tag: str = TAG) -> None:
    """Show the card, plug in and charge, which uses the reservation up."""
    stage.swipe(tag, evse)
    await stage.csms.skip_to(said("Authorize", idToken=card(tag)))
    await stage.csms.expect(status(evse, "Available"))
    stage.plug(evse)
    used = said("TransactionEvent", reservationId=number, evse={"id": evse})
    charging = event("Updated", "ChargingStateChanged", state="Charging")
    await stage.csms.expect_each(status(evse, "Occupied"), used, charging)


@case("TC_H_01_CS")
async def test_tc_h_01_used(stage: Stage) -> None:
    """Whom it is kept for charges there, and the reservation is told once."""
    await stage.boot()
    assert await reserve(stage, evseId=1) == "Accepted"
    await stage.csms.expect(status(1, "Reserved"))
    await use(stage)

    assert len(stage.csms.all(said("TransactionEvent", reservationId=1))) == 1
    assert stage.csms.all(said("ReservationStatusUpdate")) == []


@case("TC_H_02_CS")
async def test_tc_h_02_others(stage: Stage) -> None:
    """Each EVSE is kept for its own, and nobody else can be started there."""
    await stage.boot()
    for number, tag in ((1, TAG), (2, OTHER_TAG)):
        assert await reserve(stage, number, tag, evseId=number) == "Accepted"
        await stage.csms.expect(status(number, "Reserved"))
    answer = await stage.csms.call(
        "RequestStartTransaction", evseId=1, idToken=card(OTHER_TAG), remoteStartId=1
    )
    await stage.csms.silence(30)

    assert answer["status"] == "Rejected"


@case("TC_H_03_CS")
async def test_tc_h_03_reserved_already(stage: Stage) -> None:
    """An EVSE is kept for one at a time."""
    await stage.boot()
    await reserve(stage, evseId=1)
    await stage.csms.expect(status(1, "Reserved"))

    assert await reserve(stage, 2, OTHER_TAG, evseId=1) == "Occupied"


@case("TC_H_04_CS")
async def test_tc_h_04_occupied(stage: Stage) -> None:
    """Where a cable is, nothing can be kept."""
    await stage.boot()
    stage.plug()
    await stage.csms.expect(status(1, "Occupied"))

    assert await reserve(stage, evseId=1) == "Occupied"


@case("TC_H_06_CS")
async def test_tc_h_06_unavailable(stage: Stage) -> None:
    """What is out of use cannot be kept."""
    await stage.boot()
    await take_out(stage, 1)

    assert await reserve(stage, evseId=1) == "Unavailable"


async def take_out(stage: Stage, *evses: int, operative: bool = False) -> None:
    """Take EVSEs out of use, or back into it."""
    state, word = ("Operative", "Available") if operative else ("Inoperative", "Unavailable")
    for evse in evses:
        answer = await stage.csms.call(
            "ChangeAvailability", operationalStatus=state, evse={"id": evse}
        )
        assert answer == ACCEPTED
        await stage.csms.expect(status(evse, word))


@case("TC_H_07_CS")
async def test_tc_h_07_expired(stage: Stage) -> None:
    """When its time is over, the EVSE is Available and the end is told."""
    await stage.boot()
    await reserve(stage, lasts_s=60, evseId=1)
    await stage.csms.expect(status(1, "Reserved"))
    await stage.csms.expect_each(
        said("ReservationStatusUpdate", reservationId=1, reservationUpdateStatus="Expired"),
        status(1, "Available"),
        within_s=90,
    )


@case("TC_H_22_CS")
async def test_tc_h_22_switched_off(stage: Stage) -> None:
    """Without reservations everything is rejected."""
    await stage.boot({"ReservationCtrlr.Enabled": False})

    assert await reserve(stage, evseId=1) == "Rejected"
    await stage.csms.silence(10)


@case("TC_H_23_CS")
async def test_tc_h_23_replaced(stage: Stage) -> None:
    """The same number means another EVSE and another card now."""
    await stage.boot()
    assert await reserve(stage, 1, TAG, evseId=1) == "Accepted"
    await stage.csms.expect(status(1, "Reserved"))
    assert await reserve(stage, 1, OTHER_TAG, evseId=2) == "Accepted"
    await stage.csms.expect_each(status(1, "Available"), status(2, "Reserved"))
    await use(stage, 1, 2, OTHER_TAG)


@case("TC_H_19_CS")
async def test_tc_h_19_group(stage: Stage) -> None:
    """Another card of the group comes in the owner's place."""
    await stage.boot()
    stage.csms.judge(OTHER_TAG, "Accepted", groupIdToken=GROUP)
    assert await reserve(stage, evseId=1, groupIdToken=GROUP) == "Accepted"
    await stage.csms.expect(status(1, "Reserved"))
    await use(stage, tag=OTHER_TAG)


@case("TC_H_08_CS")
async def test_tc_h_08_any(stage: Stage) -> None:
    """Any EVSE will do, and the last free one is kept."""
    await stage.boot()
    assert await reserve(stage) == "Accepted"
    await stage.csms.silence(10)
    stage.plug(2)
    await stage.csms.expect_each(status(2, "Occupied"), status(1, "Reserved"))
    await use(stage)


@case("TC_H_09_CS")
async def test_tc_h_09_all_reserved(stage: Stage) -> None:
    """Where each is kept for somebody, there is none left."""
    await stage.boot()
    for number in (1, 2):
        assert await reserve(stage, number, evseId=number) == "Accepted"
        await stage.csms.expect(status(number, "Reserved"))

    assert await reserve(stage, 3, OTHER_TAG) == "Occupied"


@case("TC_H_10_CS")
async def test_tc_h_10_all_occupied(stage: Stage) -> None:
    """Where each has a cable, there is none left."""
    await stage.boot()
    for evse in (1, 2):
        stage.plug(evse)
        await stage.csms.expect(status(evse, "Occupied"))

    assert await reserve(stage) == "Occupied"


@case("TC_H_12_CS")
async def test_tc_h_12_all_unavailable(stage: Stage) -> None:
    """Where each is out of use, there is none."""
    await stage.boot()
    await take_out(stage, 1, 2)

    assert await reserve(stage) == "Unavailable"


@case("TC_H_14_CS")
async def test_tc_h_14_as_many_as_evses(stage: Stage) -> None:
    """As many reservations as EVSEs keep all of them."""
    await stage.boot()
    assert await reserve(stage, 1) == "Accepted"
    assert await reserve(stage, 2, OTHER_TAG) == "Accepted"
    await stage.csms.expect_each(status(1, "Reserved"), status(2, "Reserved"))
    stage.swipe(THIRD_TAG, 1)
    await stage.csms.silence(30, "StatusNotification", "TransactionEvent")


@case("TC_H_24_CS")
async def test_tc_h_24_any_for_a_group(stage: Stage) -> None:
    """Whoever is of the group may come to whichever is kept."""
    await stage.boot()
    stage.csms.judge(OTHER_TAG, "Accepted", groupIdToken=GROUP)
    for number in (1, 2):
        assert await reserve(stage, number, groupIdToken=GROUP) == "Accepted"
    await stage.csms.expect_each(status(1, "Reserved"), status(2, "Reserved"))
    stage.swipe(OTHER_TAG, 1)
    await stage.csms.skip_to(said("Authorize", idToken=card(OTHER_TAG)))
    await stage.csms.skip_to(status(1, "Available"))
    stage.plug(1)
    await stage.csms.skip_to(event("Started", "CablePluggedIn", evse={"id": 1}))
    await stage.hear_charging()


@case("TC_H_15_CS")
async def test_tc_h_15_kind_of_connector(stage: Stage) -> None:
    """A kind that the station has can be reserved, and one that it has not cannot."""
    await stage.boot()

    assert await reserve(stage, connectorType="sType2") == "Accepted"
    assert await reserve(stage, 2, connectorType="cCCS2") == "Rejected"
    stage.plug(2)
    await stage.csms.expect_each(status(2, "Occupied"), status(1, "Reserved"))
    await use(stage)


@case("TC_H_16_CS")
async def test_tc_h_16_all_of_a_kind(stage: Stage) -> None:
    """As many reservations as connectors of the kind keep all of them."""
    await stage.boot()
    for number in (1, 2):
        assert await reserve(stage, number, connectorType="sType2") == "Accepted"
    await stage.csms.expect_each(status(1, "Reserved"), status(2, "Reserved"))

    assert await reserve(stage, 3, OTHER_TAG, connectorType="sType2") == "Occupied"


@case("TC_H_17_CS")
async def test_tc_h_17_cancelled(stage: Stage) -> None:
    """What is cancelled is Available again."""
    await stage.boot()
    await reserve(stage, evseId=1)
    await stage.csms.expect(status(1, "Reserved"))
    assert await stage.csms.call("CancelReservation", reservationId=1) == ACCEPTED
    await stage.csms.expect(status(1, "Available"))
    await stage.csms.silence(30)


@case("TC_H_18_CS")
async def test_tc_h_18_nothing_to_cancel(stage: Stage) -> None:
    """What nobody reserved cannot be cancelled."""
    await stage.boot()
    answer = await stage.csms.call("CancelReservation", reservationId=9)

    assert answer["status"] == "Rejected"


@case("TC_H_21_CS")
async def test_tc_h_21_out_of_use(stage: Stage) -> None:
    """What goes out of use is kept for nobody, and is Available when it is back."""
    await stage.boot()
    await reserve(stage, evseId=1)
    await stage.csms.expect(status(1, "Reserved"))
    answer = await stage.csms.call(
        "ChangeAvailability", operationalStatus="Inoperative", evse={"id": 1}
    )
    await stage.csms.expect_each(
        status(1, "Unavailable"),
        said("ReservationStatusUpdate", reservationId=1, reservationUpdateStatus="Removed"),
    )
    await take_out(stage, 1, operative=True)

    assert answer == ACCEPTED
