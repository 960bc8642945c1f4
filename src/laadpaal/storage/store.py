"""The database file, and each station's share of it."""

from __future__ import annotations

import asyncio
import os
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import count
from pathlib import Path
from typing import Self

import msgspec

from laadpaal.ports.history import Happening, Measured, Session, Sought
from laadpaal.ports.journal import Entry, Fate, FiringsEntry, SecurityEntry, Start, Trace
from laadpaal.station.notices import DurableNotice, SecurityEvent
from laadpaal.station.records import Record
from laadpaal.station.saved import Saved
from laadpaal.station.words import Token
from laadpaal.storage import facts, firings, history, journal, security
from laadpaal.storage.accounts import StoredAccounts
from laadpaal.storage.backlog import Backlog
from laadpaal.storage.errors import StorageFailed
from laadpaal.storage.migration import migrate, scripts
from laadpaal.storage.writer import Writer

_NOT_OURS = (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)
KEPT = 100
"""Settled transactions that stay for each station that says nothing else: the CSMS may ask."""
PRUNE_EVERY = 1000
"""Entries settled between two prunings: seldom enough to cost nothing, yet each takes only 5 ms."""


def _kept() -> int:
    return KEPT


@dataclass(frozen=True, slots=True)
class Shared:
    """What all stations of a file use.

    Args:
        numbers: Gives each entry its number; none twice, however its commit goes.
        id: Makes message ids of this file's numbers.
    """

    reader: sqlite3.Connection
    writer: Writer
    numbers: Iterator[int]
    id: str


