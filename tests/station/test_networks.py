"""Network profiles: kept, dialled in order, and left behind by a better security."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from laadpaal.properties import comms, networks
from laadpaal.properties.kinds import Hidden
from laadpaal.properties.transactions import STOP_POINT
from laadpaal.properties.values import Values
from laadpaal.station import events as e
from laadpaal.station import requests as r
from laadpaal.station.answers import Accepted, AfterRestart, Answer, Reason, Refused
from laadpaal.station.layout import Layout
from laadpaal.station.network_profile import (
    Apn,
    Generation,
    NetworkProfile,
    Route,
    Vpn,
    flaw_of,
    turn_of,
)
from laadpaal.station.notices import NetworkChanged, SettingChanged
from laadpaal.station.records import NetworkRemoved, NetworkStored
from laadpaal.station.saved import Saved, restored
from laadpaal.station.security import SecurityKind
from laadpaal.station.station import Station
from laadpaal.station.words import By
from tests.station.test_security import events
from tests.support.disk import MemoryDisk
from tests.support.promises import assert_saved
from tests.support.world import World, numbered

PASSWORD = "the-old-password"
GIVEN = NetworkProfile(Generation.FIRST, "ws://given.example/a")
OTHER = NetworkProfile(Generation.SECOND, "ws://other.example", 1, 20)
SECURE = NetworkProfile(Generation.SECOND, "wss://other.example", 2, 40)
OWN = replace(SECURE, security=3)
ROOTS = e.CredentialsHeld(csms_roots=1, identity="ours")


class Station3:
    """A station with slots that restarts when told to, on a disk that keeps everything."""

    def __init__(
        self, slots: Mapping[int, NetworkProfile | None] | None = None, profile: int = 1
    ) -> None:
        self.given = {1: GIVEN, **(slots or {})}
        self.profile = profile
        self.disk = MemoryDisk()
        self.start()

    def configured(self) -> Values:
        """Return the settings that the configuration gives."""
        values = Values()
        values.put(comms.SECURITY_PROFILE, self.profile)
        values.put(comms.PASSWORD, Hidden(PASSWORD))
        return values

    def saved(self) -> Saved:
        """Return what a new life is given."""
        saved = self.disk.saved()
        return replace(saved, networks={**self.given, **saved.networks})

    def start(self) -> None:
        """Begin a life with what the last one kept."""
        self.world = World(saved=self.saved())
        values = self.configured()
        assert restored(values, self.saved()) == []
        station = Station(Layout(), values, numbered(), self.saved())
        self.world.station, self.world.values = station, values
        self.world.records.clear()
        self.world.notices.clear()
        self.tell(e.PoweredUp())
        self.tell(ROOTS)

    def tell(self, event: e.Event) -> None:
        """Let something happen, and look whether all of it is kept."""
        before = len(self.world.records)
        self.world.tell(event)
        self._kept(before)

    def ask(self, wish: r.Request) -> Answer:
        """Ask for something, and look whether all of it is kept."""
        before = len(self.world.records)
        answer = self.world.ask(wish)
        self._kept(before)
        return answer

    def _kept(self, before: int) -> None:
        self.disk.apply(self.world.records[before:])
        assert_saved(self.world.station, self.configured(), self.saved())

    def store(self, slot: int, profile: NetworkProfile) -> Answer:
        """Store a profile."""
        return self.ask(r.StoreNetwork(slot, profile))

    def order(self, text: str) -> Answer:
        """Write the priority."""
        return self.ask(r.WriteSetting(networks.NETWORK_PRIORITY.id, text))

    def reach(self, slot: int | None = None) -> None:
        """Open a connection, by way of the next slot or of that one."""
        self.tell(e.CsmsReached(self.credentials, slot or self.next))

    def miss(self, times: int = 1, *, refused: bool = False) -> list[int]:
        """Fail to, and return which slots were dialled."""
        dialled = []
        for _ in range(times):
            dialled.append(self.next)
            self.tell(e.CsmsUnreached(self.credentials, "no answer", refused, self.next))
        return dialled

    @property
    def credentials(self) -> int:
        """The number of those that are shown."""
        return self.world.station.view().security.credentials

    @property
    def route(self) -> Route:
        """The route that is dialled next."""
        return self.world.station.view().network.route

    @property
    def next(self) -> int:
        """The slot that is dialled next."""
        return self.route.slot

    @property
    def active(self) -> int:
        """The slot in use."""
        return self.world.station.view().network.active

    @property
    def slots(self) -> list[int]:
        """The slots that hold a profile."""
        return [it.slot for it in self.world.station.view().network.slots]

    def priority(self) -> tuple[str, ...]:
        """Return the priority in force."""
        return self.world.values[networks.NETWORK_PRIORITY]


def reason(answer: Answer) -> Reason:
    """Return why it was refused."""
    assert isinstance(answer, Refused), answer
    assert answer.detail
    return answer.reason


def two(profile: NetworkProfile = OTHER, order: str = "2,1", now: int = 1) -> Station3:
    """Return a station that prefers slot 2 to what its configuration gives."""
    it = Station3(profile=now)
    assert it.store(2, profile) == Accepted()
    assert it.order(order) == AfterRestart()
    it.start()
    return it


# --- storing ---


def test_storing_changes_no_connection() -> None:
    """The slot holds it at once; what is dialled and in use stays, until the restart too."""
    it = Station3()
    it.reach()

    assert it.store(2, OTHER) == Accepted()

    assert it.world.records[-1] == NetworkStored(2, OTHER)
    assert (it.slots, it.active, it.next) == ([1, 2], 1, 1)
    it.start()
    assert (it.slots, it.active, it.next) == ([1, 2], 1, 1)


def test_the_slot_in_use_is_overwritten_for_the_next_start() -> None:
    """A lost connection still goes where it went; after the restart the new profile counts."""
    it = Station3()
    it.reach()
    assert it.store(1, OTHER) == Accepted()

    assert it.route.url == GIVEN.url
    it.start()
    assert it.route == Route(1, Generation.SECOND, OTHER.url, 1)


@pytest.mark.parametrize("slot", [-1, 0, 4, 999])
def test_there_are_three_slots(slot: int) -> None:
    """Any other is refused, and nothing is kept."""
    it = Station3()

    assert reason(it.store(slot, OTHER)) is Reason.UNKNOWN_SLOT
    assert it.slots == [1]


@pytest.mark.parametrize(
    ("profile", "why"),
    [
        (replace(OTHER, security=4), "4 is not in 0..3"),
        (replace(OTHER, security=-1), "-1 is not in 0..3"),
        (replace(OTHER, timeout_s=0), "0 is not in 1..600"),
        (replace(OTHER, timeout_s=None), "0 is not in 1..600"),
        (replace(OTHER, timeout_s=601), "601 is not in 1..600"),
        (replace(OTHER, security=2), "begins with wss://"),
        (replace(SECURE, security=1), "begins with ws://"),
        (replace(OTHER, url="ws://"), "no place to dial"),
        (replace(OTHER, url="ws://a b"), "no place to dial"),
        (replace(OTHER, url="ws://x/\x07"), "no place to dial"),
        (replace(OTHER, url="ws://anna@x/"), "no place to dial"),
        (replace(OTHER, url="ws://x/?q=1"), "no place to dial"),
        (replace(OTHER, url="ws://x/#top"), "no place to dial"),
        (replace(OTHER, url="ws://[x"), "cannot be read"),
        (replace(OTHER, url="ws://x:99999/"), "cannot be read"),
        (replace(OTHER, interface="Wired1"), "no interface Wired1"),
        (replace(OTHER, interface="Wireless0"), "no interface Wireless0"),
        (replace(OTHER, apn=Apn("internet", "AUTO")), "Wired0 has no access point"),
        (replace(OTHER, vpn=Vpn("IPSec", "s", "u", "p", "k")), "no VPN of the kind IPSec"),
    ],
)
def test_a_profile_that_leads_nowhere_is_refused(profile: NetworkProfile, why: str) -> None:
    """The reason is a sentence, and nothing is kept."""
    it = Station3()

    answer = it.store(2, profile)

    assert reason(answer) is Reason.BAD_NETWORK
    assert isinstance(answer, Refused)
    assert why in answer.detail
    assert it.slots == [1]


def test_a_member_of_a_profile_is_changed() -> None:
    """All others stay; what followed the settings is the profile's own from then on."""
    site = Station3(profile=1)

    assert site.ask(r.ChangeNetwork(1, url="ws://moved.example")) == Accepted()

    moved = NetworkProfile(Generation.FIRST, "ws://moved.example", 1, 30)
    assert site.world.records[-1] == NetworkStored(1, moved)
    assert site.world.station.view().network.slots[0].timeout_s == 30
    assert site.ask(r.ChangeNetwork(1, Generation.SECOND, None, 2, 45, "Wired0")) == Accepted()
    secure = NetworkProfile(Generation.SECOND, "wss://moved.example", 2, 45)
    assert site.world.records[-1] == NetworkStored(1, secure)


