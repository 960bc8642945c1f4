"""A station for three phases on an installation of one, as a CSMS of either version sees it."""

from __future__ import annotations

import json
from typing import Any

import pytest

from laadpaal.csms.dialect import Dialect, Reply, Scene, Wish
from laadpaal.csms.v16 import V16
from laadpaal.csms.v201 import V201
from laadpaal.ports.journal import Journal
from laadpaal.properties.metering import SAMPLED_MEASURANDS
from laadpaal.properties.wiring import MAX_PHASES
from laadpaal.protocols.ocpp import codec
from laadpaal.station import events as e
from laadpaal.station import requests as r
from laadpaal.station.actions import CloseContactor
from laadpaal.station.answers import Accepted
from laadpaal.station.layout import EvseLayout, Layout
from laadpaal.station.measurement import Measurement, Phases
from laadpaal.station.notices import MeterSampled
from laadpaal.station.words import Pilot, Status
from tests.csms import played
from tests.csms.v16 import stage as first
from tests.csms.v16.stage import LOG, said
from tests.csms.v201 import scene as second
from tests.csms.v201.scene import FakeClock
from tests.support.world import World

ONE: Phases = (230.0, 0.0, 0.0)
THREE: Phases = (230.0, 230.0, 230.0)
LAYOUT = Layout(evses=(EvseLayout(),), switches_phases=True)


class Csms:
    """A CSMS of either version, and a station that charges."""

    def __init__(self, ocpp: str, volts: Phases) -> None:
        self.first = ocpp == "1.6"
        self.dialect: Dialect = V16(LOG) if self.first else V201(FakeClock())
        self.journal: Journal = first.FakeJournal() if self.first else second.FakeJournal()
        self.world = World(LAYOUT)
        self.world.values.hold(self.dialect.fixed)
        self.world.online()
        self.world.tell(e.MeterRead(1, Measurement(5000.0, volts)))
        self.world.tell(e.CablePlugged(1, 1, 32.0))
        for pilot in (Pilot.B, Pilot.C):
            self.world.tell(e.PilotChanged(1, pilot))
        self.world.swipe()

    @property
    def scene(self) -> Scene:
        """Return what the dialect may look at."""
        return Scene(played.Desk(self.world), self.journal)

    def ask(self, action: str, payload: dict[str, Any]) -> Any:
        """Return the answer to a call."""
        text = json.dumps(payload).encode()
        message = codec.decode_call(self.dialect.language, action, text)
        heard = self.dialect.tables.hears[action](message, self.scene)
        if isinstance(heard, Wish):
            heard = heard.reply(tuple(map(self.world.ask, heard.requests)))
        assert isinstance(heard, Reply)
        return said(heard.payload)

    def allow(self, limit: float, unit: str, phases: int | None = None) -> str:
        """Install a default profile and return the status."""
        period = {"startPeriod": 0, "limit": limit} | ({"numberPhases": phases} if phases else {})
        schedule = {"chargingRateUnit": unit, "chargingSchedulePeriod": [period]}
        common = {"stackLevel": 0, "chargingProfilePurpose": "TxDefaultProfile"}
        common |= {"chargingProfileKind": "Relative"}
        if self.first:
            one = {"chargingProfileId": 1, "chargingSchedule": schedule, **common}
            payload = {"connectorId": 1, "csChargingProfiles": one}
        else:
            one = {"id": 1, "chargingSchedule": [{"id": 1, **schedule}], **common}
            payload = {"evseId": 1, "chargingProfile": one}
        status: str = self.ask("SetChargingProfile", payload)["status"]
        return status

    def composite(self, unit: str) -> tuple[float, int]:
        """Return limit and number of phases of the composite schedule of now."""
        who = "connectorId" if self.first else "evseId"
        payload = {who: 1, "duration": 60, "chargingRateUnit": unit}
        answer = self.ask("GetCompositeSchedule", payload)
        schedule = answer["chargingSchedule" if self.first else "schedule"]
        [period] = schedule["chargingSchedulePeriod"]
        return period["limit"], period["numberPhases"]

    def sampled(self) -> tuple[float, set[str]]:
        """Return the power that is offered, and the lines of which anything is told."""
        self.world.put(SAMPLED_MEASURANDS, to=("Power.Offered", "Current.Import", "Voltage"))
        self.world.ask(r.ReportMeter(1))
        told = self.world.told(MeterSampled)[-1]
        [call] = self.dialect.tables.tells[MeterSampled](told, self.scene)
        values = said(call.payload)["meterValue"][0]["sampledValue"]
        [offered] = [v["value"] for v in values if v["measurand"] == "Power.Offered"]
        return float(offered), {v["phase"][:2] for v in values if "phase" in v}


