"""Group commit: all steps that wait when a commit begins go into it together."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from itertools import groupby
from operator import itemgetter
from time import perf_counter

from laadpaal.storage.errors import StorageFailed
from laadpaal.storage.statements import Statement

SLOW_S = 0.02
"""A disk that takes longer for a commit is waited for in a thread, so that the loop goes on."""
# A value that no column can hold must fail its step, never those it was committed with.
_REFUSALS = (sqlite3.Error, sqlite3.Warning, OverflowError, TypeError, ValueError, MemoryError)


Job = tuple[Sequence[Statement], asyncio.Future[None]]
"""One step's statements, and what waits for them to be durable."""


class Writer:
    """The only one that writes; owns the connection it is given, and lives in one event loop.

    While the disk is quick, the loop itself commits: to hand a commit to a thread and back costs
    as much as the commit.
    """

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._cursor = connection.cursor()
        self._jobs: list[Job] = []
        self._busy = False
        self._slow = False
        self._closed = False
        self._thread = ThreadPoolExecutor(1, "storage")

    def write(self, statements: Sequence[Statement]) -> asyncio.Future[None]:
        """Return what is done once all are durable; nobody needs to wait for it.

        Raises:
            StorageFailed: The database is closed; of the future, none of them has been written.
        """
        if self._closed:
            raise StorageFailed("The database is closed.")
        loop = asyncio.get_running_loop()
        done: asyncio.Future[None] = loop.create_future()
        self._jobs.append((statements, done))
        if not self._busy:
            self._busy = True
            # Not at once: whoever is ready in this turn of the loop shares the commit.
            loop.call_soon(self._flush)
        return done

    def close(self) -> None:
        """Write what waits, then close the connection; a second call does nothing."""
        if self._closed:
            return
        self._closed = True
        self._thread.shutdown()
        batch, self._jobs = self._jobs, []
        _resolve(batch, self._commit(batch))
        self._connection.close()

    def _flush(self) -> None:
        if self._closed:
            return
        batch, self._jobs = self._jobs, []
        if not self._slow:
            self._settle(batch, lambda: self._commit(batch))
            return
        committing = asyncio.get_running_loop().run_in_executor(self._thread, self._commit, batch)
        committing.add_done_callback(lambda committed: self._settle(batch, committed.result))

    def _settle(self, batch: Sequence[Job], commit: Callable[[], Sequence[str | None]]) -> None:
        """Tell everybody of a batch how it went, and go on with those who came meanwhile."""
        failures: Sequence[str | None] = ["The writer has failed."] * len(batch)
        try:
            failures = commit()
        finally:
            _resolve(batch, failures)
            self._busy = bool(self._jobs)
            if self._busy:
                asyncio.get_running_loop().call_soon(self._flush)

    def _commit(self, batch: Sequence[Job]) -> list[str | None]:
        began = perf_counter()
        failure = self._attempt(batch)
        self._slow = perf_counter() - began > SLOW_S
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
            statements = [it for step, _ in batch for it in step]
            if len(statements) == 1:
                self._cursor.execute(*statements[0])  # is a commit by itself
            else:
                self._cursor.execute("BEGIN IMMEDIATE")
                self._run(statements)
                self._cursor.execute("COMMIT")
        except _REFUSALS as error:
            return f"Nothing was written: {error}{self._rolled_back()}."
        return None

    def _run(self, statements: Sequence[Statement]) -> None:
        """Execute them in order; neighbours that are alike go together, which is cheaper."""
        for sql, alike in groupby(statements, itemgetter(0)):
            cells = [parameters for _, parameters in alike]
            if len(cells) == 1:
                self._cursor.execute(sql, cells[0])
            else:
                self._cursor.executemany(sql, cells)

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
    for (_, done), failure in zip(batch, failures, strict=True):
        if done.done():
            continue
        if failure is None:
            done.set_result(None)
        else:
            done.set_exception(StorageFailed(failure))
