"""Group commit: all steps that wait when a commit begins go into it together."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from itertools import groupby
from operator import itemgetter
from time import perf_counter

from laadpaal.storage.errors import StorageFailed
from laadpaal.storage.statements import Statement

MOST_AT_ONCE = 4
NO_ROOM = "Nothing was written: the disk is full."
SLOW_S = 0.02
"""A disk that takes longer for a commit is waited for in a thread, so that the loop goes on."""
# A value that no column can hold must fail its step, never those it was committed with.
_REFUSALS = (sqlite3.Error, sqlite3.Warning, OverflowError, TypeError, ValueError, MemoryError)


Job = tuple[Sequence[Statement], asyncio.Future[None], Callable[[], None] | None]
"""One step's statements, what waits for them to be durable, and what is called when they are."""
Failures = Sequence[str | None]
"""Why each job of a batch failed, or None; empty when none did."""


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
        self._at_once = 0
        """Jobs that may still be committed at once, for nobody was there to share with last."""
        self._closed = False
        self.full = False
        """Whether everything fails as on a full disk, which a bench may wish."""
        self._thread = ThreadPoolExecutor(1, "storage")

    def write(
        self, statements: Sequence[Statement], durable: Callable[[], None] | None = None
    ) -> asyncio.Future[None]:
        """Return what is done once all are durable; nobody needs to wait for it.

        `durable` is called when they are, in the order of writing, even if nobody waits any more.

        Raises:
            StorageFailed: The database is closed; of the future, none of them has been written.
        """
        if self._closed:
            raise StorageFailed("The database is closed.")
        done: asyncio.Future[None] = asyncio.Future()
        self._jobs.append((statements, done, durable))
        if self._at_once and not self._busy:
            # Who was alone is not made to wait for others; but they may have come meanwhile, and
            # whatever else the loop has to do wants its turn too.
            self._at_once -= 1
            self._flush()
        elif not self._busy:
            self._busy = True
            # Not at once: whoever is ready in this turn of the loop shares the commit.
            done.get_loop().call_soon(self._flush)
        return done

    def close(self) -> None:
        """Write what waits, then close the connection; a second call does nothing."""
        if self._closed:
            return
        self._closed = True
        self._thread.shutdown()
        batch, self._jobs = self._jobs, []
        if batch:
            _resolve(batch, self._commit(batch))
        self._connection.close()

    # While a commit waited for the disk the processor has forgotten our code, and each call costs
    # five times as much as usual. What runs for every commit is therefore few functions.

    def _flush(self) -> None:
        if self._closed:
            return
        batch, self._jobs = self._jobs, []
        if self._slow:
            self._busy = True
            self._flush_in_thread(batch)
            return
        try:
            failures = self._commit(batch)
        except BaseException as fault:  # noqa: BLE001  it is raised again
            # By the loop, which tells it loudly, and not to whoever happened to write just now.
            asyncio.get_running_loop().call_soon(_rethrow, fault)
            failures = _fault(batch)
        self._go_on(batch, failures)

    def _flush_in_thread(self, batch: Sequence[Job]) -> None:
        def made(committed: asyncio.Future[Failures]) -> None:
            try:
                failures = committed.result()
            except BaseException:
                self._go_on(batch, _fault(batch))
                raise
            self._go_on(batch, failures)

        loop = asyncio.get_running_loop()
        loop.run_in_executor(self._thread, self._commit, batch).add_done_callback(made)

    def _go_on(self, batch: Sequence[Job], failures: Failures) -> None:
        """Tell everybody of a batch how it went, and go on with those who came meanwhile."""
        _resolve(batch, failures)
        if self._jobs:
            asyncio.get_running_loop().call_soon(self._flush)
        else:
            if self._busy:
                self._at_once = MOST_AT_ONCE if len(batch) == 1 else 0
            self._busy = False

    def _commit(self, batch: Sequence[Job]) -> Failures:
        began = perf_counter()
        failure = self._attempt(batch)
        self._slow = perf_counter() - began > SLOW_S
        if failure is None:
            return ()
        if len(batch) == 1:
            return (failure,)
        # Only the job that is at fault may fail, so each gets its own commit.
        return [self._attempt([job]) for job in batch]

    def _attempt(self, batch: Sequence[Job]) -> str | None:
        if self.full:
            return NO_ROOM
        try:
            if self._connection.in_transaction:
                # A rollback that failed before is made up for here.
                self._connection.execute("ROLLBACK")
            if len(batch) == 1 and len(batch[0][0]) == 1:
                self._cursor.execute(*batch[0][0][0])  # is a commit by itself
            else:
                self._cursor.execute("BEGIN IMMEDIATE")
                self._run(it for step, _, _ in batch for it in step)
                self._cursor.execute("COMMIT")
        except _REFUSALS as error:
            return f"Nothing was written: {error}{self._rolled_back()}."
        return None

    def _run(self, statements: Iterable[Statement]) -> None:
        """Execute them in order; neighbours that are alike go together, which is cheaper."""
        for sql, alike in groupby(statements, itemgetter(0)):
            self._cursor.executemany(sql, map(itemgetter(1), alike))

    def _rolled_back(self) -> str:
        try:
            if self._connection.in_transaction:
                self._connection.execute("ROLLBACK")
        except sqlite3.Error as error:
            return f"; nor could it be rolled back: {error}"
        return ""


def _rethrow(fault: BaseException) -> None:
    raise fault


def _fault(batch: Sequence[Job]) -> Failures:
    return ["The writer has failed."] * len(batch)


def _resolve(batch: Sequence[Job], failures: Failures) -> None:
    for number, (_, done, durable) in enumerate(batch):
        failure = failures[number] if failures else None
        if durable and failure is None:
            durable()
        if done.done():
            continue
        if failure is None:
            done.set_result(None)
        else:
            done.set_exception(StorageFailed(failure))
