"""The registers: what stands where, what may be written, and what every mistake is answered."""

from __future__ import annotations

import math
import struct
from dataclasses import replace
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from laadpaal.modbus_slave.evse_table import EVSE
from laadpaal.modbus_slave.rows import RegisterTable, Row, Text
from laadpaal.modbus_slave.station_table import STATION
from laadpaal.properties import energy_manager as rows
from laadpaal.properties.balancing import SAFE_EVSE, SAFE_STATION
from laadpaal.properties.charging import EXTERNAL_LIMITS_USED
from laadpaal.properties.rows import Setting
from laadpaal.properties.wiring import PHASE_SWITCHING
from laadpaal.protocols.modbus.asked import ExceptionCode
from laadpaal.protocols.modbus.registers import Kind
from laadpaal.station import events as e
from laadpaal.station import requests as r
from laadpaal.station.answers import Reason, Refused
from laadpaal.station.measurement import Measurement
from laadpaal.station.phases import SetPhases
from laadpaal.station.set_points import SetPoint
from laadpaal.station.surroundings import TemperatureRead
from laadpaal.station.words import Pilot
from tests.modbus_slave.desk import ManagedDesk, amps, reading, writing

STATION_UNIT = 200
NOTHING = 0xFFFF
MEASURED = Measurement(
    12_345.5,
    (230.5, 231.0, 229.0),
    (10.0, 2.5, 0.5),
    3_000.0,
    50.02,
    power_factor=0.98,
    reactive_var=-120.0,
    exported_wh=7.0,
)


def failed(function: int, code: ExceptionCode) -> bytes:
    """Return the answer to what is not done."""
    return bytes((function | 0x80, code))


# --- the station ---


def test_the_product_tells_who_it_is() -> None:
    """All of it fits into one request; texts end in zeros, and never in what is no text."""
    desk = ManagedDesk()
    layout = desk.layout

    assert desk.text(STATION_UNIT, 100, 17) == "Laadpaal Duo"
    assert desk.text(STATION_UNIT, 117, 5) == layout.vendor
    assert desk.number(STATION_UNIT, 122, "h") == 1
    assert desk.text(STATION_UNIT, 123, 17) == "1.2.3"
    assert desk.text(STATION_UNIT, 140, 17) == layout.model
    assert desk.text(STATION_UNIT, 157, 11) == layout.serial
    assert desk.words(STATION_UNIT, 168, 6) == (2023, 11, 15, 12, 0, 0)
    assert desk.number(STATION_UNIT, 174, "Q") == 12_500
    assert desk.number(STATION_UNIT, 178, "h") == 0
    assert len(desk.words(STATION_UNIT, 100, 79)) == 79


def test_a_long_name_is_cut_and_still_ends() -> None:
    """A letter that there is not becomes a question mark."""
    desk = ManagedDesk()
    world = desk.world
    world.station.parts.facts.layout = replace(desk.layout, vendor="Paalbouw Zuid-Éen")

    assert desk.text(STATION_UNIT, 117, 5) == "Paalbouw "
    assert desk.text(STATION_UNIT, 100, 17) == "Paalbouw Zuid-?en Duo"


def test_a_clock_that_nobody_vouches_for_is_not_told() -> None:
    """Its words say that there is nothing."""
    desk = ManagedDesk()
    desk.world.now = replace(desk.world.now, trusted=False)

    assert desk.words(STATION_UNIT, 168, 6) == (NOTHING,) * 6


def test_the_station_tells_how_it_is() -> None:
    """Its limit, its heat, whether the CSMS is there, and its EVSEs; at once in one request."""
    desk = ManagedDesk()
    assert desk.number(STATION_UNIT, 1100, "f") == 32
    assert desk.words(STATION_UNIT, 1102, 2) == (NOTHING, NOTHING)
    assert desk.words(STATION_UNIT, 1104, 2) == (0, 2)
    desk.world.online()
    desk.happened(TemperatureRead(31.5))

    assert desk.number(STATION_UNIT, 1102, "f") == 31.5
    assert desk.words(STATION_UNIT, 1104, 2) == (1, 2)


