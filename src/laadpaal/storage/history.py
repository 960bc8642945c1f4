"""The past as people read it: the journal once more, by transactions.

Nothing is written for it. What the CSMS is told of a transaction is in the journal, in the very
commit that made it true, and stays there for a while after the CSMS has heard of it.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import msgspec

from laadpaal.ports.history import About, Happening, Measured, Session, Sought
from laadpaal.station.measurement import Measurand, Phases, Sample
from laadpaal.station.notices import (
    DurableNotice,
    TransactionEnded,
    TransactionSampled,
    TransactionStarted,
    TransactionUpdated,
)
from laadpaal.station.words import StopReason
from laadpaal.storage import journal
from laadpaal.storage.statements import Statement

AT_ONCE = 50
"""Starts that are looked through at a time, for one page of sessions."""
HOUR_S = 3600.0
_MOST = 2**62
_ROWS = "SELECT seq, transaction_id, kind, body, state = 'pending', csms_id FROM journal"
_HAPPENINGS = f"{_ROWS} WHERE seq > ? AND station = ? AND kind <> 'update' ORDER BY seq LIMIT ?"
_STARTS = (
    f"{_ROWS} WHERE station = ?1 AND kind = 'start' AND seq > ?2 AND seq < ?3"
    " AND (?4 IS NULL OR evse = ?4) ORDER BY seq DESC LIMIT ?5"
)
# In two halves, for what is settled has an index and what is not lies at the end of the journal.
_STORIES = (
    f"{_ROWS} WHERE station = ?1 AND state <> 'pending' AND (?4 OR kind <> 'meter')"  # noqa: S608  no text of others
    " AND transaction_id IN (SELECT value FROM json_each(?2)) UNION ALL"
    f" {_ROWS} WHERE seq >= ?3 AND station = ?1 AND state = 'pending' AND (?4 OR kind <> 'meter')"
    " AND transaction_id IN (SELECT value FROM json_each(?2)) ORDER BY seq"
)
_ERASE = "REPLACE INTO facts SELECT ?, 'history from', coalesce(max(seq), 0) FROM journal"


@dataclass(frozen=True, slots=True)
class _Row:
    """One row of the journal, as it is read here."""

    seq: int
    notice: DurableNotice
    waiting: bool
    csms_id: int | None


def happenings(
    db: sqlite3.Connection, station: str, oldest: int, after: int, limit: int
) -> tuple[Happening, ...]:
    """Return at most `limit` entries after that offset; `oldest` is the backlog's."""
    rows = list(_read(db, _HAPPENINGS, (max(after, erased(db, station)), station, limit)))
    begun = {row.notice.transaction for row in rows if isinstance(row.notice, TransactionStarted)}
    stories = _stories(db, station, oldest, begun)
    reasons = {id_: _reason(story) for id_, story in stories.items()}
    return tuple(_happening(row, reasons) for row in rows)


def sessions(
    db: sqlite3.Connection, station: str, oldest: int, sought: Sought, limit: int
) -> tuple[Session, ...]:
    """Return at most `limit` of the sessions that are sought, newest first."""
    found: list[Session] = []
    before, erased_to = sought.before, erased(db, station)
    while len(found) < limit:
        cells = (station, erased_to, before or _MOST, sought.evse, AT_ONCE)
        starts = list(_read(db, _STARTS, cells))
        if not starts:
            break
        before = starts[-1].seq
        starts = [row for row in starts if sought.until is None or row.notice.at < sought.until]
        stories = _stories(db, station, oldest, {row.notice.transaction for row in starts})
        whole = (_session(db, station, stories[row.notice.transaction]) for row in starts)
        found += [it for it in whole if _late_enough(it, sought)]
    return tuple(found[:limit])


def session(
    db: sqlite3.Connection, station: str, oldest: int, transaction: str
) -> tuple[Session, tuple[Measured, ...]] | None:
    """Return one session with what was measured in it, or None when there is none."""
    story = _stories(db, station, oldest, {transaction}, values=True).get(transaction)
    if story is None or story[0].seq <= erased(db, station):
        return None
    if not isinstance(story[0].notice, TransactionStarted):
        return None
    return _session(db, station, story), measured(row.notice for row in story)


def erasing(station: str) -> Statement:
    """Return the statement by which all that was written so far is shown to nobody."""
    return _ERASE, (station,)


def erased(db: sqlite3.Connection, station: str) -> int:
    """Return the number up to which nothing is shown any more."""
    row = db.execute(
        "SELECT text FROM facts WHERE station = ? AND name = 'history from'", (station,)
    ).fetchone()
    return int(row[0]) if row else 0


def _read(
    db: sqlite3.Connection, sql: str, cells: Sequence[str | int | float | None]
) -> Iterator[_Row]:
    for seq, _, kind, body, waiting, csms_id in db.execute(sql, cells):
        yield _Row(seq, journal.decoded(kind, body), bool(waiting), csms_id)


def _stories(
    db: sqlite3.Connection,
    station: str,
    oldest: int,
    transactions: Iterable[str],
    *,
    values: bool = False,
) -> dict[str, list[_Row]]:
    """Return the rows of transactions, each in order; those of its meter only with `values`."""
    ids = msgspec.json.encode(sorted(transactions)).decode()
    stories: dict[str, list[_Row]] = {}
    for row in _read(db, _STORIES, (station, ids, oldest, int(values))):
        stories.setdefault(row.notice.transaction, []).append(row)
    return stories


