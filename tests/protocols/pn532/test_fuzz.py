"""The nightly fuzzing works, and a little of it runs with the tests."""

from __future__ import annotations

import pytest

from fuzz import pn532
from laadpaal.protocols.pn532 import Frames
from laadpaal.protocols.pn532.commands import Command


def test_a_little_fuzzing() -> None:
    """A few broken frames and lines raise nothing and fill nothing."""
    assert 0 < pn532.fuzz(2000, seed=1) <= pn532.MOST_HELD


def test_it_finds_what_is_held_too_long(monkeypatch: pytest.MonkeyPatch) -> None:
    """A reader that keeps everything is found out."""
    monkeypatch.setattr(Frames, "held", pn532.MOST_HELD + 1)

    with pytest.raises(AssertionError, match="are held"):
        pn532.fuzz(1, seed=1)


def test_it_finds_what_is_not_documented(monkeypatch: pytest.MonkeyPatch) -> None:
    """Any other exception ends it."""

    def broken(*_: object) -> None:
        raise IndexError(5)

    monkeypatch.setattr(Command, "answer", broken)

    with pytest.raises(IndexError):
        pn532.fuzz(1, seed=1)
