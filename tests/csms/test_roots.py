"""One root of the CSMS and its fallback, with a real vault."""

from __future__ import annotations

import logging
from pathlib import Path

import pytest

from laadpaal.csms.roots import retire, succeed
from laadpaal.ports.errors import VaultFailed
from laadpaal.ports.vault import Use
from laadpaal.protocols.pki import read_chain
from laadpaal.storage.vault import FileVault
from tests.support.certificates import EXPIRED, Made, ec_key, root

AT = 1_790_000_000.0


@pytest.fixture
def vault(tmp_path: Path) -> FileVault:
    """Open an empty one."""
    return FileVault(tmp_path / "vault", logging.getLogger("test.vault"))


def kept(vault: FileVault, *roots: Made) -> bool:
    """Tell whether exactly these are there."""
    return vault.roots(Use.CSMS_ROOT) == tuple(one.pem for one in roots)


def retired(vault: FileVault, server: Made) -> bool:
    """Let a server show its chain."""
    return retire(vault, read_chain(server.chain), AT)


def test_the_fallback_goes_once_a_chain_leads_to_the_root(vault: FileVault) -> None:
    """And not before; what is gone stays gone."""
    old = root("old")
    new = old.issue("new", authority=True)
    succeed(vault, old.pem)
    succeed(vault, new.pem)

    assert not retired(vault, old.issue("csms"))
    assert kept(vault, old, new)
    assert retired(vault, new.issue("csms"))
    assert kept(vault, new)
    assert not retired(vault, new.issue("csms"))


def test_a_chain_that_leads_to_both_leads_to_the_root(vault: FileVault) -> None:
    """As it does where both have one name and one key."""
    key = ec_key()
    old, new = root("top", key=key), root("top", key=key)
    succeed(vault, old.pem)
    succeed(vault, new.pem)

    assert retired(vault, old.issue("csms"))
    assert kept(vault, new)


def test_a_root_whose_time_is_over_retires_nothing(vault: FileVault) -> None:
    """Or nobody could be trusted at the next connection."""
    old = root("old")
    new = old.issue("new", EXPIRED, authority=True)
    succeed(vault, old.pem)
    succeed(vault, new.pem)

    assert not retired(vault, new.issue("csms"))
    assert kept(vault, old, new)


def test_without_a_root_nothing_is_retired(vault: FileVault) -> None:
    """A station may trust those of a file, or of the operating system."""
    assert not retired(vault, root("old").issue("csms"))


def test_a_full_disk_costs_no_trust(vault: FileVault, monkeypatch: pytest.MonkeyPatch) -> None:
    """The older fallback goes only once its successor is there."""
    first = root("first")
    second = first.issue("second", authority=True)
    succeed(vault, first.pem)
    succeed(vault, second.pem)

    def full(use: Use, pem: str) -> None:
        raise VaultFailed(use, pem)

    monkeypatch.setattr(vault, "add_root", full)
    with pytest.raises(VaultFailed):
        succeed(vault, second.issue("third", authority=True).pem)
    assert kept(vault, first, second)
