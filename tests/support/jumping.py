"""Event loops in which nobody waits: when nothing is ready, their clock jumps to the next timer."""

from __future__ import annotations

import asyncio
import os
import selectors
import socket
import stat
from collections.abc import Callable, Coroutine
from concurrent.futures import Executor
from typing import TYPE_CHECKING, Any, TypeVar, TypeVarTuple

from laadpaal.station.moment import Moment

if TYPE_CHECKING:
    from _typeshed import FileDescriptorLike

T = TypeVar("T")
Ts = TypeVarTuple("Ts")

LOOK_S = 0.002
"""Real seconds in which bytes on the loopback arrive, if there are any."""
LINE_LOOK_S = 0.01
"""The same on a serial line, whose bytes the system hands over in a thread of its own."""
THREAD_S = 0.05
"""Real seconds until a look at whether a thread is still at work; its end is seen at once."""
MOST_LOOKS = 1200
"""A thread that is at work for a minute, while nothing else happens, has lost its way."""


Ready = list[tuple[selectors.SelectorKey, int]]


class _Selector(selectors.DefaultSelector):
    """Never waits for time to pass; `jumped_s` is what was skipped.

    `look_s` is how long to look for bytes that are on their way, where there is an end at which
    they can arrive, and `threads` how many are at work: as long as there are any, nothing is
    skipped.
    """

    jumped_s = 0.0
    look_s = 0.0
    threads = 0
    _looks = 0

    def __init__(self) -> None:
        super().__init__()
        self._ends: set[int] = set()
        self._lines: set[int] = set()

    def register(
        self, fileobj: FileDescriptorLike, events: int, data: Any = None
    ) -> selectors.SelectorKey:
        """Watch a file, and remember whether bytes can arrive there."""
        key = super().register(fileobj, events, data)
        if _can_receive(key.fd):
            self._ends.add(key.fd)
        if os.isatty(key.fd):
            self._lines.add(key.fd)
        return key

    def unregister(self, fileobj: FileDescriptorLike) -> selectors.SelectorKey:
        """Watch a file no longer."""
        key = super().unregister(fileobj)
        self._ends.discard(key.fd)
        self._lines.discard(key.fd)
        return key

    def select(self, timeout: float | None = None) -> Ready:
        ready: Ready = super().select(0)
        if ready or timeout == 0:
            return ready
        if self.threads:
            return self._watch_threads()
        self._looks = 0
        look_s = LINE_LOOK_S if self.look_s and self._lines else self.look_s
        if look_s and self._ends and (ready := super().select(look_s)):
            return ready
        if timeout is None:
            raise AssertionError("nothing will ever happen")
        self.jumped_s += timeout
        return []

    def _watch_threads(self) -> Ready:
        self._looks += 1
        if self._looks > MOST_LOOKS:
            raise AssertionError("a thread does not come back")
        return super().select(THREAD_S)


def _can_receive(number: int) -> bool:
    """Tell whether it is the end of a connection, open or about to be.

    A listening socket is none: who connects to it is. Neither is the loop's own wake-up call,
    which only threads use. A serial line is one.
    """
    if not stat.S_ISSOCK(os.fstat(number).st_mode):
        return os.isatty(number)
    with socket.socket(fileno=os.dup(number)) as it:
        return it.family != socket.AF_UNIX and not it.getsockopt(
            socket.SOL_SOCKET, socket.SO_ACCEPTCONN
        )


class JumpingLoop(asyncio.SelectorEventLoop):
    """Its time is what was jumped over, and nothing else."""

    def __init__(self) -> None:
        self._jumping = _Selector()
        super().__init__(self._jumping)

    def time(self) -> float:
        """Return the seconds jumped over since it was made."""
        return 1000.0 + self._jumping.jumped_s


class SocketLoop(JumpingLoop):
    """A jumping loop for real sockets on the loopback, and for work in threads.

    Both ends of every connection must live in this loop. It skips no time while bytes are on
    their way between them, or while a thread that it has started is at work.
    """

    def __init__(self) -> None:
        super().__init__()
        self._jumping.look_s = LOOK_S

    def run_in_executor(
        self, executor: Executor | None, func: Callable[[*Ts], T], *args: *Ts
    ) -> asyncio.Future[T]:
        """Start a thread, and skip nothing until it has come back."""
        future = super().run_in_executor(executor, func, *args)
        self._jumping.threads += 1
        future.add_done_callback(self._came_back)
        return future

    async def shutdown_default_executor(self) -> None:
        """Wait for the threads of the default executor, which a thread of its own does."""
        self._jumping.threads += 1
        try:
            await super().shutdown_default_executor()
        finally:
            self._jumping.threads -= 1

    def _came_back(self, _: object) -> None:
        self._jumping.threads -= 1


class LoopClock:
    """Is a `Clock`: the time of the running loop, and a UTC that may be corrected."""

    def __init__(self, utc: float = 1_700_049_600.0, *, trusted: bool = True) -> None:
        self._offset = utc - 1000.0
        self._trusted = trusted

    def now(self) -> Moment:
        """Return both clocks at this instant."""
        mono = asyncio.get_running_loop().time()
        return Moment(mono, mono + self._offset, self._trusted)

    def correct(self, utc: float) -> float:
        """Set UTC; return by how many seconds it jumped."""
        jumped_s = utc - self.now().utc
        self._offset += jumped_s
        self._trusted = True
        return jumped_s

    def alarm(self, station_s: float, ring: Callable[[], None]) -> asyncio.TimerHandle:
        """Ring in the loop: its seconds are the station's."""
        return asyncio.get_running_loop().call_later(max(0.0, station_s), ring)

    async def sleep(self, station_s: float) -> None:
        """Wait until so much has been jumped over."""
        await asyncio.sleep(max(0.0, station_s))


def jump(story: Coroutine[Any, Any, T]) -> T:
    """Run a story in a jumping loop; only for stories without threads and other processes."""
    with asyncio.Runner(loop_factory=JumpingLoop) as runner:
        return runner.run(story)


def jump_on_lines(story: Coroutine[Any, Any, T]) -> T:
    """Run a story over real sockets and serial lines, both of whose ends live in it."""
    with asyncio.Runner(loop_factory=SocketLoop) as runner:
        return runner.run(story)
