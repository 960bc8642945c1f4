"""New firmware: unsigned as in 1.6, or signed as in the security white paper, and how it goes."""

from __future__ import annotations

from laadpaal.csms import transfer
from laadpaal.csms.dialect import Absorbed, Call, Calls, Refusal, Reply, Scene, Wish
from laadpaal.csms.optional import instant
from laadpaal.protocols.ocpp import v16
from laadpaal.protocols.ocpp.message import Message
from laadpaal.station.answers import Answer, Begun, Reason, Refused
from laadpaal.station.carriage import FirmwareOrder, FirmwareStatus, Signed
from laadpaal.station.events import FirmwareStatusTold
from laadpaal.station.notices import FirmwareStatusChanged
from laadpaal.station.requests import UpdateFirmware

S = FirmwareStatus

_PLAIN = {
    S.DOWNLOADING: v16.FirmwareStatus.Downloading,
    S.DOWNLOADED: v16.FirmwareStatus.Downloaded,
    S.DOWNLOAD_FAILED: v16.FirmwareStatus.DownloadFailed,
    S.INSTALLING: v16.FirmwareStatus.Installing,
    S.INSTALLED: v16.FirmwareStatus.Installed,
    S.INSTALLATION_FAILED: v16.FirmwareStatus.InstallationFailed,
    S.INSTALL_VERIFICATION_FAILED: v16.FirmwareStatus.InstallationFailed,
    S.INVALID_SIGNATURE: v16.FirmwareStatus.InstallationFailed,
}
"""The others come between two of these, and 1.6 has no words for them."""
_BUSY = {
    S.DOWNLOADING: v16.FirmwareStatus.Downloading,
    S.DOWNLOADED: v16.FirmwareStatus.Downloaded,
    S.INSTALL_SCHEDULED: v16.FirmwareStatus.Downloaded,
    S.INSTALLING: v16.FirmwareStatus.Installing,
    S.INSTALL_REBOOTING: v16.FirmwareStatus.Installing,
}
"""What 1.6 calls an update that is under way; otherwise the station is Idle."""


def update(call: v16.UpdateFirmware, scene: Scene) -> Wish:  # noqa: ARG001  a hearer
    """Update the firmware; the answer has no field, so a refusal is an error (5.19)."""
    order = FirmwareOrder(
        transfer.checked(call.location),
        instant(call.retrieveDate) or 0.0,
        retrying=transfer.retrying(call.retries, call.retryInterval),
    )
    return Wish((UpdateFirmware(order),), _updated)


def _updated(answers: tuple[Answer, ...]) -> Reply:
    match answers[0]:
        case Refused(Reason.UNSUPPORTED, detail):
            raise Refusal("NotSupported", detail)
        case Refused(_, detail):
            raise Refusal("GenericError", detail)
        case _:
            return Reply(v16.UpdateFirmwareResponse())


def update_signed(call: v16.SignedUpdateFirmware, scene: Scene) -> Reply | Wish:
    """Update the firmware, if a manufacturer vouches for its signer (white paper L01)."""
    asked = call.firmware
    if not transfer.usable(asked.location):
        return _signed(v16.UpdateFirmwareStatus.Rejected)
    order = FirmwareOrder(
        asked.location,
        instant(asked.retrieveDateTime) or 0.0,
        instant(asked.installDateTime),
        call.requestId,
        Signed(asked.signingCertificate, asked.signature),
        transfer.retrying(call.retries, call.retryInterval),
    )
    wish = UpdateFirmware(order, trusted=scene.trusts(asked.signingCertificate))
    return Wish((wish,), _updated_signed)


def _updated_signed(answers: tuple[Answer, ...]) -> Reply:
    match answers[0]:
        case Begun(replaced=True):
            return _signed(v16.UpdateFirmwareStatus.AcceptedCanceled)
        case Begun():
            return _signed(v16.UpdateFirmwareStatus.Accepted)
        case Refused(Reason.BAD_CERTIFICATE):
            return _signed(v16.UpdateFirmwareStatus.InvalidCertificate)
        case _:
            return _signed(v16.UpdateFirmwareStatus.Rejected)


def _signed(word: v16.UpdateFirmwareStatus) -> Reply:
    return Reply(v16.SignedUpdateFirmwareResponse(status=word))


def status(notice: FirmwareStatusChanged, scene: Scene) -> Calls:  # noqa: ARG001  a teller
    """Tell how an update stands; without a number it was asked for by UpdateFirmware."""
    if notice.id is not None:
        return (_numbered(notice.status, notice.id, notice),)
    word = _PLAIN.get(notice.status)
    if word is None:
        return ()
    payload = v16.FirmwareStatusNotification(status=word)
    return (Call("FirmwareStatusNotification", payload, notice),)


def _numbered(status: FirmwareStatus, id_: int, about: FirmwareStatusChanged | None = None) -> Call:
    payload = v16.SignedFirmwareStatusNotification(
        status=v16.FirmwareStatusEnum(status.value), requestId=id_
    )
    return Call("SignedFirmwareStatusNotification", payload, about)


def told(call: Call, answer: Message, scene: Scene) -> Absorbed:  # noqa: ARG001  an absorber
    """Take note that the CSMS knows; what it had only asked for again is no news."""
    if not isinstance(call.about, FirmwareStatusChanged):
        return Absorbed()
    return Absorbed((FirmwareStatusTold(call.about.status, call.about.id),))


def state(scene: Scene) -> Call:
    """Return what TriggerMessage asks for: Idle when nothing of an update is under way (5.17)."""
    seen, idle = scene.desk.view().firmware, v16.FirmwareStatus.Idle
    word = _BUSY.get(seen.status, idle) if seen and seen.id is None else idle
    return Call("FirmwareStatusNotification", v16.FirmwareStatusNotification(status=word))


def signed_state(scene: Scene) -> Call:
    """Return what ExtendedTriggerMessage asks for: the last status unless it was Installed."""
    seen = scene.desk.view().firmware
    if seen and seen.id is not None and seen.status is not S.INSTALLED:
        return _numbered(seen.status, seen.id)
    idle = v16.SignedFirmwareStatusNotification(status=v16.FirmwareStatusEnum.Idle)
    return Call("SignedFirmwareStatusNotification", idle)
