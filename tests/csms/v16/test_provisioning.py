"""Boot notification, heartbeat and password."""

from __future__ import annotations

from base64 import b64decode

import pytest

from laadpaal.csms.dialect import BootAnswer, Registration
from laadpaal.csms.v16 import provisioning
from laadpaal.properties.comms import PASSWORD
from laadpaal.properties.kinds import Hidden
from laadpaal.protocols.ocpp import v16
from laadpaal.station.layout import Layout
from laadpaal.station.words import BootReason
from tests.csms.v16.stage import AT, NOON, Stage, said


@pytest.fixture
def stage() -> Stage:
    return Stage()


def test_boot_names_the_station(stage: Stage) -> None:
    """What the layout knows is told; what it does not know is absent."""
    call = stage.dialect.boot(BootReason.POWER_UP, stage.scene)

    assert call.action == "BootNotification"
    assert said(call.payload) == {
        "chargePointVendor": "Laadpaal",
        "chargePointModel": "Duo",
        "chargePointSerialNumber": "LP000001",
    }


def test_boot_tells_all_it_knows_within_its_lengths(stage: Stage) -> None:
    """Texts are cut at what 1.6 allows."""
    stage.desk.layout = Layout("v" * 30, "m" * 30, "s" * 30, meter_type="t" * 30, firmware="f" * 60)

    assert said(stage.dialect.boot(BootReason.WATCHDOG, stage.scene).payload) == {
        "chargePointVendor": "v" * 20,
        "chargePointModel": "m" * 20,
        "chargePointSerialNumber": "s" * 25,
        "firmwareVersion": "f" * 50,
        "meterType": "t" * 25,
    }


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

    assert (call.action, said(call.payload)) == ("Heartbeat", {})
    assert (
        stage.dialect.beaten(v16.HeartbeatResponse(currentTime="2023-11-15T13:00:00+01:00")) == AT
    )
    assert stage.dialect.beaten(v16.HeartbeatResponse(currentTime="")) is None


def test_no_password_no_header(stage: Stage) -> None:
    """Without a password nothing is sent."""
    assert stage.dialect.authorization("LP-1", stage.scene) is None


def test_the_password_is_sent() -> None:
    """A password that is set goes with every dialling."""
    stage = Stage()
    stage.desk.values.put(PASSWORD, Hidden("geheim"))

    assert provisioning.basic("LP-1", b"geheim") == stage.dialect.authorization("LP-1", stage.scene)


def test_password_bytes_are_sent_as_they_are() -> None:
    """The password is bytes, of which some are no text (A.6.2 of the white paper)."""
    header = provisioning.basic("LP-1", b"\x00\xffsecret")

    scheme, _, text = header.partition(" ")
    assert scheme == "Basic"
    assert b64decode(text) == b"LP-1:\x00\xffsecret"
