"""What of the meter is told, when, and with which values."""

from __future__ import annotations

from dataclasses import replace

import pytest

from laadpaal.properties import metering as rows
from laadpaal.properties import transactions as tx_rows
from laadpaal.properties.charging import STATION_MAX
from laadpaal.properties.rows import Setting
from laadpaal.station import events as e
from laadpaal.station import requests as r
from laadpaal.station.answers import Accepted
from laadpaal.station.measurement import Measurand, Measurement, Sample
from laadpaal.station.notices import (
    MeterSampled,
    MeterSilent,
    TransactionEnded,
    TransactionSampled,
    TransactionStarted,
    TransactionUpdated,
)
from laadpaal.station.words import Context, Pilot, Status, Trigger
from tests.support.world import NOON, World


def accepted(at: float = NOON) -> World:
    """Return an accepted station whose UTC is `at`."""
    world = World()
    world.now = replace(world.now, utc=at)
    world.tell(e.ClockCorrected())
    world.online()
    return world


def write(world: World, row: Setting[int] | Setting[float], text: str) -> None:
    """Write a setting as the CSMS would."""
    assert world.ask(r.WriteSetting(row.id, text)) == Accepted()


def charging(at: float = NOON) -> World:
    """Return a station that charges on EVSE 1 since `at`."""
    world = accepted(at)
    world.plug()
    world.swipe()
    return world


def clock(world: World) -> list[float]:
    """Return the instants of the aligned values inside the transaction, after noon."""
    told = world.told(TransactionSampled)
    return [n.at - NOON for n in told if n.trigger is Trigger.METER_VALUE_CLOCK]


# --- the grid ---


def test_aligned_values_outside_and_inside() -> None:
    """One for each meter: in its transaction or for itself, never both (2.0.1 J01)."""
    world = charging()
    world.measure(2)
    write(world, rows.ALIGNED_INTERVAL, "900")
    world.pass_time(901)

    assert clock(world) == [900]
    [idle] = world.told(MeterSampled)
    assert (idle.evse, idle.context, idle.transaction) == (2, Context.CLOCK, None)
    assert idle.sample.at == NOON + 900


@pytest.mark.parametrize("jump_s", [-1000.0, 1000.0, 0.25])
def test_the_grid_follows_the_clock(jump_s: float) -> None:
    """A corrected clock moves the instants, and every one of them stays on the grid."""
    world = charging(NOON + 100)
    write(world, rows.ALIGNED_INTERVAL, "900")
    world.pass_time(100)
    world.now = replace(world.now, utc=world.now.utc + jump_s)
    world.tell(e.ClockCorrected())
    world.pass_time(1900)

    first = (200 + jump_s) // 900 * 900 + 900
    assert clock(world) == [first, first + 900]


def test_the_grid_starts_anew_at_midnight() -> None:
    """An interval that does not fit into the day is cut short there."""
    midnight = NOON + 43_200
    world = charging(midnight - 40_000)
    write(world, rows.ALIGNED_INTERVAL, "50000")
    world.pass_time(91_000)

    assert clock(world) == [6_800, 43_200, 93_200]


def test_a_late_tick_belongs_to_the_instant_that_passed() -> None:
    """However late the station looks, the value carries the last instant of the grid."""
    world = charging()
    write(world, rows.ALIGNED_INTERVAL, "10")
    world.now = replace(world.now, mono=world.now.mono + 19, utc=world.now.utc + 19)
    world.pass_step(world.station.tick(world.now))
    world.pass_time(1)

    assert clock(world) == [10, 20]


def test_switched_off_the_grid_is_gone() -> None:
    """Zero ends aligned values."""
    world = charging()
    write(world, rows.ALIGNED_INTERVAL, "900")
    write(world, rows.ALIGNED_INTERVAL, "0")
    world.pass_time(2000)

    assert clock(world) == []


# --- inside a transaction ---


def test_a_new_interval_counts_from_the_start() -> None:
    """Rewritten in the middle, the samples are still multiples since the beginning."""
    world = charging()
    world.pass_time(70)
    write(world, rows.SAMPLE_INTERVAL, "50")
    world.pass_time(90)
    write(world, rows.SAMPLE_INTERVAL, "0")
    world.pass_time(500)

    assert [n.at - NOON for n in world.told(TransactionSampled)] == [60, 100, 150]


