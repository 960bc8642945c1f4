"""The place where a configuration becomes a payment provider: a real one, or the simulated one."""

from __future__ import annotations

import logging
import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from laadpaal.csms.tls import TlsPolicy, offering
from laadpaal.payments import HttpsProvider, Provider
from laadpaal.ports.clock import Clock
from laadpaal.ports.payments import PaymentProvider
from laadpaal.runtime.config import ConfigError, PaymentTable
from laadpaal.simulation.authority import papers
from laadpaal.simulation.payment_provider import ProviderDouble

PAPERS = "simulated-provider"
"""Where in a station's folder the simulated provider has its certificates."""


@asynccontextmanager
async def provider_of(
    table: PaymentTable | None,
    double: ProviderDouble,
    folder: Path,
    clock: Clock,
    log: logging.Logger,
) -> AsyncIterator[PaymentProvider | None]:
    """Yield who takes money, as long as the block lasts; None where nobody does.

    Raises:
        ConfigError: A file of certificates cannot be used.
    """
    if table is None:
        yield None
    elif table.kind == "simulated":
        shown = papers(folder / PAPERS)
        async with double.serve(shown.server()) as url:
            yield HttpsProvider(Provider(url, table.station_id, shown.visitor), clock, log)
    else:
        try:
            _showing(table)  # now, not when the first customer comes
        except OSError as wrong:
            raise ConfigError(f"payment: a file of certificates: {wrong}") from wrong
        where = Provider(table.url, table.station_id, lambda: _showing(table))
        yield HttpsProvider(where, clock, log)


def _showing(table: PaymentTable) -> ssl.SSLContext:
    """Return whom to trust and what to show; without a file of roots the system's are trusted."""
    made = offering(TlsPolicy.MODERN)
    if table.ca_file:
        made.load_verify_locations(table.ca_file)
    else:
        made.load_default_certs()
    if table.certificate_file:
        made.load_cert_chain(table.certificate_file, table.key_file or None)
    return made
