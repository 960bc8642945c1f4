"""What the vault holds, as the station's rules want to know it."""

from __future__ import annotations

from laadpaal.ports.vault import Identity, Use, Vault
from laadpaal.protocols.pki import read_chain
from laadpaal.station.events import CredentialsHeld
from laadpaal.station.words import ShownTo


def holdings(vault: Vault) -> CredentialsHeld:
    """Return the fact to tell at the start of a life, and after each change of the vault."""
    ours = vault.identities()
    return CredentialsHeld(
        csms_roots=len(vault.roots(Use.CSMS_ROOT)),
        identity=ours[0].fingerprint if ours else "",
        identity_ends=_ends(ours),
        roots=sum(len(vault.roots(use)) for use in Use),
        v2g_ends=_ends(vault.identities(ShownTo.VEHICLES)),
    )


def _ends(ours: tuple[Identity, ...]) -> float | None:
    return read_chain(ours[0].chain)[0].not_after if ours else None


def discard_others(vault: Vault, shown: Identity, utc: float | None) -> bool:
    """Forget those that the CSMS is not shown, once it has let one of them in (2.0.1 A02).

    Those whose time has not come yet stay; without a clock to trust nobody can tell.

    Returns:
        Whether there was any to forget.

    Raises:
        VaultFailed: One may be there still.
    """
    others = [it for it in vault.identities() if it.fingerprint != shown.fingerprint]
    past = [it for it in others if utc is not None and read_chain(it.chain)[0].not_before <= utc]
    for it in past:
        vault.remove_identity(ShownTo.CSMS, it.fingerprint)
    return bool(past)