def test_nothing_wanted_nothing_told() -> None:
    """Without measurands there is no sample, and no number is used for it."""
    world = accepted()
    world.put(rows.SAMPLED_MEASURANDS, to=())
    world.put(rows.STARTED_MEASURANDS, to=())
    world.put(rows.ENDED_MEASURANDS, to=())
    world.plug()
    world.swipe()
    world.pass_time(200)
    world.swipe()

    assert world.told(TransactionSampled) == []
    assert world.told(TransactionStarted)[0].sample is None
    assert world.told(TransactionEnded)[0].samples == ()
    assert [n.seq for n in world.durable()] == list(range(len(world.durable())))


def test_the_end_tells_the_story() -> None:
    """Begin, the kept periodic and aligned samples, end: in order of time (2.0.1 J02)."""
    world = accepted()
    world.put(rows.ENDED_INTERVAL, to=45)
    world.put(rows.ENDED_ALIGNED_INTERVAL, to=60)
    world.put(rows.ENDED_ALIGNED_MEASURANDS, to=("Voltage",))
    world.tell(e.ClockCorrected())
    world.plug()
    world.swipe()
    world.pass_time(100)
    world.swipe()

    [ended] = world.told(TransactionEnded)
    assert [(s.context, s.at - NOON) for s in ended.samples] == [
        (Context.BEGIN, 0),
        (Context.PERIODIC, 45),
        (Context.CLOCK, 60),
        (Context.PERIODIC, 90),
        (Context.END, 100),
    ]
    assert {v.measurand.value for v in ended.samples[2].values} == {"Voltage"}
    assert world.told(MeterSampled) == []


def test_the_begin_values_wait_for_the_plug() -> None:
    """A start without EVSE tells them with the first notice that names the connector (J_08)."""
    world = accepted()
    world.put(tx_rows.START_POINT, to=("Authorized",))
    world.measure()
    world.swipe()
    world.plug()

    assert world.told(TransactionStarted)[0].sample is None
    first, *others = world.told(TransactionUpdated)
    assert first.connector == 1
    assert first.sample is not None
    assert first.sample.context is Context.BEGIN
    assert all(n.sample is None and n.connector is None for n in others)


def test_lines_are_told_as_the_installation_has_them() -> None:
    """A single-phase installation has one current and one voltage (S15)."""
    everything = rows.MEASURANDS.parse(",".join(_names()))
    world = accepted()
    world.put(rows.SAMPLED_MEASURANDS, to=everything)
    measured = Measurement(5000.0, (231.0, 0.0, 0.0), (16.0, 0.0, 0.0), 3696.0, 49.9)
    world.tell(e.MeterRead(1, measured))
    world.tell(e.CablePlugged(1, 1, 32.0))
    world.tell(e.PilotChanged(1, Pilot.C))
    world.swipe()
    world.pass_time(61)

    [sample] = world.told(TransactionSampled)
    told = [(v.measurand.value, v.phase, v.number, v.unit) for v in sample.sample.values]
    assert told == [
        ("Energy.Active.Import.Register", "", 5000.0, "Wh"),
        ("Power.Active.Import", "", 3696.0, "W"),
        ("Current.Import", "L1", 16.0, "A"),
        ("Voltage", "L1-N", 231.0, "V"),
        ("Current.Offered", "", 16.0, "A"),
        ("Power.Offered", "", 16.0 * 231.0, "W"),
        ("Frequency", "", 49.9, ""),
    ]
    assert world.station.view().evses[0].phases == 1


def _names() -> list[str]:
    return [
        "Energy.Active.Import.Register",
        "Power.Active.Import",
        "Current.Import",
        "Voltage",
        "Current.Offered",
        "Power.Offered",
        "Frequency",
    ]


def test_the_lines_in_use_are_told_when_energy_starts() -> None:
    """With the notice of the charging, once."""
    world = accepted()
    world.plug(ready=False)
    world.swipe()
    world.tell(e.PilotChanged(1, Pilot.C))

    assert [n.phases for n in world.told(TransactionUpdated)] == [3]


