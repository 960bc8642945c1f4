"""What the modem has to say to the core."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ModemAttached:
    """There is a connection to the mobile network; "" and None are what the modem did not tell.

    Args:
        iccid: Number of the SIM.
        imsi: Number of the subscriber.
        operator: Whose network it is.
        interface: Network interface of this machine.
        address: Ours in the mobile network.
        dbm: Strength of the signal.
    """

    iccid: str = ""
    imsi: str = ""
    imei: str = ""
    model: str = ""
    operator: str = ""
    roaming: bool = False
    interface: str = ""
    address: str = ""
    dbm: int | None = None


@dataclass(frozen=True, slots=True)
class ModemLost:
    """There is none, or none any more; told once for each reason.

    Args:
        why: In one sentence.
        stopped: Whether nothing is tried before the station starts anew.
    """

    why: str
    stopped: bool = False


@dataclass(frozen=True, slots=True)
class SignalMeasured:
    """How strong the signal is, in dBm; None while nobody knows."""

    dbm: int | None


@dataclass(frozen=True, slots=True)
class PinRefused:
    """The SIM has refused the PIN that is set."""


MobileEvent = ModemAttached | ModemLost | SignalMeasured | PinRefused
