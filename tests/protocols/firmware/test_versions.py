"""Which of two versions came first."""

from __future__ import annotations

from itertools import pairwise

from laadpaal.protocols.firmware.versions import earlier

IN_ORDER = ["", "0.9", "1.0-a1", "1.0-rc1", "1.0-rc2", "1.0", "1.0-1", "1.0.1", "1.9", "1.10", "2"]


def test_versions_come_one_after_the_other() -> None:
    """Numbers by their value, and a release candidate before its release."""
    for one, other in pairwise(IN_ORDER):
        assert earlier(one, other), (one, other)
        assert not earlier(other, one), (one, other)


def test_a_version_is_not_earlier_than_itself() -> None:
    """However it is written."""
    assert not earlier("1.0-RC1", "1.0-rc1")
    assert not earlier("1.01", "1.1")
