"""`laadpaal password`: who may log in is decided at the machine, whatever was forgotten."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from laadpaal.local_api.passwords import flaw, hashed
from laadpaal.ports.accounts import Account, Accounts, User
from laadpaal.runtime.assembly import DATABASE
from laadpaal.runtime.config import Config
from laadpaal.storage import Store


async def changed(user: User, password: str, config: Config) -> str:
    """Give a user a password, and return what to print.

    Raises:
        ValueError: Nobody can have that password.
        AccountsFailed: It could not be kept.
        StorageFailed: The database cannot be opened.
    """
    if wrong := flaw(user, password):
        raise ValueError(wrong)
    with _accounts(config) as accounts:
        await accounts.keep(Account(user, hashed(password)))
    return f"{user.value} can log in"


async def removed(user: User, config: Config) -> str:
    """Let a user in no more, and return what to print; raises as `changed` does."""
    with _accounts(config) as accounts:
        await accounts.drop(user)
    return f"{user.value} cannot log in any more"


@contextmanager
def _accounts(config: Config) -> Iterator[Accounts]:
    folder = Path(config.folder)
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    store = Store.open(folder / DATABASE)
    try:
        yield store.accounts(config.station.serial)
    finally:
        store.close()