def test_a_network_of_one_station_has_three_lines_to_set() -> None:
    """Each with its own time; what is not set holds at the safe current."""
    desk = ManagedDesk()
    desk.world.put(rows.OF_STATION, to=True)
    desk.world.put(SAFE_STATION, to=14.0)
    desk.world.measure(1, currents_a=(10.0, 2.0, 3.0))
    desk.world.measure(2, currents_a=(1.0, 2.0, 3.0))
    assert desk.write(STATION_UNIT, 1417, amps(20), amps(12.5)) == bytes.fromhex("10 0589 0004")
    desk.world.pass_time(10)

    assert desk.text(STATION_UNIT, 1400, 4) == ""
    assert desk.number(STATION_UNIT, 1404, "H") == 2
    assert [desk.number(STATION_UNIT, at, "f") for at in (1405, 1407, 1409)] == [11, 4, 6]
    assert [desk.number(STATION_UNIT, at, "f") for at in (1411, 1413, 1415)] == [20, 12.5, 14]
    assert [desk.number(STATION_UNIT, at, "f") for at in (1417, 1419, 1421)] == [20, 12.5, 14]
    assert [desk.number(STATION_UNIT, at, "I") for at in (1423, 1425, 1427)] == [50, 50, 0]
    assert desk.number(STATION_UNIT, 1429, "f") == 14
    assert desk.number(STATION_UNIT, 1431, "H") == 1
    assert len(desk.words(STATION_UNIT, 1400, 32)) == 32
    assert desk.asked == [SetPoint(0, 20, 1), SetPoint(0, 12.5, 2)]


# --- an EVSE ---


def test_before_the_meter_was_heard_nothing_is_available() -> None:
    """Every word of its values is the one that says so, but for its state and kind."""
    desk = ManagedDesk()

    assert desk.words(1, 300, 6) == (0, *(NOTHING,) * 4, 1)
    assert set(desk.words(1, 306, 120)) == {NOTHING}
    assert math.isnan(desk.number(1, 344, "f"))
    assert desk.number(2, 305, "H") == 0


def test_the_meter_is_told_as_far_as_it_tells() -> None:
    """The rest is not available, and a request may go over both."""
    desk = ManagedDesk()
    desk.happened(e.MeterRead(1, MEASURED))
    desk.world.pass_time(2.5)

    assert desk.number(1, 300, "H") == 3
    assert desk.number(1, 301, "Q") == 2500
    floats = (306, 308, 310, 320, 322, 324, 326, 336, 344, 360)
    told = [desk.number(1, at, "f") for at in floats]
    wanted = [230.5, 231.0, 229.0, 10.0, 2.5, 0.5, 13.0, 50.02, 3000.0, -120.0]
    assert told == pytest.approx(wanted, rel=1e-6)
    assert desk.number(1, 334, "f") == pytest.approx(0.98)
    assert desk.number(1, 374, "d") == 12_345.5
    assert desk.number(1, 390, "d") == 7.0
    assert set(desk.words(1, 312, 8)) == {NOTHING}
    assert set(desk.words(1, 394, 32)) == {NOTHING}
    assert len(desk.words(1, 300, 125)) == 125
    desk.happened(e.MeterLost(1))
    assert desk.number(1, 300, "H") == 9


@pytest.mark.parametrize(
    ("pilot", "authorized", "text"),
    [
        (Pilot.A, False, "A"),
        (Pilot.B, False, "B1"),
        (Pilot.B, True, "B2"),
        (Pilot.C, False, "C1"),
        (Pilot.C, True, "C2"),
        (Pilot.D, False, "D1"),
        (Pilot.E, False, "E"),
        (Pilot.F, False, "F"),
    ],
)
def test_the_pilot_is_told_by_letter_and_digit(
    pilot: Pilot, *, authorized: bool, text: str
) -> None:
    """2 says that current is offered, 1 that none is."""
    desk = ManagedDesk()
    desk.world.online()
    if pilot is not Pilot.A:
        desk.world.plug(1, ready=False)
        desk.happened(e.PilotChanged(1, pilot))
    if authorized:
        desk.world.swipe()

    assert desk.text(1, 1201, 5) == text


def test_an_evse_tells_what_it_may_and_what_was_set() -> None:
    """Before anybody has set anything the safe current counts, and is what stands there."""
    desk = ManagedDesk()
    desk.world.put(SAFE_EVSE, to=6.0)
    desk.happened(e.CsmsOnline(300))  # has the station decide

    assert desk.number(1, 1200, "H") == 1
    assert desk.number(1, 1206, "f") == 6
    assert desk.number(1, 1208, "I") == 0
    assert desk.number(1, 1210, "f") == 6
    assert desk.number(1, 1212, "f") == 6
    assert desk.words(1, 1214, 2) == (1, 3)
    assert len(desk.words(1, 1200, 16)) == 16
    desk.world.ask(r.ChangeAvailability(operative=False, evse=1))
    assert desk.number(1, 1200, "H") == 0