def test_an_empty_slot_takes_a_protocol_and_a_url() -> None:
    """Together; the rest is what is in force."""
    site = Station3()
    for wish in (r.ChangeNetwork(2, url="ws://new.example"), r.ChangeNetwork(2, Generation.SECOND)):
        refused = site.ask(wish)
        assert isinstance(refused, Refused)
        assert refused.reason is Reason.BAD_NETWORK

    assert site.ask(r.ChangeNetwork(2, Generation.SECOND, "ws://new.example")) == Accepted()

    new = NetworkProfile(Generation.SECOND, "ws://new.example", 1, 30)
    assert site.world.records[-1] == NetworkStored(2, new)


@pytest.mark.parametrize(
    ("wish", "reason"),
    [
        (r.ChangeNetwork(1, url=""), Reason.BAD_NETWORK),
        (r.ChangeNetwork(1, timeout_s=0), Reason.BAD_NETWORK),
        (r.ChangeNetwork(1, interface="Wired7"), Reason.BAD_NETWORK),
        (r.ChangeNetwork(1, security=0), Reason.DOWNGRADE),
        (r.ChangeNetwork(4, Generation.FIRST, "ws://x.example"), Reason.UNKNOWN_SLOT),
    ],
)
def test_a_change_is_judged_like_a_whole_profile(wish: r.ChangeNetwork, reason: Reason) -> None:
    """And nothing is kept of what is refused."""
    site = Station3()

    refused = site.ask(wish)

    assert isinstance(refused, Refused)
    assert refused.reason is reason
    assert not any(isinstance(it, NetworkStored) for it in site.world.records)


