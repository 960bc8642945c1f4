"""The nightly fuzzing works, and a little of it runs with the tests."""

from __future__ import annotations

import pytest

from fuzz import modbus


def test_a_little_fuzzing() -> None:
    """Strange registers raise nothing but a loss, and not all of them are one."""
    assert 0 < modbus.fuzz(300, seed=1) < 300


def test_it_finds_what_is_not_documented(monkeypatch: pytest.MonkeyPatch) -> None:
    """Any other exception ends it."""

    def broken(*_: object) -> None:
        raise OverflowError

    monkeypatch.setattr(modbus, "numbers", broken)

    with pytest.raises(OverflowError):
        modbus.fuzz(1, seed=1)
