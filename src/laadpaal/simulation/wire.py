"""A serial cable between two device names of this computer."""

from __future__ import annotations

import asyncio
import os
import tty
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

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