def test_what_the_hardware_has_can_be_asked_for() -> None:
    """A modem brings an interface with an access point, and a client its kind of VPN."""
    layout = Layout(interfaces=("Wired0", "Wireless0"), vpns=("IPSec",))
    apn, vpn = Apn("internet", "AUTO", pin="1234"), Vpn("IPSec", "s", "u", "p", "k")

    assert flaw_of(replace(OTHER, interface="Wireless0", apn=apn), layout) == ""
    assert flaw_of(replace(OTHER, interface="Wired0", vpn=vpn), layout) == ""


def test_secrets_of_a_profile_do_not_show() -> None:
    """Neither passwords nor keys nor the PIN are in what a log would print."""
    apn = Apn("internet", "PAP", "anna", "hush-1", "hush-2")
    vpn = Vpn("IPSec", "vpn.example", "anna", "hush-3", "hush-4")

    assert "hush" not in repr(replace(OTHER, apn=apn, vpn=vpn))


@pytest.mark.parametrize(
    ("now", "wanted", "allowed", "refused"),
    [
        (1, 0, False, True),
        (1, 1, False, False),
        (2, 1, False, True),
        (2, 1, True, True),
        (3, 2, False, True),
        (3, 2, True, False),
        (3, 1, True, True),
        (0, 0, False, False),
    ],
)
def test_security_only_goes_up(now: int, wanted: int, *, allowed: bool, refused: bool) -> None:
    """But from 3 to 2, where that was allowed before (errata to A05)."""
    it = Station3(profile=now)
    assert it.ask(r.WriteSetting(networks.ALLOW_DOWNGRADE.id, str(allowed))) == Accepted()
    profile = replace(SECURE if wanted > 1 else OTHER, security=wanted)

    answer = it.store(2, profile)

    assert isinstance(answer, Refused) is refused
    if refused:
        assert reason(answer) is Reason.DOWNGRADE


# --- the priority ---


def test_a_priority_waits_for_the_restart() -> None:
    """Until then the old one is in force; the same one again waits for nothing (S42)."""
    it = Station3()
    it.store(2, OTHER)

    assert it.order("2,1") == AfterRestart()
    assert (it.priority(), it.next) == (("1",), 1)
    assert it.world.station.view().pending_settings == ("20F0_1",)
    assert it.order("1") == Accepted()
    assert it.world.station.view().pending_settings == ()
    it.order("2,1")
    it.start()

    assert (it.priority(), it.next) == (("2", "1"), 2)


