"""The driver of Modbus meters of the grid tells which way each line flows."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from laadpaal.drivers.modbus_grid import grid_measurement
from laadpaal.ports.errors import DeviceLost
from laadpaal.protocols.modbus.registers import Q, Quantity
from laadpaal.station.measurement import GridMeasurement

LINES: Mapping[Quantity, float | None] = {
    Q.VOLTAGE_L1: 230.0, Q.VOLTAGE_L2: 231.0, Q.VOLTAGE_L3: 229.0,
    Q.CURRENT_L1: 16.0, Q.CURRENT_L2: 8.0, Q.CURRENT_L3: 0.0,
    Q.POWER_L1: -3_680.0, Q.POWER_L2: 1_848.0, Q.POWER_L3: 0.0,
}  # fmt: skip
VOLTAGES_V = (230.0, 231.0, 229.0)


def test_power_is_the_sign_of_a_current() -> None:
    """What flows to the grid is negative, whatever sign the meter gives the current."""
    found = GridMeasurement((-16.0, 8.0, 0.0), (-3_680.0, 1_848.0, 0.0), VOLTAGES_V)

    assert grid_measurement(LINES) == found
    assert grid_measurement({**LINES, Q.CURRENT_L1: -16.0}) == found


def test_without_powers_the_current_stays_as_it_is() -> None:
    """A sum does not say which line flows back."""
    told = {q: n for q, n in LINES.items() if not q.value.startswith("power")}

    assert grid_measurement({**told, Q.POWER: -1_832.0, Q.CURRENT_L2: -8.0}) == GridMeasurement(
        (16.0, -8.0, 0.0), None, VOLTAGES_V
    )


def test_one_line() -> None:
    """The sum is the power of the only line, in whichever way it is told."""
    one = {Q.VOLTAGE_L1: 230.0, Q.CURRENT_L1: 5.0, Q.IMPORTED: None}
    back = GridMeasurement((-5.0, 0.0, 0.0), (-1_150.0, 0.0, 0.0), (230.0, 0.0, 0.0))

    assert grid_measurement({**one, Q.POWER: -1_150.0}) == back
    assert grid_measurement({**one, Q.POWER: 0.0, Q.POWER_BACK: 1_150.0}) == back


@pytest.mark.parametrize(
    "quantity", [Q.VOLTAGE_L1, Q.CURRENT_L1, Q.CURRENT_L3, Q.POWER_L1, Q.POWER_L2]
)
def test_nonsense_is_refused(quantity: Quantity) -> None:
    """A number that cannot be is as good as silence."""
    with pytest.raises(DeviceLost):
        grid_measurement({**LINES, quantity: float("nan")})


def test_what_was_counted_is_told_as_far_as_the_meter_counts() -> None:
    """A register that makes no sense costs nobody the currents."""
    counted = grid_measurement({**LINES, Q.IMPORTED: 12_345.0, Q.EXPORTED: 678.0})
    wrong = grid_measurement({**LINES, Q.IMPORTED: float("inf")})

    assert (counted.imported_wh, counted.exported_wh) == (12_345.0, 678.0)
    assert (wrong.imported_wh, wrong.exported_wh) == (None, None)
    assert wrong.currents_a == counted.currents_a
