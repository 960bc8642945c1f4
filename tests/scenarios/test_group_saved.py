"""What the CSMS says of a running transaction's token is on the disk as soon as it is known."""

from __future__ import annotations

from laadpaal.station.events import TransactionJudged
from laadpaal.station.records import TransactionSaved
from laadpaal.station.words import TokenStatus, Verdict
from tests.support.world import CARD, World


def test_a_group_told_late_is_saved() -> None:
    """A group that only the answer to the start names is saved in the same step."""
    world = World()
    world.online()
    world.plug()
    world.swipe()
    tx = world.evse().transaction
    assert tx is not None
    world.tell(TransactionJudged(tx.id, CARD, Verdict(TokenStatus.ACCEPTED, "family")))

    last = world.records[-1]
    assert isinstance(last, TransactionSaved)
    assert last.transaction.group == "family"
