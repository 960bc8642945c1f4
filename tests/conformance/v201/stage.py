"""A stage on which OCPP 2.0.1 is spoken."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from tests.conformance import stage as any_stage
from tests.conformance.stage import CONNECTORS, TAG
from tests.support.sought import Fields, Heard, Sought, either, said

ACCEPTED: dict[str, str] = {"status": "Accepted"}
SETTLED_S = 1.0
"""After which all that one turn has to tell has been told."""
_INFO = {
    "id": "transactionId",
    "state": "chargingState",
    "reason": "stoppedReason",
    "remote": "remoteStartId",
}
"""Short words for the fields of transactionInfo."""


def status(evse: int, word: str | frozenset[object], connector: int = 1) -> Sought:
    """Return a status notification to expect."""
    return said("StatusNotification", evseId=evse, connectorId=connector, connectorStatus=word)


def event(kind: str, trigger: str | frozenset[object], **fields: Any) -> Sought:
    """Return a transaction event to expect.

    Among the fields `id`, `state`, `reason` and `remote` are those of its transactionInfo.
    """
    info = {_INFO[name]: fields.pop(name) for name in tuple(fields) if name in _INFO}
    return said(
        "TransactionEvent", eventType=kind, triggerReason=trigger, transactionInfo=info, **fields
    )


def card(tag: str = TAG, kind: str = "ISO14443") -> dict[str, str]:
    """Return a token as it is written."""
    return {"idToken": tag, "type": kind}


def variable(name: str, evse: int = 0, connector: int = 0) -> dict[str, Any]:
    """Return component and variable of `Component.Variable[instance]`."""
    component, _, rest = name.partition(".")
    word, _, instance = rest.rstrip("]").partition("[")
    place: dict[str, Any] = {"evse": {"id": evse}} if evse else {}
    if connector:
        place["evse"]["connectorId"] = connector
    named = {"name": word} | ({"instance": instance} if instance else {})
    return {"component": {"name": component} | place, "variable": named}


class Stage(any_stage.Stage):
    """A station and a CSMS of OCPP 2.0.1, and what most cases begin with."""

    # Boot.

    async def boot(self, values: Mapping[str, object] | None = None) -> None:
        """Power up a station that the CSMS accepts, hear that all is available, and write these."""
        await self.power_up()
        await self.hear_boot()
        await self.configure(values or {})

    async def hear_boot(
        self, *words: str | frozenset[object], within_s: float = 120.0, **fields: object
    ) -> Heard:
        """Hear a boot, and the status of each EVSE's connector, which is Available unless told."""
        boot = await self.csms.skip_to(said("BootNotification", **fields), within_s)
        told = words or ("Available",) * len(CONNECTORS)
        await self.csms.expect_each(*(status(evse, word) for evse, word in enumerate(told, 1)))
        return boot

    async def reset(self, kind: str = "Immediate") -> None:
        """Ask for a restart, which must be accepted."""
        assert await self.csms.call("Reset", type=kind) == ACCEPTED

    # Variables.

    async def configure(self, values: Mapping[str, object]) -> None:
        """Write variables named `Component.Variable[instance]`, each of which must be accepted."""
        if values:
            told = await self.write(values)
            assert set(told.values()) <= {"Accepted", "RebootRequired"}, told

    async def write(self, values: Mapping[str, object]) -> dict[str, str]:
        """Write variables, and return what became of each."""
        data = [variable(name) | {"attributeValue": _text(value)} for name, value in values.items()]
        answer = await self.csms.call("SetVariables", setVariableData=data)
        told = [one["attributeStatus"] for one in answer["setVariableResult"]]
        return dict(zip(values, told, strict=True))

    async def read(self, name: str, evse: int = 0, connector: int = 0) -> str:
        """Return the value of a variable, which must be readable."""
        data = [variable(name, evse, connector)]
        answer = await self.csms.call("GetVariables", getVariableData=data)
        (result,) = answer["getVariableResult"]
        assert result["attributeStatus"] == "Accepted", result
        text: str = result["attributeValue"]
        return text

    async def pieces(self, action: str, request: int, within_s: float = 60.0) -> list[Heard]:
        """Return every piece of a report, in order, up to the one that says there is no more."""
        found: list[Heard] = []
        while not found or found[-1].get("tbc"):
            found.append(await self.csms.skip_to(said(action, requestId=request), within_s))
        if "seqNo" in found[0].fields:
            assert [piece["seqNo"] for piece in found] == list(range(len(found)))
        return found

    # Charging.

    async def charge(self, evse: int = 1, tag: str = TAG) -> str:
        """Plug in, show a card and charge; return the id of the transaction."""
        self.plug(evse)
        await self.csms.skip_to(status(evse, "Occupied"))
        self.swipe(tag, evse)
        number = await self.hear_charging(evse)
        await self.clock.sleep(SETTLED_S)
        return number

    async def hear_charging(self, evse: int = 1) -> str:
        """Hear, sooner or later, that energy flows, and return the id of the transaction."""
        state = {"chargingState": "Charging"}
        await self.csms.skip_to(said("TransactionEvent", transactionInfo=state))
        return self.transaction(evse)

    def transaction(self, evse: int = 1) -> str:
        """Return the id of the transaction that runs there."""
        running = self.running.view().evses[evse - 1].transaction
        assert running
        return running.id

    async def hear_end(
        self, trigger: str | frozenset[object], reason: object, **fields: Any
    ) -> Heard:
        """Hear, sooner or later, that a transaction has ended."""
        return await self.csms.skip_to(event("Ended", trigger, reason=reason, **fields))

    def events(self, transaction: str) -> list[Heard]:
        """Return every event of a transaction, which must be numbered without a gap."""
        told = self.csms.all(
            said("TransactionEvent", transactionInfo={"transactionId": transaction})
        )
        assert [one["seqNo"] for one in told] == list(range(len(told)))
        return told


LOCAL = either("Local", None)
"""A local stop, which need not be told."""


def _text(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def measured(heard: Heard) -> Iterable[Fields]:
    """Yield every sampled value of a message."""
    for value in heard.get("meterValue") or ():
        yield from value["sampledValue"]


def contexts(heard: Heard) -> set[str]:
    """Return the contexts of the values of a message."""
    return {one.get("context", "Sample.Periodic") for one in measured(heard)}
