"""Firmware: its signer is judged before the answer, and every status carries the number."""

from __future__ import annotations

from typing import Any

import pytest

from laadpaal.csms.dialect import Call, Refusal, Reply
from laadpaal.station.answers import Begun, Reason, Refused
from laadpaal.station.carriage import FirmwareOrder, FirmwareStatus, Retrying, Signed
from laadpaal.station.events import FirmwareStatusTold
from laadpaal.station.notices import FirmwareStatusChanged
from laadpaal.station.requests import UpdateFirmware
from laadpaal.station.view import FirmwareView
from tests.csms.v201.scene import AT, AT_TEXT, World, shown

S = FirmwareStatus
URL = "https://example.com/fw"
ASKED = {
    "location": URL,
    "retrieveDateTime": AT_TEXT,
    "signingCertificate": "pem",
    "signature": "x",
}
SIGNED = Signed("pem", "x")
PLAIN = {"location": URL, "retrieveDateTime": AT_TEXT}


@pytest.mark.parametrize("trusted", [True, False])
def test_the_signer_is_judged_before_the_answer(world: World, *, trusted: bool) -> None:
    """The station hears whether a manufacturer vouches for the certificate (L01.FR.22)."""
    world.trusts = lambda pem: pem == "pem" and trusted
    firmware = ASKED | {"installDateTime": AT_TEXT}
    wishes = world.wished(
        "UpdateFirmware", requestId=7, firmware=firmware, retries=0, retryInterval=1
    )

    order = FirmwareOrder(URL, AT, AT, 7, SIGNED, Retrying(0, 1))
    assert wishes == (UpdateFirmware(order, trusted, signed_only=True),)


def test_unsigned_firmware_is_left_to_the_station(world: World) -> None:
    """It refuses it, unless its installer allows it (L02)."""
    world.trusts = lambda _: True
    wishes = world.wished("UpdateFirmware", requestId=7, firmware=PLAIN)

    assert wishes == (UpdateFirmware(FirmwareOrder(URL, AT, id=7), signed_only=True),)


def rejected(reason: str, detail: str = "") -> dict[str, Any]:
    """Return a refusal for that reason."""
    info = {"reasonCode": reason} | ({"additionalInfo": detail} if detail else {})
    return {"status": "Rejected", "statusInfo": info}


@pytest.mark.parametrize(
    ("answer", "reply"),
    [
        (Begun(), {"status": "Accepted"}),
        (Begun(replaced=True), {"status": "AcceptedCanceled"}),
        (
            Refused(Reason.BAD_CERTIFICATE),
            {
                "status": "InvalidCertificate",
                "statusInfo": {"reasonCode": "InvalidCertificate"},
            },
        ),
        (Refused(Reason.UNSUPPORTED, "signed only"), rejected("UnsupportedRequest", "signed only")),
        (Refused(Reason.UPDATING, "busy"), rejected("FwUpdateInProgress", "busy")),
    ],
)
def test_there_is_an_answer_for_all(
    world: World, answer: Begun | Refused, reply: dict[str, Any]
) -> None:
    """Also for an update that took the place of another, or cannot (L01)."""
    assert world.answered("UpdateFirmware", answer, requestId=7, firmware=ASKED) == reply


@pytest.mark.parametrize("url", ["", "file:///etc/passwd", "sftp://example.com/fw"])
def test_firmware_from_nowhere_is_rejected(world: World, url: str) -> None:
    """The certificate is not even looked at."""
    firmware = ASKED | {"location": url}

    answer = world.replied("UpdateFirmware", requestId=7, firmware=firmware)
    assert answer == rejected("InvalidURL")


@pytest.mark.parametrize("missing", ["signingCertificate", "signature"])
def test_half_a_signature_is_rejected(world: World, missing: str) -> None:
    """It is neither signed nor meant to be unsigned."""
    firmware = {name: value for name, value in ASKED.items() if name != missing}

    answer = world.replied("UpdateFirmware", requestId=7, firmware=firmware)
    assert answer == rejected("MissingParam")


def test_a_time_that_is_none_is_an_error(world: World) -> None:
    """The answer has no word for it."""
    with pytest.raises(Refusal) as refused:
        world.hear("UpdateFirmware", requestId=7, firmware=ASKED | {"retrieveDateTime": "x"})

    assert refused.value.code == "PropertyConstraintViolation"


@pytest.mark.parametrize("status", [s for s in S if s is not S.IDLE])
def test_every_status_is_told_with_its_number(world: World, status: FirmwareStatus) -> None:
    """The number is that of the request (L01.FR.20)."""
    assert world.tell(FirmwareStatusChanged(status, 7)) == [
        ("FirmwareStatusNotification", {"status": status.value, "requestId": 7})
    ]


def test_an_update_that_had_no_number_is_told_without(world: World) -> None:
    """It was asked for in a version that has none."""
    assert world.tell(FirmwareStatusChanged(S.DOWNLOADED, None)) == [
        ("FirmwareStatusNotification", {"status": "Downloaded"})
    ]


def test_the_station_hears_that_the_csms_knows(world: World) -> None:
    """So that it need not tell it again; what the CSMS had only asked for is no news."""
    notice, action = FirmwareStatusChanged(S.DOWNLOADED, 7), "FirmwareStatusNotification"

    absorbed = world.absorb(notice, action, {})
    assert absorbed.events == (FirmwareStatusTold(S.DOWNLOADED, 7),)
    assert world.absorb(None, action, {}).events == ()


@pytest.mark.parametrize("evse", [{}, {"evse": {"id": 2}}], ids=["absent", "not relevant"])
@pytest.mark.parametrize("status", [None, *(s for s in S if s is not S.IDLE)])
def test_a_trigger_tells_how_the_last_update_stands(
    world: World, status: FirmwareStatus | None, evse: dict[str, Any]
) -> None:
    """Idle goes without a number, and so stands an update that is installed (F06)."""
    world.see(firmware=FirmwareView(status, 7, "2.0") if status else None)
    reply = world.hear("TriggerMessage", requestedMessage="FirmwareStatusNotification", **evse)
    assert isinstance(reply, Reply)
    [call] = reply.then
    assert isinstance(call, Call)

    told: dict[str, Any] = {"status": "Idle"}
    if status and status is not S.INSTALLED:
        told = {"status": status.value, "requestId": 7}
    assert shown(call) == ("FirmwareStatusNotification", told)
