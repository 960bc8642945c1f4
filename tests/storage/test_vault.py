"""The vault on disk: who may read it, what a power cut leaves, and what damage does."""

from __future__ import annotations

import logging
import os
from pathlib import Path

import pytest
from cryptography import x509

from laadpaal.ports.errors import VaultFailed
from laadpaal.ports.vault import Use
from laadpaal.station.words import ShownTo
from laadpaal.storage.vault import FileVault
from tests.support.certificates import Made, root

LOG = logging.getLogger("laadpaal.test.vault")
CSMS = Use.CSMS_ROOT


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "vault"


def own(vault: FileVault) -> Made:
    """Give the station a certificate."""
    wanted = x509.load_pem_x509_csr(vault.begin_request("LP1", "Owner").encode())
    made = root("authority").issue("LP1", public=wanted)
    assert vault.complete_request(made.chain)
    return made


def test_only_the_owner_may_look(folder: Path) -> None:
    """The folder and every file in it are the station's alone."""
    vault = FileVault(folder, LOG)
    vault.prepare()
    vault.add_root(CSMS, root("top").pem)
    own(vault)
    vault.begin_request("LP1", "Owner")
    modes = {path.stat().st_mode & 0o777 for path in folder.iterdir()}

    assert folder.stat().st_mode & 0o777 == 0o700
    assert modes == {0o600}
    assert sorted(path.name for path in folder.iterdir()) == [
        "csms-root-0001.pem",
        "identity-0002.chain.pem",
        "identity-0002.key.pem",
        "pending.key.pem",
    ]


def test_a_root_put_there_by_hand_counts_at_once(folder: Path) -> None:
    """Whoever may write the folder needs no other way in."""
    vault = FileVault(folder, LOG)
    vault.prepare()
    before = vault.roots(CSMS)
    top = root("top")
    (folder / "csms-root-by-hand.pem").write_text(top.pem)

    assert (before, vault.roots(CSMS)) == ((), (top.pem,))


