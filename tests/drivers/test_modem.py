"""The way into the mobile network, with a modem that behaves, and with ones that do not."""

from __future__ import annotations

import asyncio
import logging
import random
from collections.abc import Callable
from dataclasses import dataclass, field

import pytest

from laadpaal.drivers.modem import AtModem
from laadpaal.ports.modem import Access, Attached, Carried, ModemFailed, SimRefused
from laadpaal.simulation.modem import (
    ADDRESS,
    Air,
    Mischief,
    SimulatedKey,
    SimulatedLink,
    SimulatedModem,
)
from tests.support.jumping import jump
from tests.support.modem_line import MemoryLine

LOG = logging.getLogger("test.modem")
ACCESS = Access("m2m.example", pin="1234")


@dataclass
class Stage:
    """A driver with a simulated modem in memory; made inside a loop."""

    air: Air = field(default_factory=Air)
    mischief: Mischief = field(default_factory=Mischief)
    gap_s: float = 0.1
    seed: int = 57
    two_ports: bool = False

    def __post_init__(self) -> None:
        self.simulated = SimulatedModem(self.air, self.mischief, random.Random(self.seed))  # noqa: S311  no secret
        self.line = MemoryLine(self.simulated)
        control = MemoryLine(self.simulated) if self.two_ports else None
        self.modem = AtModem(
            self.line,
            SimulatedLink(self.simulated),
            LOG,
            control=control,
            key=SimulatedKey(self.simulated),
            gap_s=lambda: self.gap_s,
        )

    async def attach(self, access: Access = ACCESS) -> Attached:
        """Open a connection."""
        return await self.modem.attach(access)


def attached(stage: Callable[[], Stage], access: Access = ACCESS) -> tuple[Attached, Stage, float]:
    """Attach once in a loop of its own; return what was told, and how many seconds it took."""

    async def story() -> tuple[Attached, Stage, float]:
        made = stage()
        begun = asyncio.get_running_loop().time()
        told = await made.attach(access)
        return told, made, asyncio.get_running_loop().time() - begun

    return jump(story())


def refused(stage: Callable[[], Stage], access: Access = ACCESS) -> tuple[ModemFailed, Stage]:
    """Attach in vain; return why."""

    async def story() -> tuple[ModemFailed, Stage]:
        made = stage()
        with pytest.raises(ModemFailed) as failed:
            await made.attach(access)
        return failed.value, made

    return jump(story())


def test_the_whole_way() -> None:
    """The modem is known, the SIM is open, the network has let us in, data is carried."""
    told, stage, _ = attached(lambda: Stage(Air(pin="1234")))

    assert told == Attached(
        Carried("", ADDRESS),
        "8931080000000000012",
        "204080000000012",
        "490154203237518",
        "Laadpaal Simulated modem",
        "Laadpaal NL",
        dbm=-73,
    )
    said = stage.simulated.said
    assert said[:3] == ["AT", "ATE0", "AT+CMEE=2"]
    assert said[-2:] == ['AT+CGDCONT=1,"IP","m2m.example"', "ATD*99***1#"]
    assert said.count('AT+CPIN="1234"') == 1
    assert stage.line.closed == 1


def test_s57_with_the_gap_every_attach_passes() -> None:
    """A hundred times of a hundred, at a modem that talks nonsense when it is hurried."""
    for seed in range(100):
        mischief = Mischief(chatter=seed % 2 == 0, pieces=seed % 3 == 0)
        told, stage, _ = attached(
            lambda mischief=mischief, seed=seed: Stage(  # type: ignore[misc]  # bound at once
                Air(pin="1234"), mischief, seed=seed
            )
        )

        assert told.carried.address == ADDRESS
        assert len(stage.simulated.said) == len(set(stage.simulated.said)) + _polls(stage)


def _polls(stage: Stage) -> int:
    """Count what is asked again by right: what the SIM wants, and whether there is a network."""
    again = [it for it in stage.simulated.said if it.endswith("?")]
    return len(again) - len(set(again))


@pytest.mark.parametrize("gap_s", [0.0, 0.03])
def test_s57_without_the_gap_no_attach_passes(gap_s: float) -> None:
    """Which proves that the modem above is one that must not be hurried."""
    for seed in range(20):
        why, stage = refused(lambda seed=seed: Stage(gap_s=gap_s, seed=seed))  # type: ignore[misc]

        assert "no answer within" in str(why)
        assert "ATD*99***1#" not in stage.simulated.said


