"""Who may log in at the local side, and by which secret."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import Protocol


class User(Enum):
    """Everybody who can have an account; the value is the name that is logged in with."""

    ADMIN = "admin"
    """The owner."""
    SERVICE = "service"
    """The installer; has no account until the owner gives one."""
    GUEST = "temp"
    """Whoever the owner lets in for some hours, as if it was the owner."""
    DRIVER = "end user"
    """Who charges, with a PIN; sees everything, starts and stops."""


@dataclass(frozen=True, slots=True)
class Account:
    """What is kept of a user.

    Args:
        secret: The hash of the password; empty lets the user in without one.
        expires_at: UTC second from which on it lets nobody in, or None.
    """

    user: User
    secret: str
    expires_at: float | None = None


class AccountsFailed(Exception):  # noqa: N818  a plain sentence, as everywhere in the project
    """An account could not be kept or removed for good; all others are as they were."""


class Accounts(Protocol):
    """Keeps accounts; what another process has written there counts at once."""

    def find(self, user: User) -> Account | None:
        """Return the account of a user, or None."""
        ...

    async def keep(self, account: Account) -> None:
        """Keep an account in place of the one that the user had. Raises AccountsFailed."""
        ...

    async def drop(self, user: User) -> None:
        """Let a user have none. Raises AccountsFailed."""
        ...
