"""Accounts on the disk: kept, replaced, dropped, and seen by whoever looks."""

from __future__ import annotations

from pathlib import Path

import pytest

from laadpaal.ports.accounts import Account, AccountsFailed, User
from laadpaal.storage import Store


async def test_accounts_are_kept(tmp_path: Path) -> None:
    """One for each user of each station, and they outlive the process."""
    store = Store.open(tmp_path / "db")
    await store.accounts("a").keep(Account(User.ADMIN, "old"))
    await store.accounts("a").keep(Account(User.ADMIN, "new"))
    await store.accounts("a").keep(Account(User.GUEST, "guest", 17.5))
    store.close()

    again = Store.open(tmp_path / "db")
    assert again.accounts("a").find(User.ADMIN) == Account(User.ADMIN, "new")
    assert again.accounts("a").find(User.GUEST) == Account(User.GUEST, "guest", 17.5)
    assert again.accounts("a").find(User.SERVICE) is None
    assert again.accounts("b").find(User.ADMIN) is None
    again.close()


async def test_accounts_are_dropped(tmp_path: Path) -> None:
    """One user's alone."""
    store = Store.open(tmp_path / "db")
    accounts = store.accounts("a")
    for user in (User.ADMIN, User.SERVICE):
        await accounts.keep(Account(user, "x"))

    await accounts.drop(User.SERVICE)

    assert accounts.find(User.SERVICE) is None
    assert accounts.find(User.ADMIN) is not None
    store.close()


async def test_another_process_is_heard_at_once(tmp_path: Path) -> None:
    """A password that a command sets while the station runs counts at the next login."""
    running, command = Store.open(tmp_path / "db"), Store.open(tmp_path / "db")
    assert running.accounts("a").find(User.ADMIN) is None

    await command.accounts("a").keep(Account(User.ADMIN, "x"))
    command.close()

    assert running.accounts("a").find(User.ADMIN) == Account(User.ADMIN, "x")
    running.close()


async def test_a_full_disk_is_told(tmp_path: Path) -> None:
    """And what was there stays."""
    store = Store.open(tmp_path / "db")
    accounts = store.accounts("a")
    await accounts.keep(Account(User.ADMIN, "old"))
    store.fill(full=True)

    with pytest.raises(AccountsFailed, match="the disk is full"):
        await accounts.keep(Account(User.ADMIN, "new"))
    with pytest.raises(AccountsFailed, match="the disk is full"):
        await accounts.drop(User.ADMIN)

    assert accounts.find(User.ADMIN) == Account(User.ADMIN, "old")
    store.close()
