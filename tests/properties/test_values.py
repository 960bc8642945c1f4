"""Values fall back from EVSE to station to default, and a dialect may hold some fixed."""

from __future__ import annotations

from laadpaal.properties.kinds import Whole
from laadpaal.properties.rows import Scope, Setting
from laadpaal.properties.values import Values

LIMIT = Setting("2129_0", Whole(6, 63, "A"), 16, "Current of one outlet.", scope=Scope.EVSE)


def test_the_nearest_value_counts() -> None:
    """An EVSE's own value beats the station's, which beats the default."""
    values = Values({("2129_0", 2): 10})
    assert (values[LIMIT], values.of(LIMIT, 1), values.of(LIMIT, 2)) == (16, 16, 10)

    values.put(LIMIT, 13)

    assert (values[LIMIT], values.of(LIMIT, 1), values.of(LIMIT, 2)) == (13, 13, 10)
    assert dict(values.items()) == {("2129_0", 2): 10, ("2129_0", 0): 13}


def test_a_fixed_value_hides_what_is_stored() -> None:
    """What the dialect in use holds fixed wins over every write."""
    values = Values({("2129_0", 0): 10}, fixed={"2129_0": 32})

    assert values.of(LIMIT, 1) == 32
    assert values.fixed(LIMIT)


def test_held_values_add_up() -> None:
    """What the configuration holds stays held when a dialect comes to hold its own."""
    rate = Setting("2087_0", Whole(0, 900, "s"), 60, "Seconds between samples.")
    values = Values({("2087_0", 0): 10})
    values.hold({"2129_0": 32})
    assert not values.fixed(rate)

    values.hold({"2087_0": 900})

    assert (values[LIMIT], values[rate]) == (32, 900)
    assert values.fixed(LIMIT)
    assert values.fixed(rate)
    assert dict(values.held()) == {"2129_0": 32, "2087_0": 900}
    assert dict(values.items()) == {("2087_0", 0): 10}


def test_a_forgotten_value_is_the_default_again() -> None:
    """Whether it had been set or not."""
    values = Values({("2129_0", 0): 10})
    for _ in range(2):
        values.forget(LIMIT)

    assert values[LIMIT] == LIMIT.default
    assert dict(values.items()) == {}


def test_what_is_let_go_is_what_it_was() -> None:
    """The value that was written comes back; letting go of what nobody holds changes nothing."""
    values = Values({("2129_0", 0): 10}, {"2129_0": 32})
    values.let_go("2087_0")
    assert values[LIMIT] == 32

    values.let_go("2129_0", "2087_0")

    assert values[LIMIT] == 10
    assert not values.fixed(LIMIT)
