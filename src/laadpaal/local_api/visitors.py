"""Who is asking: a person of this machine, or somebody who has logged in."""

from __future__ import annotations

import math
import secrets
from collections import OrderedDict
from collections.abc import Iterable
from dataclasses import dataclass

from laadpaal.ports.accounts import User

COOKIE = "session"
IDLE_S = 12 * 3600.0
"""A session in which nobody asked anything for so long has ended."""
MOST = 50
"""Sessions at once; who logs in then ends the one that was quiet for longest."""


@dataclass(frozen=True, slots=True)
class Visitor:
    """Who asks.

    Args:
        user: As whom they have logged in, or None.
        open: Whether nobody is asked who they are: this machine's own people.
        token: Of their session, or "".
    """

    user: User | None = None
    open: bool = False
    token: str = ""

    @property
    def installs(self) -> bool:
        """Whether they may write what is for installers only."""
        return self.open or self.user is User.SERVICE


LOCAL = Visitor(open=True)
"""Somebody at this machine."""
STRANGER = Visitor()


@dataclass(slots=True)
class _Session:
    user: User
    heard: float
    until: float

    def goes_on(self, now: float) -> bool:
        """Tell whether it has not ended."""
        return now - self.heard <= IDLE_S and now < self.until


class Logins:
    """The open sessions of the page and the control API, each known by the text in its cookie.

    Every `now` is in seconds that only grow.
    """

    def __init__(self) -> None:
        self._open: OrderedDict[str, _Session] = OrderedDict()

    def begin(self, user: User, now: float, until: float = math.inf) -> str:
        """Return the text by which a new session is known, that ends at `until` at the latest."""
        token = secrets.token_urlsafe(32)
        self._open[token] = _Session(user, now, until)
        if len(self._open) > MOST:
            self._open.popitem(last=False)
        return token

    def find(self, tokens: Iterable[str], now: float) -> Visitor:
        """Return whose session one of these texts is; it goes on from now."""
        for token in tokens:
            session = self._open.get(token)
            if session is None:
                continue
            if not session.goes_on(now):
                del self._open[token]
                continue
            session.heard = now
            self._open.move_to_end(token)
            return Visitor(session.user, token=token)
        return STRANGER

    def end(self, token: str) -> None:
        """End a session, if there is such."""
        self._open.pop(token, None)

    def end_all(self, user: User, but: str = "") -> None:
        """End every session of a user, for the password they were opened with has changed."""
        for token in [it for it, one in self._open.items() if one.user is user and it != but]:
            del self._open[token]

    def count(self, user: User, now: float) -> int:
        """Return how many sessions of a user are open."""
        return sum(it.user is user and it.goes_on(now) for it in self._open.values())
