"""Where the station keeps whom it trusts, and what proves who it is itself."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from typing import Protocol

from laadpaal.station.words import ShownTo

MOST_ROOTS = 20
"""Of all uses together."""


class Use(Enum):
    """What a root is trusted for."""

    CSMS_ROOT = "CSMS root"
    MANUFACTURER_ROOT = "manufacturer root"
    V2G_ROOT = "V2G root"
    """Vouches for vehicles and stations (ISO 15118)."""
    MO_ROOT = "mobility operator root"
    """Vouches for the contracts that vehicles bring (ISO 15118)."""


@dataclass(frozen=True, slots=True)
class Identity:
    """A certificate of the station's own: `chain` in PEM, leaf first; files for TLS."""

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

    def signer(self, use: Use, pem: str) -> str:
        """Return who signed a root that has not signed itself, in PEM, or "".

        It is known from the time when the root came, also when that signer is trusted no more.
        """
        ...

    def identities(self, to: ShownTo = ShownTo.CSMS) -> tuple[Identity, ...]:
        """Return the station's own certificates, the newest `notBefore` first."""
        ...

    def remove_identity(self, to: ShownTo, fingerprint: str) -> bool:
        """Forget one of them and its key; return whether it was there. Raises VaultFailed."""
        ...

    def begin_request(
        self,
        common_name: str,
        organisation: str,
        to: ShownTo = ShownTo.CSMS,
        *,
        fresh: bool = True,
    ) -> str:
        """Make and keep a new key, and return the request for its certificate in PEM.

        A request of its kind that was open before is given up. Without `fresh` it is repeated
        instead, with its key, so that an answer which is late still fits.

        Raises:
            VaultFailed: The key could not be kept, or a name does not fit a certificate.
        """
        ...

    def complete_request(self, chain: str, to: ShownTo = ShownTo.CSMS) -> bool:
        """Keep the chain that answers the open request, and close that.

        Returns:
            False when it is no chain, or its leaf was not issued for the key of an open request.

        Raises:
            VaultFailed: It could not be kept; the request stays open.
        """
        ...
