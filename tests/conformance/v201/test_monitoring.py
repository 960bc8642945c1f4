"""Monitors are set, reported and cleared, and tell what they see (N02 to N08)."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import count
from typing import Any

import pytest

from tests.conformance.v201.stage import ACCEPTED, Stage, status, variable
from tests.conformance.v201.table import case
from tests.support.sought import Heard, Sought, said

POWER, STATE = "EVSE.Power", "EVSE.AvailabilityState"
THRESHOLD, ATTEMPTS = "OCPPCommCtrlr.OfflineThreshold", "OCPPCommCtrlr.ResetRetries"
PASSWORD = "SecurityCtrlr.BasicAuthPassword"
QUEUING = "MonitoringCtrlr.OfflineQueuingSeverity"
UPPER, LOWER, DELTA = "UpperThreshold", "LowerThreshold", "Delta"
PERIODIC = "Periodic"
LOCK = 211
"""The id of the hard-wired monitor of the lock of EVSE 1."""
PROBLEM = 110
"""That of the preconfigured monitor of EVSE 1."""
METER_S = 31.0
"""In which the meter is read once."""

Line = dict[str, Any]
_REQUESTS = count(900)


# --- the CSMS's side ---


def wish(
    name: str, kind: str, value: float, *, evse: int = 0, severity: int = 8, **more: object
) -> Line:
    """Return one monitor to set."""
    return variable(name, evse) | {"type": kind, "value": value, "severity": severity} | more


async def set_all(stage: Stage, *wishes: Line) -> list[Line]:
    """Return what became of each wish, which must echo it."""
    answer = await stage.csms.call("SetVariableMonitoring", setMonitoringData=list(wishes))
    results: list[Line] = answer["setMonitoringResult"]
    for result, wanted in zip(results, wishes, strict=True):
        for name in ("component", "variable", "type", "severity"):
            assert result[name] == wanted[name]
        assert ("id" in result) == (result["status"] == "Accepted")
    return results


async def set_one(stage: Stage, name: str, kind: str, value: float, **more: Any) -> int:
    """Return the id of a monitor, which must be accepted."""
    (result,) = await set_all(stage, wish(name, kind, value, **more))
    assert result["status"] == "Accepted", result
    id_: int = result["id"]
    return id_


async def statuses(stage: Stage, *wishes: Line) -> list[str]:
    """Return the status of each wish."""
    return [result["status"] for result in await set_all(stage, *wishes)]


async def report(stage: Stage, **chosen: object) -> dict[int, Line]:
    """Return the monitors of a report by id, each with its component and variable.

    Without any, the answer must say so, and nothing may follow.
    """
    request = next(_REQUESTS)
    answer = await stage.csms.call("GetMonitoringReport", requestId=request, **chosen)
    if answer == {"status": "EmptyResultSet"}:
        await stage.csms.silence(5, "NotifyMonitoringReport")
        return {}
    assert answer == ACCEPTED
    pieces = await stage.pieces("NotifyMonitoringReport", request)
    return {
        monitor["id"]: monitor | {"component": line["component"], "variable": line["variable"]}
        for piece in pieces
        for line in piece["monitor"]
        for monitor in line["variableMonitoring"]
    }


async def of(stage: Stage, name: str, evse: int = 0, **chosen: object) -> dict[int, Line]:
    """Return the monitors of one variable by id."""
    return await report(stage, componentVariable=[variable(name, evse)], **chosen)


async def clear(stage: Stage, *ids: int) -> list[str]:
    """Return what became of each monitor that is to be cleared."""
    answer = await stage.csms.call("ClearVariableMonitoring", id=list(ids))
    results: list[Line] = answer["clearMonitoringResult"]
    assert [result["id"] for result in results] == list(ids)
    return [result["status"] for result in results]


async def base(stage: Stage, word: str) -> None:
    """Choose the monitors as a whole."""
    assert await stage.csms.call("SetMonitoringBase", monitoringBase=word) == ACCEPTED


def fired(stage: Stage, id_: int) -> list[Line]:
    """Return what a monitor has told so far; each message must be a whole one."""
    messages = stage.csms.all(said("NotifyEvent"))
    assert all((one["seqNo"], one["tbc"]) == (0, False) for one in messages)
    events: list[Line] = [event for one in messages for event in one["eventData"]]
    ids = [event["eventId"] for event in events]
    assert len(set(ids)) == len(ids)
    return [event for event in events if event.get("variableMonitoringId") == id_]


class Event(Sought):
    """A NotifyEvent in which this monitor tells this."""

    __slots__ = ()

    def fits(self, heard: Heard) -> bool:
        """Tell whether it is in the message."""
        events = heard.get("eventData") or ()
        return heard.action == self.action and any(_has(event, self.fields) for event in events)


def _has(event: Mapping[str, Any], fields: Mapping[str, Any]) -> bool:
    return all(event.get(name) == value for name, value in fields.items())


def event(id_: int, trigger: str, value: str | None = None, **fields: object) -> Event:
    """Return what a monitor is expected to tell."""
    text = {} if value is None else {"actualValue": value}
    return Event("NotifyEvent", {"variableMonitoringId": id_, "trigger": trigger} | text | fields)


# --- reports (N02) ---


@case("TC_N_01_CS")
async def test_a_report_of_one_kind(stage: Stage) -> None:
    """The criterion ThresholdMonitoring brings bounds, and nothing else."""
    await stage.boot()
    above = await set_one(stage, POWER, UPPER, 5_000, evse=1)
    below = await set_one(stage, THRESHOLD, LOWER, 1)
    await set_one(stage, STATE, DELTA, 1, evse=1)
    await set_one(stage, POWER, PERIODIC, 3_600, evse=1)

    found = await report(stage, monitoringCriteria=["ThresholdMonitoring"])

    assert {id_: one["type"] for id_, one in found.items()} == {above: UPPER, below: LOWER}


@case("TC_N_02_CS")
async def test_a_report_of_one_variable(stage: Stage) -> None:
    """It brings the monitors of that variable, and nothing else."""
    await stage.boot()
    id_ = await set_one(stage, STATE, DELTA, 1, evse=1)
    await set_one(stage, STATE, DELTA, 1, evse=2)
    await set_one(stage, POWER, UPPER, 5_000, evse=1)

    assert set(await of(stage, STATE, evse=1)) == {id_}


@case("TC_N_03_CS")
async def test_a_report_of_a_kind_and_a_variable(stage: Stage) -> None:
    """Both must fit, and what fits neither has no report."""
    await stage.boot()
    id_ = await set_one(stage, STATE, DELTA, 1, evse=1)

    assert await of(stage, STATE, 1, monitoringCriteria=["ThresholdMonitoring"]) == {}
    assert set(await of(stage, STATE, 1, monitoringCriteria=["DeltaMonitoring"])) == {id_}


@case("TC_N_47_CS")
async def test_a_report_of_everything(stage: Stage) -> None:
    """Without criteria, every monitor is told with all of its fields."""
    await stage.boot()
    built_in = await report(stage)
    id_ = await set_one(stage, POWER, UPPER, 5_000, evse=1, severity=4, transaction=True)

    found = await report(stage)

    assert found.pop(id_) == {
        "id": id_,
        "transaction": True,
        "value": 5_000,
        "type": UPPER,
        "severity": 4,
        **variable(POWER, 1),
    }
    assert found == built_in
    assert {LOCK, PROBLEM} <= set(built_in)


# --- the base (N03) ---


@case("TC_N_05_CS")
async def test_every_base_is_accepted(stage: Stage) -> None:
    """And the variable says which was chosen last."""
    await stage.boot()
    for word in ("All", "FactoryDefault", "HardWiredOnly"):
        await base(stage, word)
        assert await stage.read("MonitoringCtrlr.ActiveMonitoringBase") == word


@case("TC_N_06_CS")
async def test_hard_wired_only_takes_the_others_away(stage: Stage) -> None:
    """A custom monitor is gone, and a preconfigured one too until all are wanted."""
    await stage.boot()
    await set_one(stage, STATE, DELTA, 1, evse=1)

    await base(stage, "HardWiredOnly")

    assert await of(stage, STATE, evse=1) == {}
    assert PROBLEM not in await report(stage)
    await base(stage, "All")
    assert await of(stage, STATE, evse=1) == {}
    assert PROBLEM in await report(stage)


@case("TC_N_41_CS")
async def test_the_factory_default_brings_back_what_was_changed(stage: Stage) -> None:
    """A preconfigured monitor is as it was, whatever somebody made of it."""
    await stage.boot()
    before = (await report(stage))[PROBLEM]
    changed = await set_one(stage, "EVSE.Problem", DELTA, 1, evse=1, severity=9, id=PROBLEM)
    assert changed == PROBLEM
    assert (await report(stage))[PROBLEM]["severity"] == 9

    await base(stage, "FactoryDefault")

    assert (await report(stage))[PROBLEM] == before


# --- setting (N04) ---


@case("TC_N_08_CS")
async def test_one_monitor_is_set(stage: Stage) -> None:
    """Its id is told, and the report knows it."""
    await stage.boot()

    id_ = await set_one(stage, STATE, DELTA, 1, evse=1)

    (found,) = (await of(stage, STATE, evse=1)).values()
    assert (found["id"], found["type"], found["value"], found["severity"]) == (id_, DELTA, 1, 8)


@case("TC_N_09_CS")
async def test_two_variables_are_watched_at_once(stage: Stage) -> None:
    """Each has a monitor of its own."""
    await stage.boot()

    results = await set_all(stage, wish(STATE, DELTA, 1, evse=1), wish(POWER, UPPER, 5_000, evse=1))

    assert [one["status"] for one in results] == ["Accepted"] * 2
    assert set(await of(stage, STATE, evse=1)) == {results[0]["id"]}
    assert set(await of(stage, POWER, evse=1)) == {results[1]["id"]}


@case("TC_N_10_CS")
async def test_a_variable_has_two_monitors(stage: Stage) -> None:
    """Of different severity, so neither is a duplicate."""
    await stage.boot()

    results = await set_all(
        stage,
        wish(POWER, UPPER, 5_000, evse=1, severity=5),
        wish(POWER, UPPER, 8_000, evse=1, severity=4),
    )

    assert [one["status"] for one in results] == ["Accepted"] * 2
    assert set(await of(stage, POWER, evse=1)) == {one["id"] for one in results}


@case("TC_N_11_CS")
async def test_what_is_not_there_cannot_be_watched(stage: Stage) -> None:
    """Neither an EVSE that the station has not, nor a component that nobody has."""
    await stage.boot()

    assert (
        await statuses(stage, wish(STATE, DELTA, 1, evse=99), wish("Nonexistent.Thing", DELTA, 1))
        == ["UnknownComponent"] * 2
    )


@case("TC_N_37_CS")
async def test_a_variable_that_is_not_there_cannot_be_watched(stage: Stage) -> None:
    """The component is known, and the variable is not."""
    await stage.boot()

    assert await statuses(stage, wish("EVSE.Nonexistent", DELTA, 1, evse=1)) == ["UnknownVariable"]


@case("TC_N_12_CS")
async def test_a_difference_is_no_less_than_nothing(stage: Stage) -> None:
    """So a negative one is refused."""
    await stage.boot()

    assert await statuses(stage, wish(POWER, DELTA, -1, evse=1)) == ["Rejected"]
    assert await of(stage, POWER, evse=1) == {}


async def limits(stage: Stage, name: str, evse: int = 0) -> tuple[float | None, float | None]:
    """Return the least and the most that the report of a variable tells."""
    request = next(_REQUESTS)
    answer = await stage.csms.call(
        "GetReport", requestId=request, componentVariable=[variable(name, evse)]
    )
    assert answer == ACCEPTED
    (piece,) = await stage.pieces("NotifyReport", request)
    traits = piece["reportData"][0]["variableCharacteristics"]
    assert traits["supportsMonitoring"]
    return traits.get("minLimit"), traits.get("maxLimit")


@case("TC_N_13_CS")
async def test_a_bound_lies_within_the_variables_own(stage: Stage) -> None:
    """One that is beyond what the report tells is refused."""
    await stage.boot()
    _, most_w = await limits(stage, POWER, 1)
    least_s, most_s = await limits(stage, THRESHOLD)
    assert most_w is not None
    assert least_s is not None
    assert most_s is not None

    assert await statuses(
        stage,
        wish(POWER, UPPER, most_w + 1, evse=1),
        wish(THRESHOLD, UPPER, most_s + 1),
        wish(THRESHOLD, LOWER, least_s - 1),
        wish(POWER, UPPER, most_w, evse=1),
    ) == ["Rejected", "Rejected", "Rejected", "Accepted"]


@case("TC_N_15_CS")
async def test_the_same_kind_and_severity_is_a_duplicate(stage: Stage) -> None:
    """Whatever its value is; the first one stays as it was."""
    await stage.boot()
    id_ = await set_one(stage, POWER, UPPER, 5_000, evse=1)

    assert await statuses(stage, wish(POWER, UPPER, 6_000, evse=1)) == ["Duplicate"]
    (found,) = (await of(stage, POWER, evse=1)).values()
    assert (found["id"], found["value"]) == (id_, 5_000)


@case("TC_N_38_CS")
async def test_a_word_has_no_bound(stage: Stage) -> None:
    """A threshold on what is no number is not supported."""
    await stage.boot()

    assert (
        await statuses(stage, wish(STATE, UPPER, 1, evse=1), wish(STATE, LOWER, 1, evse=1))
        == ["UnsupportedMonitorType"] * 2
    )


@case("TC_N_39_CS")
async def test_an_id_belongs_to_its_variable(stage: Stage) -> None:
    """With another component or variable it is refused, and the monitor stays."""
    await stage.boot()
    id_ = await set_one(stage, STATE, DELTA, 1, evse=1)

    assert (
        await statuses(
            stage,
            wish(STATE, DELTA, 1, evse=2, severity=4, id=id_),
            wish(POWER, DELTA, 1, evse=1, severity=4, id=id_),
        )
        == ["Rejected"] * 2
    )
    (found,) = (await of(stage, STATE, evse=1)).values()
    assert (found["id"], found["severity"]) == (id_, 8)


@case("TC_N_40_CS")
async def test_a_monitor_is_replaced_by_its_id(stage: Stage) -> None:
    """It is the only one there, with the new severity."""
    await stage.boot()
    id_ = await set_one(stage, STATE, DELTA, 1, evse=1)

    assert await set_one(stage, STATE, DELTA, 1, evse=1, severity=4, id=id_) == id_

    (found,) = (await of(stage, STATE, evse=1)).values()
    assert (found["id"], found["severity"]) == (id_, 4)


@case("TC_N_43_CS")
async def test_one_bad_wish_spoils_no_other(stage: Stage) -> None:
    """The first and the third are set."""
    await stage.boot()

    results = await set_all(
        stage,
        wish(STATE, DELTA, 1, evse=1),
        wish(POWER, DELTA, -1, evse=1),
        wish(THRESHOLD, UPPER, 100),
    )

    assert [one["status"] for one in results] == ["Accepted", "Rejected", "Accepted"]
    assert results[0]["id"] in await of(stage, STATE, evse=1)
    assert await of(stage, POWER, evse=1) == {}
    assert results[2]["id"] in await of(stage, THRESHOLD)


# --- level and clearing (N05, N06) ---


@case("TC_N_16_CS")
async def test_the_level_decides_what_is_told(stage: Stage) -> None:
    """What is less grave is not, until the level allows it."""
    await stage.boot()
    id_ = await set_one(stage, THRESHOLD, DELTA, 1, severity=6)

    assert await stage.csms.call("SetMonitoringLevel", severity=5) == ACCEPTED
    assert await stage.read("MonitoringCtrlr.ActiveMonitoringLevel") == "5"
    await stage.configure({THRESHOLD: 100})
    await stage.csms.silence(5, "NotifyEvent")
    assert await stage.csms.call("SetMonitoringLevel", severity=6) == ACCEPTED
    await stage.configure({THRESHOLD: 200})
    await stage.csms.expect(event(id_, "Delta", "200"))


@case("TC_N_17_CS")
@pytest.mark.parametrize("severity", [-1, 10])
async def test_a_level_is_one_of_ten(stage: Stage, severity: int) -> None:
    """Any other is refused, and the one before stays."""
    await stage.boot()

    answer = await stage.csms.call("SetMonitoringLevel", severity=severity)

    assert answer["status"] == "Rejected"
    assert await stage.read("MonitoringCtrlr.ActiveMonitoringLevel") == "9"


@case("TC_N_18_CS")
async def test_two_monitors_are_cleared(stage: Stage) -> None:
    """And the report knows neither any more."""
    await stage.boot()
    ids = [await set_one(stage, POWER, UPPER, 5_000, evse=1, severity=n) for n in (4, 5)]

    assert await clear(stage, *ids) == ["Accepted"] * 2
    assert await of(stage, POWER, evse=1) == {}


@case("TC_N_19_CS")
async def test_what_is_no_monitor_is_not_found(stage: Stage) -> None:
    """Nor is one that was cleared before."""
    await stage.boot()
    id_ = await set_one(stage, POWER, UPPER, 5_000, evse=1)

    assert await clear(stage, id_, id_, 99_999) == ["Accepted", "NotFound", "NotFound"]


@case("TC_N_44_CS")
async def test_a_hard_wired_monitor_cannot_be_cleared(stage: Stage) -> None:
    """It stays in the report."""
    await stage.boot()

    assert await clear(stage, LOCK) == ["Rejected"]
    assert LOCK in await report(stage)


@case("TC_N_52_CS")
async def test_clearing_a_monitor_that_alerts_tells_nothing(stage: Stage) -> None:
    """Not even that the value is back."""
    await stage.boot()
    id_ = await set_one(stage, THRESHOLD, UPPER, 50)
    await stage.csms.expect(event(id_, "Alerting", "60"))

    assert await clear(stage, id_) == ["Accepted"]
    await stage.configure({THRESHOLD: 40})

    await stage.csms.silence(10, "NotifyEvent")
    assert await of(stage, THRESHOLD) == {}


# --- events (N07, N08) ---


@case("TC_N_20_CS")
async def test_a_bound_that_is_exceeded(stage: Stage) -> None:
    """It alerts while more flows than it allows, and tells when that is over."""
    await stage.boot()
    id_ = await set_one(stage, POWER, UPPER, 5_000, evse=1)
    transaction = await stage.charge()

    heard = await stage.csms.skip_to(event(id_, "Alerting"), METER_S)
    (told,) = fired(stage, id_)
    assert told["eventNotificationType"] == "CustomMonitor"
    assert float(told["actualValue"]) > 5_000
    assert told["component"] == variable(POWER, 1)["component"]
    assert told["variable"] == {"name": "Power"}
    assert told["transactionId"] == transaction
    assert "cleared" not in told
    assert heard["seqNo"] == 0
    stage.bench.sockets[1].pause(eager=False)
    await stage.csms.skip_to(event(id_, "Alerting", "0", cleared=True), METER_S)


@case("TC_N_21_CS")
async def test_a_lock_that_fails_is_told_without_being_asked(stage: Stage) -> None:
    """By a hard-wired notification, and nothing is charged (G05)."""
    await stage.boot()
    stage.bench.sockets[1].lock_broken = True
    stage.plug(1)
    stage.swipe()

    heard = await stage.csms.skip_to(event(LOCK, "Delta", "true"), METER_S)

    (told,) = [one for one in heard["eventData"] if one.get("variableMonitoringId") == LOCK]
    assert told["eventNotificationType"] == "HardWiredNotification"
    assert told["component"] == variable("ConnectorPlugRetentionLock.Problem", 1, 1)["component"]
    assert told["variable"] == {"name": "Problem"}
    assert not stage.bench.sockets[1].closed


@case("TC_N_24_CS")
async def test_a_period(stage: Stage) -> None:
    """The value is told each time it has passed since the monitor was set."""
    await stage.boot()
    id_ = await set_one(stage, STATE, PERIODIC, 10, evse=1)
    start = stage.clock.now().mono

    for number in (1, 2, 3):
        heard = await stage.csms.expect(event(id_, "Periodic", "Available"))
        assert heard.at - start == pytest.approx(10 * number, abs=1)


@case("TC_N_45_CS")
async def test_a_number_that_differs_by_more(stage: Stage) -> None:
    """The event names the monitor and the new value."""
    await stage.boot()
    id_ = await set_one(stage, THRESHOLD, DELTA, 10)

    await stage.configure({THRESHOLD: 75})

    await stage.csms.expect(event(id_, "Delta", "75", eventNotificationType="CustomMonitor"))


@case("TC_N_61_CS")
async def test_a_number_that_differs_by_exactly_so_much(stage: Stage) -> None:
    """That is not more, so nothing is told; one more is."""
    await stage.boot()
    id_ = await set_one(stage, THRESHOLD, DELTA, 10)

    await stage.configure({THRESHOLD: 70})
    await stage.csms.silence(10, "NotifyEvent")
    await stage.configure({THRESHOLD: 71})
    await stage.csms.expect(event(id_, "Delta", "71"))


@case("TC_N_56_CS")
async def test_a_word_that_changes(stage: Stage) -> None:
    """Any other word is told, whatever the value of the monitor."""
    await stage.boot()
    id_ = await set_one(stage, STATE, DELTA, 1, evse=1)

    stage.plug(1)
    await stage.csms.skip_to(event(id_, "Delta", "Occupied"))
    stage.unplug(1)
    await stage.csms.skip_to(event(id_, "Delta", "Available"))


@case("TC_N_48_CS")
async def test_a_secret_is_watched_and_never_told(stage: Stage) -> None:
    """That the password has changed is told with an empty value."""
    await stage.boot()
    id_ = await set_one(stage, PASSWORD, DELTA, 1, severity=1)

    await stage.configure({PASSWORD: "wachtwoord-dat-nieuw-is"})

    await stage.csms.skip_to(event(id_, "Delta", ""), METER_S)
    assert "wachtwoord" not in repr(stage.csms.heard)


@case("TC_N_51_CS")
async def test_a_changed_bound_is_looked_at_at_once(stage: Stage) -> None:
    """One that is moved below the value alerts."""
    await stage.boot()
    id_ = await set_one(stage, THRESHOLD, UPPER, 100)
    await stage.csms.silence(5, "NotifyEvent")

    await set_one(stage, THRESHOLD, UPPER, 50, id=id_)

    await stage.csms.expect(event(id_, "Alerting", "60"))


@case("TC_N_53_CS")
async def test_a_monitor_survives_a_restart(stage: Stage) -> None:
    """It is in the report, and it still sees what it watches."""
    await stage.boot()
    id_ = await set_one(stage, THRESHOLD, UPPER, 100)
    before = await report(stage)

    await stage.reset()
    await stage.hear_boot()

    assert await report(stage) == before
    await stage.configure({THRESHOLD: 101})
    await stage.csms.skip_to(event(id_, "Alerting", "101"))


async def test_what_alerted_before_a_restart_is_taken_back_after_it(stage: Stage) -> None:
    """A value that came back while the station was off is told to be back."""
    await stage.boot()
    id_ = await set_one(stage, POWER, UPPER, 5_000, evse=1)
    await stage.charge()
    await stage.csms.skip_to(event(id_, "Alerting"), METER_S)

    stage.bench.sockets[1].pause(eager=False)
    await stage.cut_power()

    await stage.csms.skip_to(event(id_, "Alerting", "0", cleared=True), 120.0)


# --- out of reach ---


async def test_what_may_wait_survives_the_power_too(stage: Stage) -> None:
    """It is told once, in order, when the CSMS is back."""
    await stage.boot({QUEUING: 5})
    id_ = await set_one(stage, STATE, DELTA, 1, evse=1, severity=5)

    async with stage.csms.away():
        await stage.clock.sleep(5)
        stage.plug(1)
        await stage.clock.sleep(40)
        stage.unplug(1)
        await stage.clock.sleep(40)
        await stage.cut_power()
        await stage.clock.sleep(40)

    await stage.csms.skip_to(event(id_, "Delta", "Available"), 120.0)
    assert [one["actualValue"] for one in fired(stage, id_)] == ["Occupied", "Available"]


@case("TC_N_22_CS")
@pytest.mark.parametrize("severity", [4, 5])
async def test_what_is_grave_enough_waits_for_the_csms(stage: Stage, severity: int) -> None:
    """Of the severity that may wait, or graver, it is told after the reconnection."""
    await stage.boot({QUEUING: 5})
    id_ = await set_one(stage, STATE, DELTA, 1, evse=1, severity=severity)

    async with stage.csms.away():
        await stage.clock.sleep(5)
        stage.plug(1)
        await stage.clock.sleep(30)

    heard = await stage.csms.skip_to(event(id_, "Delta", "Occupied"), 60.0)
    (told,) = fired(stage, id_)
    assert told["timestamp"] < heard["generatedAt"]


@case("TC_N_23_CS")
async def test_what_is_less_grave_is_forgotten(stage: Stage) -> None:
    """Nothing of it is told after the reconnection."""
    await stage.boot({QUEUING: 5})
    id_ = await set_one(stage, STATE, DELTA, 1, evse=1, severity=6)

    async with stage.csms.away():
        await stage.clock.sleep(5)
        stage.plug(1)
        await stage.clock.sleep(30)
    await stage.csms.skip_to(status(1, "Occupied"), 60.0)
    await stage.csms.silence(60, "NotifyEvent")

    assert fired(stage, id_) == []
