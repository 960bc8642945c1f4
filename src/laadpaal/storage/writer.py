"""The one thread that writes: all that waits goes into one commit."""

from __future__ import annotations

import asyncio
import sqlite3
import threading
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from queue import Empty, SimpleQueue

from laadpaal.storage.errors import StorageFailed
from laadpaal.storage.statements import Statement, run

# A value that no column can hold must fail its step, never end the thread all wait for.
_REFUSALS = (sqlite3.Error, sqlite3.Warning, OverflowError, TypeError, ValueError, MemoryError)
_BATCH_LIMIT = 1000


@dataclass(frozen=True, slots=True)
class Job:
    """One step's statements, and who waits for them to be durable."""

    statements: Sequence[Statement]
    done: asyncio.Future[None]


class Writer:
    """A queue and its thread; owns the connection it is given."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._cursor = connection.cursor()
        self._jobs: SimpleQueue[Job | None] = SimpleQueue()
        self._closed = False
        # Held to put a job and to close, so that no job comes after the last look.
        self._gate = threading.Lock()
        self._thread = threading.Thread(target=self._run, name="storage", daemon=True)
        self._thread.start()

    async def write(self, statements: Sequence[Statement]) -> None:
        """Return once all are durable; they are written even if the waiting is cancelled.

        Raises:
            StorageFailed: None of them has been written.
        """
        done = asyncio.get_running_loop().create_future()
        with self._gate:
            if self._closed:
                raise StorageFailed("The database is closed.")
            self._jobs.put(Job(statements, done))
        await done

    def close(self) -> None:
        """Write what waits, then close the connection; a second call does nothing."""
        with self._gate:
            self._closed = True
            self._jobs.put(None)
        self._thread.join()
        self._connection.close()

    def _run(self) -> None:
        batch: list[Job] = []
        try:
            open_still = True
            while open_still:
                batch, open_still = self._batch()
                failures = self._commit(batch)
                _resolve(batch, failures)
                batch = []
        finally:
            self._abandon(batch)

    def _abandon(self, left: list[Job]) -> None:
        """Tell whoever still waits; nobody does unless the thread ends by a fault of ours."""
        with self._gate:
            self._closed = True
        while not self._jobs.empty():
            job = self._jobs.get()
            if job is not None:
                left.append(job)
        _resolve(left, ["The writer has ended."] * len(left))

    def _batch(self) -> tuple[list[Job], bool]:
        batch: list[Job] = []
        job = self._jobs.get()
        while job is not None:
            batch.append(job)
            if len(batch) == _BATCH_LIMIT:
                return batch, True
            try:
                job = self._jobs.get_nowait()
            except Empty:
                return batch, True
        return batch, False

    def _commit(self, batch: Sequence[Job]) -> list[str | None]:
        failure = self._attempt(batch)
        if failure is None or len(batch) == 1:
            return [failure] * len(batch)
        # Only the job that is at fault may fail, so each gets its own commit.
        return [self._attempt([job]) for job in batch]

    def _attempt(self, batch: Sequence[Job]) -> str | None:
        if not batch:
            return None
        try:
            # A rollback that failed before is made up for here.
            self._roll_back()
            self._cursor.execute("BEGIN IMMEDIATE")
            for job in batch:
                run(self._cursor, job.statements)
            self._cursor.execute("COMMIT")
        except _REFUSALS as error:
            return f"Nothing was written: {error}{self._rolled_back()}."
        return None

    def _rolled_back(self) -> str:
        try:
            self._roll_back()
        except sqlite3.Error as error:
            return f"; nor could it be rolled back: {error}"
        return ""

    def _roll_back(self) -> None:
        if self._connection.in_transaction:
            self._connection.execute("ROLLBACK")


def _resolve(batch: Sequence[Job], failures: Sequence[str | None]) -> None:
    waiting: dict[asyncio.AbstractEventLoop, list[tuple[Job, str | None]]] = defaultdict(list)
    for job, failure in zip(batch, failures, strict=True):
        waiting[job.done.get_loop()].append((job, failure))
    for loop, told in waiting.items():
        try:
            loop.call_soon_threadsafe(_tell, told)
        except RuntimeError:
            # The loop is closed: nobody is left to tell.
            continue


def _tell(told: Sequence[tuple[Job, str | None]]) -> None:
    for job, failure in told:
        if job.done.done():
            continue
        if failure is None:
            job.done.set_result(None)
        else:
            job.done.set_exception(StorageFailed(failure))
