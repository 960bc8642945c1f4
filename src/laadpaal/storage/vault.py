"""The vault as files in a folder, which only the station's user can read."""

from __future__ import annotations

import logging
import os
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
    fits,
    key_as_pem,
    new_key,
    read_chain,
    read_key,
    read_one,
    signing_request,
)

T = TypeVar("T")

MOST_IDENTITIES = 3
"""The newest, and those to fall back on; the oldest goes when there are more."""
_PENDING = "pending.key.pem"
_STEMS = {Use.CSMS_ROOT: "csms-root", Use.MANUFACTURER_ROOT: "manufacturer-root"}
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
        if any(kept.x509 == root.x509 for _, kept in self._roots(use)):
            return
        if sum(len(self._roots(each)) for each in Use) >= MOST_ROOTS:
            raise VaultFull(f"There are {MOST_ROOTS} roots already.")
        self._write(f"{_STEMS[use]}-{self._next():04}.pem", root.pem)

    def remove_root(self, use: Use, pem: str) -> bool:
        """Trust a root no more; return whether it was there. Raises VaultFailed."""
        try:
            root = read_one(pem)
        except PkiError:
            return False
        files = [path for path, kept in self._roots(use) if kept.x509 == root.x509]
        self._remove(*files)
        return bool(files)

    def identities(self) -> tuple[Identity, ...]:
        """Return the station's own certificates, the newest `notBefore` first."""
        found = [(self._own(path), path) for path in self._files("identity-*.chain.pem")]
        kept = [(chain, path) for chain, path in found if chain]
        kept.sort(key=lambda it: (it[0][0].not_before, it[1].name), reverse=True)
        return tuple(
            Identity("".join(it.pem for it in chain), path, _key_of(path)) for chain, path in kept
        )

    def begin_request(self, common_name: str, organisation: str) -> str:
        """Make and keep a new key, and return the request in PEM; raises VaultFailed."""
        key = new_key()
        try:
            request = signing_request(key, common_name, organisation)
        except PkiError as wrong:
            raise VaultFailed(f"There can be no request: {wrong}.") from wrong
        self._write(_PENDING, key_as_pem(key))
        return request

    def complete_request(self, chain: str) -> bool:
        """Keep the chain that answers the open request, and close that; raises VaultFailed."""
        pending = self._folder / _PENDING
        key = self._read(pending, read_key) if pending.exists() else None
        try:
            certificates = read_chain(chain)
        except PkiError:
            return False
        if key is None or not fits(key, certificates[0]):
            return False
        stem = f"identity-{self._next():04}"
        # A key without a chain is nothing, so a power cut between the two loses nothing either.
        self._write(f"{stem}.key.pem", key_as_pem(key))
        self._write(f"{stem}.chain.pem", "".join(it.pem for it in certificates))
        self._remove(pending)
        for old in self.identities()[MOST_IDENTITIES:]:
            self._remove(old.chain_file, old.key_file)
        return True

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
        for key in self._files("identity-*.key.pem"):
            if not key.with_name(key.name.replace(".key.", ".chain.")).exists():
                key.unlink()

    def _write(self, name: str, text: str) -> None:
        """Make a file appear whole or not at all."""
        half = self._folder / f"{name}.new"
        with _failing("kept"):
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            half.unlink(missing_ok=True)
            descriptor = os.open(half, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(descriptor, "w", encoding="utf-8") as file:
                file.write(text)
                file.flush()
                os.fsync(file.fileno())
            half.replace(self._folder / name)
            self._sync()

    def _remove(self, *files: Path) -> None:
        with _failing("removed"):
            for path in files:
                path.unlink(missing_ok=True)
            self._sync()

    def _sync(self) -> None:
        """Make names durable, which the files' own synchronisation does not."""
        descriptor = os.open(self._folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


@contextmanager
def _failing(deed: str) -> Iterator[None]:
    try:
        yield
    except OSError as wrong:
        raise VaultFailed(f"It could not be {deed}: {wrong}.") from wrong


def _key_of(chain_file: Path) -> Path:
    return chain_file.with_name(chain_file.name.replace(".chain.", ".key."))


def _number(path: Path) -> int:
    found = _NUMBER.search(path.name)
    return int(found[1]) if found else 0
