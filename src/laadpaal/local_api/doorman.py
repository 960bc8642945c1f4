"""Lets people in: who they say they are, whether they are, and whether they may try at all."""

from __future__ import annotations

import asyncio
import math
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum

from laadpaal.local_api.lockout import Lockout
from laadpaal.local_api.passwords import LONGEST, hashed, matches
from laadpaal.ports.accounts import Account, Accounts, User
from laadpaal.station.security import SecurityKind

NAMES = {user.value: user for user in User}
_SHOWN = 40
"""Characters of a name that are repeated."""

Incident = Callable[[SecurityKind, str], None]
"""Told what bears on security, with a sentence."""


class Denial(Enum):
    """Why somebody is not let in."""

    WRONG = "wrong"
    """The name or the password."""
    OFF = "off"
    """This user is let in by nobody now."""
    LOCKED_OUT = "locked out"


@dataclass(frozen=True, slots=True)
class Denied:
    """Not let in; `wait_s` is how long to wait before the next try."""

    why: Denial
    wait_s: int = 0


class Doorman:
    """Checks passwords, one at a time, and changes them.

    Args:
        utc: The station's clock, by which accounts expire.
        incident: Told of each login that failed, and of each password that changed.
    """

    def __init__(self, accounts: Accounts, utc: Callable[[], float], incident: Incident) -> None:
        self._accounts, self._utc, self._incident = accounts, utc, incident
        self._lockout = Lockout()
        # Whoever tries many at once has them counted one after the other, and one hash at a time
        # is as much memory as a small board spares.
        self._one_at_a_time = asyncio.Lock()
        self.opened = asyncio.Event()
        """Set as soon as somebody has given the owner's account a password here."""

    @property
    def first(self) -> bool:
        """Whether the owner has no password yet."""
        return self._accounts.find(User.ADMIN) is None

    def has(self, user: User) -> bool:
        """Tell whether a user can log in now."""
        return self._valid(user) is not None

    def expires_at(self, user: User) -> float | None:
        """Return the UTC second from which on a user is not let in any more, if there is one."""
        account = self._valid(user)
        return account.expires_at if account else None

    def wait_s(self, user: User, now: float) -> float:
        """Return how long nobody may try to be that user; `now` in seconds that only grow."""
        return self._lockout.wait_s((user,), now)

    def addresses(self, now: float) -> dict[str, float]:
        """Return the addresses that nobody may try from, and for how many seconds."""
        waiting = self._lockout.waiting(now)
        return {key: wait_s for key, wait_s in waiting if isinstance(key, str)}

    def pardon(self, key: User | str) -> None:
        """Forget how often somebody was wrong about a user, or at an address."""
        self._lockout.right((key,))

    def lasts_s(self, user: User) -> float:
        """Return for how many seconds from now a user is let in."""
        expires_at = self.expires_at(user)
        return math.inf if expires_at is None else expires_at - self._utc()

    async def admit(self, name: str, password: str, address: str, now: float) -> User | Denied:
        """Return who it is, or why nobody is let in; `now` in seconds that only grow.

        A try during a lock-out is not even looked at, and does not count.
        """
        user = NAMES.get(name)
        keys = (user, address) if user else (address,)
        async with self._one_at_a_time:
            if wait_s := self._lockout.wait_s(keys, now):
                return Denied(Denial.LOCKED_OUT, math.ceil(wait_s))
            account = self._valid(user) if user else None
            if await self._is(account, password):
                self._lockout.right(keys)
                assert user is not None  # noqa: S101  there is no account without a user
                return user
            self._lockout.mistake(keys, now)
        return self._denied(name, user, address)

    async def _is(self, account: Account | None, password: str) -> bool:
        if len(password) > LONGEST:
            return False
        kept = account.secret if account else ""
        return await asyncio.to_thread(matches, password, kept) and account is not None

    def _denied(self, name: str, user: User | None, address: str) -> Denied:
        self._incident(
            SecurityKind.LOCAL_LOGIN_FAILED, f"{name[:_SHOWN]!r} was not let in from {address}."
        )
        off = user is User.SERVICE and not self.has(user)
        return Denied(Denial.OFF if off else Denial.WRONG)

    async def give(self, user: User, password: str, hours: float | None = None) -> None:
        """Give a user a password; for so many hours, or for good. Raises AccountsFailed."""
        expires_at = None if hours is None else self._utc() + hours * 3600
        secret = await asyncio.to_thread(hashed, password)
        await self._accounts.keep(Account(user, secret, expires_at))
        self.pardon(user)
        self._incident(
            SecurityKind.PARAMETERS_CHANGED, f"The password of {user.value} was changed."
        )
        if user is User.ADMIN:
            self.opened.set()

    async def take(self, user: User) -> None:
        """Let a user in no more. Raises AccountsFailed."""
        await self._accounts.drop(user)
        self._incident(SecurityKind.PARAMETERS_CHANGED, f"{user.value} has no account any more.")

    def _valid(self, user: User) -> Account | None:
        account = self._accounts.find(user)
        expired = account and account.expires_at is not None and account.expires_at <= self._utc()
        return None if expired else account
