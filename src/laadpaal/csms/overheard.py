"""The last messages between station and CSMS, in memory."""

from __future__ import annotations

from collections import OrderedDict, deque
from collections.abc import Callable
from itertools import count
from typing import Literal

from laadpaal.ports.messages import Message
from laadpaal.protocols.ocpp import rpc

KEPT = 1000
"""Messages that stay; each has 4 kB at most."""
OPEN = 100
"""Calls whose answer may still come."""

Kind = Literal["call", "result", "error", "broken"]


class Overheard:
    """Is a `Messages`: hears what goes over the wire in every life, and keeps the newest of it.

    Args:
        utc: The station's clock, in UTC seconds.
    """

    def __init__(self, utc: Callable[[], float]) -> None:
        self._utc = utc
        self._numbers = count(1)
        self._kept: deque[Message] = deque(maxlen=KEPT)
        self._open: OrderedDict[tuple[bool, str], str] = OrderedDict()
        """The action of each call by who sent it and its id."""
        self.followers: list[Callable[[Message], None]] = []
        """Told each message; they never wait."""

    def heard(self, text: str, size: int, frame: rpc.Frame | None, *, sent: bool) -> None:
        """Take a message that has gone, or None for one that is none; never waits."""
        id_ = frame.id if frame else ""
        kind, action, error = self._known(frame, sent=sent)
        message = Message(
            next(self._numbers), self._utc(), sent, kind, id_, action, size, text, error
        )
        self._kept.append(message)
        for follow in self.followers:
            follow(message)

    def _known(self, frame: rpc.Frame | None, *, sent: bool) -> tuple[Kind, str, str]:
        match frame:
            case rpc.Call(id_, action):
                self._open[sent, id_] = action
                if len(self._open) > OPEN:
                    self._open.popitem(last=False)
                return "call", action, ""
            case rpc.CallResult(id_):
                return "result", self._open.pop((not sent, id_), ""), ""
            case rpc.CallError(id_, code):
                return "error", self._open.pop((not sent, id_), ""), code
            case _:
                return "broken", "", ""

    def last(self, before: int | None = None) -> tuple[Message, ...]:
        """Return what there is, newest first; with `before` only those of lower numbers."""
        found = reversed(self._kept)
        return tuple(it for it in found if before is None or it.number < before)
