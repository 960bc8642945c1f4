"""Vaults that fail."""

from __future__ import annotations

from laadpaal.ports.errors import VaultFailed
from laadpaal.ports.vault import Identity, Use
from laadpaal.station.words import ShownTo


class BrokenVault:
    """Holds a root of the CSMS, and perhaps own certificates, and can write nothing."""

    def __init__(self, pem: str, *own: Identity) -> None:
        self._pem = pem
        self._own = own

    def roots(self, use: Use) -> tuple[str, ...]:
        """Return the root of the CSMS."""
        return (self._pem,) if use is Use.CSMS_ROOT else ()

    def add_root(self, use: Use, pem: str) -> None:
        """Fail."""
        raise VaultFailed(use, pem)

    def remove_root(self, use: Use, pem: str) -> bool:
        """Fail."""
        raise VaultFailed(use, pem)

    def signer(self, use: Use, pem: str) -> str:  # noqa: ARG002  the shape of a vault
        """Know nobody."""
        return ""

    def identities(self, to: ShownTo = ShownTo.CSMS) -> tuple[Identity, ...]:
        """Return those for vehicles only."""
        return self._own if to is ShownTo.VEHICLES else ()

    def remove_identity(self, to: ShownTo, fingerprint: str) -> bool:
        """Fail."""
        raise VaultFailed(to, fingerprint)

    def begin_request(
        self,
        common_name: str,
        organisation: str,
        to: ShownTo = ShownTo.CSMS,
        *,
        fresh: bool = True,
    ) -> str:
        """Fail."""
        raise VaultFailed(common_name, organisation, to, fresh)

    def complete_request(self, chain: str, to: ShownTo = ShownTo.CSMS) -> bool:
        """Fail."""
        raise VaultFailed(chain, to)
