"""What the vault holds, as the station's rules want to know it."""

from __future__ import annotations

from laadpaal.ports.vault import Use, Vault
from laadpaal.protocols.pki import read_chain
from laadpaal.station.events import CredentialsHeld


def holdings(vault: Vault) -> CredentialsHeld:
    """Return the fact to tell at the start of a life, and after each change of the vault."""
    roots, ours = len(vault.roots(Use.CSMS_ROOT)), vault.identities()
    if not ours:
        return CredentialsHeld(roots)
    return CredentialsHeld(roots, ours[0].fingerprint, read_chain(ours[0].chain)[0].not_after)
