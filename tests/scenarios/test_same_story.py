"""What people do is told once, and a CSMS of either version hears the same story."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest

from tests.conformance.stage import OTHER_TAG, TAG, Ocpp, Stage, staged
from tests.support.account import CALM, Account, Charge, account
from tests.support.operator import Operator
from tests.support.quick_disk import quick_disk
from tests.support.sockets import POWER_W

POINTS = {"2131_1": "PowerPathClosed", "2131_2": "Authorized"}
"""Both count from and to the same moments; 1.6 cannot be told of others (2.0.1 E01, E06)."""
TIMEOUT = "2135_0"
STRANGERS_OFFLINE = "2127_0"
KNOWN_START = "213C_0"
STOPS_UNPLUGGED = "2137_1"
GROUP, STRANGER = "FLEET", "04C5D6E7"
BROKEN, PASSING = 106, 101
USED = {**CALM, 1: ("Available", "Occupied", "Available")}
KEPT = {**CALM, 1: ("Available", "Reserved", "Available", "Occupied", "Available")}
TIMEOUT_S = 30
READ_S = 30
"""The meter is read so often, and what it said last counts."""


@dataclass(frozen=True, slots=True)
class Lawful:
    """What one version tells otherwise.

    Args:
        clause: Where it says so, and why.
        fields: Of the account, as that version has them.
    """

    clause: str
    ocpp: Ocpp
    fields: Mapping[str, Any]


def about(number: float, within: float) -> Any:
    """Return what equals every number that is so near."""
    return pytest.approx(number, abs=within)


def charge(
    began_s: float,
    ended_s: float,
    why: str = "Local",
    *,
    by: str = TAG,
    ended_by: str = "",
    flowed_s: float | None = None,
    place: int = 1,
    reservation: int | None = None,
) -> Charge:
    """Return a transaction in which energy flowed so long, or until the meter was read last."""
    flowed_s = ended_s // READ_S * READ_S - began_s if flowed_s is None else flowed_s
    return Charge(
        place,
        by,
        about(began_s, 1.5),
        about(ended_s, 1.5),
        about(flowed_s * POWER_W / 3600, 5),
        why,
        ended_by,
        reservation,
    )


OCCUPIED_TWICE = {**CALM, 1: ("Available", "Occupied") * 2 + ("Available",)}
LAWFUL: Mapping[str, Lawful] = {
    "test_card_without_a_plug": Lawful(
        "1.6 section 4.9: a card alone makes a connector Preparing; 2.0.1 G01: only a cable does",
        "1.6",
        {"statuses": OCCUPIED_TWICE},
    ),
    "test_reset_in_good_order": Lawful(
        "1.6 section 5.14: Soft ends the transaction first; 2.0.1 B12: OnIdle waits for its end",
        "1.6",
        {"charges": (charge(10, 300, "Reset"),), "answers": ("Accepted",)},
    ),
    "test_unlock_in_a_transaction": Lawful(
        "1.6 section 5.18: it ends the transaction first; 2.0.1 F05: it is refused",
        "1.6",
        {"charges": (charge(10, 300, "UnlockCommand"),), "answers": ("Unlocked",)},
    ),
}
"""By the name of the story: the only places where the versions may differ."""


class Play:
    """A station, who comes to it, and who works at its CSMS."""

    def __init__(self, stage: Stage, ocpp: Ocpp, name: str) -> None:
        self.stage = stage
        self.operator = Operator(ocpp, stage.csms)
        self._ocpp = ocpp
        self._lawful = LAWFUL.get(name)
        self._began_at = 0.0

    async def begin(self, settings: Mapping[str, str | int | bool] | None = None) -> None:
        """Power up, and wait until the CSMS knows that everything is available."""
        self.stage.settings |= POINTS | dict(settings or {})
        await self.stage.power_up()
        await self.wait(60)
        self._began_at = self.stage.clock.now().utc

    async def wait(self, seconds: float) -> None:
        """Let so much of the story pass."""
        await self.stage.clock.sleep(seconds)

    @property
    def now_s(self) -> float:
        """The second of the story."""
        return self.stage.clock.now().utc - self._began_at

    async def arrive(self, tag: str = TAG, place: int = 1) -> None:
        """Plug in, and show a card ten seconds later."""
        self.stage.plug(place)
        await self.wait(10)
        self.stage.swipe(tag, place)

    async def tells(self, expected: Account) -> None:
        """Have the CSMS heard exactly this, but for what a version lawfully tells otherwise."""
        await self.wait(60)
        if self._lawful and self._lawful.ocpp == self._ocpp:
            other = replace(expected, **self._lawful.fields)
            assert other != expected
            expected = other
        stage = self.stage
        told = account(self._ocpp, stage.csms.heard, self._began_at, self.operator.answers)
        assert told == expected


@pytest.fixture(params=["1.6", "2.0.1"])
async def play(
    request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[Play]:
    """Have two sockets with a lock and a CSMS, which both speak one version."""
    quick_disk(monkeypatch)
    ocpp: Ocpp = request.param
    async with staged(Stage, tmp_path, monkeypatch, ocpp=ocpp) as stage:
        yield Play(stage, ocpp, request.node.originalname)


async def test_plug_first(play: Play) -> None:
    """Plug in, show the card, come back ten minutes later and show it again."""
    await play.begin()
    await play.arrive()
    await play.wait(600)
    play.stage.swipe()
    await play.wait(10)
    play.stage.unplug()

    await play.tells(Account((charge(10, 610, ended_by=TAG),), USED, (TAG,)))


async def test_card_first(play: Play) -> None:
    """Show the card, plug in in time, and charge."""
    await play.begin()
    play.stage.swipe()
    await play.wait(10)
    play.stage.plug()
    await play.wait(600)
    play.stage.swipe()
    await play.wait(10)
    play.stage.unplug()

    await play.tells(Account((charge(10, 610, ended_by=TAG),), USED, (TAG,)))


async def test_card_without_a_plug(play: Play) -> None:
    """Show the card and go away; who plugs in later does not charge on it."""
    await play.begin({TIMEOUT: TIMEOUT_S})
    play.stage.swipe()
    await play.wait(2 * TIMEOUT_S)
    play.stage.plug()
    await play.wait(60)
    play.stage.unplug()

    await play.tells(Account((), USED, (TAG,)))


async def test_remote_start_and_stop(play: Play) -> None:
    """The operator starts what is plugged in, and stops it."""
    await play.begin()
    play.stage.plug()
    await play.wait(10)
    await play.operator.start(TAG)
    await play.wait(590)
    await play.operator.stop()
    await play.wait(10)
    play.stage.unplug()

    answers = ("Accepted", "Accepted")
    await play.tells(Account((charge(10, 600, "Remote"),), USED, (TAG,), answers))


async def test_stop_by_the_group(play: Play) -> None:
    """Another card of the same group ends it; one of no group does not."""
    await play.begin()
    play.operator.judge(TAG, "Accepted", GROUP)
    play.operator.judge(OTHER_TAG, "Accepted", GROUP)
    await play.arrive()
    await play.wait(300)
    play.stage.swipe(STRANGER)
    await play.wait(300)
    play.stage.swipe(OTHER_TAG)
    await play.wait(10)
    play.stage.unplug()

    asked = (TAG, STRANGER, OTHER_TAG)
    await play.tells(Account((charge(10, 610, ended_by=OTHER_TAG),), USED, asked))


@pytest.mark.parametrize("word", ["Invalid", "Blocked", "Expired"])
async def test_refused_card(play: Play, word: str) -> None:
    """The CSMS does not want it: nothing starts, and the cable is free."""
    await play.begin()
    play.operator.judge(TAG, word)
    await play.arrive()
    await play.wait(60)
    play.stage.unplug()

    await play.tells(Account((), USED, (TAG,)))


async def test_stranger_offline(play: Play) -> None:
    """A stranger charges while the CSMS is away, which says no as soon as it is back."""
    await play.begin({STRANGERS_OFFLINE: True})
    play.operator.judge(TAG, "Invalid")
    async with play.stage.csms.away():
        await play.arrive()
        await play.wait(590)
    back_s = play.now_s
    await play.wait(30)
    play.stage.swipe()
    await play.wait(10)
    play.stage.unplug()

    await play.tells(Account((charge(10, back_s, "DeAuthorized"),), USED))


async def test_offline_from_start_to_end(play: Play) -> None:
    """A stranger comes and goes while the CSMS is away, and it hears when that was."""
    await play.begin({STRANGERS_OFFLINE: True})
    async with play.stage.csms.away():
        await play.arrive()
        await play.wait(600)
        play.stage.swipe()
        await play.wait(10)
        play.stage.unplug()
        await play.wait(600)

    await play.tells(Account((charge(10, 610, ended_by=TAG),)))


async def test_unplugged_at_the_vehicle(play: Play) -> None:
    """Who pulls the plug at the vehicle ends it, and can take the cable along."""
    await play.begin()
    await play.arrive()
    await play.wait(600)
    play.stage.unplug_vehicle()
    await play.wait(10)
    play.stage.unplug()

    await play.tells(Account((charge(10, 610, "EVDisconnected"),), USED, (TAG,)))


async def test_unplugged_at_the_vehicle_and_back(play: Play) -> None:
    """Where unplugging ends nothing, it goes on with the plug, until the card is shown."""
    await play.begin({STOPS_UNPLUGGED: False})
    await play.arrive()
    await play.wait(300)
    play.stage.unplug_vehicle()
    await play.wait(100)
    play.stage.plug()
    await play.wait(200)
    play.stage.swipe()
    await play.wait(10)
    play.stage.unplug()

    whole = charge(10, 610, ended_by=TAG, flowed_s=300 + 190)
    await play.tells(Account((whole,), USED, (TAG,)))


async def test_fault_in_a_transaction(play: Play) -> None:
    """A fault ends it, and when that is over others may."""
    await play.begin()
    await play.arrive()
    await play.wait(600)
    play.stage.fault(1, BROKEN)
    await play.wait(10)
    play.stage.unplug()
    await play.wait(10)
    play.stage.repair(1, BROKEN)

    statuses = {**CALM, 1: ("Available", "Occupied", "Faulted", "Available")}
    await play.tells(Account((charge(10, 610, "Other"),), statuses, (TAG,)))


async def test_pause_in_a_transaction(play: Play) -> None:
    """A fault that goes by only takes the energy away for so long."""
    await play.begin()
    await play.arrive()
    await play.wait(290)
    play.stage.fault(1, PASSING)
    await play.wait(120)
    play.stage.repair(1, PASSING)
    await play.wait(190)
    play.stage.swipe()
    await play.wait(10)
    play.stage.unplug()

    whole = charge(10, 610, ended_by=TAG, flowed_s=290 + 180)
    await play.tells(Account((whole,), USED, (TAG,)))


async def test_reset_at_once(play: Play) -> None:
    """The transaction ends for it, and the cable is still there afterwards."""
    await play.begin()
    await play.arrive()
    await play.wait(590)
    await play.operator.reset(at_once=True)
    await play.wait(120)
    play.stage.unplug()

    told = Account((charge(10, 600, "Reset"),), USED, (TAG,), ("Accepted",), boots=2)
    await play.tells(told)


async def test_reset_in_good_order(play: Play) -> None:
    """The transaction comes to its end first."""
    await play.begin()
    await play.arrive()
    await play.wait(290)
    await play.operator.reset(at_once=False)
    await play.wait(310)
    if play.stage.bench.sockets[1].closed:
        play.stage.swipe()
    await play.wait(120)
    play.stage.unplug()

    told = Account((charge(10, 610, ended_by=TAG),), USED, (TAG,), ("Scheduled",), boots=2)
    await play.tells(told)


async def test_power_cut_in_a_transaction(play: Play) -> None:
    """What the cut ended is told when the power is back, with the last that was measured."""
    await play.begin()
    await play.arrive()
    await play.wait(600)
    await play.stage.cut_power()
    await play.wait(120)
    play.stage.unplug()

    await play.tells(Account((charge(10, 610, "PowerLoss"),), USED, (TAG,), boots=2))


async def test_reservation_used(play: Play) -> None:
    """Kept for a card: another is not even asked about, and the right one uses it up."""
    await play.begin()
    await play.operator.reserve(TAG, number=7, lasts_s=3600)
    await play.wait(10)
    play.stage.swipe(OTHER_TAG)
    await play.wait(10)
    await play.arrive()
    await play.wait(600)
    play.stage.swipe()
    await play.wait(10)
    play.stage.unplug()

    statuses = {**CALM, 1: ("Available", "Reserved", "Occupied", "Available")}
    used = charge(30, 630, ended_by=TAG, reservation=7)
    await play.tells(Account((used,), statuses, (TAG,), ("Accepted",)))


async def test_reservation_expired(play: Play) -> None:
    """Nobody came, and then others may."""
    await play.begin()
    await play.operator.reserve(OTHER_TAG, lasts_s=120)
    await play.wait(130)
    await play.arrive()
    await play.wait(600)
    play.stage.swipe()
    await play.wait(10)
    play.stage.unplug()

    told = Account((charge(140, 740, ended_by=TAG),), KEPT, (TAG,), ("Accepted",))
    await play.tells(told)


async def test_reservation_cancelled(play: Play) -> None:
    """The operator thinks otherwise: others may, and there is nothing more to cancel."""
    await play.begin()
    await play.operator.reserve(OTHER_TAG, lasts_s=3600)
    await play.operator.cancel()
    await play.wait(10)
    await play.operator.cancel()
    await play.arrive()
    await play.wait(600)
    play.stage.swipe()
    await play.wait(10)
    play.stage.unplug()

    answers = ("Accepted", "Accepted", "Rejected")
    await play.tells(Account((charge(20, 620, ended_by=TAG),), KEPT, (TAG,), answers))


async def test_reservation_over_a_power_cut(play: Play) -> None:
    """It is kept on while the station starts anew, and ends when it was to end."""
    await play.begin()
    await play.operator.reserve(OTHER_TAG, lasts_s=600)
    await play.wait(60)
    await play.stage.cut_power()
    await play.wait(600)

    statuses = {**CALM, 1: ("Available", "Reserved", "Available")}
    await play.tells(Account((), statuses, (), ("Accepted",), boots=2))


async def test_out_of_use_in_a_transaction(play: Play) -> None:
    """It is taken out of use when the transaction has ended, and then nothing starts there."""
    await play.begin()
    await play.arrive()
    await play.wait(290)
    await play.operator.use(operative=False)
    await play.wait(310)
    play.stage.swipe()
    await play.wait(10)
    play.stage.unplug()
    await play.wait(10)
    await play.operator.start(TAG)
    await play.operator.use(operative=True)

    statuses = {**CALM, 1: ("Available", "Occupied", "Unavailable", "Available")}
    answers = ("Scheduled", "Rejected", "Accepted")
    await play.tells(Account((charge(10, 610, ended_by=TAG),), statuses, (TAG,), answers))


async def test_local_list(play: Play) -> None:
    """A listed card starts unasked; of one that is listed as not good the CSMS is asked."""
    await play.begin({KNOWN_START: True})
    await play.operator.send_list(1, {TAG: "Accepted", OTHER_TAG: "Blocked"})
    play.operator.judge(OTHER_TAG, "Blocked")
    await play.arrive()
    await play.arrive(OTHER_TAG, 2)
    await play.wait(590)
    play.stage.swipe()
    await play.wait(10)
    play.stage.unplug(1)
    play.stage.unplug(2)

    both = dict.fromkeys((1, 2), USED[1])
    told = Account((charge(10, 610, ended_by=TAG),), both, (OTHER_TAG,), ("Accepted",))
    await play.tells(told)


async def test_listed_card_that_the_csms_denies(play: Play) -> None:
    """It starts unasked, and ends as soon as the CSMS has heard of it."""
    await play.begin({KNOWN_START: True})
    await play.operator.send_list(1, {TAG: "Accepted"})
    play.operator.judge(TAG, "Blocked")
    await play.arrive()
    await play.wait(60)
    play.stage.swipe()
    await play.wait(10)
    play.stage.unplug()

    denied = charge(10, 10, "DeAuthorized", flowed_s=0)
    await play.tells(Account((denied,), USED, (), ("Accepted",)))


async def test_limited_by_a_profile(play: Play) -> None:
    """The operator allows less, then nothing, and then everything again."""
    await play.begin()
    await play.arrive()
    await play.wait(190)
    offered_a = play.stage.bench.sockets[1].offered_a
    await play.operator.limit(10.0)
    await play.wait(10)
    assert play.stage.bench.sockets[1].offered_a == 10.0
    await play.wait(90)
    await play.operator.limit(0.0)
    await play.wait(120)
    await play.operator.unlimit()
    await play.wait(10)
    assert play.stage.bench.sockets[1].offered_a == offered_a
    await play.wait(180)
    play.stage.swipe()
    await play.wait(10)
    play.stage.unplug()

    whole = charge(10, 610, ended_by=TAG, flowed_s=290 + 180)
    answers = ("Accepted",) * 3
    await play.tells(Account((whole,), USED, (TAG,), answers))


async def test_unlock(play: Play) -> None:
    """The operator lets a cable go that nobody charges through."""
    await play.begin()
    play.stage.plug()
    await play.wait(10)
    await play.operator.unlock()
    play.stage.unplug()

    await play.tells(Account((), USED, (), ("Unlocked",)))


async def test_unlock_in_a_transaction(play: Play) -> None:
    """The operator wants a cable through which somebody charges."""
    await play.begin()
    await play.arrive()
    await play.wait(290)
    await play.operator.unlock()
    await play.wait(310)
    if play.stage.bench.sockets[1].closed:
        play.stage.swipe()
    await play.wait(10)
    play.stage.unplug()

    await play.tells(
        Account((charge(10, 610, ended_by=TAG),), USED, (TAG,), ("OngoingAuthorizedTransaction",))
    )


async def test_two_at_once(play: Play) -> None:
    """Each has a transaction of their own."""
    await play.begin()
    await play.arrive(TAG, 1)
    await play.wait(300)
    await play.arrive(OTHER_TAG, 2)
    await play.wait(300)
    play.stage.swipe(TAG, 1)
    await play.wait(300)
    play.stage.swipe(OTHER_TAG, 2)
    await play.wait(10)
    play.stage.unplug(1)
    play.stage.unplug(2)

    both = dict.fromkeys((1, 2), USED[1])
    first = charge(10, 620, ended_by=TAG)
    second = charge(320, 920, by=OTHER_TAG, ended_by=OTHER_TAG, place=2)
    await play.tells(Account((first, second), both, (TAG, OTHER_TAG)))


def test_what_differs_belongs_to_a_story() -> None:
    """No story is excused that is not told here."""
    assert set(LAWFUL) <= set(globals())