def test_a_priority_names_slots_that_hold_something() -> None:
    """One that holds nothing refuses the whole list."""
    it = Station3()

    assert reason(it.order("1,2")) is Reason.UNKNOWN_SLOT
    assert it.world.station.view().pending_settings == ()


@pytest.mark.parametrize(
    ("profile", "held", "password", "why"),
    [
        (SECURE, e.CredentialsHeld(), PASSWORD, "no root of the CSMS"),
        (OWN, e.CredentialsHeld(identity="ours"), PASSWORD, "no root of the CSMS"),
        (OWN, e.CredentialsHeld(csms_roots=1), PASSWORD, "no certificate of its own"),
        (SECURE, ROOTS, "", "no password"),
        (SECURE, ROOTS, PASSWORD, ""),
        (OWN, ROOTS, "", ""),
    ],
)
def test_a_priority_needs_what_its_profiles_need(
    profile: NetworkProfile, held: e.CredentialsHeld, password: str, why: str
) -> None:
    """A root for TLS, a certificate of its own for 3, a password below that (A05)."""
    it = Station3()
    it.tell(held)
    it.world.values.put(comms.PASSWORD, Hidden(password))
    it.world.ask(r.StoreNetwork(2, profile))

    answer = it.world.ask(r.WriteSetting(networks.NETWORK_PRIORITY.id, "2"))

    assert answer == AfterRestart() if not why else why in getattr(answer, "detail", "")


def test_a_slot_as_secure_as_now_needs_no_further_root() -> None:
    """Who is connected with TLS has shown whom it trusts, whatever the vault holds."""
    it = Station3(profile=2)
    it.tell(e.CredentialsHeld())
    it.store(2, SECURE)

    assert it.order("2,1") == AfterRestart()


def test_a_slot_that_has_become_too_low_cannot_be_dialled() -> None:
    """What was allowed when it was stored is judged anew when it is to be dialled."""
    it = Station3(profile=3)
    it.ask(r.WriteSetting(networks.ALLOW_DOWNGRADE.id, "true"))
    it.store(2, SECURE)
    it.ask(r.WriteSetting(networks.ALLOW_DOWNGRADE.id, "false"))

    assert reason(it.order("2,1")) is Reason.DOWNGRADE


# --- dialling ---


def test_slots_have_their_turns() -> None:
    """Three attempts each in order, then the one that worked last, then again; success ends it."""
    it = two(replace(OTHER, security=1), order="2,1")
    it.reach(1)

    assert it.miss(12) == [2] * 3 + [1] * 6 + [2] * 3
    it.reach()

    assert it.active == 1
    assert it.miss(4) == [2] * 3 + [1]


def test_the_last_good_slot_has_a_turn_though_nobody_wishes_it() -> None:
    """The station never locks itself out: what worked is tried between the rounds (B10)."""
    it = Station3()
    it.reach()
    it.store(2, OTHER)
    it.order("2")
    it.start()

    assert it.miss(7) == [2, 2, 2, 1, 1, 1, 2]


def test_attempts_are_a_setting() -> None:
    """It counts at once."""
    it = two()
    it.ask(r.WriteSetting(networks.NETWORK_ATTEMPTS.id, "1"))

    assert it.miss(4) == [2, 1, 2, 1]


def test_news_of_another_slot_count_for_nothing() -> None:
    """Only a failure of what is dialled brings the next one's turn nearer."""
    it = two()
    for _ in range(5):
        it.tell(e.CsmsUnreached(0, "late news", refused=False, slot=1))
        it.tell(e.CsmsReached(0, slot=3))

    assert (it.next, it.active) == (2, 2)


def test_a_change_of_slot_is_told_and_remembered() -> None:
    """Once, when the connection is open; the timeout follows the slot."""
    it = two()
    assert it.world.values[comms.MESSAGE_TIMEOUT] == OTHER.timeout_s
    it.miss(3)
    it.reach(1)
    it.reach(1)

    assert it.world.told(NetworkChanged) == [NetworkChanged(1)]
    assert it.world.values[networks.LAST_GOOD] == 1
    assert it.world.values[comms.MESSAGE_TIMEOUT] == comms.MESSAGE_TIMEOUT.default
    wish = r.WriteSetting(comms.MESSAGE_TIMEOUT.id, "5", By.LOCAL)
    assert it.ask(wish) == Accepted()
    it.reach(2)
    assert it.world.values[comms.MESSAGE_TIMEOUT] == OTHER.timeout_s
    assert reason(it.ask(wish)) is Reason.READ_ONLY