class StationStore:
    """What one station keeps; also its `Journal` and its `History`.

    Reads see what has been committed.

    Args:
        kept: How many settled transactions stay.
        heard: Whether there is a CSMS; without one nothing waits to be told.
    """

    def __init__(
        self,
        name: str,
        shared: Shared,
        backlog: Backlog,
        *,
        kept: Callable[[], int] = _kept,
        heard: bool = True,
    ) -> None:
        self._name, self._kept, self._heard = name, kept, heard
        self._reader, self._writer = shared.reader, shared.writer
        self._numbers = shared.numbers
        self._file = shared.id
        self._backlog = backlog
        self._settled = count(1)

    def load(self) -> Saved:
        """Return everything the station was told to keep."""
        return facts.load(self._reader, self._name)

    def commit(
        self, records: Sequence[Record], notices: Sequence[DurableNotice] = ()
    ) -> asyncio.Future[None]:
        """Make one step durable, all of it or nothing; what is returned is done when it is.

        It is no coroutine: nothing of our own has to run again once the commit is made.

        Raises:
            StorageFailed: Nothing of it was written.
        """
        # What cannot be stored fails here, before anybody shares a commit with it.
        statements = [facts.writing(self._name, it) for it in records] if records else []
        seqs: list[int] = []
        for notice in notices:
            seq = next(self._numbers)
            seqs.append(seq)
            statements.append(journal.appending(self._name, seq, notice, heard=self._heard))
        if self._heard:
            return self._writer.write(statements, partial(self._backlog.add, seqs))
        if True in [self._due() for _ in seqs]:
            statements.append(journal.pruning(self._name, self._backlog.oldest, self._kept()))
        return self._writer.write(statements, partial(self._backlog.skip, seqs))

    def _due(self) -> bool:
        """Count one settled entry, and tell whether it is time to prune."""
        number = next(self._settled)
        # At the first too, since a run may be too short to settle enough.
        return number == 1 or number % PRUNE_EVERY == 0

    def pending(self) -> Entry | None:
        """Return the oldest entry that is not settled, or None."""
        for seq in self._backlog:
            if entry := journal.pending(self._reader, self._file, seq):
                return entry
            # The thread of a slow disk has settled it, and the loop has yet to hear of it.
        return None

    def pending_count(self, transaction: str | None = None) -> int:
        """Return how many entries (of one transaction) are not settled."""
        if transaction is None:
            return len(self._backlog)
        return journal.pending_count(self._reader, self._name, self._backlog.oldest, transaction)

    async def settle(self, seq: int, fate: Fate, csms_id: int | None = None) -> None:
        """Mark one entry told; for a start, keep the number the CSMS gave it."""
        statement = journal.settling(self._name, seq, fate, csms_id)
        await self._writer.write([statement], partial(self._backlog.remove, seq))
        if self._due():
            await self.prune(self._kept())

    async def tried(self, seq: int) -> None:
        """Count one attempt that failed."""
        await self._writer.write([journal.trying(self._name, seq)])

    async def left_offline(self) -> None:
        """Mark every unsettled entry as left over while offline."""
        await self._writer.write([journal.leaving_offline(self._name, self._backlog.oldest)])

    def start_before(self, evse: int, seq: int) -> Start | None:
        """Return the last start on `evse` before `seq`, by order and never by time (S26)."""
        return journal.start_before(self._reader, self._name, evse, seq)

    def by_csms_id(self, csms_id: int) -> str | None:
        """Return our id of the transaction that the CSMS knows by that number."""
        return journal.by_csms_id(self._reader, self._name, csms_id)

    def known(self, transaction: str) -> bool:
        """Tell whether a start of that transaction is in the database."""
        return journal.known(self._reader, self._name, transaction)

    def traces(self, token: Token) -> tuple[Trace, ...]:
        """Return the transactions that name a token, oldest first."""
        return journal.traces(self._reader, self._name, token)

    def security_pending(self) -> SecurityEntry | None:
        """Return the oldest security event that is to be told and is not settled, or None."""
        return security.pending(self._reader, self._name, self._file)

    async def security_settle(self, seq: int, fate: Fate) -> None:
        """Mark one security event told, or given up."""
        await self._writer.write([security.settling(self._name, seq, fate)])

    async def security_tried(self, seq: int) -> None:
        """Count one attempt that failed."""
        await self._writer.write([security.trying(self._name, seq)])

    def security_log(
        self, oldest_utc: float | None = None, newest_utc: float | None = None
    ) -> tuple[SecurityEvent, ...]:
        """Return what the log holds of that time, both ends included, as it was written."""
        return security.log(self._reader, self._name, oldest_utc, newest_utc)

    def firings_pending(self) -> FiringsEntry | None:
        """Return the oldest firings that are not settled, or None."""
        return firings.pending(self._reader, self._name, self._file)

    async def firings_settle(self, seq: int, fate: Fate) -> None:  # noqa: ARG002  either way they are forgotten
        """Forget firings that were told, or given up."""
        await self._writer.write([firings.settling(self._name, seq)])

    async def firings_tried(self, seq: int) -> None:
        """Count one attempt that failed."""
        await self._writer.write([firings.trying(self._name, seq)])

    async def prune(self, keep: int) -> None:
        """Delete settled transactions but for the `keep` newest (at least 0)."""
        if keep < 0:
            raise ValueError(f"Cannot keep {keep} transactions.")
        await self._writer.write([journal.pruning(self._name, self._backlog.oldest, keep)])

    def happenings(self, after: int, limit: int) -> tuple[Happening, ...]:
        """Return at most `limit` entries of the history after that offset, oldest first."""
        return history.happenings(self._reader, self._name, self._backlog.oldest, after, limit)

    def sessions(self, sought: Sought, limit: int) -> tuple[Session, ...]:
        """Return at most `limit` sessions, newest first."""
        return history.sessions(self._reader, self._name, self._backlog.oldest, sought, limit)

    def session(self, transaction: str) -> tuple[Session, tuple[Measured, ...]] | None:
        """Return one session with what was measured in it, or None when there is none."""
        return history.session(self._reader, self._name, self._backlog.oldest, transaction)

    async def erase(self) -> None:
        """Forget every transaction; what is still needed stays until it is not, and is hidden."""
        forgetting = journal.pruning(self._name, self._backlog.oldest, 0)
        await self._writer.write([history.erasing(self._name), forgetting])