def test_sim_and_radio_rest_longer() -> None:
    """Half a second after each command that keeps them busy."""
    _, quick, quick_s = attached(lambda: Stage(Air(registers_s=0.0)))
    _, _, longer_s = attached(lambda: Stage(Air(registers_s=0.0), gap_s=0.4))

    slow = sum(it.startswith(("AT+CPIN", "AT+CCID", "AT+CIMI")) for it in quick.simulated.said)
    others = len(quick.simulated.said) - 1 - slow
    assert slow == 3
    assert longer_s - quick_s == pytest.approx(0.3 * others, abs=0.01)


@pytest.mark.parametrize("lost", [1, 2, 3])
def test_a_lost_reply_is_asked_for_again(lost: int) -> None:
    """After the modem has answered to AT, so that no late answer is taken for another."""

    async def story() -> Attached:
        stage = Stage()
        attaching = asyncio.ensure_future(stage.attach())
        await asyncio.sleep(1.0)
        stage.mischief.lost = lost
        return await attaching

    assert jump(story()).carried.address == ADDRESS


def test_the_pin_is_never_said_again_when_its_answer_is_lost() -> None:
    """The SIM tells by what it wants next."""

    async def story() -> list[str]:
        stage = Stage(Air(pin="1234"))
        entered = stage.simulated.enter

        def enter(pin: str) -> bool:
            stage.mischief.lost = 1
            return entered(pin)

        stage.simulated.enter = enter  # type: ignore[method-assign]  # it listens too
        await stage.attach()
        return stage.simulated.said

    said = jump(story())
    assert said.count('AT+CPIN="1234"') == 1


def test_a_wrong_pin_is_entered_once() -> None:
    """It is said that it was spent, so that nobody enters it again."""
    why, stage = refused(lambda: Stage(Air(pin="9999")))

    assert isinstance(why, SimRefused)
    assert why.spent
    assert str(why) == "the SIM refuses its PIN"
    assert stage.air.attempts == 2


@pytest.mark.parametrize(
    ("air", "access", "why"),
    [
        (Air(pin="1234"), Access(), "the SIM wants its PIN, and none is set"),
        (Air(pin="1234"), Access(pin="1234", spent=True), "refused this PIN before"),
        (Air(pin="1234", attempts=1), ACCESS, "the SIM allows 1 more attempt"),
        (Air(pin="1234", attempts=0), ACCESS, "wants its PUK"),
    ],
)
def test_no_attempt_is_wasted(air: Air, access: Access, why: str) -> None:
    """With one attempt left, and with a PIN that cannot be right, the modem is left alone."""
    attempts = air.attempts
    failed, stage = refused(lambda: Stage(air), access)

    assert isinstance(failed, SimRefused)
    assert not failed.spent
    assert why in str(failed)
    assert air.attempts == attempts
    assert not [it for it in stage.simulated.said if it.startswith('AT+CPIN="')]


@pytest.mark.parametrize(
    ("air", "access", "why"),
    [
        (Air(sim=False), ACCESS, "there is no SIM"),
        (Air(network=False), ACCESS, "there is no network"),
        (Air(roaming=True), Access(roams=False), "roaming is not allowed"),
        (Air(pin="12ab"), Access(pin="12ab"), "a PIN has 4 to 8 digits"),
        (Air(), Access('m"2m'), "access point"),
        (Air(), Access(network="KPN"), "5 or 6 digits"),
    ],
)
def test_what_is_wrong_is_said(air: Air, access: Access, why: str) -> None:
    """In words for people, and it may be tried again."""
    failed, _ = refused(lambda: Stage(air), access)

    assert not isinstance(failed, SimRefused)
    assert why in str(failed)


def test_the_network_of_somebody_else() -> None:
    """Is used where that is allowed, and a preferred one is asked for by its number."""
    access = Access(network="20408", only_that=True)
    told, stage, _ = attached(lambda: Stage(Air(roaming=True)), access)

    assert told.roaming
    assert 'AT+COPS=1,2,"20408"' in stage.simulated.said


