"""Who we are, and what time the CSMS has."""

from __future__ import annotations

from base64 import b64encode

from msgspec import UNSET

from laadpaal.csms.dialect import BootAnswer, Call, Registration, Scene
from laadpaal.properties.comms import PASSWORD
from laadpaal.protocols.ocpp import timestamp, v16

OWN_CERTIFICATE = 3
"""The security profile in which TLS says who we are."""
_SHORT, _MIDDLE, _LONG = 20, 25, 50


def boot(scene: Scene) -> Call:
    """Return the boot notification; 1.6 does not ask why the station started."""
    layout, modem = scene.desk.layout, scene.desk.view().mobile
    return Call(
        "BootNotification",
        v16.BootNotification(
            chargePointVendor=layout.vendor[:_SHORT],
            chargePointModel=layout.model[:_SHORT],
            chargePointSerialNumber=layout.serial[:_MIDDLE] or UNSET,
            firmwareVersion=layout.firmware[:_LONG] or UNSET,
            iccid=(modem.iccid[:_SHORT] if modem else "") or UNSET,
            imsi=(modem.imsi[:_SHORT] if modem else "") or UNSET,
            meterType=layout.meter_type[:_MIDDLE] or UNSET,
        ),
    )


def booted(answer: v16.BootNotificationResponse) -> BootAnswer:
    """Read the answer; an interval below 0 is read as 0, which leaves the choice to us."""
    return BootAnswer(
        Registration(answer.status.value), max(answer.interval, 0), instant(answer.currentTime)
    )


def heartbeat() -> Call:
    """Return the heartbeat."""
    return Call("Heartbeat", v16.Heartbeat())


def beaten(answer: v16.HeartbeatResponse) -> float | None:
    """Read the CSMS's clock."""
    return instant(answer.currentTime)


def authorization(identity: str, scene: Scene) -> str | None:
    """Return the password with the identity; none where a certificate says who we are."""
    password = scene.desk.values[PASSWORD].raw()
    shown = password and scene.desk.view().network.route.security != OWN_CERTIFICATE
    return basic(identity, password) if shown else None


def basic(identity: str, password: bytes) -> str:
    """Return the Authorization header's text (RFC 7617)."""
    return f"Basic {b64encode(identity.encode() + b':' + password).decode()}"


def instant(text: str) -> float | None:
    """Return UTC seconds, or None when the text is no instant."""
    try:
        return timestamp.parse(text)
    except timestamp.TimestampError:
        return None
