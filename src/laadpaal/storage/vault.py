"""The vault as files in a folder, which only the station's user can read."""

from __future__ import annotations

import logging
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

from laadpaal.ports.errors import VaultFailed, VaultFull
from laadpaal.ports.vault import MOST_ROOTS, Identity, Use
from laadpaal.protocols.pki import (
    Certificate,
    PkiError,
    PrivateKey,
    fits,
    key_as_pem,
    new_key,
    read_chain,
    read_key,
    read_one,
    signing_request,
)
from laadpaal.station.words import ShownTo
from laadpaal.storage.files import sync, write_whole

T = TypeVar("T")

MOST_IDENTITIES = {ShownTo.CSMS: 3, ShownTo.VEHICLES: 1}
"""The newest, and those to fall back on; the oldest goes when there are more."""
_PENDING = {ShownTo.CSMS: "pending.key.pem", ShownTo.VEHICLES: "v2g-pending.key.pem"}
_OWN = {ShownTo.CSMS: "identity", ShownTo.VEHICLES: "v2g-identity"}
_STEMS = {
    Use.CSMS_ROOT: "csms-root",
    Use.MANUFACTURER_ROOT: "manufacturer-root",
    Use.V2G_ROOT: "v2g-root",
    Use.MO_ROOT: "mo-root",
}
_SIGNER = ".signer"
"""Ends the name of the file beside a root's that tells who has signed it."""
_NUMBER = re.compile(r"-(\d+)\.")