@pytest.mark.parametrize("damage", [b"", b"garbage", b"\xff\xfe", b"-----BEGIN CERTIFICATE-----"])
def test_a_damaged_file_is_reported_once_and_left_out(
    damage: bytes, folder: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """The others are still there."""
    first, second = root("first"), root("second")
    vault = FileVault(folder, LOG)
    for one in (first, second):
        vault.add_root(CSMS, one.pem)
    (folder / "csms-root-0001.pem").write_bytes(damage)
    seen = [vault.roots(CSMS), vault.roots(CSMS)]

    assert seen == [(second.pem,)] * 2
    assert caplog.text.count("csms-root-0001.pem is left out") == 1


@pytest.mark.parametrize("file", ["identity-0001.key.pem", "identity-0001.chain.pem"])
def test_a_damaged_identity_is_left_out(
    file: str, folder: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """Neither a chain without its key nor a key without its chain is of use."""
    vault = FileVault(folder, LOG)
    own(vault)
    (folder / file).write_text("garbage")

    assert vault.identities() == ()
    assert f"{file} is left out" in caplog.text


def test_a_key_of_another_chain_is_found_out(
    folder: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """Files that somebody has mixed up are not shown to any server."""
    vault = FileVault(folder, LOG)
    own(vault)
    second = own(vault)
    (folder / "identity-0001.key.pem").write_bytes((folder / "identity-0002.key.pem").read_bytes())

    assert [it.chain for it in vault.identities()] == [second.chain]
    assert "identity-0001.chain.pem is left out: its key does not fit" in caplog.text


def test_a_damaged_open_request_is_none(folder: Path, caplog: pytest.LogCaptureFixture) -> None:
    """Its answer is refused, and a new request can be made."""
    vault = FileVault(folder, LOG)
    wanted = x509.load_pem_x509_csr(vault.begin_request("LP1", "Owner").encode())
    (folder / "pending.key.pem").write_text("garbage")
    taken = vault.complete_request(root("authority").issue("LP1", public=wanted).chain)
    own(vault)

    assert not taken
    assert "pending.key.pem is left out" in caplog.text
    assert len(vault.identities()) == 1


def test_what_a_power_cut_leaves_half_done_is_removed(folder: Path) -> None:
    """A file that was not whole, and what belongs to another that never came."""
    vault = FileVault(folder, LOG)
    made = own(vault)
    (folder / "csms-root-0007.pem.new").write_text("half")
    for name in ("identity-0009.key.pem", "v2g-identity-0009.key.pem", "csms-root-0009.signer"):
        (folder / name).write_text("half")
    again = FileVault(folder, LOG)
    again.prepare()

    assert [it.chain for it in again.identities()] == [made.chain]
    assert sorted(path.name for path in folder.iterdir()) == [
        "identity-0001.chain.pem",
        "identity-0001.key.pem",
    ]


def test_what_vehicles_are_shown_has_files_of_its_own(folder: Path) -> None:
    """Beside those for the CSMS, and so has a root's signer."""
    vault = FileVault(folder, LOG)
    wanted = x509.load_pem_x509_csr(vault.begin_request("LP1", "O", ShownTo.VEHICLES).encode())
    top = root("top")
    names = {path.name for path in folder.iterdir()}
    assert vault.complete_request(top.issue("LP1", public=wanted).chain, ShownTo.VEHICLES)
    for use, made in ((Use.V2G_ROOT, top), (Use.MO_ROOT, top), (Use.MO_ROOT, root("other"))):
        vault.add_root(use, made.pem)
    vault.add_root(Use.V2G_ROOT, top.issue("next", authority=True).pem)
    vault.prepare()

    assert names == {"v2g-pending.key.pem"}
    assert sorted(path.name for path in folder.iterdir()) == [
        "mo-root-0003.pem",
        "mo-root-0004.pem",
        "v2g-identity-0001.chain.pem",
        "v2g-identity-0001.key.pem",
        "v2g-root-0002.pem",
        "v2g-root-0005.pem",
        "v2g-root-0005.signer",
    ]


def test_a_damaged_signer_is_nobody(folder: Path, caplog: pytest.LogCaptureFixture) -> None:
    """Then only a root that is there can be found to have signed another."""
    vault = FileVault(folder, LOG)
    first = root("first")
    second = first.issue("second", authority=True)
    vault.add_root(CSMS, first.pem)
    vault.add_root(CSMS, second.pem)
    (folder / "csms-root-0002.signer").write_text("garbage")
    with_it = vault.signer(CSMS, second.pem)
    vault.remove_root(CSMS, first.pem)

    assert (with_it, vault.signer(CSMS, second.pem)) == (first.pem, "")
    assert caplog.text.count("csms-root-0002.signer is left out") == 1


def test_no_key_reaches_the_log(folder: Path, caplog: pytest.LogCaptureFixture) -> None:
    """Not even that of a file which cannot be read."""
    caplog.set_level(logging.DEBUG)
    vault = FileVault(folder, LOG)
    own(vault)
    file = folder / "identity-0001.key.pem"
    secret = file.read_text().splitlines()[1]
    file.write_text(file.read_text().replace("END", "THE END"))

    assert vault.identities() == ()
    assert "identity-0001.key.pem is left out" in caplog.text
    assert secret not in caplog.text


def test_a_full_disk_keeps_nothing_and_loses_nothing(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What cannot be made durable is refused, and what was there still is."""
    vault = FileVault(folder, LOG)
    kept, wanted = root("kept"), vault.begin_request("LP1", "Owner")
    vault.add_root(CSMS, kept.pem)
    with monkeypatch.context() as broken:
        broken.setattr(os, "fsync", _full)
        with pytest.raises(VaultFailed, match="could not be kept"):
            vault.add_root(CSMS, root("new").pem)
        with pytest.raises(VaultFailed, match="could not be kept"):
            vault.begin_request("LP1", "Owner")
    asked = x509.load_pem_x509_csr(wanted.encode())
    answered = vault.complete_request(root("authority").issue("LP1", public=asked).chain)

    assert vault.roots(CSMS) == (kept.pem,)
    assert answered


def test_a_root_that_may_come_back_is_an_error(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Removing is durable too, or it is said not to be."""
    vault = FileVault(folder, LOG)
    kept = root("kept")
    vault.add_root(CSMS, kept.pem)
    monkeypatch.setattr(os, "fsync", _full)
    with pytest.raises(VaultFailed, match="could not be removed"):
        vault.remove_root(CSMS, kept.pem)


def _full(_descriptor: int) -> None:
    raise OSError(28, "No space left on device")


def test_a_folder_that_cannot_be_made_is_an_error(tmp_path: Path) -> None:
    """There is no station without a place for its keys."""
    (tmp_path / "vault").write_text("a file")
    with pytest.raises(VaultFailed, match="could not be opened"):
        FileVault(tmp_path / "vault", LOG).prepare()
