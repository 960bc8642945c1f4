"""The nightly fuzzing works, and a little of it runs with the tests."""

from __future__ import annotations

import pytest

from fuzz import at


def test_a_little_fuzzing() -> None:
    """Broken talk raises nothing, and some of it still ends a command."""
    assert 0 < at.fuzz(500, seed=1) < 500


def test_it_finds_what_is_not_documented(monkeypatch: pytest.MonkeyPatch) -> None:
    """Any other exception ends it."""

    def broken(_: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(at, "READERS", (broken,))

    with pytest.raises(ZeroDivisionError):
        at.fuzz(500, seed=1)
