"""The wired network of this machine, read from the kernel without any special right."""

from __future__ import annotations

import fcntl
import ipaddress
import socket
import struct
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from laadpaal.ports.machine import NO_WIRE, Wire

_ADDRESS, _NETMASK = 0x8915, 0x891B
"""Requests of the kernel (SIOCGIFADDR, SIOCGIFNETMASK)."""
_REQUEST = struct.Struct("16s16s")
_AT = slice(20, 24)
"""Where the four bytes of an address stand in the answer."""
_EVERYWHERE = "00000000"
_LOOPBACK, _NO_MAC = "lo", "00:00:00:00:00:00"
_MOBILE = ("ppp", "wwan", "wwp")
"""How interfaces of mobile networks are called."""


@dataclass(frozen=True, slots=True)
class Wires:
    """Finds the interface that leads out, and what belongs to it.

    Args:
        root: Of the file system, for tests that bring their own.
    """

    root: Path = Path("/")

    def look(self) -> Wire:
        """Return the wired network as it is now."""
        gateways = dict(self._gateways())
        wired = [name for name in (*gateways, *self._names()) if _is_wired(name)]
        for name in dict.fromkeys(wired):
            if address := _asked(name, _ADDRESS):
                netmask = _asked(name, _NETMASK)
                servers = tuple(self._servers())
                return Wire(
                    name, self._mac(name), address, netmask, gateways.get(name, ""), servers
                )
        return next((Wire(name, self._mac(name)) for name in wired), NO_WIRE)

    def _gateways(self) -> Iterator[tuple[str, str]]:
        """Yield the interfaces that lead everywhere, with the gateway of each."""
        for line in self._lines("proc/net/route")[1:]:
            name, target, gateway, *_ = line.split()
            if target == _EVERYWHERE:
                yield name, str(ipaddress.IPv4Address(bytes.fromhex(gateway)[::-1]))

    def _names(self) -> list[str]:
        folder = self.root / "sys/class/net"
        return sorted(path.name for path in folder.iterdir()) if folder.is_dir() else []

    def _mac(self, name: str) -> str:
        said = "".join(self._lines(f"sys/class/net/{name}/address")[:1]).strip()
        return "" if said == _NO_MAC else said

    def _servers(self) -> Iterator[str]:
        for line in self._lines("etc/resolv.conf"):
            words = line.split()
            if words[:1] == ["nameserver"] and words[1:]:
                yield words[1]

    def _lines(self, path: str) -> list[str]:
        try:
            return (self.root / path).read_text(encoding="ascii", errors="replace").splitlines()
        except OSError:
            return []


def _is_wired(name: str) -> bool:
    return name != _LOOPBACK and not name.startswith(_MOBILE)


def _asked(name: str, what: int) -> str:
    """Return what the kernel tells of an interface, or "" when it has no address."""
    request = _REQUEST.pack(name.encode()[:15], b"")
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as asking:
        try:
            answer = fcntl.ioctl(asking, what, request)
        except OSError:
            return ""
    return socket.inet_ntoa(answer[_AT])
