"""The durable notices as rows, in the order they came about."""

from __future__ import annotations

import sqlite3
from dataclasses import replace

import msgspec

from laadpaal.ports.journal import Entry, Fate, Start, Trace
from laadpaal.station.notices import (
    DurableNotice,
    TransactionEnded,
    TransactionSampled,
    TransactionStarted,
    TransactionUpdated,
)
from laadpaal.station.words import Token
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
_TOKEN = msgspec.msgpack.Decoder(Token)
_VALUE = msgspec.msgpack.Decoder(TransactionSampled)
_APPEND = (
    "INSERT INTO journal (seq, station, kind, evse, transaction_id, body, offline, state)"
    " VALUES (?, ?, ?, ?, ?, ?, ?, ?)"
)
_SETTLE = (
    "UPDATE journal SET state = ?, csms_id = coalesce(?, csms_id),"
    " body = iif(forgotten, nameless(kind, body), body) WHERE station = ? AND seq = ?"
)
_FORGET = (
    "UPDATE journal SET forgotten = 1, body = iif(state = 'pending', body, nameless(kind, body))"
    " WHERE station = ? AND kind <> 'meter' AND names(kind, body, ?)"
)
_PRUNE = (
    "DELETE FROM journal WHERE station = ?1 AND state <> 'pending'"
    " AND transaction_id <> (SELECT transaction_id FROM journal ORDER BY seq DESC LIMIT 1)"
    " AND transaction_id IN ("
    " SELECT transaction_id FROM journal WHERE station = ?1 AND state <> 'pending'"
    " AND transaction_id NOT IN ("
    "  SELECT transaction_id FROM journal"
    "  WHERE seq >= ?3 AND station = ?1 AND state = 'pending')"
    " AND transaction_id NOT IN (SELECT id FROM open_transactions WHERE station = ?1)"
    " AND transaction_id NOT IN ("
    "  SELECT s.transaction_id FROM journal AS p JOIN journal AS s ON s.seq = ("
    "   SELECT max(seq) FROM journal WHERE station = ?1 AND evse = p.evse"
    "   AND kind = 'start' AND seq < p.seq)"
    "  WHERE p.seq >= ?3 AND p.station = ?1 AND p.state = 'pending')"
    " GROUP BY transaction_id ORDER BY max(seq) DESC LIMIT -1 OFFSET ?2)"
)


def appending(station: str, seq: int, notice: DurableNotice, *, heard: bool = True) -> Statement:
    """Return the statement that adds one notice as number `seq`; unless `heard` it is settled.

    Raises:
        StorageFailed: A number of the notice is not finite.
    """
    return (
        _APPEND,
        (
            seq,
            station,
            _KINDS[type(notice)],
            notice.evse,
            notice.transaction,
            encode(notice),
            int(notice.offline),  # for sqlite3 asks all its adapters what to do with a bool
            "pending" if heard else Fate.DROPPED.value,
        ),
    )


def decoded(kind: str, body: bytes) -> DurableNotice:
    """Return the notice of a row."""
    return _DECODERS[kind].decode(body)


def teach(db: sqlite3.Connection) -> None:
    """Let the statements of a connection look into bodies."""
    db.create_function("names", 3, _names, deterministic=True)
    db.create_function("nameless", 2, _nameless, deterministic=True)


def _names(kind: str, body: bytes, token: bytes) -> bool:
    """Tell whether a notice names a token; no sample ever does."""
    notice = _DECODERS[kind].decode(body)
    named = None if isinstance(notice, TransactionSampled) else notice.token
    return _TOKEN.decode(token).same(named)


def _nameless(kind: str, body: bytes) -> bytes:
    """Return the body of a notice that names nobody, and is the same otherwise."""
    notice = _DECODERS[kind].decode(body)
    return body if isinstance(notice, TransactionSampled) else encode(replace(notice, token=None))


def highest(db: sqlite3.Connection) -> int:
    """Return the number of the file's last row, or 0; numbers that are given are higher."""
    return int(db.execute("SELECT coalesce(max(seq), 0) FROM journal").fetchone()[0])


