"""Records to rows, and rows back to what was saved."""

from __future__ import annotations

import sqlite3
from dataclasses import replace
from typing import assert_never

import msgspec

from laadpaal.station.records import (
    AvailabilityWritten,
    CacheEmptied,
    EnergyCheckpoint,
    OpenTransaction,
    Record,
    RestartPlanned,
    SettingWritten,
    TokenCached,
    TokenForgotten,
    TransactionClosed,
    TransactionSaved,
)
from laadpaal.station.saved import CachedToken, Saved
from laadpaal.station.words import BootReason

_OPEN = msgspec.json.Decoder(OpenTransaction)
_TOKEN = msgspec.json.Decoder(CachedToken)


def write_record(db: sqlite3.Connection, station: str, record: Record) -> None:
    """Write one record of `station` inside the transaction that is open."""
    match record:
        case TransactionSaved() | TransactionClosed() | EnergyCheckpoint():
            _write_transaction(db, station, record)
        case TokenCached() | TokenForgotten() | CacheEmptied():
            _write_token(db, station, record)
        case SettingWritten():
            _write_setting(db, station, record)
        case AvailabilityWritten(evse, connector, operative):
            row = (station, evse, connector, operative)
            db.execute("REPLACE INTO availability VALUES (?, ?, ?, ?)", row)
        case RestartPlanned(reason):
            _write_restart(db, station, reason)
        case _:
            assert_never(record)


def load(db: sqlite3.Connection, station: str) -> Saved:
    """Return everything `station` was told to keep."""
    return Saved(
        settings=_settings(db, station),
        transactions=_transactions(db, station),
        tokens=_tokens(db, station),
        inoperative=_inoperative(db, station),
        restart=_restart(db, station),
    )


def _write_transaction(
    db: sqlite3.Connection,
    station: str,
    record: TransactionSaved | TransactionClosed | EnergyCheckpoint,
) -> None:
    match record:
        case TransactionSaved(it):
            row = (station, it.id, msgspec.json.encode(it), it.meter_wh, it.at)
            # An upsert keeps the row's place, so they are loaded in the order they began.
            db.execute(
                "INSERT INTO open_transactions VALUES (?, ?, ?, ?, ?) ON CONFLICT (station, id)"
                " DO UPDATE SET body = excluded.body, meter_wh = excluded.meter_wh,"
                " at = excluded.at",
                row,
            )
        case TransactionClosed(id_):
            db.execute("DELETE FROM open_transactions WHERE station = ? AND id = ?", (station, id_))
        case EnergyCheckpoint(id_, meter_wh, at):
            db.execute(
                "UPDATE open_transactions SET meter_wh = ?, at = ? WHERE station = ? AND id = ?",
                (meter_wh, at, station, id_),
            )


def _write_token(
    db: sqlite3.Connection, station: str, record: TokenCached | TokenForgotten | CacheEmptied
) -> None:
    match record:
        case TokenCached(token, verdict, at):
            body = msgspec.json.encode(CachedToken(token, verdict, at))
            db.execute("REPLACE INTO tokens VALUES (?, ?, ?, ?)", (station, token.key, body, at))
        case TokenForgotten(token):
            db.execute("DELETE FROM tokens WHERE station = ? AND key = ?", (station, token.key))
        case CacheEmptied():
            db.execute("DELETE FROM tokens WHERE station = ?", (station,))


def _write_setting(db: sqlite3.Connection, station: str, record: SettingWritten) -> None:
    key = (station, record.id, record.evse)
    if record.text is None:
        db.execute("DELETE FROM settings WHERE station = ? AND id = ? AND evse = ?", key)
    else:
        db.execute("REPLACE INTO settings VALUES (?, ?, ?, ?)", (*key, record.text))


def _write_restart(db: sqlite3.Connection, station: str, reason: BootReason | None) -> None:
    if reason is None:
        db.execute("DELETE FROM facts WHERE station = ? AND name = 'restart'", (station,))
    else:
        db.execute("REPLACE INTO facts VALUES (?, 'restart', ?)", (station, reason.value))


def _settings(db: sqlite3.Connection, station: str) -> dict[tuple[str, int], str]:
    rows = db.execute("SELECT id, evse, text FROM settings WHERE station = ?", (station,))
    return {(id_, evse): text for id_, evse, text in rows}


def _transactions(db: sqlite3.Connection, station: str) -> tuple[OpenTransaction, ...]:
    rows = db.execute(
        "SELECT body, meter_wh, at FROM open_transactions WHERE station = ? ORDER BY rowid",
        (station,),
    )
    return tuple(replace(_OPEN.decode(body), meter_wh=wh, at=at) for body, wh, at in rows)


def _tokens(db: sqlite3.Connection, station: str) -> tuple[CachedToken, ...]:
    rows = db.execute("SELECT body FROM tokens WHERE station = ? ORDER BY at, rowid", (station,))
    return tuple(_TOKEN.decode(body) for (body,) in rows)


def _inoperative(db: sqlite3.Connection, station: str) -> frozenset[tuple[int, int]]:
    rows = db.execute(
        "SELECT evse, connector FROM availability WHERE station = ? AND NOT operative", (station,)
    )
    return frozenset((evse, connector) for evse, connector in rows)


def _restart(db: sqlite3.Connection, station: str) -> BootReason | None:
    row = db.execute(
        "SELECT text FROM facts WHERE station = ? AND name = 'restart'", (station,)
    ).fetchone()
    return BootReason(row[0]) if row else None
