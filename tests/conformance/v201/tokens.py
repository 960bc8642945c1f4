"""What the cases about tokens have in common."""

from __future__ import annotations

from typing import Any

from tests.conformance.stage import TAG
from tests.conformance.v201.stage import ACCEPTED, Stage, card, event, status
from tests.support.sought import Heard, Sought, either, said

A_WHILE_S = 30.0
CACHE: dict[str, object] = {
    "AuthCacheCtrlr.Enabled": True,
    "AuthCtrlr.LocalPreAuthorize": True,
    "AuthCtrlr.LocalAuthorizeOffline": True,
}
LIST = CACHE | {"AuthCacheCtrlr.Enabled": False, "LocalAuthListCtrlr.Enabled": True}
CHARGING = event("Updated", "ChargingStateChanged", state="Charging")


def asked(tag: str = TAG) -> Sought:
    """Return the question about a card."""
    return said("Authorize", idToken=card(tag))


def entry(tag: str, word: str = "Accepted", **info: object) -> dict[str, Any]:
    """Return an entry of the list."""
    return {"idToken": card(tag), "idTokenInfo": {"status": word, **info}}


async def send(
    stage: Stage, version: int, *entries: dict[str, Any], kind: str = "Full"
) -> dict[str, Any]:
    """Send a list, and return the answer; an empty one is left out."""
    listed = {"localAuthorizationList": list(entries)} if entries else {}
    return await stage.csms.call("SendLocalList", versionNumber=version, updateType=kind, **listed)


async def list_only(stage: Stage, *entries: dict[str, Any]) -> None:
    """Let the station have this list."""
    assert await send(stage, 1, *entries) == ACCEPTED


async def remember(stage: Stage, tag: str = TAG, word: str = "Accepted", **info: object) -> None:
    """Let the cache know a card: show it at EVSE 1, and take it back when it was accepted."""
    stage.csms.judge(tag, word, **info)
    stage.swipe(tag)
    await stage.csms.expect(asked(tag))
    await stage.csms.silence(1)
    if word == "Accepted":
        stage.swipe(tag)
    await stage.csms.silence(5)


async def plug(stage: Stage, evse: int = 1) -> None:
    """Plug in, which is told."""
    stage.plug(evse)
    await stage.csms.expect(status(evse, "Occupied"))


async def hear_start(stage: Stage, tag: str = TAG, evse: int = 1, **fields: Any) -> Heard:
    """Hear next that a transaction starts for a card, and then that energy flows."""
    started = await stage.csms.expect(
        event(
            "Started",
            "Authorized",
            idToken=card(tag),
            evse={"id": evse, "connectorId": 1},
            state=either("EVConnected", "SuspendedEV", "SuspendedEVSE", "Charging"),
            **fields,
        )
    )
    if started["transactionInfo"]["chargingState"] != "Charging":
        await stage.csms.expect(CHARGING)
    return started


async def nothing_starts(stage: Stage, evse: int = 1) -> None:
    """Have no transaction, and no energy, however long one waits."""
    await stage.csms.silence(A_WHILE_S)
    seen = stage.running.view().evses[evse - 1]
    assert stage.csms.all(said("TransactionEvent")) == []
    assert not seen.contactor_closed
    assert not seen.connectors[0].locked


async def goes_on(stage: Stage, evse: int = 1) -> None:
    """Have the transaction run on as it did."""
    await stage.csms.silence(A_WHILE_S, "StatusNotification")
    told = stage.events(stage.transaction(evse))
    assert told[-1]["triggerReason"] in {"ChargingStateChanged", "MeterValuePeriodic"}
    assert {one["eventType"] for one in told} == {"Started", "Updated"}
    assert stage.running.view().evses[evse - 1].contactor_closed
