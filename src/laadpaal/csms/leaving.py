"""By which network interface of this machine a connection leaves."""

from __future__ import annotations

import asyncio
import socket
from dataclasses import dataclass

CONNECT_S = 10.0
"""How long a connection may take to be made."""


@dataclass(frozen=True, slots=True)
class Exit:
    """Where connections leave this machine.

    Args:
        interface: Name of its network interface; "" is any.
        source: Our address there, for a system that does not let us name the interface; "" is
            unknown, and then it is the system's choice.
        lacking: Why there is no way out at all; "" while there is one.
    """

    interface: str = ""
    source: str = ""
    lacking: str = ""


ANYWHERE = Exit()


async def socket_by(leaving: Exit, host: str, port: int) -> socket.socket:
    """Return a connection that leaves there; raises OSError."""
    loop = asyncio.get_running_loop()
    found = await loop.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    wrong: OSError = ConnectionError(f"{host} has no address")
    for family, kind, protocol, _, address in found:
        ours = socket.socket(family, kind, protocol)
        try:
            ours.settimeout(0)
            _leave_by(ours, leaving)
            async with asyncio.timeout(CONNECT_S):
                await loop.sock_connect(ours, address)
        except OSError as failed:
            ours.close()
            wrong = failed
        except BaseException:
            ours.close()
            raise
        else:
            return ours
    raise wrong


def _leave_by(ours: socket.socket, leaving: Exit) -> None:
    """Bind to an interface, which older systems allow to nobody but root."""
    try:
        ours.setsockopt(
            socket.SOL_SOCKET, socket.SO_BINDTODEVICE, leaving.interface.encode() + b"\0"
        )
    except PermissionError:
        if leaving.source:
            ours.bind((leaving.source, 0))
