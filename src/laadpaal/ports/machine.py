"""The machine that the station runs on, as people and their tools ask for it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Wire:
    """The wired network as the machine has it now; "" is what it does not have.

    Args:
        name: Of the interface that leads out.
        mac: Six bytes as `aa:bb:cc:dd:ee:ff`.
        address: Of this machine, IPv4.
        netmask: Of its network.
        gateway: That leads further.
        servers: Addresses that names are asked of.
    """

    name: str = ""
    mac: str = ""
    address: str = ""
    netmask: str = ""
    gateway: str = ""
    servers: tuple[str, ...] = ()


NO_WIRE = Wire()


@dataclass(frozen=True, slots=True)
class Dealings:
    """How the station has dealt with its CSMS; instants are UTC seconds, 0 for never.

    Args:
        registration: What the CSMS said to the boot notification: "Accepted", "Pending",
            "Rejected", or "" while it has said nothing.
        connected: Whether there is a connection now.
        heard_at: When it gave a sign of life last.
    """

    registration: str = ""
    connected: bool = False
    heard_at: float = 0.0


class Machine(Protocol):
    """What the core does not know, and others want to hear."""

    @property
    def identity(self) -> str:
        """By what name the CSMS knows the station; "" without a CSMS."""
        ...

    @property
    def boot_reason(self) -> str:
        """Why the station started last."""
        ...

    @property
    def board(self) -> str:
        """What kind of computer it is."""
        ...

    def utc(self) -> float:
        """Return the UTC second that the station's clock tells."""
        ...

    def up_s(self) -> float:
        """Return how long the station has run since it last started."""
        ...

    def wire(self) -> Wire:
        """Return the wired network; it costs little to ask again and again."""
        ...

    def dealings(self) -> Dealings:
        """Return how it goes with the CSMS."""
        ...

    def set_clock(self, utc: float) -> None:
        """Set the station's clock, vouched for by whoever asks; the station hears of the jump."""
        ...
