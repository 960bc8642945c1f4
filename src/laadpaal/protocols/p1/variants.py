"""The countries and versions of the P1 port: speed, sum, cipher, and where each value stands."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

Three = tuple[str, str, str]
"""One code for each of L1, L2, L3."""
CHANNELS = (1, 2, 3, 4)
"""Where the meters for gas, water and heat hang on the electricity meter."""


@dataclass(frozen=True, slots=True)
class Channel:
    """Where a submeter stands in a telegram.

    Args:
        kind: Of what it measures.
        meter: Its identifier.
        readings: Of its register; the one that is believed first comes first.
    """

    number: int
    kind: str
    meter: str
    readings: tuple[str, ...]


def _channels(meter: str, *readings: str) -> tuple[Channel, ...]:
    return tuple(
        Channel(
            number,
            f"0-{number}:24.1.0",
            f"0-{number}:{meter}",
            tuple(f"0-{number}:{reading}" for reading in readings),
        )
        for number in CHANNELS
    )


@dataclass(frozen=True, slots=True)
class Codes:
    """Where each value of a telegram stands, as OBIS codes; "" for what a variant does not tell.

    Args:
        version: Of the telegram's form.
        clock: What the meter believes the time to be.
        meter: The meter's identifier, in hexadecimal digits.
        imported: The register of each tariff; `total` is 0.
        fuse: The current above which the breaker opens.
        limiter: The power, in old meters the current, above which the breaker opens.
    """

    version: str = "1-3:0.2.8"
    clock: str = "0-0:1.0.0"
    meter: str = "0-0:96.1.1"
    tariff: str = "0-0:96.14.0"
    imported: tuple[str, ...] = ("1-0:1.8.0", "1-0:1.8.1", "1-0:1.8.2", "1-0:1.8.3", "1-0:1.8.4")
    exported: tuple[str, ...] = ("1-0:2.8.0", "1-0:2.8.1", "1-0:2.8.2", "1-0:2.8.3", "1-0:2.8.4")
    power_in: str = "1-0:1.7.0"
    power_out: str = "1-0:2.7.0"
    powers_in: Three = ("1-0:21.7.0", "1-0:41.7.0", "1-0:61.7.0")
    powers_out: Three = ("1-0:22.7.0", "1-0:42.7.0", "1-0:62.7.0")
    currents: Three = ("1-0:31.7.0", "1-0:51.7.0", "1-0:71.7.0")
    voltages: Three = ("1-0:32.7.0", "1-0:52.7.0", "1-0:72.7.0")
    fuse: str = ""
    limiter: str = "0-0:17.0.0"
    breaker: str = "0-0:96.3.10"
    channels: tuple[Channel, ...] = _channels("96.1.0", "24.2.1")


@dataclass(frozen=True, slots=True)
class Variant:
    """One way in which meters use the port.

    Args:
        name: As configuration and log spell it.
        baud: Of its serial line, with `bits` and `parity`.
        every_s: Seconds from telegram to telegram, where no meter of it is slower.
        summed: Whether a sum follows the last line; else only its form vouches for a telegram.
        encrypted: Whether telegrams come in frames that need the owner's key.
        two_lines: Whether the gas meter's register stands on a line of its own, as it used to.
    """

    name: str
    codes: Codes
    baud: int = 115_200
    bits: Literal[7, 8] = 8
    parity: Literal["N", "E"] = "N"
    every_s: float = 10.0
    summed: bool = True
    encrypted: bool = False
    two_lines: bool = False


_NONE: Three = ("", "", "")
_OLD = Codes(
    version="", clock="", powers_in=_NONE, powers_out=_NONE, currents=_NONE, voltages=_NONE
)

DSMR_2_2 = Variant("2.2", _OLD, 9600, 7, "E", summed=False, two_lines=True)
DSMR_3_0 = replace(DSMR_2_2, name="3.0")
DSMR_4 = Variant("4", Codes(voltages=_NONE))
DSMR_5 = Variant("5", Codes(), every_s=1.0)
BELGIUM = Variant(
    "be",
    Codes(
        version="0-0:96.1.4",
        fuse="1-0:31.4.0",
        channels=_channels("96.1.1", "24.2.3", "24.2.1"),
    ),
    every_s=1.0,
)
LUXEMBOURG = Variant("lu", Codes(meter="0-0:42.0.0", fuse="1-1:31.4.0"), encrypted=True)
SWEDEN = Variant("se", Codes(limiter="", breaker=""))
"""Finland has the same, and so have others whose telegrams are text with a sum."""

VARIANTS = {
    variant.name: variant
    for variant in (DSMR_2_2, DSMR_3_0, DSMR_4, DSMR_5, BELGIUM, LUXEMBOURG, SWEDEN)
}
