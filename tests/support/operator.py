"""Who works at the CSMS, and wishes the same of a station whichever version it speaks."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, Protocol

from tests.conformance.stage import Ocpp
from tests.support.scripted_csms import ScriptedCsms

Ask = tuple[str, dict[str, Any]]
"""An action and its fields."""
_PROFILE = 3


class Wording(Protocol):
    """How a version writes each wish."""

    def start(self, tag: str, place: int, number: int) -> Ask: ...
    def stop(self, csms: ScriptedCsms) -> Ask: ...
    def unlock(self, place: int) -> Ask: ...
    def use(self, place: int, *, operative: bool) -> Ask: ...
    def reset(self, *, at_once: bool) -> Ask: ...
    def reserve(self, tag: str, place: int, number: int, until: str) -> Ask: ...
    def listed(self, version: int, tags: Mapping[str, str]) -> Ask: ...
    def limit(self, limit_a: float) -> Ask: ...
    def unlimit(self) -> Ask: ...
    def group(self, name: str) -> dict[str, Any]: ...


class _First:
    """OCPP 1.6."""

    def start(self, tag: str, place: int, number: int) -> Ask:  # noqa: ARG002  it has no number
        return "RemoteStartTransaction", {"connectorId": place, "idTag": tag}

    def stop(self, csms: ScriptedCsms) -> Ask:
        return "RemoteStopTransaction", {"transactionId": csms.transaction}

    def unlock(self, place: int) -> Ask:
        return "UnlockConnector", {"connectorId": place}

    def use(self, place: int, *, operative: bool) -> Ask:
        return "ChangeAvailability", {"connectorId": place, "type": _use(operative=operative)}

    def reset(self, *, at_once: bool) -> Ask:
        return "Reset", {"type": "Hard" if at_once else "Soft"}

    def reserve(self, tag: str, place: int, number: int, until: str) -> Ask:
        kept = {"connectorId": place, "idTag": tag, "reservationId": number}
        return "ReserveNow", kept | {"expiryDate": until}

    def listed(self, version: int, tags: Mapping[str, str]) -> Ask:
        entries = [{"idTag": tag, "idTagInfo": {"status": word}} for tag, word in tags.items()]
        rest = {"updateType": "Full", "localAuthorizationList": entries}
        return "SendLocalList", {"listVersion": version} | rest

    def limit(self, limit_a: float) -> Ask:
        profile = _profile("chargingProfileId", {"chargingSchedule": _schedule(limit_a)})
        return "SetChargingProfile", {"connectorId": 0, "csChargingProfiles": profile}

    def unlimit(self) -> Ask:
        return "ClearChargingProfile", {"id": _PROFILE}

    def group(self, name: str) -> dict[str, Any]:
        return {"parentIdTag": name}


class _Second:
    """OCPP 2.0.1."""

    def start(self, tag: str, place: int, number: int) -> Ask:
        fields = {"evseId": place, "idToken": _card(tag), "remoteStartId": number}
        return "RequestStartTransaction", fields

    def stop(self, csms: ScriptedCsms) -> Ask:
        told = [one for one in csms.heard if one.action == "TransactionEvent"]
        number = told[-1]["transactionInfo"]["transactionId"]
        return "RequestStopTransaction", {"transactionId": number}

    def unlock(self, place: int) -> Ask:
        return "UnlockConnector", {"evseId": place, "connectorId": 1}

    def use(self, place: int, *, operative: bool) -> Ask:
        state = {"operationalStatus": _use(operative=operative)}
        return "ChangeAvailability", {"evse": {"id": place}} | state

    def reset(self, *, at_once: bool) -> Ask:
        return "Reset", {"type": "Immediate" if at_once else "OnIdle"}

    def reserve(self, tag: str, place: int, number: int, until: str) -> Ask:
        kept = {"evseId": place, "idToken": _card(tag), "id": number}
        return "ReserveNow", kept | {"expiryDateTime": until}

    def listed(self, version: int, tags: Mapping[str, str]) -> Ask:
        entries = [
            {"idToken": _card(tag), "idTokenInfo": {"status": word}} for tag, word in tags.items()
        ]
        rest = {"updateType": "Full", "localAuthorizationList": entries}
        return "SendLocalList", {"versionNumber": version} | rest

    def limit(self, limit_a: float) -> Ask:
        profile = _profile("id", {"chargingSchedule": [_schedule(limit_a) | {"id": _PROFILE}]})
        return "SetChargingProfile", {"evseId": 0, "chargingProfile": profile}

    def unlimit(self) -> Ask:
        return "ClearChargingProfile", {"chargingProfileId": _PROFILE}

    def group(self, name: str) -> dict[str, Any]:
        return {"groupIdToken": {"idToken": name, "type": "Central"}}


WORDINGS: Mapping[Ocpp, Wording] = MappingProxyType({"1.6": _First(), "2.0.1": _Second()})


class Operator:
    """Asks the station, and keeps the word of each answer."""

    def __init__(self, ocpp: Ocpp, csms: ScriptedCsms) -> None:
        self._words = WORDINGS[ocpp]
        self._csms = csms
        self.answers: list[str] = []

    async def start(self, tag: str, place: int = 1, number: int = 1) -> None:
        """Start a transaction from afar."""
        await self._ask(self._words.start(tag, place, number))

    async def stop(self) -> None:
        """Stop the transaction of which the CSMS heard last."""
        await self._ask(self._words.stop(self._csms))

    async def unlock(self, place: int = 1) -> None:
        """Let the plug go."""
        await self._ask(self._words.unlock(place))

    async def use(self, place: int = 1, *, operative: bool) -> None:
        """Take a place out of use or back into it."""
        await self._ask(self._words.use(place, operative=operative))

    async def reset(self, *, at_once: bool) -> None:
        """Let the station start anew, at once or in good order."""
        await self._ask(self._words.reset(at_once=at_once))

    async def reserve(self, tag: str, place: int = 1, number: int = 1, *, lasts_s: float) -> None:
        """Keep a place for a card."""
        until = self._csms.instant(lasts_s)
        await self._ask(self._words.reserve(tag, place, number, until))

    async def cancel(self, number: int = 1) -> None:
        """Keep it no longer."""
        await self._ask(("CancelReservation", {"reservationId": number}))

    async def send_list(self, version: int, tags: Mapping[str, str]) -> None:
        """Give the station a whole list of cards, with a word for each."""
        await self._ask(self._words.listed(version, tags))

    async def limit(self, limit_a: float) -> None:
        """Let every transaction have so much at most."""
        await self._ask(self._words.limit(limit_a))

    async def unlimit(self) -> None:
        """Let it have what there is."""
        await self._ask(self._words.unlimit())

    def judge(self, tag: str, word: str, group: str = "") -> None:
        """Think so of a card from now on."""
        self._csms.judge(tag, word, **(self._words.group(group) if group else {}))

    async def _ask(self, ask: Ask) -> None:
        action, fields = ask
        self.answers.append((await self._csms.call(action, **fields))["status"])


def _profile(id_name: str, schedule: dict[str, Any]) -> dict[str, Any]:
    kind = {"chargingProfilePurpose": "TxDefaultProfile", "chargingProfileKind": "Relative"}
    return {id_name: _PROFILE, "stackLevel": 0} | kind | schedule


def _schedule(limit_a: float) -> dict[str, Any]:
    period = {"startPeriod": 0, "limit": limit_a}
    return {"chargingRateUnit": "A", "chargingSchedulePeriod": [period]}


def _use(*, operative: bool) -> str:
    return "Operative" if operative else "Inoperative"


def _card(tag: str) -> dict[str, str]:
    return {"idToken": tag, "type": "ISO14443"}
