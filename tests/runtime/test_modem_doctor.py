"""What the doctor says of a modem, before anybody goes that way."""

from __future__ import annotations

import logging
import random
from pathlib import Path

import pytest

from laadpaal.drivers.modem import AtModem
from laadpaal.ports.modem import Access
from laadpaal.runtime.clock import RealClock
from laadpaal.runtime.config import Config, CsmsTable, ModemTable
from laadpaal.runtime.doctor import examined
from laadpaal.runtime.findings import Finding
from laadpaal.runtime.modem_doctor import modem_found
from laadpaal.simulation.modem import Air, Mischief, SimulatedLink, SimulatedModem
from tests.support.jumping import jump
from tests.support.modem_line import MemoryLine

LOG = logging.getLogger("laadpaal.test.doctor")
LOCKED = Access(pin="1234")


def found(air: Air, access: Access, mischief: Mischief | None = None) -> tuple[Finding, Air]:
    """Return what is found, and the SIM and network afterwards."""

    async def story() -> Finding:
        lots = random.Random(57)  # noqa: S311  no secret
        simulated = SimulatedModem(air, mischief or Mischief(), lots)
        line = MemoryLine(simulated)
        finding = await modem_found(AtModem(line, SimulatedLink(simulated), LOG), access)
        assert line.closed
        return finding

    return jump(story()), air


def test_a_modem_that_can_go_is_well() -> None:
    """Its network and the strength of the signal are told; a while is given to it for that."""
    finding, _ = found(Air(registers_s=10.0), Access())

    assert finding.well
    assert "in Laadpaal NL, -73 dBm" in finding.detail


def test_a_pin_is_not_tried() -> None:
    """Whoever looks uses no attempt up."""
    finding, air = found(Air(pin="9999"), LOCKED)

    assert finding.well
    assert "which was not tried" in finding.detail
    assert air.attempts == Air().attempts
    assert "1234" not in finding.detail


@pytest.mark.parametrize(
    ("air", "access", "detail", "advice"),
    [
        (Air(pin="1"), Access(), "wants its PIN, and none is set", "set modem.pin"),
        (Air(pin="1"), Access(pin="1", spent=True), "has refused the PIN", "another modem.pin"),
        (Air(pin="1", attempts=0), LOCKED, "is blocked, and wants its PUK", "open the SIM"),
        (Air(sim=False), Access(), "there is no SIM", "has power and a SIM"),
        (Air(network=False, step=99), Access(), "no network, the signal is unknown", "antenna"),
        (Air(roaming=True), Access(roams=False), "only networks of others", "ask the operator"),
    ],
)
def test_what_is_in_the_way_is_told(air: Air, access: Access, detail: str, advice: str) -> None:
    """With what to do about it."""
    finding, _ = found(air, access)

    assert not finding.well
    assert detail in finding.detail
    assert advice in finding.advice


def test_a_modem_that_says_nothing_is_told() -> None:
    """Another station may hold its line, too."""
    finding, _ = found(Air(), Access(), Mischief(dead=True))

    assert not finding.well
    assert "a station that runs holds it" in finding.advice


async def test_the_way_by_wire_is_tried_all_the_same(tmp_path: Path) -> None:
    """A line that is not there is named, and then the steps to the CSMS follow."""
    config = Config(
        csms=CsmsTable(url="ws://127.0.0.1:1", identity="LP1"),
        modem=ModemTable(kind="at", device=str(tmp_path / "ttyUSB9")),
        folder=str(tmp_path),
    )

    modem, *rest = await examined(config, RealClock(), LOG)

    assert (modem.step, modem.well) == ("modem", False)
    assert "ttyUSB9" in modem.detail
    assert [finding.step for finding in rest] == ["name", "TCP"]
