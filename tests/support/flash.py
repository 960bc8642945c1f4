"""A disk and a journal in memory that outlast power cuts, even those in the middle of a write."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

from laadpaal.ports.journal import Entry, Fate, FiringsEntry, SecurityEntry, Start, Trace
from laadpaal.station.notices import (
    DurableNotice,
    SecurityEvent,
    TransactionEnded,
    TransactionSampled,
    TransactionStarted,
)
from laadpaal.station.records import CustomerForgotten, FiringsQueued, Record, SecurityLogged
from laadpaal.station.saved import Saved
from laadpaal.station.words import Token
from tests.support.disk import MemoryDisk

WRITE_S = 0.002


@dataclass(slots=True)
class Fuse:
    """Cuts the power at the write after `spared` others, before or after it is on the disk."""

    spared: int
    kept: bool
    blow: Callable[[], None]


@dataclass
class Flash:
    """Is a `Share`: what is on it is there after a power cut, and nothing else."""

    disk: MemoryDisk = field(default_factory=MemoryDisk)
    entries: dict[int, Entry] = field(default_factory=dict)
    fates: dict[int, Fate] = field(default_factory=dict)
    csms_ids: dict[int, int] = field(default_factory=dict)
    forgotten: set[int] = field(default_factory=set)
    """Entries that name nobody any more, or will not once they are told."""
    security: dict[int, tuple[SecurityEntry, str]] = field(default_factory=dict)
    """The security log: each event, and what has become of it."""
    firings: dict[int, FiringsEntry] = field(default_factory=dict)
    """What monitors have told and the CSMS has yet to hear."""
    queued: int = 0
    """How many firings were ever queued."""
    fuse: Fuse | None = None
    dead: bool = False
    """Whether the power is off: nothing is written any more, until somebody loads."""
    writing: int = 0
    """Writes that are under way."""

    def load(self) -> Saved:
        self.dead = False
        return self.disk.saved()

    async def commit(self, records: Sequence[Record], notices: Sequence[DurableNotice]) -> None:
        def write() -> None:
            self.disk.apply(records, notices)
            for record in records:
                self._look(record)
            for notice in notices:
                seq = len(self.entries) + 1
                self.entries[seq] = Entry(seq, f"j-{seq}", notice, 0, notice.offline)

        await self._write(write)

    async def settle(self, seq: int, fate: Fate, csms_id: int | None = None) -> None:
        def write() -> None:
            self.fates[seq] = fate
            self._forget()
            if csms_id is not None:
                self.csms_ids[seq] = csms_id

        await self._write(write)

    def _look(self, record: Record) -> None:
        match record:
            case SecurityLogged(event, pushed):
                seq = len(self.security) + 1
                entry = SecurityEntry(seq, f"s-{seq}", event, 0)
                self.security[seq] = entry, "pending" if pushed else "kept"
            case CustomerForgotten(token):
                self.forgotten |= {e.seq for e in self.entries.values() if _names(e, token)}
                self._forget()
            case FiringsQueued(notice):
                self.queued += 1
                waiting = FiringsEntry(self.queued, f"m-{self.queued}", notice, 0)
                self.firings[self.queued] = waiting
            case _:
                pass

    def _forget(self) -> None:
        for seq in self.forgotten & self.fates.keys():
            entry = self.entries[seq]
            if not isinstance(entry.notice, TransactionSampled):
                nameless = replace(entry.notice, token=None)
                self.entries[seq] = replace(entry, notice=nameless)

    def traces(self, token: Token) -> tuple[Trace, ...]:
        found: dict[str, Trace] = {}
        for entry in self.entries.values():
            notice = entry.notice
            if _names(entry, token):
                first = found.get(notice.transaction)
                first = first or Trace(notice.transaction, notice.evse, notice.at)
                told = first.told and entry.seq in self.fates
                found[notice.transaction] = replace(first, told=told)
        return tuple(found.values())

    async def tried(self, seq: int) -> None:
        def write() -> None:
            entry = self.entries[seq]
            self.entries[seq] = replace(entry, attempts=entry.attempts + 1)

        await self._write(write)

    async def left_offline(self) -> None:
        def write() -> None:
            for entry in self._open():
                self.entries[entry.seq] = replace(entry, offline=True)

        await self._write(write)

    async def security_settle(self, seq: int, fate: Fate) -> None:
        def write() -> None:
            self.security[seq] = self.security[seq][0], fate.value

        await self._write(write)

    async def security_tried(self, seq: int) -> None:
        def write() -> None:
            entry, state = self.security[seq]
            self.security[seq] = replace(entry, attempts=entry.attempts + 1), state

        await self._write(write)

    async def firings_settle(self, seq: int, fate: Fate) -> None:  # noqa: ARG002  either way it is forgotten
        def write() -> None:
            del self.firings[seq]

        await self._write(write)

    async def firings_tried(self, seq: int) -> None:
        def write() -> None:
            entry = self.firings[seq]
            self.firings[seq] = replace(entry, attempts=entry.attempts + 1)

        await self._write(write)

    def firings_pending(self) -> FiringsEntry | None:
        return next(iter(self.firings.values()), None)

    def security_pending(self) -> SecurityEntry | None:
        waiting = (entry for entry, state in self.security.values() if state == "pending")
        return next(waiting, None)

    def security_log(
        self, oldest_utc: float | None = None, newest_utc: float | None = None
    ) -> tuple[SecurityEvent, ...]:
        events = [entry.event for entry, _ in self.security.values()]
        return tuple(
            event
            for event in events
            if (oldest_utc is None or event.at >= oldest_utc)
            and (newest_utc is None or event.at <= newest_utc)
        )

    async def _write(self, write: Callable[[], None]) -> None:
        """Write while others go on; a write that is cut off is there whole, or not at all."""
        self.writing += 1
        try:
            await self._written(write)
        finally:
            self.writing -= 1

    async def _written(self, write: Callable[[], None]) -> None:
        await asyncio.sleep(WRITE_S)
        fuse = self.fuse
        blows = fuse is not None and fuse.spared == 0
        if fuse and not self.dead:
            self.fuse = None if blows else replace(fuse, spared=fuse.spared - 1)
        if not self.dead and (fuse is None or fuse.kept or not blows):
            write()
        if fuse and blows and not self.dead:
            self.dead = True
            fuse.blow()
        if self.dead:
            raise asyncio.CancelledError  # nobody is there any more to whom it could return
        await asyncio.sleep(WRITE_S)

    def _open(self) -> list[Entry]:
        return [entry for seq, entry in self.entries.items() if seq not in self.fates]

    def pending(self) -> Entry | None:
        return next(iter(self._open()), None)

    def pending_count(self, transaction: str | None = None) -> int:
        return sum(transaction in {None, entry.notice.transaction} for entry in self._open())

    def start_before(self, evse: int, seq: int) -> Start | None:
        starts = [start for start in self.starts() if start.notice.evse == evse and start.seq < seq]
        if not starts:
            return None
        last = starts[-1]
        number = self.csms_ids.get(last.seq)
        return Start(last.notice.transaction, number, last.seq in self.fates)

    def by_csms_id(self, csms_id: int) -> str | None:
        seqs = [seq for seq, number in self.csms_ids.items() if number == csms_id]
        return self.entries[max(seqs)].notice.transaction if seqs else None

    def known(self, transaction: str) -> bool:
        return any(start.notice.transaction == transaction for start in self.starts())

    def starts(self) -> list[Entry]:
        """Return every start ever committed."""
        return [e for e in self.entries.values() if isinstance(e.notice, TransactionStarted)]

    def ends(self) -> list[Entry]:
        """Return every end ever committed."""
        return [e for e in self.entries.values() if isinstance(e.notice, TransactionEnded)]

    def stories(self) -> dict[str, list[DurableNotice]]:
        """Return what was committed of each transaction, in order."""
        told: dict[str, list[DurableNotice]] = {}
        for entry in self.entries.values():
            told.setdefault(entry.notice.transaction, []).append(entry.notice)
        return told


def _names(entry: Entry, token: Token) -> bool:
    return not isinstance(entry.notice, TransactionSampled) and token.same(entry.notice.token)
