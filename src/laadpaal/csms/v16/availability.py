"""Whether connectors can be used: statuses, availability, locks, resets."""

from __future__ import annotations

from msgspec import UNSET

from laadpaal.csms.dialect import Call, Calls, Reply, Scene, Wish
from laadpaal.csms.v16 import topology
from laadpaal.protocols.ocpp import timestamp, v16
from laadpaal.station.answers import Accepted, Answer, Reason, Refused, Scheduled
from laadpaal.station.layout import Outlet
from laadpaal.station.notices import StatusChanged
from laadpaal.station.requests import ChangeAvailability, Reset, UnlockConnector
from laadpaal.station.words import ResetKind, Status

_LONGEST_INFO = 50
_LONGEST_VENDOR = 255
_TO_VEHICLE = v16.ChargePointErrorCode.EVCommunicationError
_VEHICLE_HERE = {
    Status.PREPARING,
    Status.SUSPENDED_EV,
    Status.SUSPENDED_EVSE,
    Status.FINISHING,
}
"""The statuses that an EVCommunicationError may go with (errata)."""
_KINDS = {v16.ResetType.Hard: ResetKind.HARD, v16.ResetType.Soft: ResetKind.SOFT}
_NO_LOCK = {
    Reason.UNKNOWN_EVSE,
    Reason.UNKNOWN_CONNECTOR,
    Reason.FIXED_CABLE,
    Reason.UNSUPPORTED,
}


def status(notice: StatusChanged, scene: Scene) -> Calls:
    """Tell a status; of an EVSE with several connectors, the one in use speaks."""
    if topology.outranked(notice, scene):
        return ()
    payload = v16.StatusNotification(
        connectorId=notice.evse,
        errorCode=_error(notice),
        status=v16.ChargePointStatus(notice.status.value),
        info=_info(notice, scene)[:_LONGEST_INFO] or UNSET,
        timestamp=timestamp.render(notice.at),
        # Whose number it is; without one there is nothing that a vendor would have to explain.
        vendorId=scene.desk.layout.vendor[:_LONGEST_VENDOR] if notice.code else UNSET,
        vendorErrorCode=str(notice.code) if notice.code else UNSET,
    )
    return (Call("StatusNotification", payload, notice),)


def _info(notice: StatusChanged, scene: Scene) -> str:
    """Return what is to be said; the outlet beside the socket has no number of its own here."""
    outlet = scene.desk.layout.connector(notice.evse, notice.connector)
    beside = outlet is not None and outlet.outlet is Outlet.DOMESTIC
    return notice.info or ("domestic outlet" if beside else "")


def _error(notice: StatusChanged) -> v16.ChargePointErrorCode:
    error = v16.ChargePointErrorCode(notice.error)
    if error is _TO_VEHICLE and notice.status not in _VEHICLE_HERE:
        return v16.ChargePointErrorCode.OtherError  # the vendorErrorCode says which
    return error


def change(call: v16.ChangeAvailability, scene: Scene) -> Wish:  # noqa: ARG001  a hearer
    """Take a connector, or with 0 the station and all of them, in or out of use (5.2)."""
    operative = call.type is v16.AvailabilityType.Operative
    whole = call.connectorId == 0
    wish = ChangeAvailability(operative, call.connectorId, all_parts=whole, waits=True)
    return Wish((wish,), _changed)


def _changed(answers: tuple[Answer, ...]) -> Reply:
    match answers[0]:
        case Accepted():
            word = v16.AvailabilityStatus.Accepted
        case Scheduled():
            word = v16.AvailabilityStatus.Scheduled
        case _:
            word = v16.AvailabilityStatus.Rejected
    return Reply(v16.ChangeAvailabilityResponse(status=word))


def unlock(call: v16.UnlockConnector, scene: Scene) -> Reply | Wish:
    """Open a lock; a running transaction is ended first (5.18)."""
    evse = call.connectorId
    if evse == 0 or not topology.exists(evse, scene):
        return Reply(v16.UnlockConnectorResponse(status=v16.UnlockStatus.NotSupported))
    connector = topology.plugged_connector(evse, scene)
    return Wish((UnlockConnector(evse, connector, stops=True),), _unlocked)


def _unlocked(answers: tuple[Answer, ...]) -> Reply:
    match answers[0]:
        case Accepted():
            word = v16.UnlockStatus.Unlocked
        case Refused(reason) if reason in _NO_LOCK:
            word = v16.UnlockStatus.NotSupported
        case _:
            word = v16.UnlockStatus.UnlockFailed
    return Reply(v16.UnlockConnectorResponse(status=word))


def reset(call: v16.Reset, scene: Scene) -> Wish:  # noqa: ARG001  a hearer
    """Start anew; Soft ends the transactions in order first (5.14)."""
    return Wish((Reset(_KINDS[call.type]),), _reset)


def _reset(answers: tuple[Answer, ...]) -> Reply:
    begun = isinstance(answers[0], Accepted | Scheduled)
    word = v16.ResetStatus.Accepted if begun else v16.ResetStatus.Rejected
    return Reply(v16.ResetResponse(status=word))
