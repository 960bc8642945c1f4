"""The accounts of a station: who may log in at its local side."""

from __future__ import annotations

import sqlite3

from laadpaal.ports.accounts import Account, AccountsFailed, User
from laadpaal.storage.errors import StorageFailed
from laadpaal.storage.statements import Statement
from laadpaal.storage.writer import Writer

_KEEP = "INSERT OR REPLACE INTO accounts (station, user, secret, expires_at) VALUES (?, ?, ?, ?)"
_DROP = "DELETE FROM accounts WHERE station = ? AND user = ?"


class StoredAccounts:
    """Is the `Accounts` of one station."""

    def __init__(self, name: str, reader: sqlite3.Connection, writer: Writer) -> None:
        self._name, self._reader, self._writer = name, reader, writer

    def find(self, user: User) -> Account | None:
        """Return the account of a user, or None."""
        row = self._reader.execute(
            "SELECT secret, expires_at FROM accounts WHERE station = ? AND user = ?",
            (self._name, user.value),
        ).fetchone()
        return Account(user, *row) if row else None

    async def keep(self, account: Account) -> None:
        """Keep an account in place of the one that the user had. Raises AccountsFailed."""
        values = (self._name, account.user.value, account.secret, account.expires_at)
        await self._write((_KEEP, values))

    async def drop(self, user: User) -> None:
        """Let a user have none. Raises AccountsFailed."""
        await self._write((_DROP, (self._name, user.value)))

    async def _write(self, statement: Statement) -> None:
        try:
            await self._writer.write([statement])
        except StorageFailed as wrong:
            raise AccountsFailed(str(wrong)) from wrong
