"""The security log: what happened, and what of it the CSMS still has to hear."""

from __future__ import annotations

import sqlite3

from laadpaal.ports.journal import Fate, SecurityEntry
from laadpaal.station.notices import SecurityEvent
from laadpaal.station.records import SecurityLogged
from laadpaal.station.security import SecurityKind
from laadpaal.storage.bodies import finite
from laadpaal.storage.statements import Statement

_APPEND = "INSERT INTO security_log (station, at, kind, info, state) VALUES (?, ?, ?, ?, ?)"


def appending(station: str, record: SecurityLogged) -> Statement:
    """Return the statement that adds one event; the file itself forgets the oldest.

    Raises:
        StorageFailed: Its time is not finite.
    """
    event = record.event
    state = "pending" if record.pushed else "kept"
    at = finite(event.at, "SecurityEvent.at")
    return _APPEND, (station, at, event.kind.value, event.info, state)


def pending(db: sqlite3.Connection, station: str, file: str) -> SecurityEntry | None:
    """Return the oldest event of the file with id `file` that is to be told, or None."""
    row = db.execute(
        "SELECT seq, kind, at, info, attempts FROM security_log"
        " WHERE station = ? AND state = 'pending' ORDER BY seq LIMIT 1",
        (station,),
    ).fetchone()
    if row is None:
        return None
    seq, kind, at, info, attempts = row
    event = SecurityEvent(SecurityKind(kind), at, info)
    # No entry of the journal has an `s` there.
    return SecurityEntry(seq, f"{file}-s{seq:x}", event, attempts)


def settling(station: str, seq: int, fate: Fate) -> Statement:
    """Return the statement that marks one event told, or given up."""
    sql = "UPDATE security_log SET state = ? WHERE station = ? AND seq = ?"
    return sql, (fate.value, station, seq)


def trying(station: str, seq: int) -> Statement:
    """Return the statement that counts one attempt that failed."""
    sql = "UPDATE security_log SET attempts = attempts + 1 WHERE station = ? AND seq = ?"
    return sql, (station, seq)


def log(
    db: sqlite3.Connection, station: str, oldest_utc: float | None, newest_utc: float | None
) -> tuple[SecurityEvent, ...]:
    """Return the events of that time, both ends included, as they were written."""
    rows = db.execute(
        "SELECT kind, at, info FROM security_log WHERE station = ?1"
        " AND (?2 IS NULL OR at >= ?2) AND (?3 IS NULL OR at <= ?3) ORDER BY seq",
        (station, oldest_utc, newest_utc),
    )
    return tuple(SecurityEvent(SecurityKind(kind), at, info) for kind, at, info in rows)
