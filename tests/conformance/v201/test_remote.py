"""What the CSMS brings about from afar: it starts, stops, and opens locks."""

from __future__ import annotations

from typing import Any

import pytest

from tests.conformance.v201.stage import ACCEPTED, Stage, card, event, status
from tests.conformance.v201.table import case
from tests.support.sought import either, said

REMOTE_ID = 77
TIMEOUT_S = 30
AUTHORIZED_FIRST: dict[str, object] = {"TxCtrlr.TxStartPoint": "Authorized"}


async def start(stage: Stage, kind: str = "ISO14443", **fields: Any) -> dict[str, Any]:
    """Start EVSE 1 from afar, and return the answer."""
    return await stage.csms.call(
        "RequestStartTransaction",
        evseId=1,
        idToken=card(kind=kind),
        remoteStartId=REMOTE_ID,
        **fields,
    )


@case("TC_F_01_CS")
@pytest.mark.parametrize("point", ["EVConnected", "PowerPathClosed"])
async def test_tc_f_01_cable_first(stage: Stage, point: str) -> None:
    """It starts what the cable is waiting for; a transaction that runs already is named."""
    await stage.boot({"TxCtrlr.TxStartPoint": point, "AuthCtrlr.AuthorizeRemoteStart": False})
    stage.plug()
    runs = [event("Started", "CablePluggedIn", state="EVConnected")]
    await stage.csms.expect_each(status(1, "Occupied"), *runs * (point == "EVConnected"))
    answer = await start(stage)
    told = await stage.csms.skip_to(
        said("TransactionEvent", triggerReason="RemoteStart", idToken=card())
    )
    number = await stage.hear_charging()

    assert answer["status"] == "Accepted"
    assert answer.get("transactionId") == (number if point == "EVConnected" else None)
    assert told["transactionInfo"]["remoteStartId"] == REMOTE_ID
    assert stage.csms.all(said("Authorize")) == []
    assert len([one for one in stage.events(number) if one.get("idToken")]) == 1


@pytest.mark.parametrize(
    "asked",
    [
        pytest.param(True, marks=case("TC_F_02_CS")),
        pytest.param(False, marks=case("TC_F_03_CS")),
    ],
)
async def test_tc_f_02_03_remote_start_first(stage: Stage, asked: bool) -> None:  # noqa: FBT001  a row
    """The token is asked about exactly when AuthorizeRemoteStart says so; then comes the cable."""
    await stage.boot(AUTHORIZED_FIRST | {"AuthCtrlr.AuthorizeRemoteStart": asked})
    assert (await start(stage))["status"] == "Accepted"
    if asked:
        await stage.csms.expect(said("Authorize", idToken=card()))
    started = await stage.csms.expect(
        event("Started", "RemoteStart", remote=REMOTE_ID, idToken=card())
    )
    stage.plug()
    connected = either("EVConnected", "SuspendedEV")
    _, plugged, _ = await stage.csms.expect_each(
        status(1, "Occupied"),
        event("Updated", "CablePluggedIn", state=connected),
        event("Updated", "ChargingStateChanged", state="Charging"),
    )

    assert started["transactionInfo"].get("chargingState") in {"Idle", None}
    assert plugged["evse"] == {"id": 1, "connectorId": 1}
    assert len(stage.csms.all(said("Authorize"))) == asked


@case("TC_F_04_CS")
async def test_tc_f_04_cable_timeout(stage: Stage) -> None:
    """Without a cable in time the transaction ends, and a later one does not charge."""
    await stage.boot(AUTHORIZED_FIRST | {"TxCtrlr.EVConnectionTimeOut": TIMEOUT_S})
    assert (await start(stage))["status"] == "Accepted"
    started = await stage.csms.skip_to(event("Started", "RemoteStart", remote=REMOTE_ID))
    ended = await stage.csms.expect(
        event("Ended", "EVConnectTimeout", reason="Timeout"), within_s=2 * TIMEOUT_S
    )
    stage.plug()
    await stage.csms.expect(status(1, "Occupied"))
    await stage.csms.silence(60)

    assert ended.at - started.at == pytest.approx(TIMEOUT_S, abs=1)
    assert not stage.bench.sockets[1].closed


@case("TC_F_08_CS")
async def test_tc_f_08_remote_stop(stage: Stage) -> None:
    """A transaction that is stopped from afar ends so."""
    await stage.boot()
    number = await stage.charge()
    assert await stage.csms.call("RequestStopTransaction", transactionId=number) == ACCEPTED
    await stage.hear_end("RemoteStop", "Remote")
    stage.unplug()
    await stage.csms.skip_to(status(1, "Available"))


@case("TC_F_09_CS")
async def test_tc_f_09_unknown_transaction(stage: Stage) -> None:
    """Nothing stops that does not run."""
    await stage.boot()
    await stage.charge()
    answer = await stage.csms.call("RequestStopTransaction", transactionId="another")
    await stage.csms.silence(30, "TransactionEvent")

    assert answer["status"] == "Rejected"


async def unlock(stage: Stage, connector: int = 1) -> str:
    """Ask for the plug of EVSE 1, and return how that went."""
    answer = await stage.csms.call("UnlockConnector", evseId=1, connectorId=connector)
    word: str = answer["status"]
    return word


@case("TC_F_05_CS")
async def test_tc_f_05_unlock_in_a_transaction(stage: Stage) -> None:
    """A plug that an authorized transaction holds is not let go."""
    await stage.boot()
    await stage.charge()

    assert await unlock(stage) == "OngoingAuthorizedTransaction"
    await stage.csms.silence(30, "TransactionEvent", "StatusNotification")
    assert stage.bench.sockets[1].locked


@case("TC_F_06_CS")
async def test_tc_f_06_unlock_a_plug(stage: Stage) -> None:
    """A plug that nobody charges through is let go."""
    await stage.boot()
    stage.plug()
    await stage.csms.expect(status(1, "Occupied"))

    assert await unlock(stage) == "Unlocked"
    assert not stage.bench.sockets[1].locked


@case("TC_F_07_CS")
async def test_tc_f_07_unlock_nothing(stage: Stage) -> None:
    """Without a plug the lock opens all the same."""
    await stage.boot()

    assert await unlock(stage) == "Unlocked"


@case("TC_F_10_CS")
async def test_tc_f_10_unlock_elsewhere(stage: Stage) -> None:
    """There is no such connector."""
    await stage.boot()

    assert await unlock(stage, 999) == "UnknownConnector"
