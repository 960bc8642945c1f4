"""What the station shows the CSMS: tried, kept when it works, given up when it does not."""

from __future__ import annotations

import pytest

from laadpaal.properties import comms
from laadpaal.properties.kinds import Hidden
from laadpaal.properties.values import Values
from laadpaal.station import events as e
from laadpaal.station import requests as r
from laadpaal.station.answers import Accepted, Answer, Reason, Refused
from laadpaal.station.notices import CredentialsChanged, CredentialsProven, SettingChanged
from laadpaal.station.saved import Saved, restored
from laadpaal.station.security import SecurityKind
from laadpaal.station.station import Station
from laadpaal.station.view import SecurityView
from laadpaal.station.words import By, ResetKind
from tests.station.test_security import events
from tests.support.disk import MemoryDisk
from tests.support.promises import assert_saved
from tests.support.world import World, numbered

OLD, NEW = "the-old-password", "the-new-password"
PARAMETERS = SecurityKind.PARAMETERS_CHANGED
ALL = e.CredentialsHeld(csms_roots=1, identity="ours", identity_ends=4e9)


def registered(profile: int = 1, password: str = OLD) -> World:
    """Return a station that the CSMS knows by a password, in that profile."""
    world = World()
    world.put(comms.SECURITY_PROFILE, to=profile)
    world.put(comms.PASSWORD, to=Hidden(password))
    world.tell(ALL)
    return world


def write(world: World, text: str, by: By = By.REMOTE) -> Answer:
    """Write a password, or with a single digit a profile."""
    row = comms.SECURITY_PROFILE if len(text) == 1 else comms.PASSWORD
    return world.ask(r.WriteSetting(row.id, text, by))


def in_force(world: World) -> tuple[int, str, bool]:
    """Return profile and password, and whether they are on trial."""
    seen = world.station.view().security
    assert seen.profile == world.values[comms.SECURITY_PROFILE]
    return seen.profile, world.values[comms.PASSWORD].reveal(), seen.on_trial


def tried(world: World) -> int:
    """Return the number of what is tried now."""
    return world.station.view().security.credentials


def refused(answer: Answer) -> str:
    """Return why it was refused."""
    assert isinstance(answer, Refused)
    return answer.detail


def assert_kept(world: World) -> None:
    """Restore from the disk what lives, as a power cut now would."""
    disk = MemoryDisk()
    disk.apply(world.records)
    twin = Values({slot: value for slot, value in GIVEN.items() if value})
    assert restored(twin, disk.saved()) == []
    assert twin[comms.PASSWORD] == world.values[comms.PASSWORD]
    assert twin[comms.SECURITY_PROFILE] == world.values[comms.SECURITY_PROFILE]
    assert twin[comms.SPARE_PROFILE] == world.values[comms.SPARE_PROFILE]
    assert twin[comms.SPARE_PASSWORD] == world.values[comms.SPARE_PASSWORD]


GIVEN: dict[tuple[str, int], object] = {
    (comms.SECURITY_PROFILE.id, 0): 1,
    (comms.PASSWORD.id, 0): Hidden(OLD),
}
"""What the configuration of `registered` gives."""


def test_a_new_password_is_tried_at_once() -> None:
    """The setting has it, the link is told to dial anew, and the old one is not forgotten yet."""
    world = registered()

    assert write(world, NEW) == Accepted()

    assert in_force(world) == (1, NEW, True)
    assert world.told(CredentialsChanged) == [CredentialsChanged()]
    assert world.told(SettingChanged) == [SettingChanged(comms.PASSWORD.id, 0, "")]
    assert [one.info for one in events(world, PARAMETERS)] == ["Setting 2711_0 was changed."]
    assert_kept(world)


def test_a_connection_proves_it() -> None:
    """Then there is nothing to go back to, whatever fails later."""
    world = registered()
    write(world, NEW)

    world.tell(e.CsmsReached(tried(world)))
    for _ in range(10):
        world.tell(e.CsmsUnreached(tried(world), "HTTP 401", refused=True))

    assert in_force(world) == (1, NEW, False)
    assert world.told(CredentialsProven) == [CredentialsProven()]
    assert_kept(world)


def test_a_refusal_brings_the_old_one_back() -> None:
    """The settings read the proven values again, and the security log says why."""
    world = registered()
    write(world, NEW)

    world.tell(e.CsmsUnreached(tried(world), "HTTP 401", refused=True))
    world.pass_time(60)

    assert in_force(world) == (1, OLD, True)
    assert world.told(CredentialsChanged) == [CredentialsChanged(), CredentialsChanged("HTTP 401")]
    assert len(world.told(SettingChanged)) == 2
    assert events(world, PARAMETERS)[-1].info == "The credentials before are back: HTTP 401"
    assert_kept(world)

    world.tell(e.CsmsReached(tried(world)))

    assert in_force(world) == (1, OLD, False)
    assert_kept(world)


