"""A tag is presented once, however often the reader sees it."""

from __future__ import annotations

from dataclasses import dataclass, field

import pytest
from hypothesis import given
from hypothesis import strategies as st

from laadpaal.protocols.tags import Presence

A, B = bytes.fromhex("04A1B2C3"), bytes.fromhex("04112233445566")
SCAN_S, DELAY_S = 0.25, 2.0


@dataclass
class Scans:
    """A reader that looks once in a while; `new` are the presentations, each with its second."""

    scan_s: float = SCAN_S
    delay_s: float = DELAY_S
    at: float = 0.0
    new: list[tuple[bytes, float]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.presence = Presence(lambda: self.delay_s)

    def see(self, uid: bytes | None, seconds: float) -> None:
        """Have the tag there for so long, or none."""
        for _ in range(round(seconds / self.scan_s)):
            if self.presence.scanned(uid, self.at):
                assert uid is not None
                self.new.append((uid, self.at))
            self.at += self.scan_s


def test_a_tag_that_is_held_is_one_presentation() -> None:
    """For a minute, with moments in which the reader does not see it."""
    scans = Scans()
    for _ in range(30):
        scans.see(A, 1.5)
        scans.see(None, 0.5)

    assert scans.new == [(A, 0.0)]


def test_a_tag_that_was_away_is_presented_anew() -> None:
    """Not before the delay has passed since it was last seen."""
    scans = Scans()
    scans.see(A, 0.25)
    scans.see(None, 1.5)
    scans.see(A, 0.25)
    assert scans.new == [(A, 0.0)]
    scans.see(None, 1.75)
    scans.see(A, 0.25)

    assert scans.new == [(A, 0.0), (A, 3.75)]


def test_two_tags_are_two_presentations() -> None:
    """One after the other, and both at once, of which the reader sees now this, now that."""
    scans = Scans()
    for _ in range(100):
        scans.see(A, SCAN_S)
        scans.see(B, SCAN_S)

    assert scans.new == [(A, 0.0), (B, SCAN_S)]


@pytest.mark.parametrize(("scan_s", "delay_s"), [(5.0, 2.0), (0.25, 0.0)])
def test_a_held_tag_is_one_however_seldom_the_reader_looks(scan_s: float, delay_s: float) -> None:
    """With a delay shorter than from one scan to the next; once away it is presented anew."""
    scans = Scans(scan_s, delay_s)
    scans.see(A, 60)
    assert len(scans.new) == 1
    scans.see(None, scan_s)
    scans.see(A, scan_s)

    assert len(scans.new) == 2


def test_a_phone_is_one_presentation() -> None:
    """Though it may draw another number each time it is looked at."""
    scans = Scans()
    for number in range(100):
        scans.see(bytes([0x08, 0x11, 0x22, number]), SCAN_S)

    assert [uid for uid, _ in scans.new] == [bytes.fromhex("08112200")]


def test_the_delay_may_change() -> None:
    """It is asked for each time."""
    scans = Scans()
    scans.see(A, 0.25)
    scans.see(None, 0.5)
    scans.delay_s = 0.5
    scans.see(A, 0.25)

    assert len(scans.new) == 2


def test_a_reader_that_repeats_itself() -> None:
    """One that tells of a tag as long as it is there, and never that it is gone."""
    presence = Presence(lambda: DELAY_S)
    told = [presence.told(A, at) for at in (0.0, 1.0, 2.5, 4.4, 6.4)]

    assert told == [True, False, False, False, True]


@given(st.lists(st.tuples(st.sampled_from([None, A, B]), st.floats(0.01, 5.0)), max_size=60))
def test_a_presentation_is_never_too_soon(sightings: list[tuple[bytes | None, float]]) -> None:
    """Whatever is seen: the first sight counts, and no other until it was away for the delay."""
    presence, at = Presence(lambda: DELAY_S), 0.0
    last: dict[bytes, float] = {}
    before: bytes | None = None
    for uid, wait_s in sightings:
        at += wait_s
        new = presence.scanned(uid, at)
        due = uid is not None and uid != before and at - last.get(uid, -1e9) >= DELAY_S
        assert new is due
        before = uid
        if uid is not None:
            last[uid] = at
    assert len(presence._seen) <= len(last)


@given(st.lists(st.binary(min_size=4, max_size=10), min_size=1, max_size=200))
def test_it_remembers_only_what_is_recent(uids: list[bytes]) -> None:
    """Of noise that looks like tags nothing stays for longer than the delay."""
    presence = Presence(lambda: 1.0)
    for at, uid in enumerate(uids):
        presence.told(uid, float(at))

    assert len(presence._seen) == 1