def test_new_credentials_are_tried_where_the_old_ones_worked() -> None:
    """Else the first slot, which is dead, would seem to refuse them."""
    it = two()
    it.reach(1)
    assert it.next == 2

    it.ask(r.WriteSetting(comms.PASSWORD.id, "the-new-password"))

    assert it.next == 1
    it.reach()
    assert it.next == 2


def test_a_station_without_profiles_has_a_way_all_the_same() -> None:
    """Whoever makes a core without any is not stopped by that."""
    world = World()
    world.tell(e.CsmsReached(0))
    for _ in range(4):
        world.tell(e.CsmsUnreached(0, "no answer", refused=False))

    assert world.station.view().network.route == Route()


def test_a_priority_without_any_slot_left_dials_what_there_is() -> None:
    """A configuration may name slots that nobody has filled."""
    it = Station3()
    it.world.values.put(networks.NETWORK_PRIORITY, ("3",))

    assert it.next == 1


# --- a better security ---


def test_a_connection_raises_the_security_profile() -> None:
    """What asks for less is gone, from slots and priority; and the security log has it (A05)."""
    it = two(SECURE)
    assert it.route == Route(2, Generation.SECOND, SECURE.url, 2)

    it.reach()

    assert it.world.values[comms.SECURITY_PROFILE] == 2
    assert (it.slots, it.priority()) == ([2], ("2",))
    assert NetworkRemoved(1) in it.world.records
    changes = [n.text for n in it.world.told(SettingChanged) if n.id == "20F0_1"]
    assert changes == ["2"]
    infos = [one.info for one in events(it.world, SecurityKind.PARAMETERS_CHANGED)]
    assert "The security profile is 2 now." in infos
    assert set(it.miss(20)) == {2}
    it.start()
    assert set(it.miss(20)) == {2}


def test_without_a_connection_nothing_is_left_behind() -> None:
    """The old slot is fallen back to, with the old profile."""
    it = two(SECURE)
    it.miss(3)

    assert it.route == Route(1, Generation.FIRST, GIVEN.url, 1)
    it.reach()
    assert (it.slots, it.priority()) == ([1, 2], ("2", "1"))
    assert it.world.values[comms.SECURITY_PROFILE] == 1


def test_a_priority_that_waits_is_shortened_too() -> None:
    """What waits for the restart names no slot that is gone."""
    it = two(SECURE)
    it.store(3, SECURE)
    it.order("3,2,1")

    it.reach()

    assert it.priority() == ("2",)
    it.start()
    assert it.priority() == ("3", "2")


def test_a_priority_that_waits_for_nothing_but_lower_slots_is_the_slot_in_use() -> None:
    """There must be something to dial after the restart."""
    it = two(SECURE)
    it.order("1")
    it.reach()
    it.start()

    assert (it.priority(), it.next) == (("2",), 2)


def test_a_lower_profile_that_waits_in_the_slot_in_use_is_dropped() -> None:
    """It was stored before the security went up, and would bring it down."""
    it = two(SECURE)
    it.store(2, OTHER)
    it.reach()
    it.start()

    assert it.route == Route(2, Generation.SECOND, SECURE.url, 2)


@pytest.mark.parametrize("slot", [1, 2])
def test_a_profile_raised_by_its_key_lifts_the_slot_in_use(slot: int) -> None:
    """On trial it is dialled with TLS in its own slot; once proven it stays so, and others go."""
    it = two(order=f"{slot},{3 - slot}")
    it.reach()
    assert it.ask(r.WriteSetting(comms.SECURITY_PROFILE.id, "2")) == Accepted()
    it.tell(e.CsmsUnreached(it.credentials - 1, "late", refused=True))
    url = f"wss{(GIVEN if slot == 1 else OTHER).url.removeprefix('ws')}"
    assert (it.next, it.route.url, it.route.security) == (slot, url, 2)
    assert it.slots == [1, 2]

    it.reach()

    assert it.slots == ([1] if slot == 1 else [1, 2])
    it.start()
    assert (it.route.url, it.route.security) == (url, 2)


