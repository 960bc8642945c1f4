"""A serial cable between two device names of this computer."""

from __future__ import annotations

import asyncio
import os
import tty
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress

CHUNK = 1024


@contextmanager
def null_modem() -> Iterator[tuple[str, str]]:
    """Connect two pseudo-terminals as long as the block lasts; yield their device names.

    Needs a running event loop, which carries the bytes; baud and parity have no effect.
    """
    with ExitStack() as stack:
        (left, left_name), (right, right_name) = _terminal(stack), _terminal(stack)
        _carry(stack, left, right)
        _carry(stack, right, left)
        yield left_name, right_name


@contextmanager
def terminal(hear: Callable[[bytes], None]) -> Iterator[tuple[str, Callable[[bytes], None]]]:
    """Be the far end of a serial line; yield the name of the near end, and what is said there.

    Needs a running event loop; `hear` is called with what comes. What the near end does not
    read in time is lost, as on a real line without flow control.
    """
    with ExitStack() as stack:
        ours, name = _terminal(stack)
        os.set_blocking(ours, False)
        loop = asyncio.get_running_loop()
        loop.add_reader(ours, lambda: hear(os.read(ours, CHUNK)))
        stack.callback(loop.remove_reader, ours)

        def say(data: bytes) -> None:
            with suppress(BlockingIOError):
                os.write(ours, data)

        yield name, say


def _terminal(stack: ExitStack) -> tuple[int, str]:
    ours, theirs = os.openpty()
    # Both ends stay open here: the line must survive a driver that closes and comes back.
    stack.callback(os.close, ours)
    stack.callback(os.close, theirs)
    tty.setraw(theirs)
    return ours, os.ttyname(theirs)


def _carry(stack: ExitStack, source: int, target: int) -> None:
    loop = asyncio.get_running_loop()
    loop.add_reader(source, lambda: os.write(target, os.read(source, CHUNK)))
    stack.callback(loop.remove_reader, source)
