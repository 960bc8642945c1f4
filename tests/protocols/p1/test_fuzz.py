"""The nightly fuzzing works, and a little of it runs with the tests."""

from __future__ import annotations

import pytest

from fuzz import p1
from laadpaal.protocols.p1 import TelegramReader
from laadpaal.protocols.p1.reader import LONGEST


def test_a_little_fuzzing() -> None:
    """A few broken telegrams raise nothing and fill nothing."""
    assert 0 < p1.fuzz(500, seed=1) <= LONGEST


def test_it_finds_what_is_held_too_long(monkeypatch: pytest.MonkeyPatch) -> None:
    """A reader that keeps everything is found out."""
    monkeypatch.setattr(TelegramReader, "held", LONGEST + 1)

    with pytest.raises(AssertionError, match="are held"):
        p1.fuzz(1, seed=1)


def test_it_finds_what_is_not_documented(monkeypatch: pytest.MonkeyPatch) -> None:
    """Any other exception ends it."""

    def broken(*_: object) -> None:
        raise KeyError("1-0:1.7.0")

    monkeypatch.setattr(p1, "parse", broken)

    with pytest.raises(KeyError):
        p1.fuzz(1, seed=1)