def _happening(row: _Row, reasons: Mapping[str, StopReason | None]) -> Happening:
    notice = row.notice
    match notice:
        case TransactionStarted(transaction, evse, at):
            return Happening(
                row.seq, About.BEGIN, transaction, evse, at, notice.meter_wh, notice.token,
                row.csms_id, reasons[transaction], row.waiting,
            )  # fmt: skip
        case TransactionSampled(transaction, evse, at):
            return Happening(
                row.seq, About.VALUE, transaction, evse, at, notice.meter_wh, waiting=row.waiting
            )
        case TransactionEnded(transaction, evse, at):
            return Happening(
                row.seq, About.END, transaction, evse, at, notice.meter_wh, notice.token,
                reason=notice.reason, waiting=row.waiting,
            )  # fmt: skip
        case TransactionUpdated():
            raise AssertionError("updates are left out by the question")


def _reason(story: Sequence[_Row]) -> StopReason | None:
    last = story[-1].notice
    return last.reason if isinstance(last, TransactionEnded) else None


def _session(db: sqlite3.Connection, station: str, story: Sequence[_Row]) -> Session:
    first, last = story[0], story[-1].notice
    start = first.notice
    assert isinstance(start, TransactionStarted)  # noqa: S101  both askers begin with a start
    notices = [row.notice for row in story]
    seen = Session(
        first.seq, start.transaction, start.evse, start.connector, start.at, None,
        start.meter_wh, start.meter_wh, start.token, first.csms_id,
        waiting=any(row.waiting for row in story),
    )  # fmt: skip
    for notice in notices:
        if isinstance(notice, TransactionUpdated):
            connector = seen.connector or notice.connector
            token = seen.token or notice.token
            seen = replace(seen, connector=connector, token=token)
    if isinstance(last, TransactionEnded):
        return replace(
            seen,
            ended_at=last.at,
            meter_wh=last.meter_wh,
            reason=last.reason,
            charged_s=last.charged_s,
        )
    sampled = journal.last_value(db, station, start.transaction)
    return replace(seen, meter_wh=sampled.meter_wh) if sampled else seen


def _late_enough(seen: Session, sought: Sought) -> bool:
    return seen.ended_at is None or sought.since is None or seen.ended_at >= sought.since


def measured(notices: Iterable[DurableNotice]) -> tuple[Measured, ...]:
    """Return what was measured in a transaction, one for each instant, in order of time."""
    seen: dict[float, Measured] = {}
    for notice in notices:
        for found in _found(notice):
            seen[found.at] = _both(seen.get(found.at, found), found)
    return tuple(_with_means(sorted(seen.values(), key=lambda one: one.at)))


def _found(notice: DurableNotice) -> Iterator[Measured]:
    """Yield what a notice tells of one instant or more; the register it tells by itself."""
    if not isinstance(notice, TransactionUpdated):
        yield Measured(notice.at, notice.meter_wh)
    if isinstance(notice, TransactionEnded):
        yield from map(_of_sample, notice.samples)
    elif notice.sample:
        yield _of_sample(notice.sample)


def _of_sample(sample: Sample) -> Measured:
    return Measured(
        sample.at,
        meter_wh=_number(sample, Measurand.ENERGY),
        power_w=_number(sample, Measurand.POWER),
        currents_a=_lines(sample, Measurand.CURRENT),
        voltages_v=_lines(sample, Measurand.VOLTAGE),
        offered_a=_number(sample, Measurand.CURRENT_OFFERED),
        limit_a=sample.limit_a,
        because=sample.because or None,
    )


def _number(sample: Sample, measurand: Measurand) -> float | None:
    found = (it.number for it in sample.values if it.measurand is measurand and not it.phase)
    return next(found, None)


def _lines(sample: Sample, measurand: Measurand) -> Phases | None:
    """Return a number for each line, 0 for those the EVSE does not use; None when none is told."""
    told = {it.phase[:2]: it.number for it in sample.values if it.measurand is measurand}
    return (told.get("L1", 0.0), told.get("L2", 0.0), told.get("L3", 0.0)) if told else None


def _both(one: Measured, other: Measured) -> Measured:
    """Return what either of two about the same instant knows; the earlier told wins."""
    return Measured(
        one.at,
        _first(one.meter_wh, other.meter_wh),
        None,
        _first(one.power_w, other.power_w),
        one.currents_a or other.currents_a,
        one.voltages_v or other.voltages_v,
        _first(one.offered_a, other.offered_a),
        _first(one.limit_a, other.limit_a),
        one.because or other.because,
    )


def _first(one: float | None, other: float | None) -> float | None:
    return other if one is None else one


def _with_means(points: Iterable[Measured]) -> Iterator[Measured]:
    """Yield the same with the mean power since the register was known last."""
    last: tuple[float, float] | None = None
    for point in points:
        if point.meter_wh is None:
            yield point
            continue
        mean_w = None
        if last and point.at > last[0]:
            mean_w = (point.meter_wh - last[1]) * HOUR_S / (point.at - last[0])
        last = point.at, point.meter_wh
        yield replace(point, mean_w=mean_w)
