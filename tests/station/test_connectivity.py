"""Which way leads to the CSMS: written at once, in force after the restart (S42, S43, S45)."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from laadpaal.properties import connectivity, networks
from laadpaal.properties.book import BOOK
from laadpaal.properties.connectivity import AUTO, CONNECTIVITY, LAST_WAY, MOBILE, NONE, WIRED
from laadpaal.properties.kinds import Hidden
from laadpaal.properties.rows import Access, Setting
from laadpaal.properties.values import Values
from laadpaal.station import events as e
from laadpaal.station import readings
from laadpaal.station import requests as r
from laadpaal.station.answers import Accepted, AfterRestart, Answer, Reason, Refused
from laadpaal.station.layout import Layout
from laadpaal.station.network_profile import ANY, Apn, Generation, NetworkProfile
from laadpaal.station.records import SettingWritten
from laadpaal.station.saved import Saved, restored
from laadpaal.station.station import Station
from laadpaal.station.words import By
from tests.support.disk import MemoryDisk
from tests.support.promises import assert_saved
from tests.support.world import World, numbered

WITH_MODEM = Layout(modem=True, interfaces=("Wired0", "Wireless0", "Any"))
GIVEN = NetworkProfile(Generation.SECOND, "ws://given.example", interface=ANY)
WIRELESS_ONLY = NetworkProfile(
    Generation.SECOND,
    "ws://other.example",
    interface="Wireless0",
    apn=Apn("private.example", "CHAP", "anna", "secret"),
)
WIRED_ONLY = NetworkProfile(Generation.SECOND, "ws://third.example", interface="Wired0")
ROWS: Mapping[str, str] = {
    "Connectivity": "2",
    "APN": "m2m.example",
    "APNUser": "anna",
    "APNPassword": "welcome",
    "SIMPin": "4321",
    "Roaming": "false",
}
"""What may be written in the group Network, and a new value of each."""


class Lives:
    """A station that starts anew when told to, on a disk that keeps everything."""

    def __init__(self, layout: Layout = WITH_MODEM, *slots: NetworkProfile) -> None:
        self.layout = layout
        self.given = dict(enumerate(slots or (GIVEN,), 1))
        self.disk = MemoryDisk()
        self.start()

    def saved(self) -> Saved:
        """Return what a new life is given."""
        saved = self.disk.saved()
        return Saved(saved.settings, networks={**self.given, **saved.networks})

    def start(self) -> None:
        """Begin a life with what the last one kept, as after a restart or a power cut."""
        self.world = World(self.layout)
        self.values = Values()
        assert restored(self.values, self.saved()) == []
        self.world.station = Station(self.layout, self.values, numbered(), self.saved())
        self.world.records.clear()
        self.tell(e.PoweredUp())

    def tell(self, event: e.Event) -> None:
        """Let something happen."""
        before = len(self.world.records)
        self.world.tell(event)
        self._kept(before)

    def write(self, row_id: str, text: str) -> Answer:
        """Write a setting, as the CSMS does."""
        before = len(self.world.records)
        answer = self.world.ask(r.WriteSetting(row_id, text, By.REMOTE))
        self._kept(before)
        return answer

    def _kept(self, before: int) -> None:
        self.disk.apply(self.world.records[before:])
        assert_saved(self.world.station, Values(), self.saved())

    @property
    def ways(self) -> list[tuple[int, str]]:
        """Slots and interfaces of the next attempts, which all fail."""
        dialled = []
        for _ in range(12):
            route = self.world.station.view().network.route
            dialled.append((route.slot, route.interface))
            self.tell(e.CsmsUnreached(0, "no answer", False, route.slot, route.interface))  # noqa: FBT003  as it stands
        return dialled[::3]

    def reach(self, interface: str, slot: int = 1) -> None:
        """Open a connection."""
        self.tell(e.CsmsReached(0, slot, interface))

    @property
    def connectivity(self) -> int:
        """The number of the way that is in use."""
        return self.world.station.view().network.connectivity

    @property
    def pending(self) -> tuple[str, ...]:
        """What waits for the restart."""
        return self.world.station.view().pending_settings


@pytest.mark.parametrize("number", [NONE, WIRED, MOBILE])
def test_s42_a_change_waits_for_the_restart(number: int) -> None:
    """It is kept at once, listed as waiting, and changes nothing of the way in use."""
    lives = Lives()
    lives.reach("Wired0")
    before = lives.world.station.view().network

    assert lives.write(CONNECTIVITY.id, str(number)) == AfterRestart()
    assert lives.pending == (CONNECTIVITY.id,)
    assert SettingWritten(CONNECTIVITY.id, 0, str(number)) in lives.world.records
    lives.world.pass_time(600)
    assert lives.world.station.view().network == before
    assert lives.values[CONNECTIVITY] == AUTO


def test_s42_changing_back_leaves_nothing_to_wait_for() -> None:
    """Neither on the list nor after the restart."""
    lives = Lives()
    lives.write(CONNECTIVITY.id, "2")
    lives.write(CONNECTIVITY.id, "0")

    assert lives.write(CONNECTIVITY.id, "3") == Accepted()
    assert lives.pending == ()
    lives.start()
    assert lives.values[CONNECTIVITY] == AUTO


@pytest.mark.parametrize("text", ["4", "-1", "mobile", "", "2.0", "03"])
def test_s42_an_invalid_way_is_refused(text: str) -> None:
    """And nothing waits for a restart."""
    lives = Lives()
    answer = lives.write(CONNECTIVITY.id, text)

    assert isinstance(answer, Refused)
    assert answer.reason is Reason.BAD_VALUE
    assert lives.pending == ()


@pytest.mark.parametrize(
    ("number", "ways"),
    [
        (WIRED, [(1, "Wired0")] * 4),
        (MOBILE, [(1, "Wireless0")] * 4),
        (AUTO, [(1, "Wired0"), (1, "Wireless0")] * 2),
    ],
)
def test_s43_the_new_way_is_gone_after_the_restart(
    number: int, ways: list[tuple[int, str]]
) -> None:
    """Nothing waits any more, and a way that fails is left for the other in automatic only."""
    lives = Lives()
    lives.write(CONNECTIVITY.id, str(number))
    lives.start()

    assert lives.pending == ()
    assert lives.ways == ways


def test_s43_without_any_way_none_is_in_use() -> None:
    """The number says so, and only after the restart."""
    lives = Lives()
    lives.write(CONNECTIVITY.id, "0")
    assert lives.connectivity == WIRED
    lives.start()

    assert lives.connectivity == NONE


def test_s43_the_way_that_worked_last_is_tried_first() -> None:
    """Also after a power cut; the other one is the way out."""
    lives = Lives()
    assert lives.connectivity == WIRED
    lives.reach("Wireless0")
    assert lives.connectivity == MOBILE
    assert lives.values[LAST_WAY] == MOBILE
    lives.start()

    assert lives.connectivity == MOBILE
    assert lives.ways == [(1, "Wireless0"), (1, "Wired0")] * 2
    lives.reach("Wired0")
    assert lives.ways == [(1, "Wired0"), (1, "Wireless0")] * 2


@pytest.mark.parametrize("name", ROWS)
def test_s45_each_of_the_group_waits_for_the_restart(name: str) -> None:
    """And the same value again does not."""
    lives = Lives()
    [row] = [row for row in group() if name in {v.name for v in row.variables}]
    text = ROWS[name]

    assert lives.write(row.id, text) == AfterRestart()
    assert lives.pending == (row.id,)
    lives.start()
    assert row.kind.show(lives.values[row]) == text
    assert lives.write(row.id, text) == Accepted()
    assert not lives.pending


def group() -> list[Setting[object]]:
    """Return the settings of the group Network that somebody may write."""
    return [
        row
        for row in BOOK
        if isinstance(row, Setting) and any(v.component == "Network" for v in row.variables)
    ]


def test_s45_the_group_is_whole() -> None:
    """Every setting in it is tried above, and each of its metadata says that it waits."""
    assert {v.name for row in group() for v in row.variables} == set(ROWS)
    assert all(row.restart for row in group())
    assert networks.NETWORK_PRIORITY.restart


def test_s45_what_is_only_read_is_not_affected() -> None:
    """The way in use cannot be written, and nothing waits for a restart."""
    lives = Lives()
    answer = lives.write(connectivity.ACTIVE_CONNECTIVITY.id, "2")

    assert isinstance(answer, Refused)
    assert lives.pending == ()


@pytest.mark.parametrize(
    "row",
    [row for row in connectivity.OF_MODEM if isinstance(row, Setting)],
    ids=lambda row: row.id,
)
def test_without_a_modem_nothing_of_it_can_be_written(row: Setting[object]) -> None:
    """It is said that there is none."""
    answer = Lives(Layout()).write(row.id, "4321" if row.secret else row.kind.show(row.default))

    closed = row.access is Access.STATION
    assert isinstance(answer, Refused)
    assert answer.detail == f"{row.id} cannot be written here" if closed else "there is no modem"


def test_without_a_modem_the_mobile_way_is_refused() -> None:
    """The others are not, and any interface is the wired one."""
    lives = Lives(Layout())
    answer = lives.write(CONNECTIVITY.id, "2")

    assert answer == Refused(Reason.BAD_VALUE, "there is no modem")
    assert lives.write(CONNECTIVITY.id, "1") == AfterRestart()
    assert lives.ways == [(1, "Wired0")] * 4
    lives.reach("Wired0")
    assert lives.values[LAST_WAY] == NONE


def test_a_profile_may_name_its_interface() -> None:
    """In automatic it is dialled by that one, with the access point that it names."""
    lives = Lives(WITH_MODEM, WIRELESS_ONLY)

    assert lives.ways == [(1, "Wireless0")] * 4
    assert lives.world.station.view().network.route.apn == WIRELESS_ONLY.apn
    assert "secret" not in repr(lives.world.station.view())


def test_no_profile_locks_the_station_out() -> None:
    """A station that is told to go by wire does, whatever the profile says."""
    lives = Lives(WITH_MODEM, WIRELESS_ONLY)
    lives.write(CONNECTIVITY.id, "1")
    lives.start()

    assert lives.ways == [(1, "Wired0")] * 4


def test_each_way_of_a_slot_has_its_attempts() -> None:
    """Then the next slot has its turn, and news of another way does not count."""
    lives = Lives(WITH_MODEM, GIVEN, WIRELESS_ONLY)
    lives.write(networks.NETWORK_PRIORITY.id, "1,2")
    lives.start()
    lives.tell(e.CsmsUnreached(0, "late", refused=False, slot=1, interface="Wireless0"))

    expected = [(1, "Wired0"), (1, "Wireless0"), (2, "Wireless0"), (1, "Wired0")]
    assert lives.ways == expected


def test_without_any_profile_there_is_a_way_all_the_same() -> None:
    """It leads nowhere, but it is one."""
    world = World(WITH_MODEM)

    assert world.station.view().network.route.interface == "Wired0"


def test_secrets_are_no_part_of_what_is_told() -> None:
    """Neither PIN nor password, when they are written."""
    lives = Lives()
    lives.write(connectivity.PIN.id, "4321")
    lives.write(connectivity.APN_PASSWORD.id, "welcome")

    told = f"{lives.world.notices} {lives.world.station.view()}"
    assert "4321" not in told
    assert "welcome" not in told
    lives.start()
    assert lives.values[connectivity.PIN] == Hidden("4321")


@pytest.mark.parametrize("pin", ["123", "12345678901", "12a4"])
def test_a_pin_has_four_to_eight_digits(pin: str) -> None:
    """Others are refused before the SIM sees them."""
    answer = Lives().write(connectivity.PIN.id, pin)

    assert isinstance(answer, Refused)
    assert pin not in answer.detail


@pytest.mark.parametrize(
    ("slots", "by_wire", "by_modem"),
    [
        ((GIVEN,), GIVEN.url, GIVEN.url),
        ((WIRELESS_ONLY, WIRED_ONLY), WIRED_ONLY.url, WIRELESS_ONLY.url),
        ((WIRELESS_ONLY,), "", WIRELESS_ONLY.url),
        ((GIVEN, WIRELESS_ONLY), GIVEN.url, GIVEN.url),
    ],
)
def test_where_each_way_leads_can_be_read(
    slots: tuple[NetworkProfile, ...], by_wire: str, by_modem: str
) -> None:
    """The slot in use counts before others, where it goes that way."""
    view = Lives(WITH_MODEM, *slots).world.station.view()

    assert readings.read(connectivity.URL_BY_WIRE, view) == by_wire
    assert readings.read(connectivity.URL_BY_MODEM, view) == by_modem


def test_without_a_modem_none_leads_through_it() -> None:
    """So there is nothing to be read of it."""
    view = Lives(Layout()).world.station.view()

    assert readings.read(connectivity.URL_BY_WIRE, view) == GIVEN.url
    with pytest.raises(KeyError):
        readings.read(connectivity.URL_BY_MODEM, view)
