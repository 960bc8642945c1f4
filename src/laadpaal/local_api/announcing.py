"""Tells the network by multicast DNS that a station is there, so that tools find it."""

from __future__ import annotations

import asyncio
import logging
import re
import socket
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass

from zeroconf import Error, IPVersion
from zeroconf.asyncio import AsyncServiceInfo, AsyncZeroconf

TYPE = "_alfen._tcp.local."
"""The kind of service that installers' tools look for."""
LOOK_S = 10.0
"""How often we look whether what is told is still so."""
_LABEL = 63
"""Bytes of one part of a name (RFC 1035)."""
_NO_LETTER = re.compile(r"[^a-z0-9]+")


@dataclass(frozen=True, slots=True)
class Announcement:
    """What is told of a station.

    Args:
        kind: How many EVSEs, and what kinds of outlets the first two have, with dots between.
        addresses: IPv4, and where it is told as well; without any nobody is told.
    """

    identity: str
    model: str
    serial: str
    firmware: str
    kind: str
    port: int
    addresses: tuple[str, ...]

    @property
    def host(self) -> str:
        """Its name in the local network: tools take what is behind the last dash for the serial."""
        model, serial = (
            _NO_LETTER.sub("-", it.lower()).strip("-") for it in (self.model, self.serial)
        )
        return f"{model[: _LABEL - len(serial) - 1]}-{serial}"[-_LABEL:].lstrip("-")

    def service(self) -> AsyncServiceInfo:
        """Return the records of it."""
        told = {
            "identity": self.identity,
            "scnnetwork": "",
            "type": self.kind,
            "fwversion": self.firmware,
        }
        instance = self.identity.encode()[:_LABEL].decode(errors="ignore")
        return AsyncServiceInfo(
            TYPE,
            f"{instance}.{TYPE}",
            port=self.port,
            properties=told,
            server=f"{self.host}.local.",
            addresses=[socket.inet_aton(one) for one in self.addresses],
        )


async def announcing(tell: Callable[[], Announcement], log: logging.Logger) -> None:
    """Announce what `tell` returns until cancelled, and anew whenever that changes.

    A network that is not there, or does not take it, is tried again.
    """
    failed = False
    while True:
        told = tell()
        try:
            if told.addresses:
                async with _announced(told):
                    log.info("Web: announced as %s", told.host)
                    failed = False
                    await _until_other(tell, told)
        except (OSError, Error) as wrong:
            if not failed:
                log.warning("Web: cannot be announced: %s", str(wrong) or type(wrong).__name__)
            failed = True
        await asyncio.sleep(LOOK_S)


@asynccontextmanager
async def _announced(told: Announcement) -> AsyncIterator[None]:
    """Announce it as long as the block lasts; leaving takes it back."""
    zeroconf = AsyncZeroconf(interfaces=list(told.addresses), ip_version=IPVersion.V4Only)
    try:
        await (await zeroconf.async_register_service(told.service(), allow_name_change=True))
        yield
    finally:
        await zeroconf.async_unregister_all_services()
        await zeroconf.async_close()


async def _until_other(tell: Callable[[], Announcement], told: Announcement) -> None:
    while tell() == told:  # noqa: ASYNC110  addresses of the machine have no Event
        await asyncio.sleep(LOOK_S)