def _told_of(measured: Measurement) -> list[tuple[str, float, str]]:
    """Return what a transaction tells of what only some meters have."""
    world = accepted()
    names = ("Frequency", "Power.Factor", "Power.Reactive.Import", "Energy.Active.Export.Register")
    world.put(rows.SAMPLED_MEASURANDS, to=names)
    world.tell(e.MeterRead(1, measured))
    world.tell(e.CablePlugged(1, 1, 32.0))
    world.tell(e.PilotChanged(1, Pilot.C))
    world.swipe()
    world.pass_time(61)
    samples = [told.sample for told in world.told(TransactionSampled)]
    return [(v.measurand.value, v.number, v.unit) for s in samples for v in s.values]


def test_what_only_some_meters_have_is_told() -> None:
    """Power factor, reactive power and the export register, in their units."""
    measured = Measurement(
        5000.0, (230.0,) * 3, power_factor=-0.98, reactive_var=1170.0, exported_wh=120.0
    )

    assert _told_of(measured) == [
        ("Frequency", 50.0, ""),
        ("Power.Factor", -0.98, ""),
        ("Power.Reactive.Import", 1170.0, "var"),
        ("Energy.Active.Export.Register", 120.0, "Wh"),
    ]


def test_what_the_meter_does_not_have_is_not_told() -> None:
    """No number is made up for it, whoever wants it."""
    assert _told_of(Measurement(5000.0, (230.0,) * 3, frequency_hz=None)) == []


# --- a silent meter ---


def test_a_silent_meter_pauses_the_transaction() -> None:
    """No energy without a meter; it goes on when the meter is back, and can tell its end."""
    world = charging()
    world.tell(e.MeterLost(1))
    world.tell(e.MeterLost(1))
    assert not world.evse().closed_wanted
    assert world.statuses()[-1] is Status.FAULTED
    assert world.told(TransactionEnded) == []

    world.tell(e.MeterBack(1))

    assert world.evse().closed_wanted
    assert world.statuses()[-1] is Status.CHARGING
    assert world.told(MeterSilent) == [MeterSilent(1, lost=True), MeterSilent(1, lost=False)]


def test_a_reading_is_proof_of_life() -> None:
    """A meter that answers is back, whether that was said or not."""
    world = charging()
    world.tell(e.MeterLost(1))
    world.measure(more_wh=10)

    assert world.told(MeterSilent)[-1] == MeterSilent(1, lost=False)
    assert world.evse().energy_wh == 5010


@pytest.mark.parametrize(
    ("wanted", "told"),
    [
        (("Voltage.L2",), [("Voltage", "L2-N")]),
        (("Voltage.L2-N",), [("Voltage", "L2-N")]),
        (("Current.Import.L3", "Voltage.L1"), [("Current.Import", "L3"), ("Voltage", "L1-N")]),
        (("Voltage.L1", "Voltage"), [("Voltage", f"L{n}-N") for n in (1, 2, 3)]),
    ],
)
def test_a_line_can_be_wanted_alone(wanted: tuple[str, ...], told: list[tuple[str, str]]) -> None:
    """By measurand and phase (1.6 section 9.1); the bare measurand means all of them."""
    world = accepted()
    world.put(rows.SAMPLED_MEASURANDS, to=wanted)
    world.plug()
    world.swipe()
    world.pass_time(60)

    [sampled] = world.told(TransactionSampled)
    assert [(v.measurand.value, v.phase) for v in sampled.sample.values] == told


def intervals(sample: Sample | None) -> list[float]:
    """Return the energy of the interval that a sample tells."""
    values = sample.values if sample else ()
    return [v.number for v in values if v.measurand is Measurand.ENERGY_INTERVAL]