def test_a_slot_on_trial_falls_back_to_plain_text() -> None:
    """A key that was refused changes no slot."""
    it = two(order="2,1")
    it.reach()
    it.ask(r.WriteSetting(comms.SECURITY_PROFILE.id, "2"))
    it.miss(refused=True)

    assert (it.route.url, it.route.security) == (OTHER.url, 1)


def test_nothing_is_left_behind_while_credentials_are_on_trial() -> None:
    """A connection that showed the old ones proves a slot, but the new ones may yet fail."""
    it = two(SECURE)
    it.reach(1)
    it.ask(r.WriteSetting(comms.PASSWORD.id, "the-new-password"))

    it.tell(e.CsmsReached(it.credentials - 1, slot=2))

    assert (it.active, it.slots) == (2, [1, 2])
    it.reach(2)
    assert it.slots == [2]


def test_down_to_2_where_that_is_allowed() -> None:
    """The slot is dialled as it asks, the profile follows, and the way up is not lost."""
    it = Station3({2: SECURE, 3: OWN}, profile=3)
    it.ask(r.WriteSetting(networks.ALLOW_DOWNGRADE.id, "true"))
    it.order("2,3")
    it.start()
    assert it.route.security == 2

    it.reach()

    assert it.world.values[comms.SECURITY_PROFILE] == 2
    assert it.slots == [1, 2, 3]
    it.reach(3)
    assert it.world.values[comms.SECURITY_PROFILE] == 3
    assert it.slots == [2, 3]


def test_a_lower_slot_is_dialled_as_secure_as_now_unless_allowed() -> None:
    """Whatever a slot says, a connection never shows less than what has worked."""
    it = Station3({2: SECURE}, profile=3)
    it.world.values.put(networks.NETWORK_PRIORITY, ("2",))

    assert (it.route.slot, it.route.security) == (2, 3)


# --- another manner of talking ---


def test_another_manner_holds_other_settings() -> None:
    """What it fixes cannot be written, and what it frees has its own value again."""
    it = Station3()
    own = it.world.values[STOP_POINT]
    it.tell(e.SettingsHeld(((STOP_POINT.id, "Authorized"), ("no such row", "1"))))
    assert it.world.values[STOP_POINT] == ("Authorized",)
    assert reason(it.ask(r.WriteSetting(STOP_POINT.id, "EVConnected"))) is Reason.READ_ONLY

    it.tell(e.SettingsHeld((), (STOP_POINT.id,)))

    assert it.world.values[STOP_POINT] == own


# --- whatever happens ---


@given(
    rounds=st.lists(st.integers(1, 3), min_size=1, max_size=4),
    attempts=st.integers(1, 5),
    failures=st.integers(0, 1000),
)
def test_everybody_has_a_turn(rounds: list[int], attempts: int, failures: int) -> None:
    """Within one round from anywhere, each slot is dialled as often as it is due."""
    span = range(failures, failures + attempts * len(rounds))
    dialled = [turn_of(rounds, attempts, number) for number in span]

    for slot in set(rounds):
        assert dialled.count(slot) == attempts * rounds.count(slot)


PROFILES = [OTHER, SECURE, OWN]


@settings(deadline=None, max_examples=50)
@given(
    outcomes=st.lists(st.booleans() | st.sampled_from(["restart", "2,3", "3,1", "1"])),
    slots=st.lists(st.sampled_from(PROFILES), min_size=2, max_size=2),
)
def test_a_slot_that_is_gone_is_never_dialled(
    outcomes: Iterable[bool | str], slots: list[NetworkProfile]
) -> None:
    """Nor one below what has worked; and each of the priority is, when nothing works."""
    it = Station3(dict(enumerate(slots, 2)))
    best = it.world.values[comms.SECURITY_PROFILE]
    for outcome in outcomes:
        if outcome == "restart":
            it.start()
        elif isinstance(outcome, str):
            it.order(outcome)
        elif outcome:
            it.reach()
            best = max(best, it.world.values[comms.SECURITY_PROFILE])
        else:
            it.miss()
        assert it.next in it.slots
        assert it.route.security >= best == it.world.values[comms.SECURITY_PROFILE]

    assert {int(slot) for slot in it.priority()} <= set(it.miss(5 * 3 * 2)) <= set(it.slots)