def file_id(db: sqlite3.Connection) -> str:
    """Return the 24 characters that no other file has."""
    return str(db.execute("SELECT id FROM file").fetchone()[0])


def unsettled(db: sqlite3.Connection) -> list[tuple[str, int]]:
    """Return station and number of all that is not settled, oldest first; reads the whole file."""
    return db.execute(
        "SELECT station, seq FROM journal WHERE state = 'pending' ORDER BY seq"
    ).fetchall()


def pending(db: sqlite3.Connection, file: str, seq: int) -> Entry | None:
    """Return that entry of the file with id `file`, or None when it is settled.

    Raises:
        StorageFailed: It was not written by us.
    """
    row = db.execute(
        "SELECT kind, body, attempts, offline FROM journal WHERE seq = ? AND state = 'pending'",
        (seq,),
    ).fetchone()
    if row is None:
        return None
    kind, body, attempts, offline = row
    try:
        notice = _DECODERS[kind].decode(body)
    except msgspec.MsgspecError as error:
        raise StorageFailed(f"Entry {seq} cannot be read: {error}.") from error
    return Entry(seq, message_id(file, seq), notice, attempts, bool(offline))


def message_id(file: str, seq: int) -> str:
    """Return the id that an entry's call carries for ever; OCPP allows 36 characters."""
    return f"{file}-{seq:x}"


def last(db: sqlite3.Connection, station: str, transaction: str) -> DurableNotice | None:
    """Return the last durable notice about a transaction, settled or not."""
    row = db.execute(
        "SELECT kind, body FROM journal WHERE station = ? AND transaction_id = ?"
        " ORDER BY seq DESC LIMIT 1",
        (station, transaction),
    ).fetchone()
    return None if row is None else _DECODERS[row[0]].decode(row[1])


def last_value(db: sqlite3.Connection, station: str, transaction: str) -> TransactionSampled | None:
    """Return the last sample of a transaction, settled or not."""
    row = db.execute(
        "SELECT body FROM journal WHERE station = ? AND transaction_id = ? AND kind = 'meter'"
        " ORDER BY seq DESC LIMIT 1",
        (station, transaction),
    ).fetchone()
    return _VALUE.decode(row[0]) if row else None


def pending_count(db: sqlite3.Connection, station: str, oldest: int, transaction: str) -> int:
    """Return how many entries of one transaction are not settled, of those from `oldest` on."""
    row = db.execute(
        "SELECT count(*) FROM journal"
        " WHERE seq >= ? AND station = ? AND state = 'pending' AND transaction_id = ?",
        (oldest, station, transaction),
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


def leaving_offline(station: str, oldest: int) -> Statement:
    """Return the statement that marks every unsettled entry as left over while offline."""
    sql = "UPDATE journal SET offline = 1 WHERE seq >= ? AND station = ? AND state = 'pending'"
    return sql, (oldest, station)


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


def forgetting(station: str, token: Token) -> Statement:
    """Return the statement by which notices name a token no more: now, or once they are told."""
    return _FORGET, (station, encode(token))


def traces(db: sqlite3.Connection, station: str, token: Token) -> tuple[Trace, ...]:
    """Return the transactions that name a token, oldest first."""
    rows = db.execute(
        "SELECT transaction_id, evse, kind, body, state <> 'pending' FROM journal"
        " WHERE station = ? AND kind <> 'meter' AND names(kind, body, ?) ORDER BY seq",
        (station, encode(token)),
    )
    found: dict[str, Trace] = {}
    for transaction, evse, kind, body, told in rows:
        first = found.get(transaction) or Trace(transaction, evse, _DECODERS[kind].decode(body).at)
        found[transaction] = replace(first, told=first.told and bool(told))
    return tuple(found.values())


def pruning(station: str, oldest: int, keep: int) -> Statement:
    """Return the statement that deletes settled transactions but for the `keep` newest.

    Nothing below `oldest` may be unsettled. A transaction stays while it is open, while one of
    its rows is unsettled, and while an unsettled row on its EVSE resolves to its start (S28). The
    owner of the file's last row stays too: without that row its number would be given once more.
    """
    return _PRUNE, (station, keep, oldest)
