"""Who wishes to be forgotten is in no row of the journal, once the CSMS has heard of it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from laadpaal.ports.journal import Fate, Trace
from laadpaal.station.notices import TransactionEnded, TransactionUpdated
from laadpaal.station.records import CustomerForgotten
from laadpaal.station.words import ChargingState, StopReason, Token, Trigger
from laadpaal.storage import Store
from tests.storage.test_store import TOKEN, sampled, started

OTHER = Token("04FF")


def updated(transaction: str) -> TransactionUpdated:
    """Return an update that names the token."""
    return TransactionUpdated(
        transaction, 1, 2.0, 1, Trigger.AUTHORIZED, ChargingState.CHARGING, offline=False,
        token=TOKEN,
    )  # fmt: skip


def ended(transaction: str, token: Token | None = TOKEN) -> TransactionEnded:
    """Return an end that a card made."""
    return TransactionEnded(
        transaction, 1, 3.0, 2, Trigger.STOP_AUTHORIZED, StopReason.LOCAL,
        ChargingState.EV_CONNECTED, token, 20.0, offline=False,
    )  # fmt: skip


async def test_what_was_told_names_nobody_any_more(tmp_path: Path) -> None:
    """It is the same otherwise, and what names others stays as it is."""
    store = Store.open(tmp_path / "db")
    ours, theirs = store.station("a"), store.station("b")
    others = replace(started("t2"), token=OTHER)
    await ours.commit([], [started(), sampled(), updated("t1"), ended("t1"), others])
    await theirs.commit([], [started()])
    for seq in range(1, 6):
        await ours.settle(seq, Fate.DELIVERED)
    assert ours.traces(Token("04ab")) == (Trace("t1", 1, 1.0),)
    await ours.commit([CustomerForgotten(Token("04ab"))])
    store.close()

    again = Store.open(tmp_path / "db")
    ours = again.station("a")
    bodies = b"".join(body for (body,) in again._reader.execute("SELECT body FROM journal"))
    assert ours.traces(TOKEN) == ()
    assert ours.traces(OTHER) == (Trace("t2", 1, 1.0),)
    assert again.station("b").traces(TOKEN) == (Trace("t1", 1, 1.0, told=False),)
    assert bodies.count(TOKEN.value.encode()) == 1
    assert ours.known("t1")
    again.close()


async def test_what_waits_is_told_with_its_name_and_then_forgotten(tmp_path: Path) -> None:
    """Somebody has to pay for it, also after a restart."""
    store = Store.open(tmp_path / "db")
    ours = store.station("a")
    await ours.commit([], [started(), ended("t1", None)])
    await ours.commit([CustomerForgotten(TOKEN)])
    assert ours.traces(TOKEN) == (Trace("t1", 1, 1.0, told=False),)
    store.close()

    again = Store.open(tmp_path / "db")
    ours = again.station("a")
    entry = ours.pending()
    assert entry
    assert entry.notice == started()
    await ours.settle(entry.seq, Fate.DELIVERED, 7)
    assert ours.traces(TOKEN) == ()
    assert ours.by_csms_id(7) == "t1"
    last = ours.pending()
    again.close()
    assert last
    assert last.notice == ended("t1", None)


async def test_who_comes_back_is_known_again(tmp_path: Path) -> None:
    """Only what there was is forgotten."""
    store = Store.open(tmp_path / "db")
    ours = store.station("a")
    await ours.commit([CustomerForgotten(TOKEN)])
    await ours.commit([], [started()])
    await ours.settle(1, Fate.DELIVERED)

    found = ours.traces(TOKEN)
    store.close()
    assert found == (Trace("t1", 1, 1.0),)
