"""Boot notification, heartbeat and password."""

from __future__ import annotations

from base64 import b64decode

import pytest
from tests.csms.v16.stage import AT, NOON, Stage, said

from laadpaal.csms.dialect import BootAnswer, Registration
from laadpaal.protocols.ocpp import v16
from laadpaal.station.layout import Layout
from laadpaal.station.words import BootReason


@pytest.fixture
def stage() -> Stage:
    return Stage()


def test_boot_names_the_station(stage: Stage) -> None:
    """What the layout knows is told; what it does not know is absent."""
    call = stage.dialect.boot(BootReason.POWER_UP, stage.scene)

    assert "BootNotification" == call.action
    assert {
        "chargePointVendor": "Laadpaal",
        "chargePointModel": "Duo",
        "chargePointSerialNumber": "LP000001",
    } == said(call.payload)


def test_boot_tells_all_it_knows_within_its_lengths(stage: Stage) -> None:
    """Texts are cut at what 1.6 allows."""
    stage.desk.layout = Layout("v" * 30, "m" * 30, "s" * 30, meter_type="t" * 30, firmware="f" * 60)

    assert {
        "chargePointVendor": "v" * 20,
        "chargePointModel": "m" * 20,
        "chargePointSerialNumber": "s" * 25,
        "firmwareVersion": "f" * 50,
        "meterType": "t" * 25,
    } == said(stage.dialect.boot(BootReason.WATCHDOG, stage.scene).payload)


@pytest.mark.parametrize("status", v16.RegistrationStatus)
def test_boot_answer(stage: Stage, status: v16.RegistrationStatus) -> None:
    """Registration, interval and clock are read."""
    answer = v16.BootNotificationResponse(status=status, currentTime=NOON, interval=300)

    assert BootAnswer(Registration(status.value), 300, AT) == stage.dialect.booted(answer)


def test_boot_answer_with_nonsense(stage: Stage) -> None:
    """A clock that cannot be read is none, a negative interval leaves the choice to us."""
    answer = v16.BootNotificationResponse(
        status=v16.RegistrationStatus.Accepted, currentTime="noon", interval=-5
    )

    assert BootAnswer(Registration.ACCEPTED, 0, None) == stage.dialect.booted(answer)


def test_heartbeat(stage: Stage) -> None:
    """A heartbeat says nothing, and its answer is the CSMS's clock."""
    call = stage.dialect.heartbeat()

    assert ("Heartbeat", {}) == (call.action, said(call.payload))
    assert AT == stage.dialect.beaten(
        v16.HeartbeatResponse(currentTime="2023-11-15T13:00:00+01:00")
    )
    assert stage.dialect.beaten(v16.HeartbeatResponse(currentTime="")) is None


def test_no_password_no_header(stage: Stage) -> None:
    """Without a password nothing is sent."""
    assert stage.dialect.authorization("LP-1", stage.scene) is None


def test_password_bytes_are_sent_as_they_are() -> None:
    """The password is bytes, of which some are no text (A.6.2 of the white paper)."""
    stage = Stage(b"\x00\xffsecret")
    header = stage.dialect.authorization("LP-1", stage.scene)

    assert header is not None
    scheme, _, text = header.partition(" ")
    assert "Basic" == scheme
    assert b"LP-1:\x00\xffsecret" == b64decode(text)
