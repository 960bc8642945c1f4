"""The certificate that the station shows to those who call it, as a file in its folder."""

from __future__ import annotations

from pathlib import Path

from laadpaal.ports.errors import VaultFailed
from laadpaal.protocols.pki import (
    Names,
    PkiError,
    key_as_pem,
    new_key,
    read_chain,
    self_signed,
    showable,
)
from laadpaal.storage.files import write_whole


class OwnCertificate:
    """Is a `ServerCertificate` of the station's own making until somebody gives it another.

    Args:
        path: Of one file for chain and key, so that they are replaced together.
    """

    fixed = False

    def __init__(self, path: Path) -> None:
        self._path = path

    @property
    def files(self) -> tuple[Path, Path]:
        """Where chain and key are."""
        return self._path, self._path

    def chain(self) -> str:
        """Return the chain in PEM, leaf first."""
        return "".join(one.pem for one in read_chain(self._text()))

    def keep(self, chain: str, key: str, utc: float) -> None:
        """Show this chain from now on; raises PkiError or VaultFailed."""
        certificates = showable(chain, key, utc)
        self._write("".join(one.pem for one in certificates) + key)

    def prepare(self, common_name: str, names: Names, utc: float) -> bool:
        """Make a certificate where there is none that can be shown; return whether it did.

        Raises:
            VaultFailed: It could not be kept.
        """
        if self._can_be_shown(utc):
            return False
        key = new_key()
        self._write(self_signed(key, common_name, names, utc) + key_as_pem(key))
        return True

    def _can_be_shown(self, utc: float) -> bool:
        try:
            text = self._text()
            return bool(showable(text, text, utc))
        except (PkiError, VaultFailed):
            return False

    def _text(self) -> str:
        try:
            return self._path.read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError) as wrong:
            raise VaultFailed(f"It could not be read: {wrong}.") from wrong

    def _write(self, text: str) -> None:
        try:
            write_whole(self._path, text)
        except OSError as wrong:
            raise VaultFailed(f"It could not be kept: {wrong}.") from wrong


class GivenCertificate:
    """Is a `ServerCertificate` in the files that the configuration names."""

    fixed = True

    def __init__(self, chain_file: Path, key_file: Path) -> None:
        self.files = (chain_file, key_file)

    def chain(self) -> str:
        """Return the chain in PEM, leaf first."""
        return self.files[0].read_text(encoding="utf-8")

    def check(self, utc: float) -> None:
        """Raise PkiError or OSError when it cannot be shown."""
        chain, key = (file.read_text(encoding="utf-8") for file in self.files)
        showable(chain, key, utc)

    def keep(self, *_: object) -> None:
        """Refuse: the configuration decides; raises VaultFailed."""
        raise VaultFailed("The configuration names the files of the certificate.")