def test_the_energy_of_an_interval_counts_from_the_sample_before() -> None:
    """Each rhythm for itself, from the start of the transaction (1.6 section 7.31)."""
    world = accepted()
    for row in (rows.SAMPLED_MEASURANDS, rows.ENDED_MEASURANDS):
        world.put(row, to=("Energy.Active.Import.Interval",))
    world.put(rows.ENDED_INTERVAL, to=90)
    world.plug()
    for _ in range(2):
        world.notices.clear()
        world.measure(1, 500)
        world.swipe()
        for more_wh in (100, 20, 3):
            world.measure(1, more_wh)
            world.pass_time(60)
        world.measure(1, 4)
        world.swipe()

        told = [intervals(n.sample) for n in world.told(TransactionSampled)]
        [ended] = world.told(TransactionEnded)
        assert told == [[100], [20], [3]]
        assert [intervals(one) for one in ended.samples] == [[0], [120], [3], [4]]


def test_a_value_that_was_asked_for_ends_no_interval() -> None:
    """It tells what has been delivered since the last sample, and the next one tells all."""
    world = accepted()
    world.put(rows.SAMPLED_MEASURANDS, to=("Energy.Active.Import.Interval",))
    world.plug()
    world.swipe()
    world.measure(1, 30)
    world.ask(r.ReportMeter(1))
    world.measure(1, 12)
    world.pass_time(60)

    [asked] = world.told(MeterSampled)
    [sampled] = world.told(TransactionSampled)
    assert (intervals(asked.sample), intervals(sampled.sample)) == ([30], [42])


def test_aligned_intervals_go_on_without_transactions() -> None:
    """They count from the instant before, whoever charges (1.6 section 7.31)."""
    world = accepted()
    world.put(rows.ALIGNED_MEASURANDS, to=("Energy.Active.Import.Interval",))
    world.measure(2)
    world.ask(r.WriteSetting(rows.ALIGNED_INTERVAL.id, "900"))
    world.pass_time(900)
    world.measure(2, 70)
    world.pass_time(900)

    told = [n for n in world.told(MeterSampled) if n.evse == 2]
    assert [intervals(n.sample) for n in told] == [[0], [70]]


# --- switches ---


def test_sampled_values_can_be_switched_off() -> None:
    """Neither beginning, middle nor end has any then; the transaction is told all the same."""
    world = accepted()
    world.put(rows.SAMPLED_ENABLED, to=False)
    world.plug()
    world.swipe()
    world.pass_time(600.0)
    world.swipe()

    [started], [ended] = world.told(TransactionStarted), world.told(TransactionEnded)
    assert (started.sample, ended.samples) == (None, ())
    assert world.told(TransactionSampled) == []


def test_aligned_values_can_be_switched_off() -> None:
    """Inside and outside transactions, told and kept."""
    world = charging()
    world.put(rows.ALIGNED_ENABLED, to=False)
    world.put(rows.ENDED_ALIGNED_MEASURANDS, to=("Energy.Active.Import.Register",))
    write(world, rows.ALIGNED_INTERVAL, "60")
    write(world, rows.ENDED_ALIGNED_INTERVAL, "60")
    world.measure(2)
    world.pass_time(300.0)
    world.swipe()

    [ended] = world.told(TransactionEnded)
    assert Context.CLOCK not in {sample.context for sample in ended.samples}
    assert (clock(world), world.told(MeterSampled)) == ([], [])


def test_aligned_values_of_idle_hours_only() -> None:
    """No meter is read on the grid while a transaction runs, and all are again after it (J01)."""
    world = charging()
    world.put(rows.ALIGNED_WHEN_IDLE, to=True)
    write(world, rows.ALIGNED_INTERVAL, "60")
    world.measure(2)
    world.pass_time(300.0)
    assert (clock(world), world.told(MeterSampled)) == ([], [])

    world.swipe()
    world.pass_time(60.0)
    assert [n.evse for n in world.told(MeterSampled)] == [1, 2]


def test_a_sample_knows_why_there_was_no_more() -> None:
    """It names the lowest claim of its instant, whatever is told of the meter."""
    world = charging()
    write(world, rows.SAMPLE_INTERVAL, "60")
    world.pass_time(60)
    write(world, STATION_MAX, "13")
    world.pass_time(60)

    told = [n.sample for n in world.told(TransactionSampled)]
    assert [(it.limit_a, it.because) for it in told] == [(16, "connector"), (13, "station")]