def test_a_csms_that_is_slow_to_take_a_password_over_locks_nobody_out() -> None:
    """It refuses the new one, and then knows no other: that one has its turn again."""
    world = registered()
    write(world, NEW)
    for expected in (OLD, NEW, OLD, NEW):
        world.tell(e.CsmsUnreached(tried(world), "HTTP 401", refused=True))
        assert in_force(world) == (1, expected, True)
        assert_kept(world)

    world.tell(e.CsmsReached(tried(world)))

    assert in_force(world) == (1, NEW, False)


def test_three_failures_in_a_row_bring_the_old_one_back() -> None:
    """Two may be bad luck; news of earlier credentials do not count."""
    world = registered()
    write(world, NEW)
    for _ in range(2):
        world.tell(e.CsmsUnreached(tried(world), "out of reach", refused=False))
        world.tell(e.CsmsUnreached(tried(world) - 1, "HTTP 401", refused=True))
    assert in_force(world) == (1, NEW, True)

    world.tell(e.CsmsUnreached(tried(world), "out of reach", refused=False))
    assert in_force(world) == (1, OLD, True)
    assert_kept(world)

    world.tell(e.CsmsReached(tried(world)))
    assert in_force(world) == (1, OLD, False)


def test_what_has_only_failed_may_be_right() -> None:
    """While the network is gone both have their turn."""
    world = registered()
    write(world, NEW)
    for expected in (OLD, NEW, OLD):
        for _ in range(3):
            world.tell(e.CsmsUnreached(tried(world), "out of reach", refused=False))
        assert in_force(world) == (1, expected, True)


def test_certificates_have_their_turn_too() -> None:
    """Some servers hang up without a word, so three failures change to the one before, and back."""
    world = registered(3)
    world.tell(e.CredentialsHeld(1, "newer"))
    for spurned in ("newer", "", "newer"):
        for _ in range(3):
            world.tell(e.CsmsUnreached(tried(world), "it hangs up", refused=False))
        assert world.values[comms.SPURNED_IDENTITY] == spurned
        assert in_force(world) == (3, OLD, True)

    world.tell(e.CsmsReached(tried(world)))
    assert in_force(world) == (3, OLD, False)
    assert world.values[comms.SPURNED_IDENTITY] == "newer"


def test_news_of_earlier_credentials_prove_nothing() -> None:
    """A connection that the old password opened just before is no proof of the new one."""
    world = registered()
    before = tried(world)
    write(world, NEW)

    world.tell(e.CsmsReached(before))

    assert in_force(world) == (1, NEW, True)


def test_a_second_change_is_part_of_the_trial() -> None:
    """What is gone back to is what has worked, not what has only been tried."""
    world = registered()
    write(world, NEW)
    write(world, "2")
    assert in_force(world) == (2, NEW, True)
    assert_kept(world)

    world.tell(e.CsmsUnreached(tried(world), "no TLS", refused=True))
    world.tell(e.CsmsReached(tried(world)))

    assert in_force(world) == (1, OLD, False)
    assert_kept(world)


def test_a_station_without_password_goes_back_to_none() -> None:
    """Nobody can write an empty password, but going back to one is possible."""
    world = World()
    write(world, NEW)
    write(world, "1")

    world.tell(e.CsmsUnreached(tried(world), "HTTP 401", refused=True))
    world.tell(e.CsmsReached(tried(world)))

    assert in_force(world) == (0, "", False)
    disk = MemoryDisk()
    disk.apply(world.records)
    assert_saved(world.station, Values(), disk.saved())


def test_a_trial_survives_the_power() -> None:
    """The next life dials with the new ones, and can still go back."""
    world = registered()
    write(world, NEW)
    world.ask(r.Reset(ResetKind.HARD))
    disk = MemoryDisk()
    disk.apply(world.records)

    values = Values(GIVEN)
    restored(values, disk.saved())
    station = Station(world.station.layout, values, numbered(), disk.saved())
    station.handle(e.PoweredUp(), world.now)
    assert station.view().security == SecurityView(1, on_trial=True, credentials=0)
    station.handle(e.CsmsUnreached(0, "HTTP 401", refused=True), world.now)
    station.handle(e.CsmsReached(1), world.now)

    assert values[comms.PASSWORD].reveal() == OLD
    assert not station.view().security.on_trial


@pytest.mark.parametrize("wanted", ["0", "1", "2"])
def test_the_csms_never_lowers_the_profile(wanted: str) -> None:
    """Lower or equal is refused, also while the present one is only tried."""
    world = registered(1)
    write(world, "2")

    assert refused(write(world, wanted)) == "the security profile is 2, and only goes up"
    assert in_force(world) == (2, OLD, True)


def test_an_installer_may_lower_it() -> None:
    """At the station itself any profile that can be may be tried."""
    world = registered(2)

    assert write(world, "0", By.LOCAL) == Accepted()
    assert in_force(world) == (0, OLD, True)
    assert_kept(world)
    assert write(world, "0", By.LOCAL) == Accepted()
    assert len(world.told(CredentialsChanged)) == 1


