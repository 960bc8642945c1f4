"""Security: what the CSMS is told of it."""

from __future__ import annotations

from msgspec import UNSET

from laadpaal.csms.dialect import Call, Calls, Scene
from laadpaal.protocols.ocpp import timestamp, v201
from laadpaal.station.notices import SecurityEvent
from laadpaal.station.security import SecurityKind

_LONGEST_INFO = 255
_NAMES = {
    SecurityKind.CSMS_LOGIN_FAILED: "FailedToAuthenticateAtCsms",
    SecurityKind.CSMS_NOT_GENUINE: "CsmsFailedToAuthenticate",
    SecurityKind.BAD_CSMS_CERTIFICATE: "InvalidCsmsCertificate",
    SecurityKind.BAD_STATION_CERTIFICATE: "InvalidChargingStationCertificate",
}
"""Those that are spelled otherwise in this version (section 6)."""


def happened(notice: SecurityEvent, scene: Scene) -> Calls:  # noqa: ARG001  the shape of a teller
    """Tell a security event."""
    payload = v201.SecurityEventNotification(
        type=_NAMES.get(notice.kind, notice.kind.value),
        timestamp=timestamp.render(notice.at),
        techInfo=notice.info[:_LONGEST_INFO] or UNSET,
    )
    return (Call("SecurityEventNotification", payload, notice),)