def test_a_set_point_is_obeyed_read_back_exactly_and_counted_down() -> None:
    """As it was written, to the last bit; after its time the safe current holds."""
    desk = ManagedDesk()
    assert desk.write(1, 1210, amps(9.7)) == bytes.fromhex("10 04ba 0002")
    assert desk.words(1, 1210, 2) == struct.unpack(">2H", amps(9.7))
    assert desk.words(1, 1206, 2) == struct.unpack(">2H", amps(9.7))
    assert desk.number(1, 1208, "I") == 60
    desk.world.pass_time(10)
    assert desk.number(1, 1208, "I") == 50
    desk.world.pass_time(50)

    assert desk.number(1, 1208, "I") == 0
    assert desk.number(1, 1206, "f") == 16
    assert desk.words(1, 1210, 2) == struct.unpack(">2H", amps(9.7))
    assert desk.number(2, 1210, "f") == 16


def test_more_than_there_is_is_kept_as_it_was_written() -> None:
    """Only what all limits come to is less."""
    desk = ManagedDesk()
    desk.write(1, 1210, amps(80))

    assert desk.number(1, 1210, "f") == 80
    assert desk.number(1, 1206, "f") == 16


@pytest.mark.parametrize("by_one", [False, True])
def test_the_number_of_lines_is_set_by_either_function(*, by_one: bool) -> None:
    """And read back as what is used."""
    desk = ManagedDesk()
    answer = desk.write_one(1, 1215, 1) if by_one else desk.write(1, 1215, b"\x00\x01")

    assert answer == bytes.fromhex("06 04bf 0001" if by_one else "10 04bf 0001")
    assert desk.number(1, 1215, "H") == 1
    assert desk.asked == [SetPhases(1, 1, "energy manager")]


@pytest.mark.parametrize("lines", [0, 2, 4, 0xFFFF])
def test_other_numbers_of_lines_are_no_value(lines: int) -> None:
    """There are one and three."""
    desk = ManagedDesk()

    assert desk.write_one(1, 1215, lines) == failed(6, ExceptionCode.VALUE)


def test_lines_that_may_not_be_switched_are_no_value() -> None:
    """As the masters of such stations know it."""
    desk = ManagedDesk()
    desk.world.put(PHASE_SWITCHING, to=False)

    assert desk.write_one(1, 1215, 1) == failed(6, ExceptionCode.VALUE)
    assert desk.number(1, 1215, "H") == 3


# --- what cannot be ---


@pytest.mark.parametrize(
    ("unit", "pdu", "code"),
    [
        # Addresses that there are not, and units.
        (1, reading(299, 1), ExceptionCode.ADDRESS),
        (1, reading(1215, 2), ExceptionCode.ADDRESS),
        (1, reading(100, 79), ExceptionCode.ADDRESS),
        (200, reading(1431, 2), ExceptionCode.ADDRESS),
        (200, reading(99, 2), ExceptionCode.ADDRESS),
        (0, reading(300, 1), ExceptionCode.NOBODY),
        (3, reading(300, 1), ExceptionCode.NOBODY),
        (201, writing(1210, amps(6)), ExceptionCode.NOBODY),
        (255, reading(300, 1), ExceptionCode.NOBODY),
        # Half a value, a value and a half, what nobody can write, what there is not.
        (1, struct.pack(">BHH", 6, 1210, 16), ExceptionCode.ADDRESS),
        (1, writing(1210, b"\x41\x80"), ExceptionCode.ADDRESS),
        (1, writing(1211, b"\x00\x00"), ExceptionCode.ADDRESS),
        (1, writing(1209, b"\x00\x00" + amps(6)), ExceptionCode.ADDRESS),
        (1, writing(1210, amps(6) + amps(6)), ExceptionCode.ADDRESS),
        (1, writing(1206, amps(6)), ExceptionCode.ADDRESS),
        (1, struct.pack(">BHH", 6, 1214, 1), ExceptionCode.ADDRESS),
        (1, struct.pack(">BHH", 6, 500, 1), ExceptionCode.ADDRESS),
        (200, writing(1418, amps(6)), ExceptionCode.ADDRESS),
        (200, writing(1421, amps(6) + b"\x00\x01"), ExceptionCode.ADDRESS),
        # Numbers that are no current.
        (1, writing(1210, amps(-1)), ExceptionCode.VALUE),
        (1, writing(1210, amps(math.nan)), ExceptionCode.VALUE),
        (1, writing(1210, amps(math.inf)), ExceptionCode.VALUE),
        (1, writing(1210, b"\xff\xff\xff\xff"), ExceptionCode.VALUE),
        (200, writing(1417, amps(10) + amps(-1) + amps(10)), ExceptionCode.VALUE),
        # Functions that there are not.
        (1, bytes((4,)) + reading(300, 1)[1:], ExceptionCode.FUNCTION),
        (77, bytes((5, 0, 0, 0, 0)), ExceptionCode.FUNCTION),
    ],
)
def test_what_cannot_be_is_answered_by_its_code_and_changes_nothing(
    unit: int, pdu: bytes, code: ExceptionCode
) -> None:
    """Nothing of a write is done where any part of it cannot be."""
    desk = ManagedDesk()
    desk.world.put(rows.OF_STATION, to=True)

    assert desk.request(unit, pdu) == failed(pdu[0], code)
    assert desk.asked == []


