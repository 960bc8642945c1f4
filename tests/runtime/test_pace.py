"""Who may let time pass quickly: nobody where something real is connected."""

from __future__ import annotations

import pytest

from laadpaal.ports.bench import BenchError
from laadpaal.runtime.clock import RealClock
from laadpaal.runtime.config import parse
from laadpaal.runtime.pace import pace_of
from tests.support.jumping import LoopClock

SIMULATED = """
[grid]
kind = "simulated"
[modem]
kind = "simulated"
[[reader]]
driver = "pn532"
device = "simulated"
"""
REAL = {
    "meter of EVSE 1": '[[evse]]\nmeter = {link = "tcp", model = "SDM630", host = "127.0.0.1"}',
    "light of EVSE 1": '[[evse]]\nleds = ["red", "green", "blue"]',
    "reader of EVSE 0": '[[reader]]\ndriver = "pn532"\ndevice = "/dev/ttyS0"',
    "meter of the grid": '[grid]\nkind = "p1"\ndevice = "/dev/ttyS0"',
    "display": '[station]\nframebuffer = "/dev/fb0"',
    "modem": '[modem]\nkind = "at"\ndevice = "/dev/ttyS0"',
}


def test_a_simulated_station_goes_at_any_pace() -> None:
    """Its clock is the one that changes."""
    clock = RealClock()
    pace = pace_of(parse(SIMULATED), clock)

    assert pace
    assert (pace.speed, pace.fixed) == (1.0, "")
    pace.go(60.0)
    assert pace.speed == clock.speed == 60.0


@pytest.mark.parametrize(("real", "text"), REAL.items(), ids=REAL)
def test_what_is_real_lives_in_real_seconds(real: str, text: str) -> None:
    """And is named by whoever refuses."""
    clock = RealClock()
    pace = pace_of(parse(text), clock)

    assert pace
    with pytest.raises(BenchError, match=f"real seconds: {real}$"):
        pace.go(60.0)
    assert clock.speed == 1.0


def test_another_clock_has_no_pace() -> None:
    """Such as that of a test."""
    assert pace_of(parse(""), LoopClock()) is None
