"""What has lately gone between station and CSMS, as people may see it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, Protocol


@dataclass(frozen=True, slots=True)
class Message:
    """One message.

    Args:
        number: Grows by one from message to message, as long as the process runs.
        at: UTC second.
        sent: Whether it went to the CSMS, or came from it.
        kind: A call, the result of one or the error that one led to; or nothing of these.
        id: What an answer shares with its call.
        action: Of the call; empty where nobody knows it.
        size: Characters as it went over the wire.
        text: Without secrets, and cut where it is very long.
        error: The code of an error, empty for all others.
    """

    number: int
    at: float
    sent: bool
    kind: Literal["call", "result", "error", "broken"]
    id: str
    action: str
    size: int
    text: str
    error: str = ""


class Messages(Protocol):
    """The newest of them."""

    def last(self, before: int | None = None) -> tuple[Message, ...]:
        """Return what there is, newest first; with `before` only those of lower numbers."""
        ...
