"""Whether the machine's clock is believed from the start."""

from __future__ import annotations

import time

import pytest

from laadpaal.runtime.clock import EARLIEST_UTC, machine_clock


@pytest.mark.parametrize(
    ("utc", "speed", "kept", "trusted"),
    [
        (EARLIEST_UTC, 1.0, True, True),
        (EARLIEST_UTC - 1, 1.0, True, False),
        (EARLIEST_UTC, 1.0, False, False),
        (EARLIEST_UTC, 20.0, True, False),
    ],
)
def test_a_machine_that_keeps_the_time_is_believed(
    utc: float,
    speed: float,
    kept: bool,  # noqa: FBT001  a table's column
    trusted: bool,  # noqa: FBT001  a table's column
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Not in a year before any station was built, nor when station seconds are not its own."""
    monkeypatch.setattr(time, "time", lambda: utc)

    assert machine_clock(speed, kept=kept).now().trusted is trusted
