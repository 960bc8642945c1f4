"""What may be set depends on what the station has, and on what else is set."""

from __future__ import annotations

import pytest

from laadpaal.properties import metering, transactions
from laadpaal.properties.readers import SCAN_INTERVAL, TAG_DELAY
from laadpaal.properties.rows import Setting
from laadpaal.station import requests as r
from laadpaal.station.answers import Accepted, Answer, Reason, Refused
from laadpaal.station.choices import absent, offered
from laadpaal.station.layout import EvseLayout, Layout
from tests.support.points import EQUIPPED, EVERY_CHOICE, settings_of
from tests.support.world import World

BARE = Layout()
HALF = Layout(evses=(EvseLayout(bay=True, signs=True), EvseLayout()))
START, STOP = transactions.START_POINT, transactions.STOP_POINT


def write(world: World, row_id: str, text: str) -> Answer:
    """Write a setting as the CSMS would."""
    return world.ask(r.WriteSetting(row_id, text))


@pytest.mark.parametrize("layout", [BARE, HALF])
def test_what_no_device_tells_is_not_offered(layout: Layout) -> None:
    """Every EVSE must have the sensor, and a meter that signs."""
    few = ("EVConnected", "Authorized", "PowerPathClosed", "EnergyTransfer")

    assert offered(START, layout) == offered(STOP, layout) == few
    assert offered(metering.SAMPLED_MEASURANDS, layout) == metering.MEASURANDS.choices
    assert offered(START, EQUIPPED) == transactions.POINTS
    assert offered(STOP, EQUIPPED) == transactions.STOP_POINTS


@pytest.mark.parametrize("layout", [BARE, HALF])
@pytest.mark.parametrize(
    ("row", "text"),
    [
        (START, "EVConnected,ParkingBayOccupancy"),
        (STOP, "ParkingBayOccupancy"),
        (START, "DataSigned"),
        (metering.SIGN_SAMPLED, "true"),
        (metering.SIGN_ALIGNED, "true"),
        (metering.PUBLIC_KEY, "Never"),
    ],
)
def test_what_is_not_offered_is_refused(layout: Layout, row: Setting[object], text: str) -> None:
    """Nothing of it is kept."""
    world = World(layout)
    answer = write(world, row.id, text)

    assert isinstance(answer, Refused)
    assert answer.reason is Reason.BAD_VALUE
    assert world.values[row] == row.default


def test_signing_is_nothing_without_a_meter_that_does() -> None:
    """The settings about it are not there."""
    assert absent(metering.SIGN_SAMPLED.id, HALF)
    assert not absent(metering.SIGN_SAMPLED.id, EQUIPPED)
    assert not absent(START.id, BARE)


@pytest.mark.parametrize(
    ("row", "layout"),
    [(SCAN_INTERVAL, Layout(scans=True)), (TAG_DELAY, Layout(repeats=True))],
)
def test_a_setting_of_readers_needs_a_reader_that_heeds_it(
    row: Setting[int], layout: Layout
) -> None:
    """One that has to be asked for cards, and one that tells a held card more than once."""
    assert absent(row.id, BARE)
    assert not absent(row.id, layout)
    refused = write(World(BARE), row.id, "500")
    assert isinstance(refused, Refused)
    assert "no card reader" in refused.detail
    assert write(World(layout), row.id, "500") == Accepted()


def test_signed_data_needs_signed_readings() -> None:
    """Neither can DataSigned come before them, nor can they go while it is there (E01)."""
    world = World(EQUIPPED)
    assert isinstance(write(world, START.id, "DataSigned"), Refused)
    assert write(world, metering.SIGN_SAMPLED.id, "true") == Accepted()
    assert write(world, START.id, "DataSigned") == Accepted()

    assert isinstance(write(world, metering.SIGN_SAMPLED.id, "false"), Refused)
    assert isinstance(write(world, STOP.id, "DataSigned"), Refused)
    assert write(world, START.id, "Authorized") == Accepted()
    assert write(world, metering.SIGN_SAMPLED.id, "false") == Accepted()


def test_every_choice_can_be_written() -> None:
    """An equipped station takes each combination of points that there is."""
    world = World(EQUIPPED)
    for start, stop in EVERY_CHOICE:
        assert write(world, START.id, "Authorized") == Accepted()
        for row_id, text in settings_of(start, stop).items():
            assert write(world, row_id, text) == Accepted()
