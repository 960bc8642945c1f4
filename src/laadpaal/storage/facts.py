"""Records to statements, and rows back to what was saved."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from typing import assert_never

import msgspec

from laadpaal.station.cards import Card, CardDropped, CardKept
from laadpaal.station.carriage import FirmwareUpdate
from laadpaal.station.charging_profiles import Profile
from laadpaal.station.limits import LimitPlace
from laadpaal.station.measurement import Sample
from laadpaal.station.monitors import KeptMonitor
from laadpaal.station.network_profile import NetworkProfile
from laadpaal.station.payment import Payment
from laadpaal.station.payment_words import PaymentClosed, PaymentSaved
from laadpaal.station.records import (
    AvailabilityWritten,
    CacheEmptied,
    CustomerForgotten,
    EnergyCheckpoint,
    FiringsQueued,
    FirmwareSaved,
    LimitsHeard,
    ListEmptied,
    ListVersionWritten,
    MessageRemoved,
    MessageSaved,
    MonitorForgotten,
    MonitorSaved,
    NetworkRemoved,
    NetworkStored,
    NumbersReserved,
    OpenTransaction,
    ProfileInstalled,
    ProfileRemoved,
    Record,
    ReservationClosed,
    ReservationSaved,
    RestartPlanned,
    SampleKept,
    SamplesDropped,
    SecurityLogged,
    SettingWritten,
    TokenCached,
    TokenForgotten,
    TokenListed,
    TokenUnlisted,
    TransactionClosed,
    TransactionSaved,
)
from laadpaal.station.saved import CachedToken, ListedToken, Saved
from laadpaal.station.shown import DisplayMessage
from laadpaal.station.words import BootReason, Reservation
from laadpaal.storage import firings, journal, security
from laadpaal.storage.bodies import encode, finite
from laadpaal.storage.statements import Statement

_FIRMWARE = msgspec.msgpack.Decoder(FirmwareUpdate)
_OPEN = msgspec.msgpack.Decoder(OpenTransaction)
_SAMPLE = msgspec.msgpack.Decoder(Sample)
_MONITOR = msgspec.msgpack.Decoder(KeptMonitor)
_PROFILE = msgspec.msgpack.Decoder(Profile)
_NETWORK = msgspec.msgpack.Decoder(NetworkProfile)
_TOKEN = msgspec.msgpack.Decoder(CachedToken)
_LISTED = msgspec.msgpack.Decoder(ListedToken)
_MESSAGE = msgspec.msgpack.Decoder(DisplayMessage)
_PAYMENT = msgspec.msgpack.Decoder(Payment)
_CARD = msgspec.msgpack.Decoder(Card)
_PLACES = msgspec.json.Decoder(tuple[LimitPlace, ...])
_RESERVATION = msgspec.msgpack.Decoder(Reservation)
_SAVE = (
    "INSERT INTO open_transactions VALUES (?, ?, ?, ?, ?) ON CONFLICT (station, id)"
    " DO UPDATE SET body = excluded.body, meter_wh = excluded.meter_wh,"
    " at = excluded.at"
)
_PAY = (
    "INSERT INTO payments VALUES (?, ?, ?)"
    " ON CONFLICT (station, id) DO UPDATE SET body = excluded.body"
)
_DROP = (
    "DELETE FROM kept_samples WHERE station = ? AND transaction_id = ?"
    " AND number IN (SELECT value FROM json_each(?))"
)


def writing(station: str, record: Record) -> Statement:  # noqa: C901, PLR0912  one case for each
    """Return the statement that keeps one record of `station`.

    Raises:
        StorageFailed: A number of it is not finite.
    """
    match record:
        case TransactionSaved() | TransactionClosed() | EnergyCheckpoint():
            return _transaction(station, record)
        case SampleKept() | SamplesDropped():
            return _sample(station, record)
        case TokenCached() | TokenForgotten() | CacheEmptied():
            return _token(station, record)
        case ListEmptied() | TokenListed() | TokenUnlisted() | ListVersionWritten():
            return _list(station, record)
        case ReservationSaved() | ReservationClosed():
            return _reservation(station, record)
        case MessageSaved() | MessageRemoved():
            return _message(station, record)
        case CustomerForgotten(token):
            return journal.forgetting(station, token)
        case SettingWritten():
            return _setting(station, record)
        case AvailabilityWritten(evse, connector, operative):
            cells = (station, evse, connector, operative)
            return "REPLACE INTO availability VALUES (?, ?, ?, ?)", cells
        case RestartPlanned(reason):
            return _planned(station, reason)
        case SecurityLogged():
            return security.appending(station, record)
        case ProfileInstalled() | ProfileRemoved():
            return _profile(station, record)
        case LimitsHeard(places):
            told = msgspec.json.encode(places).decode()
            return "REPLACE INTO facts VALUES (?, 'limits heard', ?)", (station, told)
        case NetworkStored() | NetworkRemoved():
            return _network(station, record)
        case FirmwareSaved(update):
            return "REPLACE INTO firmware VALUES (?, ?)", (station, encode(update))
        case MonitorSaved() | MonitorForgotten() | NumbersReserved():
            return _monitor(station, record)
        case PaymentSaved() | PaymentClosed():
            return _payment(station, record)
        case FiringsQueued():
            return firings.appending(station, record)
        case CardKept() | CardDropped():
            return _card(station, record)
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
        list_version=_list_version(db, station),
        listed=_listed(db, station),
        reservations=_reservations(db, station),
        profiles=_profiles(db, station),
        firmware=_firmware(db, station),
        monitors=_monitors(db, station),
        numbers=_numbers(db, station),
        messages=_messages(db, station),
        networks=_networks(db, station),
        payments=_payments(db, station),
        cards=_cards(db, station),
        limits_heard=_limits_heard(db, station),
    )


def _transaction(
    station: str, record: TransactionSaved | TransactionClosed | EnergyCheckpoint
) -> Statement:
    match record:
        case TransactionSaved(it):
            # An upsert keeps the row's place, so they are loaded in the order they began.
            return (
                _SAVE,
                (station, it.id, encode(it), it.meter_wh, it.at),
            )
        case TransactionClosed(id_):
            return "DELETE FROM open_transactions WHERE station = ? AND id = ?", (station, id_)
        case EnergyCheckpoint(id_, meter_wh, at):
            return (
                "UPDATE open_transactions SET meter_wh = ?, at = ? WHERE station = ? AND id = ?",
                (
                    finite(meter_wh, "EnergyCheckpoint.meter_wh"),
                    finite(at, "EnergyCheckpoint.at"),
                    station,
                    id_,
                ),
            )


def _sample(station: str, record: SampleKept | SamplesDropped) -> Statement:
    match record:
        case SampleKept(id_, number, sample):
            cells = (station, id_, number, encode(sample))
            return "INSERT INTO kept_samples VALUES (?, ?, ?, ?)", cells
        case SamplesDropped(id_, numbers):
            return _DROP, (station, id_, msgspec.json.encode(numbers).decode())


def _token(station: str, record: TokenCached | TokenForgotten | CacheEmptied) -> Statement:
    match record:
        case TokenCached(token, verdict, at, since, uses):
            body = encode(CachedToken(token, verdict, at, since, uses))
            return "REPLACE INTO tokens VALUES (?, ?, ?, ?)", (station, token.key, body, at)
        case TokenForgotten(token):
            return "DELETE FROM tokens WHERE station = ? AND key = ?", (station, token.key)
        case CacheEmptied():
            return "DELETE FROM tokens WHERE station = ?", (station,)


def _list(
    station: str, record: ListEmptied | TokenListed | TokenUnlisted | ListVersionWritten
) -> Statement:
    match record:
        case ListEmptied():
            return "DELETE FROM local_list WHERE station = ?", (station,)
        case TokenListed(token, verdict):
            body = encode(ListedToken(token, verdict))
            return "REPLACE INTO local_list VALUES (?, ?, ?)", (station, token.key, body)
        case TokenUnlisted(token):
            return "DELETE FROM local_list WHERE station = ? AND key = ?", (station, token.key)
        case ListVersionWritten(version):
            return "REPLACE INTO facts VALUES (?, 'list version', ?)", (station, str(version))


def _reservation(station: str, record: ReservationSaved | ReservationClosed) -> Statement:
    match record:
        case ReservationSaved(it):
            # What is replaced takes a new place, so they are loaded in the order they were made.
            return "REPLACE INTO reservations VALUES (?, ?, ?)", (station, it.id, encode(it))
        case ReservationClosed(id_):
            return "DELETE FROM reservations WHERE station = ? AND id = ?", (station, id_)


def _message(station: str, record: MessageSaved | MessageRemoved) -> Statement:
    match record:
        case MessageSaved(it):
            # What is replaced takes a new place, so they are loaded in the order they came.
            return "REPLACE INTO display_messages VALUES (?, ?, ?)", (station, it.id, encode(it))
        case MessageRemoved(id_):
            return "DELETE FROM display_messages WHERE station = ? AND id = ?", (station, id_)


def _payment(station: str, record: PaymentSaved | PaymentClosed) -> Statement:
    match record:
        case PaymentSaved(it):
            # An upsert keeps the row's place, so they are loaded in the order they began.
            return _PAY, (station, it.id, encode(it))
        case PaymentClosed(id_):
            return "DELETE FROM payments WHERE station = ? AND id = ?", (station, id_)


def _setting(station: str, record: SettingWritten) -> Statement:
    key = (station, record.id, record.evse)
    if record.text is None:
        return "DELETE FROM settings WHERE station = ? AND id = ? AND evse = ?", key
    return "REPLACE INTO settings VALUES (?, ?, ?, ?)", (*key, record.text)


def _planned(station: str, reason: BootReason | None) -> Statement:
    if reason is None:
        return "DELETE FROM facts WHERE station = ? AND name = 'restart'", (station,)
    return "REPLACE INTO facts VALUES (?, 'restart', ?)", (station, reason.value)


def _profile(station: str, record: ProfileInstalled | ProfileRemoved) -> Statement:
    match record:
        case ProfileInstalled(profile):
            body = encode(profile)
            return "REPLACE INTO charging_profiles VALUES (?, ?, ?)", (station, profile.id, body)
        case ProfileRemoved(id_):
            return "DELETE FROM charging_profiles WHERE station = ? AND id = ?", (station, id_)


def _monitor(station: str, record: MonitorSaved | MonitorForgotten | NumbersReserved) -> Statement:
    match record:
        case MonitorSaved(kept):
            return "REPLACE INTO monitors VALUES (?, ?, ?)", (station, kept.id, encode(kept))
        case MonitorForgotten(id_):
            return "DELETE FROM monitors WHERE station = ? AND id = ?", (station, id_)
        case NumbersReserved(below):
            return "REPLACE INTO facts VALUES (?, 'numbers', ?)", (station, str(below))


def _network(station: str, record: NetworkStored | NetworkRemoved) -> Statement:
    body = encode(record.profile) if isinstance(record, NetworkStored) else None
    return "REPLACE INTO network_profiles VALUES (?, ?, ?)", (station, record.slot, body)


def _card(station: str, record: CardKept | CardDropped) -> Statement:
    match record:
        case CardKept(card):
            # An upsert keeps the row's place, so they are loaded in the order in which they came.
            upsert = (
                "INSERT INTO cards VALUES (?, ?, ?) ON CONFLICT (station, key)"
                " DO UPDATE SET body = excluded.body"
            )
            return upsert, (station, card.token.key, encode(card))
        case CardDropped(token):
            return "DELETE FROM cards WHERE station = ? AND key = ?", (station, token.key)


def _settings(db: sqlite3.Connection, station: str) -> dict[tuple[str, int], str]:
    rows = db.execute("SELECT id, evse, text FROM settings WHERE station = ?", (station,))
    return {(id_, evse): text for id_, evse, text in rows}


def _transactions(db: sqlite3.Connection, station: str) -> tuple[OpenTransaction, ...]:
    rows = db.execute(
        "SELECT body, meter_wh, at FROM open_transactions WHERE station = ? ORDER BY rowid",
        (station,),
    )
    return tuple(_as_told(db, station, body, wh, at) for body, wh, at in rows.fetchall())


def _as_told(
    db: sqlite3.Connection, station: str, body: bytes, meter_wh: float, at: float
) -> OpenTransaction:
    saved = replace(_OPEN.decode(body), meter_wh=meter_wh, at=at)
    # An earlier release kept the samples in the body.
    saved = replace(saved, samples=(*saved.samples, *_samples(db, station, saved.id)))
    last = journal.last(db, station, saved.id)
    return saved.after(last) if last else saved


def _samples(db: sqlite3.Connection, station: str, transaction: str) -> Iterator[Sample]:
    rows = db.execute(
        "SELECT body FROM kept_samples WHERE station = ? AND transaction_id = ? ORDER BY number",
        (station, transaction),
    )
    return (_SAMPLE.decode(body) for (body,) in rows)


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


def _list_version(db: sqlite3.Connection, station: str) -> int:
    row = db.execute(
        "SELECT text FROM facts WHERE station = ? AND name = 'list version'", (station,)
    ).fetchone()
    return int(row[0]) if row else 0


def _listed(db: sqlite3.Connection, station: str) -> tuple[ListedToken, ...]:
    rows = db.execute("SELECT body FROM local_list WHERE station = ? ORDER BY rowid", (station,))
    return tuple(_LISTED.decode(body) for (body,) in rows)


def _reservations(db: sqlite3.Connection, station: str) -> tuple[Reservation, ...]:
    rows = db.execute("SELECT body FROM reservations WHERE station = ? ORDER BY rowid", (station,))
    return tuple(_RESERVATION.decode(body) for (body,) in rows)


def _messages(db: sqlite3.Connection, station: str) -> tuple[DisplayMessage, ...]:
    rows = db.execute(
        "SELECT body FROM display_messages WHERE station = ? ORDER BY rowid", (station,)
    )
    return tuple(_MESSAGE.decode(body) for (body,) in rows)


def _profiles(db: sqlite3.Connection, station: str) -> tuple[Profile, ...]:
    rows = db.execute(
        "SELECT body FROM charging_profiles WHERE station = ? ORDER BY rowid", (station,)
    )
    return tuple(_PROFILE.decode(body) for (body,) in rows)


def _firmware(db: sqlite3.Connection, station: str) -> FirmwareUpdate | None:
    row = db.execute("SELECT body FROM firmware WHERE station = ?", (station,)).fetchone()
    return _FIRMWARE.decode(row[0]) if row else None


def _monitors(db: sqlite3.Connection, station: str) -> tuple[KeptMonitor, ...]:
    rows = db.execute("SELECT body FROM monitors WHERE station = ? ORDER BY id", (station,))
    return tuple(_MONITOR.decode(body) for (body,) in rows)


def _numbers(db: sqlite3.Connection, station: str) -> int:
    row = db.execute(
        "SELECT text FROM facts WHERE station = ? AND name = 'numbers'", (station,)
    ).fetchone()
    return int(row[0]) if row else 0


def _limits_heard(db: sqlite3.Connection, station: str) -> tuple[LimitPlace, ...]:
    row = db.execute(
        "SELECT text FROM facts WHERE station = ? AND name = 'limits heard'", (station,)
    ).fetchone()
    return _PLACES.decode(row[0]) if row else ()


def _networks(db: sqlite3.Connection, station: str) -> dict[int, NetworkProfile | None]:
    rows = db.execute("SELECT slot, body FROM network_profiles WHERE station = ?", (station,))
    return {slot: _NETWORK.decode(body) if body else None for slot, body in rows}


def _payments(db: sqlite3.Connection, station: str) -> tuple[Payment, ...]:
    rows = db.execute("SELECT body FROM payments WHERE station = ? ORDER BY rowid", (station,))
    return tuple(_PAYMENT.decode(body) for (body,) in rows)


def _cards(db: sqlite3.Connection, station: str) -> tuple[Card, ...]:
    rows = db.execute("SELECT body FROM cards WHERE station = ? ORDER BY rowid", (station,))
    return tuple(_CARD.decode(body) for (body,) in rows)
