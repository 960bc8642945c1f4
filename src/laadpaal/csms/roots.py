"""The roots of the CSMS where each must be signed by the one before (white paper, section 2.4).

Then there is one root, the newest, and at most one fallback: its signer, which vouches for the
CSMS until a connection has led to the root.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from laadpaal.ports.vault import Use, Vault
from laadpaal.protocols.pki import Certificate, flaw_of, read_one


def follows(root: Certificate, present: Certificate) -> bool:
    """Tell whether this may be the root from now on: the present one has signed it, or is it."""
    return root.x509 == present.x509 or root.signed_by(present)


def succeed(vault: Vault, pem: str) -> None:
    """Make this the root, and the one before it the fallback; raises VaultFull or VaultFailed."""
    vault.add_root(Use.CSMS_ROOT, pem)
    # Only now, for a disk that is full shall cost no trust.
    _forget(vault, vault.roots(Use.CSMS_ROOT)[:-2])


def retire(vault: Vault, chain: Sequence[Certificate], at: float | None) -> bool:
    """Forget the fallback when the chain of the CSMS leads to the root.

    Returns:
        Whether there was one to forget.

    Raises:
        VaultFailed: It may be there still.
    """
    *before, present = vault.roots(Use.CSMS_ROOT) or ("",)
    if not before or flaw_of(chain, (read_one(present),), at, partial=True):
        return False
    _forget(vault, before)
    return True


def _forget(vault: Vault, roots: Iterable[str]) -> None:
    for pem in roots:
        vault.remove_root(Use.CSMS_ROOT, pem)
