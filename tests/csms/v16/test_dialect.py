"""The dialect as a whole: no row is missing, and every row speaks by the schema."""

from __future__ import annotations

from typing import get_args

import pytest

from laadpaal.csms.dialect import Dialect
from laadpaal.csms.v16 import V16
from laadpaal.properties.book import setting
from laadpaal.properties.values import Values
from laadpaal.protocols.ocpp import v16
from laadpaal.station import notices as n
from laadpaal.station.words import BootReason
from tests.csms.v16.stage import CARD, LOG, Stage

DURABLE = get_args(n.DurableNotice)
PASSING = [kind for kind in get_args(n.Notice) if kind not in DURABLE]
SILENT = (
    n.TokenRefused(1, CARD, "Invalid"),
    n.LimitChanged(1, 10.0, "station"),
    n.SettingChanged("2087_0", 0, "30"),
    n.SettingReverted("2189_0", "2", "3"),
    n.PhasesDetected(1, 3),
    n.LinesUsed(1, 1, "MaxAllowedPhases"),
    n.MaximumLooksDifferent(1, "3 x 16 A", "1 x 16 A"),
    n.MeterSilent(1, lost=True),
    n.DisplaySilent(lost=True),
    n.GridSilent(lost=True, text="P1 data lost"),
    n.LockSettled(1, 1, locked=True, failed=False),
    n.CacheCleared(),
    n.Restarting(BootReason.REMOTE_RESET),
)
SENT_BY_STATION = {
    "Authorize",
    "BootNotification",
    "DiagnosticsStatusNotification",
    "FirmwareStatusNotification",
    "Heartbeat",
    "LogStatusNotification",
    "MeterValues",
    "SecurityEventNotification",
    "SignCertificate",
    "SignedFirmwareStatusNotification",
    "StartTransaction",
    "StatusNotification",
    "StopTransaction",
}


@pytest.fixture
def dialect() -> Dialect:
    """Return the dialect as the talk sees it."""
    return V16(LOG)


@pytest.mark.parametrize("kind", PASSING, ids=lambda kind: kind.__name__)
def test_every_passing_notice_has_a_row(dialect: Dialect, kind: type[n.Notice]) -> None:
    """A passing notice that nobody thought of fails here with its name."""
    assert kind in dialect.tables.tells, f"{kind.__name__} has no row"


@pytest.mark.parametrize("kind", DURABLE, ids=lambda kind: kind.__name__)
def test_every_durable_notice_has_a_row(dialect: Dialect, kind: type[n.DurableNotice]) -> None:
    """A durable notice is reported, and not told a second time."""
    assert kind in dialect.tables.reports, f"{kind.__name__} has no row"
    assert kind not in dialect.tables.tells


@pytest.mark.parametrize("notice", SILENT, ids=lambda notice: type(notice).__name__)
def test_a_notice_without_a_message_is_not_told(notice: n.Notice) -> None:
    """1.6 has no message for what only people at the station see."""
    assert Stage().tell(notice) == []


def test_every_action_of_the_csms_is_heard(dialect: Dialect) -> None:
    """An action is sent by the station, or heard; only DataTransfer goes both ways."""
    assert set(v16.ACTIONS) - SENT_BY_STATION == set(dialect.tables.hears)


def test_every_answer_that_matters_is_absorbed(dialect: Dialect) -> None:
    """Those with an idTagInfo, and those that say that the last status of a file has arrived."""
    assert set(dialect.tables.absorbs) == {
        "Authorize",
        "DiagnosticsStatusNotification",
        "FirmwareStatusNotification",
        "LogStatusNotification",
        "SignedFirmwareStatusNotification",
        "StartTransaction",
        "StopTransaction",
    }


def test_subprotocol(dialect: Dialect) -> None:
    """The websocket handshake names the version."""
    assert dialect.language.version.subprotocol == "ocpp1.6"


def test_a_transaction_needs_plug_and_authorization(dialect: Dialect) -> None:
    """The points where a transaction starts and ends are fixed, with values their rows take."""
    held = Values(fixed=dialect.fixed)
    for id_, value in dialect.fixed.items():
        row = setting(id_)

        assert row is not None
        assert row.kind.parse(row.kind.show(value)) == value
        assert held.fixed(row)

    assert dict(dialect.fixed) == {
        "2131_1": ("PowerPathClosed",),
        "2131_2": ("Authorized",),
        "2064_2": True,
        "2064_3": True,
        "2098_D": True,
        "2729_0": True,
        "2095_2": True,
    }


def test_a_rejected_station_does_not_answer(dialect: Dialect) -> None:
    """Nothing is answered while the registration is Rejected (section 4.2)."""
    assert dialect.silent_when_rejected


def test_unchanged_statuses_are_never_repeated(dialect: Dialect) -> None:
    """However long the CSMS was away, only what changed is told (section 4.9)."""
    assert dialect.all_after_s(Stage().scene) is None
