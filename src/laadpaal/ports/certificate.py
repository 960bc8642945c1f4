"""The certificate that the station shows to those who call it."""

from __future__ import annotations

from pathlib import Path
from typing import Protocol


class ServerCertificate(Protocol):
    """Keeps one chain with its key; the key never comes out of it but as a file for TLS."""

    @property
    def fixed(self) -> bool:
        """Whether the configuration names the files, so that nobody else replaces them."""
        ...

    @property
    def files(self) -> tuple[Path, Path]:
        """Where chain and key are, in PEM; it may be one file."""
        ...

    def chain(self) -> str:
        """Return the chain in PEM, leaf first."""
        ...

    def keep(self, chain: str, key: str, utc: float) -> None:
        """Show this chain from now on, an instant in UTC seconds.

        Raises:
            PkiError: It cannot be shown now, and the text says why.
            VaultFailed: It could not be kept.
        """
        ...
