"""New firmware: who vouches for it, and how it goes (block L)."""

from __future__ import annotations

from msgspec import UNSET

from laadpaal.csms import transfer
from laadpaal.csms.dialect import Absorbed, Call, Calls, Reply, Scene, Wish
from laadpaal.csms.optional import instant
from laadpaal.csms.v201.refusals import status_info, why
from laadpaal.protocols.ocpp import v201
from laadpaal.protocols.ocpp.message import Message
from laadpaal.station.answers import Answer, Begun, Reason, Refused
from laadpaal.station.carriage import FirmwareOrder, FirmwareStatus, Signed
from laadpaal.station.events import FirmwareStatusTold
from laadpaal.station.notices import FirmwareStatusChanged
from laadpaal.station.requests import UpdateFirmware

_STATUS = v201.UpdateFirmwareStatus


def update(call: v201.UpdateFirmware, scene: Scene) -> Reply | Wish:
    """Update the firmware, if a manufacturer vouches for its signer (L01)."""
    asked = call.firmware
    if not transfer.usable(asked.location):
        return _rejected("InvalidURL")
    if (asked.signingCertificate is UNSET) is not (asked.signature is UNSET):
        return _rejected("MissingParam")
    order = FirmwareOrder(
        asked.location,
        instant(asked.retrieveDateTime) or 0.0,
        instant(asked.installDateTime),
        call.requestId,
        _signed(asked),
        transfer.retrying(call.retries, call.retryInterval),
    )
    trusted = order.signed is not None and scene.trusts(order.signed.certificate)
    return Wish((UpdateFirmware(order, trusted, signed_only=True),), _updated)


def _rejected(reason: str) -> Reply:
    info = status_info(reason)
    return Reply(v201.UpdateFirmwareResponse(status=_STATUS.Rejected, statusInfo=info))


def _signed(asked: v201.Firmware) -> Signed | None:
    if asked.signingCertificate is UNSET or asked.signature is UNSET:
        return None
    return Signed(asked.signingCertificate, asked.signature)


def _updated(answers: tuple[Answer, ...]) -> Reply:
    (answer,) = answers
    return Reply(v201.UpdateFirmwareResponse(status=_word(answer), statusInfo=why(answer)))


def _word(answer: Answer) -> v201.UpdateFirmwareStatus:
    match answer:
        case Begun(replaced=True):
            return _STATUS.AcceptedCanceled
        case Begun():
            return _STATUS.Accepted
        case Refused(Reason.BAD_CERTIFICATE):
            return _STATUS.InvalidCertificate
        case _:
            return _STATUS.Rejected


def status(notice: FirmwareStatusChanged, scene: Scene) -> Calls:  # noqa: ARG001  the shape of a teller
    """Tell how an update stands, with the number of its request (L01)."""
    return (_call(notice.status, notice.id, notice),)


def _call(
    status: FirmwareStatus, id_: int | None, about: FirmwareStatusChanged | None = None
) -> Call:
    payload = v201.FirmwareStatusNotification(
        status=v201.FirmwareStatus(status.value), requestId=UNSET if id_ is None else id_
    )
    return Call("FirmwareStatusNotification", payload, about)


def told(call: Call, answer: Message, scene: Scene) -> Absorbed:  # noqa: ARG001  the shape of an absorber
    """Take note that the CSMS knows; what it had only asked for again is no news."""
    if not isinstance(call.about, FirmwareStatusChanged):
        return Absorbed()
    return Absorbed((FirmwareStatusTold(call.about.status, call.about.id),))


def state(scene: Scene) -> Call:
    """Return what a trigger asks for: the last status, or Idle after Installed (F06)."""
    seen = scene.desk.view().firmware
    if seen is None or seen.status is FirmwareStatus.INSTALLED:
        return _call(FirmwareStatus.IDLE, None)
    return _call(seen.status, seen.id)