@pytest.mark.parametrize("mischief", [Mischief(dead=True), Mischief(garbage=True)])
def test_a_modem_that_says_nothing_of_sense(mischief: Mischief) -> None:
    """Is given up after a while, and not waited for."""
    why, _ = refused(lambda: Stage(mischief=mischief))

    assert str(why) == "the modem does not answer"


def test_a_line_that_is_gone() -> None:
    """Is no other kind of failure."""

    def stage() -> Stage:
        made = Stage()
        made.line.pulled = True
        return made

    assert str(refused(stage)[0]) == "the cable is out"


def test_a_modem_that_still_carries_data_is_called_back() -> None:
    """By silence, three plus signs, and silence."""

    async def story() -> SimulatedModem:
        stage = Stage()
        await stage.attach()
        assert stage.simulated.carries
        await stage.attach()
        return stage.simulated

    simulated = jump(story())
    assert simulated.said.count("ATD*99***1#") == 2
    assert "ATH" in simulated.said
    assert simulated.starts == 0


def test_the_signal_is_watched_where_a_port_is_free() -> None:
    """Until the connection is lost, which is said once."""

    async def story() -> tuple[list[int | None], str]:
        stage = Stage(two_ports=True)
        await stage.attach()
        told: list[int | None] = []

        async def watch() -> None:
            async for dbm in stage.modem.watch():
                told.append(dbm)
                stage.air.step = 99 if len(told) == 1 else 5
                if len(told) == 3:
                    stage.simulated.drop()

        with pytest.raises(ModemFailed) as lost:
            await watch()
        return told, str(lost.value)

    assert jump(story()) == ([-73, None, -103], "the network has ended the connection")


def test_with_one_port_nothing_is_asked_while_data_flows() -> None:
    """The loss is noticed all the same."""

    async def story() -> None:
        stage = Stage()
        await stage.attach()
        asyncio.get_running_loop().call_later(200, stage.simulated.drop)
        async for _ in stage.modem.watch():
            raise AssertionError("there is no port to ask on")

    with pytest.raises(ModemFailed, match="ended the connection"):
        jump(story())


@pytest.mark.parametrize("power", [False, True])
def test_a_modem_that_starts_anew_comes_back(*, power: bool) -> None:
    """Told to, or without its power; then the PIN is entered again, for it was right."""

    async def story() -> SimulatedModem:
        stage = Stage(Air(pin="1234"))
        await stage.attach()
        assert stage.modem.switched
        await (stage.modem.cut_power() if power else stage.modem.restart())
        await stage.attach()
        await stage.modem.release()
        return stage.simulated

    simulated = jump(story())
    assert simulated.starts == 1
    assert simulated.said.count('AT+CPIN="1234"') == 2


def test_a_modem_that_does_not_come_back_is_said_to_be_gone() -> None:
    """After half a minute, and not before."""

    async def story() -> float:
        stage = Stage()
        await stage.attach()
        stage.mischief.dead = True
        begun = asyncio.get_running_loop().time()
        with pytest.raises(ModemFailed, match="does not answer"):
            await stage.modem.cut_power()
        return asyncio.get_running_loop().time() - begun

    assert jump(story()) > 30


def test_without_a_key_no_power_is_cut() -> None:
    """Which is said instead of doing nothing."""

    async def story() -> None:
        simulated = SimulatedModem()
        modem = AtModem(MemoryLine(simulated), SimulatedLink(simulated), LOG)
        assert not modem.switched
        await modem.cut_power()

    with pytest.raises(ModemFailed, match="nobody can cut"):
        jump(story())


def test_commands_are_in_the_log_with_their_times(caplog: pytest.LogCaptureFixture) -> None:
    """But no PIN is."""
    with caplog.at_level(logging.INFO, "test.modem"):
        attached(lambda: Stage(Air(pin="1234")))

    texts = [record.getMessage() for record in caplog.records]
    assert "AT -> AT+CSQ" in texts
    assert "AT <- +CSQ: 20,99 | OK" in texts
    assert 'AT -> AT+CPIN="***"' in texts
    assert not [text for text in texts if "1234" in text]
    assert {record.facility for record in caplog.records} == {"COM"}  # type: ignore[attr-defined]