@pytest.mark.parametrize(
    ("held", "password", "wanted", "why"),
    [
        (ALL, "", "1", "there is no password"),
        (ALL, "", "2", "there is no password"),
        (e.CredentialsHeld(0, "ours"), OLD, "2", "no root of the CSMS is installed"),
        (e.CredentialsHeld(0, "ours"), OLD, "3", "no root of the CSMS is installed"),
        (e.CredentialsHeld(1), OLD, "3", "the station has no certificate of its own"),
        (None, OLD, "2", "no root of the CSMS is installed"),
    ],
)
def test_a_profile_needs_what_it_shows(
    held: e.CredentialsHeld | None, password: str, wanted: str, why: str
) -> None:
    """What is missing is told, and nothing changes."""
    world = World()
    world.put(comms.PASSWORD, to=Hidden(password))
    if held:
        world.tell(held)

    assert refused(write(world, wanted)) == why
    assert in_force(world) == (0, password, False)


def test_a_profile_with_certificates_needs_no_password() -> None:
    """From 0 to 3 nothing but certificates is needed."""
    world = World()
    world.tell(ALL)

    assert write(world, "3") == Accepted()


def test_the_root_is_asked_for_only_where_tls_is_new() -> None:
    """A station that has TLS already trusts somebody, wherever that is configured."""
    world = registered(2)
    world.tell(e.CredentialsHeld(0, "ours"))

    assert write(world, "3") == Accepted()


def test_a_password_that_is_not_shown_is_not_tried() -> None:
    """With a certificate in its place it is only kept."""
    world = registered(3)

    write(world, NEW)

    assert in_force(world) == (3, NEW, False)
    assert world.told(CredentialsChanged) == []


def test_a_new_certificate_is_tried() -> None:
    """In the profile that shows it, and once: the next life knows it already."""
    world = registered(3)

    world.tell(e.CredentialsHeld(1, "newer"))
    world.tell(e.CredentialsHeld(1, "newer"))

    assert in_force(world)[2]
    assert world.told(CredentialsChanged) == [CredentialsChanged()]
    assert world.values[comms.IDENTITY] == "newer"
    assert [one.info for one in events(world, PARAMETERS)] == ["The certificates have changed."]


def test_a_refused_certificate_is_not_used_again() -> None:
    """The one before is, and the profile stays."""
    world = registered(3)
    world.tell(e.CredentialsHeld(1, "newer"))

    world.tell(e.CsmsUnreached(tried(world), "unknown ca", refused=True))
    world.tell(e.CsmsReached(tried(world)))

    assert in_force(world) == (3, OLD, False)
    assert world.values[comms.SPURNED_IDENTITY] == "newer"


def test_a_certificate_that_opens_no_connection_is_reported() -> None:
    """Once the one before has opened one; when it is gone, nothing is tried anew (2.0.1 A02)."""
    world = registered(3)
    world.tell(e.CredentialsHeld(1, "newer"))
    world.tell(e.CsmsUnreached(tried(world), "unknown ca", refused=True))
    assert events(world, SecurityKind.IDENTITY_DISCARDED) == []

    world.tell(e.CsmsReached(tried(world)))
    (event,) = events(world, SecurityKind.IDENTITY_DISCARDED)
    assert event.info == "The new certificate opens no connection, and the one before does."

    before = tried(world)
    world.tell(e.CredentialsHeld(1, "ours"))
    world.pass_time(120)
    assert in_force(world) == (3, OLD, False)
    assert tried(world) == before
    assert world.values[comms.IDENTITY] == "ours"
    disk = MemoryDisk()
    disk.apply(world.records)
    assert world.values[comms.SPURNED_IDENTITY] == ""
    assert (comms.SPURNED_IDENTITY.id, 0) not in disk.saved().settings

    world.tell(e.CredentialsHeld(1, "newest"))
    assert in_force(world)[2]


def test_a_certificate_that_works_is_not_reported() -> None:
    """Nor is one that had its second turn."""
    world = registered(3)
    world.tell(e.CredentialsHeld(1, "newer"))
    for _ in range(2):
        world.tell(e.CsmsUnreached(tried(world), "unknown ca", refused=True))
    world.tell(e.CsmsReached(tried(world)))

    assert in_force(world) == (3, OLD, False)
    assert events(world, SecurityKind.IDENTITY_DISCARDED) == []


@pytest.mark.parametrize("profile", [0, 2])
def test_a_certificate_that_is_not_shown_is_not_tried(profile: int) -> None:
    """It is known, and waits for the profile that shows it."""
    world = registered(profile)
    world.tell(e.CredentialsHeld(1, "newer"))

    assert not in_force(world)[2]
    assert world.values[comms.IDENTITY] == "newer"


def test_nobody_writes_what_is_the_station_s_own() -> None:
    """What it goes back to is not for the CSMS, nor for an installer."""
    world = registered()
    for by in By:
        answer = world.ask(r.WriteSetting(comms.SPARE_PASSWORD.id, NEW, by))
        assert isinstance(answer, Refused)
        assert answer.reason is Reason.READ_ONLY


def test_saved_credentials_of_a_first_life() -> None:
    """Nothing is on trial before anybody has changed anything."""
    assert World(saved=Saved()).station.view().security == SecurityView()


def test_the_view_tells_how_many_roots_there_are() -> None:
    """Of all uses together."""
    world = World()
    world.tell(e.CredentialsHeld(1, roots=3))

    assert world.station.view().security.roots == 3
