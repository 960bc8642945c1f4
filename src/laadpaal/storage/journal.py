"""The durable notices as rows, in the order they came about."""

from __future__ import annotations

import os
import sqlite3
from itertools import count

import msgspec

from laadpaal.ports.journal import Entry, Fate, Start
from laadpaal.station.notices import (
    DurableNotice,
    TransactionEnded,
    TransactionSampled,
    TransactionStarted,
    TransactionUpdated,
)
from laadpaal.storage.bodies import encode
from laadpaal.storage.errors import StorageFailed
from laadpaal.storage.statements import Statement

_KINDS: dict[type[DurableNotice], str] = {
    TransactionStarted: "start",
    TransactionSampled: "meter",
    TransactionUpdated: "update",
    TransactionEnded: "stop",
}
_DECODERS = {kind: msgspec.msgpack.Decoder(notice) for notice, kind in _KINDS.items()}
# Message ids, of which OCPP allows 36 characters: a run of the program that nobody else has had,
# and a number in it; a UUID for each costs ten times as much.
_RUN = f"{os.urandom(12).hex()}-"
_NUMBERS = count(1)
_APPEND = (
    "INSERT INTO journal (station, message_id, kind, evse, transaction_id, body, offline)"
    " VALUES (?, ?, ?, ?, ?, ?, ?)"
)
_SETTLE = (
    "UPDATE journal SET state = ?, csms_id = coalesce(?, csms_id) WHERE station = ? AND seq = ?"
)
_PRUNE = (
    "DELETE FROM journal WHERE station = ?1 AND state <> 'pending'"
    " AND transaction_id <> (SELECT transaction_id FROM journal ORDER BY seq DESC LIMIT 1)"
    " AND transaction_id IN ("
    " SELECT transaction_id FROM journal WHERE station = ?1 AND state <> 'pending'"
    " AND transaction_id NOT IN ("
    "  SELECT transaction_id FROM journal WHERE station = ?1 AND state = 'pending')"
    " AND transaction_id NOT IN (SELECT id FROM open_transactions WHERE station = ?1)"
    " AND transaction_id NOT IN ("
    "  SELECT s.transaction_id FROM journal AS p JOIN journal AS s ON s.seq = ("
    "   SELECT max(seq) FROM journal WHERE station = ?1 AND evse = p.evse"
    "   AND kind = 'start' AND seq < p.seq)"
    "  WHERE p.station = ?1 AND p.state = 'pending')"
    " GROUP BY transaction_id ORDER BY max(seq) DESC LIMIT -1 OFFSET ?2)"
)


def next_message_id() -> str:
    """Return an id for a call that nobody has had before."""
    return f"{_RUN}{next(_NUMBERS):x}"


def appending(station: str, notice: DurableNotice) -> Statement:
    """Return the statement that adds one notice, with the id its call will carry for ever.

    Raises:
        StorageFailed: A number of the notice is not finite.
    """
    return (
        _APPEND,
        (
            station,
            next_message_id(),
            _KINDS[type(notice)],
            notice.evse,
            notice.transaction,
            encode(notice),
            notice.offline,
        ),
    )


def pending(db: sqlite3.Connection, station: str) -> Entry | None:
    """Return the oldest entry that is not settled, or None.

    Raises:
        StorageFailed: It was not written by us.
    """
    row = db.execute(
        "SELECT seq, message_id, kind, body, attempts, offline FROM journal"
        " WHERE station = ? AND state = 'pending' ORDER BY seq LIMIT 1",
        (station,),
    ).fetchone()
    if row is None:
        return None
    seq, message_id, kind, body, attempts, offline = row
    try:
        notice = _DECODERS[kind].decode(body)
    except msgspec.MsgspecError as error:
        raise StorageFailed(f"Entry {seq} cannot be read: {error}.") from error
    return Entry(seq, message_id, notice, attempts, bool(offline))


def last(db: sqlite3.Connection, station: str, transaction: str) -> DurableNotice | None:
    """Return the last durable notice about a transaction, settled or not."""
    row = db.execute(
        "SELECT kind, body FROM journal WHERE station = ? AND transaction_id = ?"
        " ORDER BY seq DESC LIMIT 1",
        (station, transaction),
    ).fetchone()
    return None if row is None else _DECODERS[row[0]].decode(row[1])


def pending_count(db: sqlite3.Connection, station: str, transaction: str | None) -> int:
    """Return how many entries (of one transaction) are not settled."""
    row = db.execute(
        "SELECT count(*) FROM journal WHERE station = ?1 AND state = 'pending'"
        " AND (?2 IS NULL OR transaction_id = ?2)",
        (station, transaction),
    ).fetchone()
    return int(row[0])


def settling(station: str, seq: int, fate: Fate, csms_id: int | None) -> Statement:
    """Return the statement that marks one entry told; an id that is known is never forgotten."""
    number = csms_id if csms_id is not None and _fits(csms_id) else None
    return _SETTLE, (fate.value, number, station, seq)


def _fits(csms_id: int) -> bool:
    """Tell whether a column can hold it; JSON has longer numbers, and then it counts as untold."""
    return -(2**63) <= csms_id < 2**63


def trying(station: str, seq: int) -> Statement:
    """Return the statement that counts one attempt that failed."""
    sql = "UPDATE journal SET attempts = attempts + 1 WHERE station = ? AND seq = ?"
    return sql, (station, seq)


def leaving_offline(station: str) -> Statement:
    """Return the statement that marks every unsettled entry as left over while offline."""
    sql = "UPDATE journal SET offline = 1 WHERE station = ? AND state = 'pending'"
    return sql, (station,)


def start_before(db: sqlite3.Connection, station: str, evse: int, seq: int) -> Start | None:
    """Return the last start on `evse` before `seq`, by order and never by time (S26)."""
    row = db.execute(
        "SELECT transaction_id, csms_id, state <> 'pending' FROM journal"
        " WHERE station = ? AND evse = ? AND kind = 'start' AND seq < ?"
        " ORDER BY seq DESC LIMIT 1",
        (station, evse, seq),
    ).fetchone()
    return Start(row[0], row[1], bool(row[2])) if row else None


def by_csms_id(db: sqlite3.Connection, station: str, csms_id: int) -> str | None:
    """Return our id of the newest transaction that the CSMS knows by that number."""
    if not _fits(csms_id):
        return None
    row = db.execute(
        "SELECT transaction_id FROM journal WHERE station = ? AND csms_id = ?"
        " ORDER BY seq DESC LIMIT 1",
        (station, csms_id),
    ).fetchone()
    return str(row[0]) if row else None


def known(db: sqlite3.Connection, station: str, transaction: str) -> bool:
    """Tell whether a start of that transaction is in the database."""
    row = db.execute(
        "SELECT 1 FROM journal WHERE station = ? AND transaction_id = ? AND kind = 'start'",
        (station, transaction),
    ).fetchone()
    return row is not None


def pruning(station: str, keep: int) -> Statement:
    """Return the statement that deletes settled transactions but for the `keep` newest.

    A transaction stays while it is open, while one of its rows is unsettled, and while an
    unsettled row on its EVSE resolves to its start (S28). The owner of the file's last row stays
    too: without that row its number would be given once more.
    """
    return (
        _PRUNE,
        (station, keep),
    )