def test_what_lies_between_the_values_is_read_along() -> None:
    """There is nothing, and it says so."""
    desk = ManagedDesk()

    assert desk.words(1, 1199, 2) == (NOTHING, 1)
    assert set(desk.words(1, 426, 100)) == {NOTHING}
    assert desk.words(1, 307, 1) == (NOTHING,)


@pytest.mark.parametrize(
    ("row", "value", "unit", "address"),
    [
        (rows.ALLOWED, rows.READS, 1, 1210),
        (rows.OF_EVSES, False, 1, 1210),
        (rows.OF_STATION, False, 200, 1417),
        (EXTERNAL_LIMITS_USED, False, 1, 1210),
    ],
)
def test_what_may_not_be_written_is_no_register_to_write(
    row: Setting[Any], value: object, unit: int, address: int
) -> None:
    """It can be read all the same, and tells that it does not count."""
    desk = ManagedDesk()
    desk.world.put(rows.OF_STATION, to=True)
    desk.world.put(row, to=value)

    assert desk.write(unit, address, amps(10)) == failed(16, ExceptionCode.ADDRESS)
    assert desk.number(unit, 1214 if unit == 1 else 1431, "H") == 0
    assert desk.number(unit, address, "f") == 16


def test_lines_may_not_be_set_where_only_reading_is_allowed() -> None:
    """Whatever the contactors can do."""
    desk = ManagedDesk(allowed=rows.READS)

    assert desk.write_one(1, 1215, 1) == failed(6, ExceptionCode.ADDRESS)
    assert desk.number(1, 1215, "H") == 3


def test_a_station_that_starts_anew_is_busy() -> None:
    """A master may try again."""
    desk = ManagedDesk()
    desk.refuses = Refused(Reason.UNAVAILABLE, "the station is starting anew")

    assert desk.write(1, 1210, amps(10)) == failed(16, ExceptionCode.BUSY)


# --- the tables ---


@pytest.mark.parametrize("table", [STATION, EVSE], ids=["station", "EVSE"])
def test_no_register_has_two_meanings(table: RegisterTable[Any]) -> None:
    """Each row begins where the one before has ended, or after a gap, and has its kind's size."""
    for before, after in pairwise(table.rows):
        assert before.end <= after.address
    for row in table.rows:
        assert row.what
        if isinstance(row.kind, Kind):
            assert row.count == row.kind.words


def test_a_row_that_shows_what_it_cannot_is_a_mistake() -> None:
    """Of ours, and found at once."""
    row: Row[None] = Row(1, Text.TEXT, 1, "", "a text", lambda _: 3.5)

    with pytest.raises(AssertionError, match=r"register 1 shows 3\.5"):
        row.words(None)


UNITS = st.sampled_from([0, 1, 2, 3, 200])


@settings(deadline=None, max_examples=200)
@given(
    unit=UNITS,
    pdu=st.binary(min_size=1, max_size=12)
    | st.builds(
        lambda head, rest: head + rest,
        st.sampled_from([b"\x03\x01\x2c", b"\x06\x04\xbf", b"\x10\x04\xba", b"\x10\x05\x89"]),
        st.binary(max_size=13),
    ),
)
def test_every_request_is_answered(unit: int, pdu: bytes) -> None:
    """By the same function, or by the same with a code; never by an error of ours."""
    desk = ManagedDesk()
    answer = desk.request(unit, pdu)

    assert answer[0] in {pdu[0], pdu[0] | 0x80}
    if answer[0] & 0x80:
        assert ExceptionCode(answer[1])
    assert len(answer) <= 253
