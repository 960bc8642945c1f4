"""The modem, and what it needs around it; everything here lives in real seconds."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from typing import Protocol

from laadpaal.ports.errors import DeviceError


class ModemFailed(DeviceError):  # noqa: N818  a plain sentence, as everywhere in the project
    """There is no mobile connection, or none any more; the text says why, and no secret."""


class SimRefused(ModemFailed):
    """The SIM cannot be used as things are, and trying again would only do harm.

    Args:
        spent: Whether the PIN was entered, and is wrong.
    """

    def __init__(self, why: str, *, spent: bool = False) -> None:
        super().__init__(why)
        self.spent = spent


@dataclass(frozen=True, slots=True)
class Access:
    """What opens the way into the internet.

    Args:
        apn: Name of the access point.
        user: "" where the access point asks nobody who they are.
        login: How it asks, spelled as in OCPP 2.0.1.
        pin: "" for a SIM that has none.
        spent: Whether the SIM has refused that very PIN before.
        network: Number of the network that is preferred; "" leaves the choice to the modem.
        only_that: Whether no other network will do.
        roams: Whether the network of somebody else may be used.
    """

    apn: str = ""
    user: str = ""
    password: str = field(default="", repr=False)
    login: str = "AUTO"
    pin: str = field(default="", repr=False)
    spent: bool = False
    network: str = ""
    only_that: bool = False
    roams: bool = True


@dataclass(frozen=True, slots=True)
class Carried:
    """An open connection.

    Args:
        interface: Network interface of this machine; "" where it has none of its own.
        address: Ours in the mobile network.
    """

    interface: str
    address: str


@dataclass(frozen=True, slots=True)
class Attached:
    """What the modem has told on the way in; "" and None are what it did not tell.

    Args:
        iccid: Number of the SIM.
        imsi: Number of the subscriber.
        dbm: Strength of the signal.
        operator: Whose network it is.
    """

    carried: Carried
    iccid: str = ""
    imsi: str = ""
    imei: str = ""
    model: str = ""
    operator: str = ""
    roaming: bool = False
    dbm: int | None = None


@dataclass(frozen=True, slots=True)
class Looked:
    """How modem, SIM and network stand; "" and None are what the modem did not tell.

    Args:
        locked: Whether the SIM wants its PIN, without which no network can be told.
        outside: Why no network has let the modem in, or "" where one has.
    """

    model: str = ""
    locked: bool = False
    outside: str = ""
    operator: str = ""
    dbm: int | None = None


class Modem(Protocol):
    """Brings the station into the mobile network."""

    @property
    def switched(self) -> bool:
        """Whether its power can be cut."""
        ...

    async def attach(self, access: Access) -> Attached:
        """Open a connection, from whatever state it is in.

        Raises:
            ModemFailed: There is none this time.
            SimRefused: There is none, and it must not be tried again as things are.
        """
        ...

    async def look(self, access: Access) -> Looked:
        """Ask how things stand, were that to open the way: nothing is opened, not even the SIM.

        Raises:
            ModemFailed: It does not answer, or has no SIM.
            SimRefused: The SIM is of no use to anybody.
        """
        ...

    def watch(self) -> AsyncIterator[int | None]:
        """Yield the strength of the signal now and then, in dBm; raise ModemFailed at the end."""
        ...

    async def restart(self) -> None:
        """Let the modem start anew; raises ModemFailed when it does not come back."""
        ...

    async def cut_power(self) -> None:
        """Take its power for a while; raises ModemFailed when it does not come back."""
        ...

    async def release(self) -> None:
        """Close the connection, and let the devices go."""
        ...


class DataLink(Protocol):
    """Carries packets over a modem that has answered CONNECT."""

    async def up(self, access: Access) -> Carried:
        """Return once packets can be sent; raises ModemFailed."""
        ...

    async def lost(self) -> str:
        """Return why, once nothing is carried any more."""
        ...

    async def down(self) -> None:
        """Carry nothing any more; the modem's line is free when it returns."""
        ...


class PowerKey(Protocol):
    """Switches the power of the modem."""

    async def cut(self) -> None:
        """Take the power away for as long as the modem needs, and give it back.

        Raises ModemFailed when the key cannot be moved.
        """
        ...