class FileVault:
    """Keeps one file for each root, and two for each of the station's own certificates.

    The files are read anew each time, so that a root which somebody puts there by hand counts
    from the next connection on. A number in each name keeps their order.
    """

    def __init__(self, folder: Path, log: logging.Logger) -> None:
        self._folder = folder
        self._log = log
        self._reported: set[Path] = set()

    def prepare(self) -> None:
        """Make the folder, and remove what a power cut left half done; for who owns the vault.

        Raises:
            VaultFailed: The folder cannot be used.
        """
        with _failing("opened"):
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            self._folder.chmod(0o700)
            self._tidy()

    def roots(self, use: Use) -> tuple[str, ...]:
        """Return the roots of one use, in PEM of one certificate each, oldest first."""
        return tuple(root.pem for _, root in self._roots(use))

    def add_root(self, use: Use, pem: str) -> None:
        """Keep one more root; raises VaultFull or VaultFailed."""
        try:
            root = read_one(pem)
        except PkiError as wrong:
            raise VaultFailed(f"It is no root: {wrong}.") from wrong
        before = self._roots(use)
        if any(kept.x509 == root.x509 for _, kept in before):
            return
        if sum(len(self._roots(each)) for each in Use) >= MOST_ROOTS:
            raise VaultFull(f"There are {MOST_ROOTS} roots already.")
        stem = f"{_STEMS[use]}-{self._next():04}"
        if signer := _signer(root, before):
            self._write(f"{stem}{_SIGNER}", signer.pem)
        self._write(f"{stem}.pem", root.pem)

    def remove_root(self, use: Use, pem: str) -> bool:
        """Trust a root no more; return whether it was there. Raises VaultFailed."""
        try:
            root = read_one(pem)
        except PkiError:
            return False
        files = [path for path, kept in self._roots(use) if kept.x509 == root.x509]
        self._remove(*files, *map(_signer_file, files))
        return bool(files)

    def signer(self, use: Use, pem: str) -> str:
        """Return who signed a root that has not signed itself, in PEM, or ""."""
        root, roots = read_one(pem), self._roots(use)
        remembered = [_signer_file(path) for path, kept in roots if kept.x509 == root.x509]
        for file in remembered:
            if file.exists() and (found := self._read(file, read_one)):
                return found.pem
        present = _signer(root, roots)
        return present.pem if present else ""

    def identities(self, to: ShownTo = ShownTo.CSMS) -> tuple[Identity, ...]:
        """Return the station's own certificates, the newest `notBefore` first."""
        found = [(self._own(path), path) for path in self._files(f"{_OWN[to]}-*.chain.pem")]
        kept = [(chain, path) for chain, path in found if chain]
        kept.sort(key=lambda it: (it[0][0].not_before, it[1].name), reverse=True)
        return tuple(
            Identity("".join(it.pem for it in chain), path, _key_of(path)) for chain, path in kept
        )

    def remove_identity(self, to: ShownTo, fingerprint: str) -> bool:
        """Forget one of them and its key; return whether it was there. Raises VaultFailed."""
        found = [it for it in self.identities(to) if it.fingerprint == fingerprint]
        for it in found:
            # Its chain first: a key that is alone is removed at the next start.
            self._remove(it.chain_file, it.key_file)
        return bool(found)

    def begin_request(
        self,
        common_name: str,
        organisation: str,
        to: ShownTo = ShownTo.CSMS,
        *,
        fresh: bool = True,
    ) -> str:
        """Keep a key, and return the request for its certificate in PEM; raises VaultFailed."""
        open_key = None if fresh else self._pending(to)
        key = open_key or new_key()
        try:
            request = signing_request(key, common_name, organisation)
        except PkiError as wrong:
            raise VaultFailed(f"There can be no request: {wrong}.") from wrong
        if open_key is None:
            self._write(_PENDING[to], key_as_pem(key))
        return request

    def complete_request(self, chain: str, to: ShownTo = ShownTo.CSMS) -> bool:
        """Keep the chain that answers the open request, and close that; raises VaultFailed."""
        key = self._pending(to)
        try:
            certificates = read_chain(chain)
        except PkiError:
            return False
        if key is None or not fits(key, certificates[0]):
            return False
        stem = f"{_OWN[to]}-{self._next():04}"
        # A key without a chain is nothing, so a power cut between the two loses nothing either.
        self._write(f"{stem}.key.pem", key_as_pem(key))
        self._write(f"{stem}.chain.pem", "".join(it.pem for it in certificates))
        self._remove(self._folder / _PENDING[to])
        for old in self.identities(to)[MOST_IDENTITIES[to] :]:
            if old.chain_file.name != f"{stem}.chain.pem":
                self._remove(old.chain_file, old.key_file)
        return True

    def _pending(self, to: ShownTo) -> PrivateKey | None:
        file = self._folder / _PENDING[to]
        return self._read(file, read_key) if file.exists() else None

    def _roots(self, use: Use) -> list[tuple[Path, Certificate]]:
        found = [(path, self._read(path, read_one)) for path in self._files(f"{_STEMS[use]}-*.pem")]
        return [(path, root) for path, root in found if root]

    def _own(self, path: Path) -> tuple[Certificate, ...]:
        """Return a chain whose key is there and fits, or nothing."""
        chain, key = self._read(path, read_chain), self._read(_key_of(path), read_key)
        if not chain or not key:
            return ()
        if not fits(key, chain[0]):
            self._report(path, "its key does not fit")
            return ()
        return chain

    def _read(self, path: Path, parse: Callable[[str], T]) -> T | None:
        try:
            return parse(path.read_text(encoding="utf-8"))
        except (OSError, UnicodeDecodeError, PkiError) as wrong:
            self._report(path, wrong)
            return None

    def _report(self, path: Path, wrong: object) -> None:
        if path not in self._reported:
            self._log.error("Vault: %s is left out: %s", path.name, wrong)
            self._reported.add(path)

    def _files(self, pattern: str) -> list[Path]:
        return sorted(self._folder.glob(pattern), key=_number)

    def _next(self) -> int:
        return 1 + max((_number(path) for path in self._files("*-*.pem")), default=0)

    def _tidy(self) -> None:
        for half in self._files("*.new"):
            half.unlink()
        for own in _OWN.values():
            for key in self._files(f"{own}-*.key.pem"):
                if not key.with_name(key.name.replace(".key.", ".chain.")).exists():
                    key.unlink()
        for signer in self._files(f"*{_SIGNER}"):
            if not signer.with_suffix(".pem").exists():
                signer.unlink()

    def _write(self, name: str, text: str) -> None:
        """Make a file appear whole or not at all."""
        with _failing("kept"):
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            write_whole(self._folder / name, text)

    def _remove(self, *files: Path) -> None:
        with _failing("removed"):
            for path in files:
                path.unlink(missing_ok=True)
            sync(self._folder)


@contextmanager
def _failing(deed: str) -> Iterator[None]:
    try:
        yield
    except OSError as wrong:
        raise VaultFailed(f"It could not be {deed}: {wrong}.") from wrong


def _signer(root: Certificate, roots: list[tuple[Path, Certificate]]) -> Certificate | None:
    """Return which of them has signed a root that has not signed itself."""
    if root.self_signed:
        return None
    return next((kept for _, kept in roots if root.signed_by(kept)), None)


def _signer_file(root_file: Path) -> Path:
    return root_file.with_suffix(_SIGNER)


def _key_of(chain_file: Path) -> Path:
    return chain_file.with_name(chain_file.name.replace(".chain.", ".key."))


def _number(path: Path) -> int:
    found = _NUMBER.search(path.name)
    return int(found[1]) if found else 0
