"""Objects say what the station does now, in the numbers that clients know."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from laadpaal.local_api.objects import encoded, render
from laadpaal.local_api.objects.objects import MOST, PAGE
from laadpaal.ports.machine import Dealings
from laadpaal.properties.charging import CONNECTOR_MAX, STATION_MAX
from laadpaal.properties.energy_manager import ALLOWED, OF_EVSES, OF_STATION, STEERS
from laadpaal.station import events as e
from laadpaal.station.answers import Accepted
from laadpaal.station.cards import Card, Rank, WriteCard
from laadpaal.station.carriage import FirmwareOrder
from laadpaal.station.charging_profiles import Period, Schedule, Source, Unit
from laadpaal.station.lights import Light
from laadpaal.station.limits import SetExternalLimit
from laadpaal.station.measurement import GridMeasurement, Measurement
from laadpaal.station.requests import ChangeAvailability, UpdateFirmware
from laadpaal.station.set_points import SetPoint
from laadpaal.station.surroundings import TemperatureRead
from laadpaal.station.words import Pilot, Token
from tests.local_api.objects.conftest import BY_MODBUS, Box
from tests.support.world import NOON


def states(box: Box, socket: int = 1) -> tuple[object, ...]:
    """Return main state, light, relay, pilot and what the display shows."""
    ids = [f"250{socket}_{sub}" for sub in (1, 2, 3, 4)]
    return tuple(box.value(id_) for id_ in (*ids, f"319{socket - 1}_1"))


def test_a_charging_session_in_numbers(box: Box) -> None:
    """Available, a vehicle, charging; the other socket stays as it was."""
    world = box.world
    world.online()
    assert states(box) == (2, Light.AVAILABLE, 0, 0xA0, 2)

    world.plug(ready=False)
    assert states(box) == (5, Light.EV_CONNECTED, 0, 0xB1, 4)
    world.swipe()
    world.tell(e.PilotChanged(1, Pilot.C))
    assert states(box) == (14, Light.CHARGING, 1, 0xC2, 10)
    assert states(box, 2) == (2, Light.AVAILABLE, 0, 0xA0, 2)


def test_the_pilot_tells_what_is_offered(box: Box) -> None:
    """In hundredths of a percent; it is high all the time where nothing is offered."""
    assert box.value("2511_3") == 10_000
    box.world.online()
    box.world.plug()
    box.world.swipe()

    assert box.value("2511_3") == round(16 / 0.6 * 100)
    box.world.put(CONNECTOR_MAX, to=63.0)
    assert box.value("2512_3") == 10_000


def test_an_error_has_its_number(box: Box) -> None:
    """As long as the display shows it."""
    box.world.tell(e.FaultRaised(1, 102))
    assert (box.value("2501_1"), box.value("3190_1"), box.value("3190_2")) == (32, 16, 102)

    box.world.tell(e.FaultCleared(1, 102))
    assert box.value("3190_2") == 0


def test_a_meter_in_numbers(box: Box) -> None:
    """What is told is shown; what follows from it is worked out."""
    volts, amps = (230.0, 231.0, 229.0), (16.0, 8.0, 0.0)
    said = Measurement(5123.0, volts, amps, 5528.0, 49.9, power_factor=0.99, exported_wh=7.5)
    box.world.tell(e.MeterRead(1, said))

    def values(*subs: str) -> list[object]:
        return [box.value(f"2221_{sub}") for sub in subs]

    assert values("3", "4", "5", "A", "B", "C") == [*volts, *amps]
    assert values("D", "16", "22", "26") == [24, 5528, 5123, 7.5]
    assert box.value("2221_12") == pytest.approx(49.9)
    assert box.value("2221_11") == pytest.approx(0.99)
    assert values("13", "14", "15") == [3680, 1848, 0]
    assert values("17", "18", "19", "1A") == [3680, 1848, 0, 5528]
    assert box.value("2221_6") == pytest.approx(399.24, abs=0.01)
    assert box.value("2221_9") == pytest.approx(13.86, abs=0.01)
    assert box.value("3221_22") == 0


def test_a_dead_line_has_no_voltage_to_others(plain: Box) -> None:
    """A station on one line shows one voltage only, and no power where nothing flows."""
    plain.world.tell(e.MeterRead(1, Measurement(1.0, (230.0, 0.0, 0.0))))

    assert [plain.value(f"2221_{sub}") for sub in ("3", "6", "7", "8", "13")] == [230, 0, 0, 0, 0]


def test_the_meter_at_the_grid(box: Box) -> None:
    """Currents, powers, and the time that it tells."""
    said = GridMeasurement(
        (10.0, -2.5, 0.0), (2300.0, -575.0, 0.0), version="50", told_at="231115130000W",
        imported_wh=12_345.0, exported_wh=678.0,
    )  # fmt: skip
    box.world.tell(e.GridRead(said))

    assert [box.value(f"5221_{sub}") for sub in ("A", "B", "C", "13", "16")] == [
        10,
        -2.5,
        0,
        2300,
        1725,
    ]
    assert [box.value(f"5221_{sub}") for sub in (22, 26)] == [12_345, 678]
    assert [box.value(f"212F_{sub}") for sub in (1, 2, 3)] == [10, -2.5, 0]
    assert box.value("212E_2") == 50
    assert box.value("212E_3") == 1_700_049_600_000
    assert box.value("5217_0") == 5


@pytest.mark.parametrize(
    ("told_at", "ms"), [("230715140000S", 1_689_422_400_000), ("soon", 0), ("", 0)]
)
def test_the_clock_of_a_smart_meter(box: Box, told_at: str, ms: int) -> None:
    """It tells summer and winter; what cannot be read is never."""
    box.world.tell(e.GridRead(GridMeasurement((0.0, 0.0, 0.0), version="", told_at=told_at)))

    assert (box.value("212E_3"), box.value("212E_2")) == (ms, 0)


def test_meters_that_have_said_nothing_show_nothing(box: Box) -> None:
    """Neither NaN nor null."""
    assert {box.value(f"5221_{sub:X}") for sub in range(3, 0x2F)} == {0}
    assert (box.value("212E_2"), box.value("212E_3"), box.value("212F_1")) == (0, 0, 0)
    assert box.value("2541_0") == ""


def test_a_signing_meter_shows_its_key(box: Box) -> None:
    """As it was told with the first signed value."""
    box.world.measure(1)

    assert box.value("2541_0") == "key"


def test_the_line_to_a_meter_at_the_grid() -> None:
    """It is silent for too long, or as it should be."""
    box = Box(BY_MODBUS)
    assert (box.value("2540_0"), box.value("5217_0"), box.value("2523_1")) == (2, 4, 1)

    box.world.pass_time(600.0)
    assert box.value("2540_0") == 4
    assert box.value("212D_0") == 16
    assert box.value("212E_1") == 1


def test_currents_and_who_decides_them(box: Box) -> None:
    """What the station, the house and somebody outside leave a socket."""
    box.world.put(STATION_MAX, to=25.0)
    box.world.online()
    box.world.house(20.0)
    box.world.plug()
    box.world.swipe()
    limit = Schedule(Unit.AMPERE, (Period(0, 10.0),))
    box.world.ask(SetExternalLimit(Source.EMS, 1, limit))

    assert [box.value(f"212{letter}_0") for letter in "9ABCD"] == [16, 10, 25, 10, 11.5]
    assert [box.value(f"312{letter}_0") for letter in "9AB"] == [16, 32, 25]
    assert (box.value("215F_0"), box.value("2161_0")) == (25, 11.5)


def test_what_an_energy_manager_wants(box: Box) -> None:
    """Of the station on its lowest line, and of a socket; without it the safe current counts."""
    values = box.world.values
    assert [box.value(f"2166_{sub}") for sub in (1, 2, 3)] == [0, 16, 0]
    values.put(ALLOWED, STEERS)
    values.put(OF_EVSES, value=True)
    values.put(OF_STATION, value=True)
    for point in (SetPoint(1, 9.5), SetPoint(0, 20.0, 1), SetPoint(0, 12.0, 2)):
        assert box.world.ask(point) == Accepted()

    assert [box.value(f"2166_{sub}") for sub in (1, 2, 3)] == [1, 16, 9.5]
    assert [box.value(f"2165_{sub}") for sub in (1, 2, 3)] == [1, 16, 12]
    assert [box.value(f"2167_{sub}") for sub in (1, 2, 3)] == [1, 16, 0]


def test_a_limit_in_watts_is_shown_in_ampere(box: Box) -> None:
    """On each of the lines in use."""
    limit = Schedule(Unit.WATT, (Period(0, 6900.0),))
    box.world.ask(SetExternalLimit(Source.EMS, 1, limit))
    box.world.ask(SetExternalLimit(Source.EMS, 0, limit))

    assert (box.value("212A_0"), box.value("215F_0")) == (10, 10)


def test_what_the_station_is(box: Box) -> None:
    """Names, versions, numbers."""
    seen = {one.row.id: value for one, value in box.objects.everything(0, MOST).items}

    assert [seen[id_] for id_ in ("100A_0", "2050_0", "2051_0", "2055_0", "2053_0")] == [
        "1.2.3-4",
        "Duo",
        "LP000001",
        "Laadpaal",
        "GARAGE02",
    ]
    assert (seen["205E_0"], seen["2125_0"], seen["204F_0"]) == (2, 1, 0xB2)
    assert seen["21A2_0"] == 0x80000000 | 0x100000 | 0x10000 | 0x1000 | 0x100 | 0x10 | 0x4 | 0x2
    assert (seen["2056_0"], seen["2057_0"], seen["2060_0"]) == (1, "PowerUp", 61_500)
    assert seen["2059_0"] == NOON * 1000


def test_a_plain_station_has_little_built_in(plain: Box) -> None:
    """High power, cards and a number; one socket of Type 2 on three lines."""
    assert plain.value("21A2_0") == 0x80000000 | 0x100 | 0x10 | 0x2
    assert plain.value("204F_0") == 0x32
    assert plain.value("2064_0") == 1


def test_the_network_is_that_of_the_machine(box: Box) -> None:
    """The station sets none of it."""
    ids = ("2052_1", "207D_1", "207D_2", "207B_1", "207C_1", "207E_1", "207F_1", "2075_1")

    assert [box.value(id_) for id_ in ids] == [
        "02:00:00:00:00:01",
        "192.0.2.10",
        0,
        "255.255.255.0",
        "192.0.2.1",
        "192.0.2.1",
        "192.0.2.2",
        "",
    ]


@pytest.mark.parametrize(
    ("dealt", "values"),
    [
        (Dealings(), (0, 0, 0)),
        (Dealings(connected=True), (1, 1, 0)),
        (Dealings("Rejected", connected=True), (2, 1, 0)),
        (Dealings("Accepted", connected=True, heard_at=NOON), (3, 1, NOON * 1000)),
        (Dealings("Pending"), (4, 0, 0)),
    ],
)
def test_how_it_goes_with_the_csms(box: Box, dealt: Dealings, values: tuple[object, ...]) -> None:
    """What it said at the start, whether it is there, and since when it is silent."""
    box.machine.dealt = dealt

    assert (box.value("3600_1"), box.value("3600_5"), box.value("3600_6")) == values


def test_parts_out_of_use_are_bits(box: Box) -> None:
    """The station, its first and its second socket."""
    assert box.value("205F_0") == 0
    box.world.ask(ChangeAvailability(operative=False, evse=2))
    assert box.value("205F_0") == 4
    box.world.ask(ChangeAvailability(operative=False))
    assert box.value("205F_0") == 5


def test_the_temperature_inside(box: Box) -> None:
    """There is a thermometer once it has told something."""
    assert (box.value("2200_0"), box.value("2201_0")) == (0, 0)
    box.world.tell(TemperatureRead(31.5))

    assert (box.value("2200_0"), box.value("2201_0")) == (1, 31.5)


def test_the_master_card(box: Box) -> None:
    """None, or the first of them."""
    assert (box.value("2400_1"), box.value("2400_2")) == (0, "")
    box.world.ask(WriteCard(Card(Token("04AABBCC"), Rank.MASTER)))

    assert (box.value("2400_1"), box.value("2400_2")) == (1, "04AABBCC")


def test_how_an_update_stands(box: Box) -> None:
    """In the numbers that tools wait for; 0 where there was none."""
    assert box.value("2911_0") == 0
    order = FirmwareOrder("http://files.test/it.bin", NOON)
    box.world.ask(UpdateFirmware(order))

    assert box.value("2911_0") == 4


def test_lights_in_bytes(box: Box) -> None:
    """Red, green, blue, cyan and a time, twice; a steady light has no times."""
    assert box.value("2302_0") == "FF,0,0,0,50,0,0,0,0,14"
    assert box.value("2303_0") == "FF,0,0,0,A,FF,FF,FF,FF,A"
    assert box.value("2311_0") == "0,0,FF,0,0,0,0,0,0,0"
    assert box.value("2315_0") == "0,0,0,FF,5A,0,0,0,0,A"
    assert box.value("2331_0") == "FF,0,0,0,A,FF,0,FF,0,A"
    assert box.value("2338_0") == "FF,5A,0,0,0,0,0,0,0,0"


def test_every_object_has_a_value(box: Box, plain: Box) -> None:
    """Of its type, on every kind of station, before anything has happened."""
    for one in (box, plain, Box(BY_MODBUS)):
        for item, value in one.objects.everything(0, MOST).items:
            assert type(value) in {int, float, str}, item.row.id
            assert isinstance(value, str) == (item.row.code in {9, 64}), item.row.id


# --- pages ---


def test_a_page_is_json_of_its_dictionary(box: Box) -> None:
    """In the order in which stations write the members."""
    box.world.measure(1)
    page = box.objects.everything(0, MOST)

    assert json.loads(encoded(page)) == render(page)
    assert encoded(box.objects.named(["2129_0"])) == (
        b'{"version":2,"properties":[{"id":"2129_0","access":0,"type":8,"len":0,'
        b'"cat":"generic","value":16}],"offset":0,"total":1}'
    )


def test_a_page_has_32_objects(box: Box) -> None:
    """Where nobody says otherwise."""
    page = box.objects.page("generic")

    assert (len(page.items), page.offset) == (PAGE, 0)
    assert page.total > PAGE


def test_what_does_not_exist_is_empty(box: Box) -> None:
    """A category that nobody knows, and ids that nobody has."""
    assert render(box.objects.page("nothing")) == {
        "version": 2,
        "properties": [],
        "offset": 0,
        "total": 0,
    }
    assert box.objects.named(["FFFF_0", "", "x", "1_2_3", "2129", "2129_", "_0"]).items == ()


@pytest.mark.parametrize("id_", ["20f0_a", "020F0_0A", "2129_00", "2129_0", "100a_0"])
def test_ids_are_read_in_any_case_and_padded(box: Box, id_: str) -> None:
    """They are told without padding, in upper case."""
    page = box.objects.named([id_])

    found = [one.row.id for one, _ in page.items]
    index, _, sub = id_.upper().lstrip("0").partition("_")
    expected = f"{index}_{sub.lstrip('0') or '0'}"
    assert found == [expected] * (expected in box.objects._table.by_id)


def test_ids_come_in_the_order_in_which_they_were_asked(box: Box) -> None:
    """Each once, and the unknown left out."""
    page = box.objects.named(["312C_0", "2129_0", "FFFF_0", "312c_0", "205E_0"])

    assert [one.row.id for one, _ in page.items] == ["312C_0", "2129_0", "205E_0"]
    assert page.total == 3


@given(limit=st.integers(1, 70), offset=st.integers(0, 500))
def test_pages_add_up_to_the_whole(limit: int, offset: int) -> None:
    """Going on by what was received comes to the same as one large page."""
    objects = BOX.objects
    received: list[str] = []
    while len(received) < (page := objects.everything(len(received), limit)).total:
        assert 1 <= len(page.items) <= limit
        received += [one.row.id for one, _ in page.items]

    whole = objects.everything(0, MOST)
    assert received == [one.row.id for one, _ in whole.items]
    assert objects.everything(offset, limit).total == whole.total
    assert len(objects.everything(offset, limit).items) == max(0, min(limit, whole.total - offset))


BOX = Box(BY_MODBUS)


def test_the_table_is_made_once(box: Box) -> None:
    """For as long as the station is built and held as it was."""
    before = box.objects._table
    assert box.objects._table is before

    box.world.values.hold({CONNECTOR_MAX.id: 10.0})
    held = box.objects._table
    assert held is not before
    ((item, value),) = box.objects.named(["2129_0"]).items
    assert (item.row.write, value) == (None, 10)