class Store:
    """One database file, shared by any number of stations.

    Args:
        set_aside: Where the corrupt file that was found went, or None.
    """

    def __init__(
        self, connection: sqlite3.Connection, reader: sqlite3.Connection, set_aside: Path | None
    ) -> None:
        self.set_aside = set_aside
        self._reader, self._writer = reader, Writer(connection)
        self._last = journal.highest(reader)
        numbers, file = count(self._last + 1), journal.file_id(reader)
        self._shared = Shared(reader, self._writer, numbers, file)
        self._backlogs = _backlogs(reader)

    @classmethod
    def open(cls, path: Path) -> Self:
        """Open or make the file; a corrupt one is renamed aside and a fresh one made.

        Raises:
            StorageFailed: It cannot be opened, or a newer release wrote it.
        """
        try:
            connection, set_aside = _open_sound(path)
            return cls(connection, _connect(path), set_aside)
        except (OSError, sqlite3.Error) as error:
            raise StorageFailed(f"Cannot open {path}: {error}.") from error

    def station(
        self, name: str, *, kept: Callable[[], int] = _kept, heard: bool = True
    ) -> StationStore:
        """Return the share of the station called `name`; all shares of one name hold the same."""
        return StationStore(name, self._shared, self._backlog(name), kept=kept, heard=heard)

    def accounts(self, name: str) -> StoredAccounts:
        """Return who may log in at the station called `name`."""
        return StoredAccounts(name, self._reader, self._writer)

    def _backlog(self, name: str) -> Backlog:
        # One for each name: shares come and go, and none may miss what another writes.
        return self._backlogs.setdefault(name, Backlog(self._last))

    def fill(self, *, full: bool) -> None:
        """Let every write fail as on a full disk, or be made again."""
        self._writer.full = full

    def close(self) -> None:
        """Write what waits, then close the file."""
        self._writer.close()
        self._reader.close()


def peek(path: Path, name: str) -> Saved | None:
    """Return what the station called `name` was told to keep, without changing anything.

    None when there is no such file, or none that this release can read.
    """
    try:
        connection = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)
    except sqlite3.Error:
        return None
    try:
        return facts.load(connection, name)
    except (sqlite3.Error, msgspec.MsgspecError):
        return None
    finally:
        connection.close()


def _backlogs(db: sqlite3.Connection) -> dict[str, Backlog]:
    found: dict[str, Backlog] = {}
    for name, seq in journal.unsettled(db):
        found.setdefault(name, Backlog(seq)).add([seq])
    return found


def _open_sound(path: Path) -> tuple[sqlite3.Connection, Path | None]:
    if _sound(path):
        return _migrated(path), None
    aside = _rename_aside(path)
    return _migrated(path), aside


def _migrated(path: Path) -> sqlite3.Connection:
    connection = _connect(path)
    try:
        migrate(connection, path, scripts())
    except (StorageFailed, sqlite3.Error):
        connection.close()
        raise
    return connection


def _sound(path: Path) -> bool:
    connection: sqlite3.Connection | None = None
    try:
        connection = _connect(path)
        return bool(connection.execute("PRAGMA integrity_check").fetchone() == ("ok",))
    except sqlite3.DatabaseError as error:
        # Locked, full or forbidden is no reason to give up a good file.
        if error.sqlite_errorcode & 0xFF not in _NOT_OURS:
            raise
        return False
    finally:
        if connection is not None:
            connection.close()


def _connect(path: Path) -> sqlite3.Connection:
    os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))
    path.chmod(0o600)
    connection = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
    try:
        for pragma in ("journal_mode = WAL", "synchronous = FULL", "foreign_keys = ON"):
            connection.execute(f"PRAGMA {pragma}")
        journal.teach(connection)
    except sqlite3.Error:
        connection.close()
        raise
    return connection


def _rename_aside(path: Path) -> Path:
    number = 1
    while (aside := path.with_name(f"{path.name}.corrupt-{number}")).exists():
        number += 1
    path.rename(aside)
    # What the old file's log holds must never be replayed into the fresh one.
    for tail in ("-wal", "-shm"):
        log = path.with_name(path.name + tail)
        if log.exists():
            log.rename(aside.with_name(aside.name + tail))
    return aside
