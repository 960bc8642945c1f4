"""What monitors have told, as long as the CSMS still has to hear of it."""

from __future__ import annotations

import sqlite3

import msgspec

from laadpaal.ports.journal import FiringsEntry
from laadpaal.station.notices import MonitorsFired
from laadpaal.station.records import FiringsQueued
from laadpaal.storage.bodies import encode
from laadpaal.storage.statements import Statement

_FIRINGS = msgspec.msgpack.Decoder(MonitorsFired)


def appending(station: str, record: FiringsQueued) -> Statement:
    """Return the statement that lets them wait; the file itself forgets the oldest of too many.

    Raises:
        StorageFailed: A number of them is not finite.
    """
    return "INSERT INTO firings (station, body) VALUES (?, ?)", (station, encode(record.notice))


def pending(db: sqlite3.Connection, station: str, file: str) -> FiringsEntry | None:
    """Return the oldest that wait in the file with id `file`, or None."""
    row = db.execute(
        "SELECT seq, body, attempts FROM firings WHERE station = ? ORDER BY seq LIMIT 1", (station,)
    ).fetchone()
    if row is None:
        return None
    seq, body, attempts = row
    # Neither the journal nor the security log has an `m` there.
    return FiringsEntry(seq, f"{file}-m{seq:x}", _FIRINGS.decode(body), attempts)


def settling(station: str, seq: int) -> Statement:
    """Return the statement that forgets those that were told, or given up."""
    return "DELETE FROM firings WHERE station = ? AND seq = ?", (station, seq)


def trying(station: str, seq: int) -> Statement:
    """Return the statement that counts one attempt that failed."""
    sql = "UPDATE firings SET attempts = attempts + 1 WHERE station = ? AND seq = ?"
    return sql, (station, seq)
