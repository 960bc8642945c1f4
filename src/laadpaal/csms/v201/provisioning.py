"""Boot, heartbeat and reset (blocks B and G)."""

from __future__ import annotations

from msgspec import UNSET, UnsetType

from laadpaal.csms.dialect import BootAnswer, Call, Registration, Reply, Scene, Wish
from laadpaal.csms.v201.authorization import utc
from laadpaal.csms.v201.refusals import why
from laadpaal.protocols.ocpp import v201
from laadpaal.station import requests
from laadpaal.station.answers import Answer, Reason, Refused, Scheduled
from laadpaal.station.words import BootReason, ResetKind

_SHORT, _MIDDLE, _LONG = 20, 25, 50

_KINDS = {
    v201.ResetEnum.Immediate: ResetKind.HARD,
    v201.ResetEnum.OnIdle: ResetKind.ON_IDLE,
}


def boot(reason: BootReason, scene: Scene) -> Call:
    """Say who we are and why we started (B01)."""
    layout = scene.desk.layout
    return Call(
        "BootNotification",
        v201.BootNotification(
            reason=v201.BootReason(reason.value),
            chargingStation=v201.ChargingStation(
                model=layout.model[:_SHORT],
                vendorName=layout.vendor[:_LONG],
                serialNumber=layout.serial[:_MIDDLE] or UNSET,
                firmwareVersion=layout.firmware[:_LONG] or UNSET,
                modem=_modem(scene),
            ),
        ),
    )


def _modem(scene: Scene) -> v201.Modem | UnsetType:
    """Return the numbers of the SIM, once they are known."""
    seen = scene.desk.view().mobile
    if seen is None or not (seen.iccid or seen.imsi):
        return UNSET
    return v201.Modem(iccid=seen.iccid[:_SHORT] or UNSET, imsi=seen.imsi[:_SHORT] or UNSET)


def booted(answer: v201.BootNotificationResponse) -> BootAnswer:
    """Read the answer; an interval below 0 is read as 0, which leaves the choice to us."""
    return BootAnswer(
        Registration(answer.status.value), max(answer.interval, 0), utc(answer.currentTime)
    )


def heartbeat() -> Call:
    """Say that we are there."""
    return Call("Heartbeat", v201.Heartbeat())


def beaten(answer: v201.HeartbeatResponse) -> float | None:
    """Read the CSMS's clock."""
    return utc(answer.currentTime)


def reset(call: v201.Reset, scene: Scene) -> Wish | Reply:  # noqa: ARG001  the shape of a hearer
    """Start anew, the station or one EVSE, at once or when idle (B11, B12)."""
    if call.evseId == 0:  # our word for the station, which is spelled otherwise here
        return _reset((Refused(Reason.UNKNOWN_EVSE, "there is no EVSE 0"),))
    return Wish((requests.Reset(_KINDS[call.type], call.evseId or 0),), _reset)


def _reset(answers: tuple[Answer, ...]) -> Reply:
    (answer,) = answers
    return Reply(v201.ResetResponse(status=_reset_status(answer), statusInfo=why(answer)))


def _reset_status(answer: Answer) -> v201.ResetStatus:
    match answer:
        case Refused():
            return v201.ResetStatus.Rejected
        case Scheduled():
            return v201.ResetStatus.Scheduled
        case _:
            return v201.ResetStatus.Accepted
