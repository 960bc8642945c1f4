"""Accounts in memory, and what was told of logins."""

from __future__ import annotations

from laadpaal.local_api.doorman import Doorman
from laadpaal.ports.accounts import Account, AccountsFailed, User
from laadpaal.station.security import SecurityKind
from tests.support.world import NOON


class NotedAccounts:
    """Is `Accounts`; fails when it is told to."""

    def __init__(self) -> None:
        self.kept: dict[User, Account] = {}
        self.full = False

    def find(self, user: User) -> Account | None:
        """Return the account of a user, or None."""
        return self.kept.get(user)

    async def keep(self, account: Account) -> None:
        """Keep an account."""
        if self.full:
            raise AccountsFailed("Nothing was written: the disk is full.")
        self.kept[account.user] = account

    async def drop(self, user: User) -> None:
        """Let a user have none."""
        self.kept.pop(user, None)


class Door:
    """A doorman, what he keeps, and what he told; the clock is moved by hand."""

    def __init__(self) -> None:
        self.accounts = NotedAccounts()
        self.told: list[tuple[SecurityKind, str]] = []
        self.utc = NOON
        self.doorman = Doorman(self.accounts, lambda: self.utc, self._tell)

    def _tell(self, kind: SecurityKind, info: str) -> None:
        self.told.append((kind, info))
