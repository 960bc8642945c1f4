"""The nightly fuzzing of the slave works, and a little of it runs with the tests."""

from __future__ import annotations

import pytest

from fuzz import modbus_slave


def test_a_little_fuzzing() -> None:
    """Strange streams raise nothing but what is documented, and not all of them are one."""
    assert 0 < modbus_slave.fuzz(300, seed=1) < 300


def test_it_finds_what_is_not_documented(monkeypatch: pytest.MonkeyPatch) -> None:
    """Any other exception ends it."""

    def broken(*_: object) -> None:
        raise OverflowError

    monkeypatch.setattr(modbus_slave, "asked", broken)

    with pytest.raises(OverflowError):
        modbus_slave.fuzz(50, seed=1)
