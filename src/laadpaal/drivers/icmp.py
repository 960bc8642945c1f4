"""ICMP echo requests, where the system lets us send any."""

from __future__ import annotations

import asyncio
import logging
import os
import socket
import struct

_REQUEST = {socket.AF_INET: 8, socket.AF_INET6: 128}
_REPLY = {socket.AF_INET: 0, socket.AF_INET6: 129}
_PROTOCOLS = {socket.AF_INET: socket.IPPROTO_ICMP, socket.AF_INET6: socket.IPPROTO_ICMPV6}
_HEADER = struct.Struct("!BBHHH")
_TOKEN_BYTES = 16


class IcmpEcho:
    """Is an `Echo`, over a datagram socket where that is allowed, else over a raw one.

    Datagram sockets are for the groups of `net.ipv4.ping_group_range`, raw ones need
    CAP_NET_RAW; without either every host counts as silent, which is said once.
    """

    def __init__(self, log: logging.Logger, timeout_s: float = 5.0) -> None:
        self._log = log
        self._timeout_s = timeout_s
        self._told = False

    async def answers(self, host: str) -> bool:
        """Tell whether `host` answered within the timeout."""
        try:
            async with asyncio.timeout(self._timeout_s):
                return await self._echoes(host)
        except TimeoutError:
            return False
        except PermissionError as forbidden:
            self._forbidden(forbidden)
        except OSError as wrong:
            self._log.debug("No echo from %s: %s", host, wrong)
        return False

    def _forbidden(self, forbidden: PermissionError) -> None:
        if not self._told:
            self._told = True
            self._log.info("ICMP is not available: %s", forbidden)

    async def _echoes(self, host: str) -> bool:
        loop = asyncio.get_running_loop()
        found = await loop.getaddrinfo(host, None, type=socket.SOCK_DGRAM)
        family, address = socket.AddressFamily(found[0][0]), found[0][4]
        token = os.urandom(_TOKEN_BYTES)
        with _opened(family) as sock:
            await loop.sock_sendto(sock, _request(family, token), address)
            while True:
                packet = await loop.sock_recv(sock, 1024)
                if _is_reply(family, packet, token):
                    return True


def _opened(family: socket.AddressFamily) -> socket.socket:
    try:
        sock = socket.socket(family, socket.SOCK_DGRAM, _PROTOCOLS[family])
    except PermissionError:
        sock = socket.socket(family, socket.SOCK_RAW, _PROTOCOLS[family])
    sock.setblocking(False)  # noqa: FBT003  the library's own shape
    return sock


def _request(family: socket.AddressFamily, token: bytes) -> bytes:
    """Return an echo request; the kernel sums up what is not raw, and sums up IPv6 always."""
    head = (_REQUEST[family], 0)
    number = (os.getpid() & 0xFFFF, 1)
    empty = _HEADER.pack(*head, 0, *number) + token
    return _HEADER.pack(*head, _checksum(empty), *number) + token


def _checksum(packet: bytes) -> int:
    """Return the internet checksum (RFC 1071) of an even number of bytes."""
    total: int = sum(struct.unpack(f"!{len(packet) // 2}H", packet))
    total = (total >> 16) + (total & 0xFFFF)
    return ~(total + (total >> 16)) & 0xFFFF


def _is_reply(family: socket.AddressFamily, packet: bytes, token: bytes) -> bool:
    """Tell whether a packet answers our request; a raw IPv4 socket shows the IP header too."""
    size = _HEADER.size + len(token)
    return packet.endswith(token) and packet[-size:][:1] == bytes([_REPLY[family]])
