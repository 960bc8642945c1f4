"""What the jobs of a station work with, made from its configuration, its folder and its vault."""

from __future__ import annotations

import ssl
from collections.abc import Callable

from laadpaal.csms.tls import PARTIAL_CHAIN, TlsPolicy, offering
from laadpaal.ports.clock import Clock
from laadpaal.ports.vault import Use, Vault
from laadpaal.protocols.pki import PkiError, flaw_of, read_chain, read_one
from laadpaal.runtime.config import Config, ConfigError
from laadpaal.runtime.gathering import Gathering
from laadpaal.runtime.jobs import Means
from laadpaal.simulation.updater import SimulatedUpdater
from laadpaal.transfers import Porter

FIRMWARE, INSTALLED = "firmware.lpfw", "installed.txt"
"""What jobs keep in a station's folder."""


def means_of(
    config: Config,
    vault: Vault,
    clock: Clock,
    gathering: Gathering,
    signed_roots: Callable[[], bool],
) -> Means:
    """Return what jobs work with; each file asks anew whether each root of ours ends a chain.

    Raises:
        ConfigError: A file of certificates cannot be used.
    """
    folder = gathering.log.parent
    trusting(config, vault)  # now, not when the first file is wanted

    def vouched(certificate: str) -> bool:
        return vouches(vault, certificate, clock)

    return Means(
        Porter(lambda: trusting(config, vault, partial=signed_roots())),
        SimulatedUpdater(folder / INSTALLED, config.layout().firmware, vouched),
        gathering,
        folder / FIRMWARE,
    )


def trusting(config: Config, vault: Vault, *, partial: bool = False) -> ssl.SSLContext:
    """Return what trusts the servers of files: those whom the CSMS's roots vouch for, and ours.

    Without any root it trusts those of the operating system. `partial` lets each root of ours
    end a chain, also one that another has signed.

    Raises:
        ConfigError: The file of roots cannot be used.
    """
    policy = TlsPolicy(config.csms.tls_policy) if config.csms else TlsPolicy.MODERN
    made, file = offering(policy), config.transfers.ca_file
    roots = vault.roots(Use.CSMS_ROOT)
    if roots:
        made.load_verify_locations(cadata="".join(roots))
    if not file and not roots:
        made.load_default_certs()
    elif partial:
        made.verify_flags |= PARTIAL_CHAIN
    try:
        if file:
            made.load_verify_locations(file)
    except OSError as wrong:
        raise ConfigError(f"transfers.ca_file: {file}: {wrong}") from wrong
    return made


def vouches(vault: Vault, certificate: str, clock: Clock) -> bool:
    """Tell whether a manufacturer root vouches for a signer, now (white paper L01).

    While nobody knows the time no dates are judged.
    """
    now = clock.now()
    try:
        chain = read_chain(certificate)
        roots = [read_one(root) for root in vault.roots(Use.MANUFACTURER_ROOT)]
    except PkiError:
        return False
    return flaw_of(chain, roots, now.utc if now.trusted else None) is None
