"""The simulated chip is as stubborn as a real one."""

from __future__ import annotations

from typing import Any

import pytest

from laadpaal.protocols.pn532 import ABORT, WAKE, Frames, commands, framed
from laadpaal.protocols.pn532.commands import Command
from laadpaal.simulation.pn532 import NOISE, Pn532Trouble, SimulatedPn532

CARD = bytes.fromhex("04A1B2C3")
ACK = ABORT


class Host:
    """Speaks with a chip without a line."""

    def __init__(self) -> None:
        self.chip = SimulatedPn532()
        self.chip.say = self._hear
        self._heard = b""

    def _hear(self, data: bytes) -> None:
        self._heard += data

    def say(self, data: bytes) -> bytes:
        """Return what the chip says to these bytes."""
        self._heard = b""
        self.chip.hear(data)
        return self._heard

    def ask(self, *asked: Command[Any]) -> str:
        """Return what the last of these commands is answered with, in hexadecimal digits."""
        frames = [Frames().feed(self.say(framed(command.data))) for command in asked]
        return "".join(one.hex() for one in frames[-1] if isinstance(one, bytes))

    def ready(self) -> Host:
        """Wake the chip and set it up."""
        self.say(WAKE)
        self.ask(commands.NORMAL, commands.SHORT_TRIES)
        return self


def test_it_sleeps_until_it_is_woken() -> None:
    """And what it is told before is lost."""
    host = Host()

    assert host.ask(commands.FIRMWARE) == ""
    assert host.say(WAKE) == b""
    assert host.ask(commands.FIRMWARE) == "d50332010607"


def test_it_must_be_set_up() -> None:
    """It searches not before it knows that it is alone, and without end unless told otherwise."""
    host = Host()
    host.say(WAKE)
    assert host.ask(commands.SEARCH) == "7f"
    assert host.ask(commands.NORMAL, commands.SEARCH) == ""
    host.chip.hold(CARD)
    assert host.ask(commands.SEARCH) == "d54b01010004080404a1b2c3"
    host.chip.take()
    assert host.ask(commands.SHORT_TRIES, commands.SEARCH) == "d54b00"


def test_a_card_answers_again_only_after_its_field_was_off() -> None:
    """Or after it was taken away."""
    host = Host().ready()
    host.chip.hold(CARD)
    assert host.ask(commands.SEARCH).endswith("04a1b2c3")
    assert host.ask(commands.SEARCH) == "d54b00"
    assert host.ask(commands.FIELD_OFF, commands.SEARCH).endswith("04a1b2c3")
    host.chip.take()
    host.chip.hold(CARD)
    assert host.ask(commands.SEARCH).endswith("04a1b2c3")
    assert host.ask(commands.RELEASE) == "d55300"


def test_taps_are_read_one_after_the_other() -> None:
    """Each once, and none is there in between; a bigger card tells more of itself."""
    host = Host().ready()
    host.chip.tap(CARD)
    host.chip.tap(bytes.fromhex("04112233445566"))

    found = [host.ask(commands.FIELD_OFF, commands.SEARCH) for _ in range(5)]
    assert found[0].endswith("04a1b2c3")
    assert found[2].endswith("0704112233445566067577810280")
    assert found[1] == found[3] == found[4] == "d54b00"


def test_without_power_it_forgets_everything() -> None:
    """It is asleep when it comes back, and no card waits any more."""
    host = Host().ready()
    host.chip.tap(CARD)
    host.chip.unplug()
    assert host.say(WAKE + framed(commands.FIRMWARE.data)) == b""
    host.chip.plug()

    assert host.ask(commands.FIRMWARE) == ""
    assert host.ready().ask(commands.SEARCH) == "d54b00"


def test_what_is_no_command_is_not_answered() -> None:
    """But an unknown one is, with an error."""
    host = Host().ready()

    assert host.say(framed(b"\xd5\x02")) == b""
    assert host.say(ABORT) == b""
    assert host.say(framed(b"\xd4\x99")) == ACK + framed(b"\x7f")


@pytest.mark.parametrize(
    ("trouble", "said"),
    [
        (Pn532Trouble.SILENT, ""),
        (Pn532Trouble.NO_ACK, "0000ff02fed5151600"),
        (Pn532Trouble.WRONG_SUM, "0000ff00ff00" + "0000ff02fed5141600"),
        (Pn532Trouble.HALF, "0000ff00ff00" + "0000ff02"),
        (Pn532Trouble.NOISE, f"{NOISE.hex()}0000ff00ff00{NOISE.hex()}0000ff02fed5151600"),
    ],
)
def test_it_misbehaves(trouble: Pn532Trouble, said: str) -> None:
    """With so many answers, or until it behaves again."""
    host, whole = Host().ready(), "0000ff00ff000000ff02fed5151600"
    ask = framed(commands.NORMAL.data)
    host.chip.misbehave(trouble, times=2)
    assert [host.say(ask).hex() for _ in range(3)] == [said, said, whole]
    host.chip.misbehave(trouble)
    assert [host.say(ask).hex() for _ in range(3)] == [said] * 3
    host.chip.behave()

    assert host.say(ask).hex() == whole
