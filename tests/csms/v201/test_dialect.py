"""The tables are complete, and the dialect as a whole satisfies its contract."""

from __future__ import annotations

from base64 import b64decode
from typing import get_args

import pytest

from laadpaal.csms.dialect import Dialect
from laadpaal.properties.comms import PASSWORD
from laadpaal.properties.kinds import Hidden
from laadpaal.protocols.ocpp import v201
from laadpaal.station.notices import DurableNotice, Notice
from tests.csms.v201.scene import World, make_world

# Section 2.1 of the reference; DataTransfer goes both ways.
FROM_CSMS = [
    "CancelReservation",
    "CertificateSigned",
    "ChangeAvailability",
    "ClearCache",
    "ClearChargingProfile",
    "ClearDisplayMessage",
    "ClearVariableMonitoring",
    "CostUpdated",
    "CustomerInformation",
    "DataTransfer",
    "DeleteCertificate",
    "GetBaseReport",
    "GetChargingProfiles",
    "GetCompositeSchedule",
    "GetDisplayMessages",
    "GetInstalledCertificateIds",
    "GetLocalListVersion",
    "GetLog",
    "GetMonitoringReport",
    "GetReport",
    "GetTransactionStatus",
    "GetVariables",
    "InstallCertificate",
    "PublishFirmware",
    "RequestStartTransaction",
    "RequestStopTransaction",
    "ReserveNow",
    "Reset",
    "SendLocalList",
    "SetChargingProfile",
    "SetDisplayMessage",
    "SetMonitoringBase",
    "SetMonitoringLevel",
    "SetNetworkProfile",
    "SetVariableMonitoring",
    "SetVariables",
    "TriggerMessage",
    "UnlockConnector",
    "UnpublishFirmware",
    "UpdateFirmware",
]


@pytest.mark.parametrize("kind", get_args(Notice), ids=lambda kind: kind.__name__)
def test_every_notice_has_a_row(kind: type[Notice], world: World) -> None:
    """Saying nothing about a notice has to be written down; a durable one is reported."""
    tables = world.dialect.tables

    assert kind in (tables.reports if kind in get_args(DurableNotice) else tables.tells)


@pytest.mark.parametrize("action", FROM_CSMS)
def test_every_action_of_the_csms_has_a_row(action: str, world: World) -> None:
    """Each action is heard, if only to refuse it."""
    assert action in world.dialect.tables.hears


def test_no_other_action_is_heard(world: World) -> None:
    """What only a station may send is not answered."""
    assert set(FROM_CSMS) == set(world.dialect.tables.hears)


def test_it_is_a_dialect(world: World) -> None:
    """The class satisfies the Protocol, and fixes no setting."""
    dialect: Dialect = world.dialect

    assert dialect.language.version.subprotocol == "ocpp2.0.1"
    assert dict(dialect.fixed) == {}
    assert dialect.silent_when_rejected is False
    assert dialect.all_after_s(world.scene) == 60.0


def test_the_password_is_used_literally() -> None:
    """Basic authentication carries identity and password as text."""
    world = make_world({(PASSWORD.id, 0): Hidden("wachtwoord-é-16+")})

    header = world.dialect.authorization("LP 1", world.scene)

    assert header is not None
    assert header.startswith("Basic ")
    assert b64decode(header.removeprefix("Basic ")).decode() == "LP 1:wachtwoord-é-16+"


def test_without_password_there_is_no_header(world: World) -> None:
    """Security profile 3 sends no basic authentication."""
    assert world.dialect.authorization("LP1", world.scene) is None


def test_absorbed_actions_exist(world: World) -> None:
    """An absorber waits for an answer that the version has."""
    assert set(world.dialect.tables.absorbs) <= set(v201.ACTIONS)
