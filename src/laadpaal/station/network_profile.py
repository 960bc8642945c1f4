"""A network profile, as a slot holds it, and which slot is dialled next."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import Enum
from typing import TypeVar
from urllib.parse import urlsplit

from laadpaal.properties import connectivity
from laadpaal.properties.comms import MESSAGE_TIMEOUT, SECURITY_PROFILE
from laadpaal.properties.connectivity import CONNECTIVITY, LAST_WAY
from laadpaal.properties.values import Values
from laadpaal.station.layout import Layout

T = TypeVar("T")

WITH_TLS, WITH_IDENTITY = 2, 3
"""The security profiles from which on there is TLS, and the station has its own certificate."""
_PLAIN, _SECURE = "ws", "wss"


WIRED, WIRELESS, ANY = "Wired0", "Wireless0", "Any"
"""The network interfaces, spelled as in OCPP 2.0.1."""


class Generation(Enum):
    """Which of the two protocols a CSMS speaks: the first has keys, the second a device model."""

    FIRST = "first"
    SECOND = "second"


@dataclass(frozen=True, slots=True)
class Apn:
    """The access point of a mobile network; "" is what was not told."""

    name: str
    login: str
    user: str = ""
    password: str = field(default="", repr=False)
    pin: str = field(default="", repr=False)
    network: str = ""
    only_that: bool = False


@dataclass(frozen=True, slots=True)
class Vpn:
    """A private network that the way leads through; `key` is the secret that both ends share."""

    kind: str
    server: str
    user: str
    password: str = field(repr=False)
    key: str = field(repr=False)
    group: str = ""


@dataclass(frozen=True, slots=True)
class NetworkProfile:
    """What a slot holds.

    Args:
        url: Of the CSMS, without the identity.
        security: The security profile that it asks for; None is the one in force.
        timeout_s: Seconds to wait for an answer; None is the setting's.
        interface: The network interface, spelled as in OCPP 2.0.1.
        secure_url: Where the CSMS is once TLS is asked for; "" is the same place with TLS.
    """

    generation: Generation
    url: str
    security: int | None = None
    timeout_s: int | None = None
    interface: str = WIRED
    apn: Apn | None = None
    vpn: Vpn | None = None
    secure_url: str = ""

    def url_for(self, security: int) -> str:
        """Return where to dial in that security profile."""
        if security < WITH_TLS:
            return self.url
        return self.secure_url or f"{_SECURE}://{self.url.partition('://')[2]}"


@dataclass(frozen=True, slots=True)
class Route:
    """What the link goes by: a slot, and what comes of it now.

    Args:
        interface: That it is dialled by.
        apn: The access point that the slot names for the mobile network.
    """

    slot: int = 1
    generation: Generation = Generation.SECOND
    url: str = ""
    security: int = 0
    interface: str = WIRED
    apn: Apn | None = field(default=None, repr=False)


NO_ROUTE = Route()
"""What there is to go by without any network profile."""


def flaw_of(profile: NetworkProfile, layout: Layout) -> str:
    """Return what is wrong with a profile that somebody brings, in one sentence, or ""."""
    security, timeout_s = profile.security or 0, profile.timeout_s or 0
    for row, number in ((SECURITY_PROFILE, security), (MESSAGE_TIMEOUT, timeout_s)):
        try:
            row.kind.parse(str(number))
        except ValueError as wrong:
            return str(wrong)
    if flaw := _flaw_of_url(profile.url, _SECURE if security >= WITH_TLS else _PLAIN):
        return flaw
    if profile.interface not in layout.interfaces:
        return f"there is no interface {profile.interface}"
    if profile.apn and profile.interface.startswith("Wired"):
        return f"{profile.interface} has no access point"
    if profile.vpn and profile.vpn.kind not in layout.vpns:
        return f"there is no VPN of the kind {profile.vpn.kind}"
    return ""


def _flaw_of_url(url: str, scheme: str) -> str:
    try:
        parts = urlsplit(url)
        host, _ = parts.hostname, parts.port
    except ValueError as wrong:
        return f"the URL cannot be read: {wrong}"
    if parts.scheme != scheme:
        return f"the security profile wants a URL that begins with {scheme}://"
    odd = parts.username is not None or parts.query or parts.fragment
    if not host or odd or not url.isprintable() or " " in url:
        return "the URL names no place to dial"
    return ""


def ways(wished: str, values: Values, layout: Layout) -> tuple[str, ...]:
    """Return by which interfaces a profile that wishes for one is dialled, the first one first.

    A way that the station is told to go overrules the profile, so that no profile locks it out.
    """
    if not layout.modem:
        return (WIRED if wished == ANY else wished,)
    told = values[CONNECTIVITY]
    if told in {connectivity.WIRED, connectivity.MOBILE}:
        return (WIRED if told == connectivity.WIRED else WIRELESS,)
    if wished != ANY:
        return (wished,)
    return (WIRELESS, WIRED) if values[LAST_WAY] == connectivity.MOBILE else (WIRED, WIRELESS)


def turn_of(rounds: Sequence[T], attempts: int, failures: int) -> T:
    """Return whose turn it is after so many failures in a row: each has some, round after round."""
    return rounds[failures // attempts % len(rounds)]