@pytest.fixture(params=["1.6", "2.0.1"])
def ocpp(request: pytest.FixtureRequest) -> str:
    """Return each version in turn."""
    text: str = request.param
    return text


def test_s15_watts_are_those_of_one_phase(ocpp: str) -> None:
    """3680 W are 16 A where one phase is wired; there is no word of L2 and L3."""
    csms = Csms(ocpp, ONE)
    assert csms.allow(3680.0, "W") == "Accepted"

    assert csms.world.station.view().evses[0].offered_a == 16
    assert csms.composite("W") == (3680, 1)
    assert csms.composite("A") == (16, 1)
    assert csms.sampled() == (3680, {"L1"})
    assert csms.world.evse().screen.limit == "1 x 16 A"
    assert [x.phases for x in csms.world.actions if isinstance(x, CloseContactor)] == [1]


def test_s15_the_same_watts_are_too_little_for_three_phases(ocpp: str) -> None:
    """5.3 A are less than any vehicle charges with."""
    csms = Csms(ocpp, THREE)
    assert csms.allow(3680.0, "W") == "Accepted"

    assert csms.world.station.view().evses[0].limit_a == pytest.approx(5.33, abs=0.01)
    assert csms.world.statuses()[-1] is Status.SUSPENDED_EVSE
    assert csms.composite("W") == (3680, 3)


def test_s15_where_three_phases_are_wired_all_are_told(ocpp: str) -> None:
    """The check of the other side."""
    csms = Csms(ocpp, THREE)
    assert csms.allow(16.0, "A") == "Accepted"

    assert csms.composite("A") == (16, 3)
    assert csms.sampled() == (11040, {"L1", "L2", "L3"})
    assert csms.world.evse().screen.limit == "3 x 16 A"


@pytest.mark.parametrize("allowed", ["1", "3"])
def test_s41_a_profile_can_have_three_phases_back_up_to_what_is_allowed(
    ocpp: str, allowed: str
) -> None:
    """After the most was lowered and raised again, or lowered for good."""
    csms = Csms(ocpp, THREE)
    for text in ("1", allowed):
        assert csms.world.ask(r.WriteSetting(MAX_PHASES.id, text)) == Accepted()
    csms.world.tell(e.PilotChanged(1, Pilot.B))
    csms.world.pass_time(60)
    csms.world.tell(e.PilotChanged(1, Pilot.C))
    assert csms.composite("A")[1] == 1
    assert csms.allow(16.0, "A", phases=3) == "Accepted"
    csms.world.tell(e.PilotChanged(1, Pilot.B))
    csms.world.pass_time(60)
    csms.world.tell(e.PilotChanged(1, Pilot.C))

    assert csms.composite("A")[1] == int(allowed)
    assert csms.world.evse().closed_phases == int(allowed)


def test_s41_a_profile_for_one_phase_switches_a_running_transaction(ocpp: str) -> None:
    """3680 W go on as 16 A on one line, where they were 5.3 A on each of three."""
    csms = Csms(ocpp, THREE)
    assert csms.allow(3680.0, "W", phases=1) == "Accepted"
    csms.world.tell(e.PilotChanged(1, Pilot.B))
    csms.world.pass_time(60)
    csms.world.tell(e.PilotChanged(1, Pilot.C))

    assert csms.world.evse().closed_phases == 1
    assert csms.world.station.view().evses[0].offered_a == 16
    assert csms.composite("W") == (3680, 1)


def test_what_can_be_switched_is_said_beforehand(ocpp: str) -> None:
    """By the key of one version and the variable of the other."""
    csms = Csms(ocpp, THREE)
    if csms.first:
        key = "ConnectorSwitch3to1PhaseSupported"
        [found] = csms.ask("GetConfiguration", {"key": [key]})["configurationKey"]
        said_so = [found["value"]]
    else:
        at = {"component": {"name": "SmartChargingCtrlr"}, "variable": {"name": "Phases3to1"}}
        [told] = csms.ask("GetVariables", {"getVariableData": [at]})["getVariableResult"]
        said_so = [told["attributeValue"]]

    assert said_so == ["true"]


def test_s20_the_display_shows_the_phases_in_use() -> None:
    """With the same limit on either installation, and anew when the limit changes."""
    shown = []
    for volts in (ONE, THREE):
        csms = Csms("1.6", volts)
        for limit in (16.0, 10.0):
            csms.allow(limit, "A")
            shown.append(csms.world.evse().screen.limit)

    assert shown == ["1 x 16 A", "1 x 10 A", "3 x 16 A", "3 x 10 A"]
