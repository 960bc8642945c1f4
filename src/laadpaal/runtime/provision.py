"""What the jobs of a station work with, made from its configuration, its folder and its vault."""

from __future__ import annotations

import ssl
from collections.abc import Callable

from laadpaal.csms.tls import PARTIAL_CHAIN, TlsPolicy, offering
from laadpaal.ports.vault import Use, Vault
from laadpaal.properties.certificates import SIGNED_ROOTS
from laadpaal.properties.values import Values
from laadpaal.runtime.config import Config, ConfigError
from laadpaal.runtime.firmware import Firmware
from laadpaal.runtime.gathering import Gathering
from laadpaal.runtime.jobs import Means
from laadpaal.transfers import Porter


def means_of(
    config: Config,
    vault: Vault,
    gathering: Gathering,
    firmware: Firmware,
    values: Callable[[], Values],
) -> Means:
    """Return what jobs work with; each file asks anew what the settings are.

    Raises:
        ConfigError: A file of certificates cannot be used.
    """
    trusting(config, vault)  # now, not when the first file is wanted
    return Means(
        Porter(lambda: trusting(config, vault, partial=values()[SIGNED_ROOTS])),
        firmware.judge,
        firmware.updater,
        gathering,
        firmware.file,
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
