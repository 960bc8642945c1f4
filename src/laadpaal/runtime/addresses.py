"""What this machine is called: its name, and the addresses of its network interfaces."""

from __future__ import annotations

import fcntl
import socket
import struct

from laadpaal.protocols.pki import Names

_GET_ADDRESS = 0x8915
"""SIOCGIFADDR of the kernel."""
_NAME, _WHERE = 15, slice(20, 24)
"""How long the name of an interface may be, and where in the answer its address stands."""


def names() -> Names:
    """Return every name and IPv4 address of this machine, its loopback's last."""
    host = socket.gethostname()
    hosts = [host, f"{host}.local"] if host and "." not in host else [host]
    known = [name for name in hosts if name.isascii() and name]
    return Names((*known, "localhost"), (*addresses(), "127.0.0.1"))


def addresses() -> tuple[str, ...]:
    """Return the IPv4 address of each interface that has one, without the loopback's."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as asking:
        found = [_address(asking, name) for _, name in socket.if_nameindex()]
    return tuple(one for one in found if one and not one.startswith("127."))


def _address(asking: socket.socket, interface: str) -> str:
    asked = struct.pack("256s", interface[:_NAME].encode())
    try:
        told = fcntl.ioctl(asking.fileno(), _GET_ADDRESS, asked)
    except OSError:
        return ""  # it has none
    return socket.inet_ntoa(told[_WHERE])
