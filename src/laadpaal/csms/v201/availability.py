"""Status of connectors, and taking parts in and out of use (block G)."""

from __future__ import annotations

from msgspec import UNSET

from laadpaal.csms.dialect import Call, Calls, Reply, Scene, Wish
from laadpaal.csms.v201.refusals import why
from laadpaal.protocols.ocpp import timestamp, v201
from laadpaal.station import requests
from laadpaal.station.answers import Answer, Refused, Scheduled
from laadpaal.station.availability import reads_as
from laadpaal.station.notices import StatusChanged


def status(notice: StatusChanged, scene: Scene) -> Calls:  # noqa: ARG001  the shape of a teller
    """Tell a connector's status (G01); this version has no message about the station's own."""
    if notice.evse == 0:
        return ()
    word = reads_as(notice.status, cabled=notice.occupied)
    message = v201.StatusNotification(
        timestamp=timestamp.render(notice.at),
        connectorStatus=v201.ConnectorStatus(word.value),
        evseId=notice.evse,
        connectorId=notice.connector,
    )
    return (Call("StatusNotification", message, notice),)


def change(call: v201.ChangeAvailability, scene: Scene) -> Wish:  # noqa: ARG001  the shape of a hearer
    """Take the station, an EVSE or a connector in or out of use (G03, G04)."""
    evse, connector = 0, 0
    if call.evse is not UNSET:
        evse = call.evse.id
        connector = call.evse.connectorId if call.evse.connectorId is not UNSET else 0
    operative = call.operationalStatus is v201.OperationalStatus.Operative
    return Wish((requests.ChangeAvailability(operative, evse, connector),), _changed)


def _changed(answers: tuple[Answer, ...]) -> Reply:
    (answer,) = answers
    return Reply(
        v201.ChangeAvailabilityResponse(status=_change_status(answer), statusInfo=why(answer))
    )


def _change_status(answer: Answer) -> v201.ChangeAvailabilityStatus:
    match answer:
        case Refused():
            return v201.ChangeAvailabilityStatus.Rejected
        case Scheduled():
            return v201.ChangeAvailabilityStatus.Scheduled
        case _:
            return v201.ChangeAvailabilityStatus.Accepted
