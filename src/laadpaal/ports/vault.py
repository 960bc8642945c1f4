"""Where the station keeps whom it trusts, and what proves who it is itself."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from typing import Protocol

MOST_ROOTS = 20
"""Of all uses together."""


class Use(Enum):
    """What a root is trusted for."""

    CSMS_ROOT = "CSMS root"
    MANUFACTURER_ROOT = "manufacturer root"


@dataclass(frozen=True, slots=True)
class Identity:
    """The station's own certificate: `chain` in PEM, leaf first; files for the TLS library."""

    chain: str
    chain_file: Path
    key_file: Path

    @property
    def fingerprint(self) -> str:
        """64 characters by which this certificate is told from all others."""
        return hashlib.sha256(self.chain.encode()).hexdigest()


class Vault(Protocol):
    """Keeps certificates and the station's own keys; no key ever comes out of it.

    It answers at once: files are small and few, and are written only when a certificate changes.
    What it cannot read it reports once, and goes on without.
    """

    def roots(self, use: Use) -> tuple[str, ...]:
        """Return the roots of one use, in PEM of one certificate each, oldest first."""
        ...

    def add_root(self, use: Use, pem: str) -> None:
        """Keep one more root; one that is there already stays.

        Raises:
            VaultFull: There are `MOST_ROOTS` already.
            VaultFailed: It is no certificate, or could not be kept.
        """
        ...

    def remove_root(self, use: Use, pem: str) -> bool:
        """Trust a root no more; return whether it was there. Raises VaultFailed."""
        ...

    def identities(self) -> tuple[Identity, ...]:
        """Return the station's own certificates, the newest `notBefore` first."""
        ...

    def begin_request(self, common_name: str, organisation: str) -> str:
        """Make and keep a new key, and return the request for its certificate in PEM.

        A request that was open before is given up.

        Raises:
            VaultFailed: The key could not be kept, or a name does not fit a certificate.
        """
        ...

    def complete_request(self, chain: str) -> bool:
        """Keep the chain that answers the open request, and close that.

        Returns:
            False when it is no chain, or its leaf was not issued for the key of an open request.

        Raises:
            VaultFailed: It could not be kept; the request stays open.
        """
        ...
