"""What the vault holds, and which of the station's own certificates stay in it."""

from __future__ import annotations

import logging
from pathlib import Path

import pytest
from cryptography import x509

from laadpaal.csms.holdings import discard_others, holdings
from laadpaal.ports.vault import Use
from laadpaal.station.events import CredentialsHeld
from laadpaal.station.words import ShownTo
from laadpaal.storage.vault import FileVault
from tests.support.certificates import FUTURE, VALID, Life, root

AT = 1_790_000_000.0


@pytest.fixture
def vault(tmp_path: Path) -> FileVault:
    """Open an empty one."""
    return FileVault(tmp_path / "vault", logging.getLogger("test.vault"))


def own(vault: FileVault, life: Life = VALID, to: ShownTo = ShownTo.CSMS) -> str:
    """Give the station a certificate, and return its chain."""
    wanted = x509.load_pem_x509_csr(vault.begin_request("LP1", "Owner", to).encode())
    chain = root("authority").issue("LP1", life, public=wanted).chain
    assert vault.complete_request(chain, to)
    return chain


def test_everything_is_counted(vault: FileVault) -> None:
    """Roots of each use, and when each of our own certificates ends."""
    for use in Use:
        vault.add_root(use, root(use.value).pem)
    own(vault)
    own(vault, FUTURE, ShownTo.VEHICLES)
    (newest,) = vault.identities()

    assert holdings(vault) == CredentialsHeld(
        1, newest.fingerprint, VALID.after, roots=4, v2g_ends=FUTURE.after
    )


@pytest.mark.parametrize("shown", [0, 1])
def test_what_was_not_needed_goes(vault: FileVault, shown: int) -> None:
    """The newest or the one before, whichever was not shown; that for vehicles plays no part."""
    chains = [own(vault), own(vault)]
    own(vault, to=ShownTo.VEHICLES)
    used = next(it for it in vault.identities() if it.chain == chains[shown])

    assert discard_others(vault, used, AT)
    assert not discard_others(vault, used, AT)
    assert vault.identities() == (used,)
    assert len(vault.identities(ShownTo.VEHICLES)) == 1


@pytest.mark.parametrize(("at", "left"), [(AT, 2), (None, 2), (FUTURE.before, 1)])
def test_what_waits_for_its_time_stays(vault: FileVault, at: float | None, left: int) -> None:
    """As all do while nobody knows the time."""
    own(vault)
    own(vault, FUTURE)
    used = vault.identities()[-1]

    assert discard_others(vault, used, at) == (left == 1)
    assert len(vault.identities()) == left
