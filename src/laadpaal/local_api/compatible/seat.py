"""The one session of the compatible API: who sits there, and when the seat is free again."""

from __future__ import annotations

import math
import secrets
from collections.abc import Iterable
from dataclasses import dataclass

from laadpaal.local_api.connections import Peer
from laadpaal.ports.accounts import User

IDLE_S = 300.0
"""Who has asked nothing for so long has left."""


@dataclass(slots=True)
class Holder:
    """Who has logged in.

    Args:
        name: What the client calls itself.
        token: The text in its cookie.
        since: When it logged in; `heard` is when it asked last.
        until: When it has to leave, whatever it asks.
        peer: The connection that it asked over last.
    """

    user: User
    name: str
    token: str
    since: float
    heard: float
    until: float
    peer: Peer

    def stays(self, now: float) -> bool:
        """Tell whether it has not left."""
        return now - self.heard <= IDLE_S and now < self.until


class Seat:
    """A place for one, held by a connection or by a cookie.

    Whose connection is gone keeps it only until somebody else wants it. Every `now` is in seconds
    that only grow.
    """

    def __init__(self) -> None:
        self._holder: Holder | None = None

    def find(self, peer: Peer, tokens: Iterable[str], now: float) -> Holder | None:
        """Return the session of who asks, which goes on from now."""
        holder = self._holder
        if holder is None or not holder.stays(now):
            return None
        if holder.peer is not peer:
            if not any(secrets.compare_digest(holder.token, token) for token in tokens):
                return None
            holder.peer = peer
        holder.heard = now
        return holder

    def other(self, mine: Holder | None, now: float) -> Holder | None:
        """Return who else sits there, so that nobody can log in."""
        holder = self._holder
        if holder is None or holder is mine or holder.peer.gone.is_set():
            return None
        return holder if holder.stays(now) else None

    def take(
        self, user: User, name: str, peer: Peer, now: float, until: float = math.inf
    ) -> Holder:
        """Sit down until then at the latest, in place of whoever sat there."""
        self._holder = Holder(user, name, secrets.token_hex(16), now, now, until, peer)
        return self._holder

    def leave(self) -> None:
        """Let the seat be free."""
        self._holder = None

    def end_all(self, user: User, but: str = "") -> None:
        """Let the seat be free of a user, unless `but` is the text of the session."""
        if self._holder and self._holder.user is user and self._holder.token != but:
            self.leave()

    def count(self, user: User, now: float) -> int:
        """Return how many sessions of a user there are: one, or none."""
        holder = self._holder
        return int(bool(holder and holder.user is user and holder.stays(now)))
