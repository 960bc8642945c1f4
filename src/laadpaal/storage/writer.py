"""The one thread that writes: all that waits goes into one commit."""

from __future__ import annotations

import asyncio
import sqlite3
import threading
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from queue import Empty, SimpleQueue

import msgspec

from laadpaal.storage.errors import StorageFailed

Work = Callable[[sqlite3.Connection], None]
"""Statements of one step; they run inside the batch's transaction."""

# A value that no column can hold must fail its batch, never end the thread all wait for.
_REFUSALS = (sqlite3.Error, msgspec.MsgspecError, OverflowError, TypeError, ValueError)


@dataclass(frozen=True, slots=True)
class Job:
    """One piece of work, and who waits for it to be durable."""

    work: Work
    done: asyncio.Future[None]
    loop: asyncio.AbstractEventLoop


class Writer:
    """A queue and its thread; owns the connection it is given."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._jobs: SimpleQueue[Job | None] = SimpleQueue()
        self._closed = False
        self._thread = threading.Thread(target=self._run, name="storage", daemon=True)
        self._thread.start()

    async def write(self, work: Work) -> None:
        """Return once `work` is durable; it is written even if the waiting is cancelled.

        Raises:
            StorageFailed: Nothing of the batch it was in has been written.
        """
        if self._closed:
            raise StorageFailed("The database is closed.")
        loop = asyncio.get_running_loop()
        done = loop.create_future()
        self._jobs.put(Job(work, done, loop))
        await done

    def close(self) -> None:
        """Write what waits, then close the connection; a second call does nothing."""
        if self._closed:
            return
        self._closed = True
        self._jobs.put(None)
        self._thread.join()
        self._connection.close()

    def _run(self) -> None:
        open_still = True
        while open_still:
            batch, open_still = self._batch()
            if batch:
                _resolve(batch, self._commit(batch))

    def _batch(self) -> tuple[list[Job], bool]:
        batch: list[Job] = []
        job = self._jobs.get()
        while job is not None:
            batch.append(job)
            try:
                job = self._jobs.get_nowait()
            except Empty:
                return batch, True
        return batch, False

    def _commit(self, batch: Sequence[Job]) -> str | None:
        try:
            self._connection.execute("BEGIN IMMEDIATE")
            for job in batch:
                job.work(self._connection)
            self._connection.execute("COMMIT")
        except _REFUSALS as error:
            if self._connection.in_transaction:
                self._connection.execute("ROLLBACK")
            return f"Nothing was written: {error}."
        return None


def _resolve(batch: Sequence[Job], failure: str | None) -> None:
    waiting: dict[asyncio.AbstractEventLoop, list[asyncio.Future[None]]] = defaultdict(list)
    for job in batch:
        waiting[job.loop].append(job.done)
    for loop, futures in waiting.items():
        # A loop that is gone has nobody left to tell.
        if not loop.is_closed():
            loop.call_soon_threadsafe(_tell, futures, failure)


def _tell(futures: Sequence[asyncio.Future[None]], failure: str | None) -> None:
    for future in futures:
        if future.done():
            continue
        if failure is None:
            future.set_result(None)
        else:
            future.set_exception(StorageFailed(failure))
