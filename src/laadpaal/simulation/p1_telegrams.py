"""Telegrams as real meters write them, line by line, in each variant of the P1 port."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from cryptography.hazmat.primitives.ciphers import Cipher
from cryptography.hazmat.primitives.ciphers.algorithms import AES
from cryptography.hazmat.primitives.ciphers.modes import GCM

from laadpaal.station.measurement import GridMeasurement, Phases

NOMINAL_V = 230.0
WINTER = timedelta(hours=1)
"""The meter's clock is ahead of UTC by so much, and knows no summer."""
METER, GAS_METER, TITLE = "LPX0000012345678", "LPXGAS0000012345", b"LPX\x00\x00\x01\x02\x03"
TARIFF = 1
DUTCH = frozenset({"4", "5"})
_AUTHENTICATED = bytes.fromhex("30" + "00112233445566778899AABBCCDDEEFF")
_TAG_BYTES = 12


@dataclass(frozen=True, slots=True)
class Form:
    """How the meters of one variant write.

    Args:
        head: The first line.
        version: The line that tells the version of the form; None where none does.
        decimals: Of a current; None where the meter tells none.
        tariffs: Whether there is a register for each tariff, else one for all.
        voltages: Whether they are told.
        summed: Whether a sum follows.
        every_s: Seconds from telegram to telegram.
    """

    head: str
    version: str | None
    decimals: int | None
    tariffs: bool = True
    voltages: bool = True
    summed: bool = True
    every_s: float = 1.0


FORMS = {
    "2.2": Form("/LPX5\\2SIM-22", None, None, voltages=False, summed=False, every_s=10.0),
    "3.0": Form("/LPX5\\2SIM-30", None, None, voltages=False, summed=False, every_s=10.0),
    "4": Form("/LPX4SIM-42", "1-3:0.2.8(42)", 0, voltages=False, every_s=10.0),
    "5": Form("/LPX5\\2SIM-50", "1-3:0.2.8(50)", 0),
    "be": Form("/LPX5\\253000000_A", "0-0:96.1.4(50217)", 2),
    "lu": Form("/LPX5\\253000000_L", "1-3:0.2.8(42)", 0, tariffs=False, every_s=10.0),
    "se": Form("/LPX5\\253000000_S", None, 1, tariffs=False, every_s=10.0),
}


@dataclass(frozen=True, slots=True)
class Registers:
    """What a meter has counted, and its gas meter."""

    imported_wh: float = 0.0
    exported_wh: float = 0.0
    gas_m3: float = 1234.567


def telegram(version: str, measured: GridMeasurement, counted: Registers, at: float) -> bytes:
    """Return the whole text, with its sum where the variant has one; `at` is a UTC second."""
    form = FORMS[version]
    lines = [form.head, "", *_lines(version, form, measured, counted, _clock(at)), "!"]
    body = "\r\n".join(lines).encode()
    return body + (b"%04X" % _sum(body) if form.summed else b"") + b"\r\n"


def sealed(plain: bytes, key: bytes, number: int) -> bytes:
    """Return a telegram in the frame that meters of Luxembourg put around it."""
    counter = number.to_bytes(4, "big")
    cipher = Cipher(AES(key), GCM(TITLE + counter)).encryptor()
    cipher.authenticate_additional_data(_AUTHENTICATED)
    secret = cipher.update(plain) + cipher.finalize() + cipher.tag[:_TAG_BYTES]
    size = (1 + len(counter) + len(secret)).to_bytes(2, "big")
    return b"\xdb\x08" + TITLE + b"\x82" + size + b"\x30" + counter + secret


def powers(measured: GridMeasurement) -> Phases:
    """Return the power of each line, which has the sign of its current."""
    if measured.powers_w:
        return measured.powers_w
    (v1, v2, v3), (i1, i2, i3) = _voltages(measured), measured.currents_a
    return v1 * i1, v2 * i2, v3 * i3


def _lines(
    version: str, form: Form, measured: GridMeasurement, counted: Registers, clock: str
) -> Iterator[str]:
    if form.version:
        yield form.version
    if form.summed:
        yield f"0-0:1.0.0({clock}W)"
    yield f"0-0:{'42.0.0' if version == 'lu' else '96.1.1'}({METER.encode().hex().upper()})"
    yield from _registers(form, counted)
    powers_w = powers(measured)
    yield f"1-0:1.7.0({max(0.0, sum(powers_w)) / 1000:06.3f}*kW)"
    yield f"1-0:2.7.0({max(0.0, -sum(powers_w)) / 1000:06.3f}*kW)"
    if version in DUTCH:
        yield from _failures()
    yield "0-0:96.13.0()"
    if form.decimals is not None:
        yield from _by_line(form, form.decimals, measured, powers_w)
    if version == "be":
        yield "1-0:31.4.0(999*A)"
    yield from _gas(version, counted.gas_m3, clock)


def _registers(form: Form, counted: Registers) -> Iterator[str]:
    registers = {1: counted.imported_wh / 1000, 2: counted.exported_wh / 1000}
    for direction, energy_kwh in registers.items():
        if form.tariffs:
            yield f"1-0:{direction}.8.1({energy_kwh:010.3f}*kWh)"
            yield f"1-0:{direction}.8.2({0:010.3f}*kWh)"
        else:
            yield f"1-0:{direction}.8.0({energy_kwh:010.3f}*kWh)"
    if form.tariffs:
        yield f"0-0:96.14.0({TARIFF:04})"


def _failures() -> Iterator[str]:
    """Yield how often the supply failed, which nobody has to read."""
    yield "0-0:96.7.21(00004)"
    yield "0-0:96.7.9(00002)"
    yield "1-0:99.97.0(1)(0-0:96.7.19)(231101120000W)(0000000240*s)"
    for code in ("32.32", "52.32", "72.32", "32.36", "52.36", "72.36"):
        yield f"1-0:{code}.0(00001)"


def _by_line(
    form: Form, decimals: int, measured: GridMeasurement, powers_w: Phases
) -> Iterator[str]:
    width = 3 + bool(decimals) + decimals
    for number, voltage_v in enumerate(_voltages(measured)):
        if form.voltages:
            yield f"1-0:{32 + 20 * number}.7.0({voltage_v:05.1f}*V)"
    for number, current_a in enumerate(measured.currents_a):
        yield f"1-0:{31 + 20 * number}.7.0({abs(current_a):0{width}.{decimals}f}*A)"
    for number, power_w in enumerate(powers_w):
        yield f"1-0:{21 + 20 * number}.7.0({max(0.0, power_w) / 1000:06.3f}*kW)"
        yield f"1-0:{22 + 20 * number}.7.0({max(0.0, -power_w) / 1000:06.3f}*kW)"


def _gas(version: str, gas_m3: float, clock: str) -> Iterator[str]:
    identifier = GAS_METER.encode().hex().upper()
    if version in {"lu", "se"}:
        return
    yield "0-1:24.1.0(003)"
    yield f"0-1:96.1.{'1' if version == 'be' else '0'}({identifier})"
    if version in {"2.2", "3.0"}:
        yield f"0-1:24.3.0({clock})(00)(60)(1)(0-1:24.2.1)(m3)"
        yield f"({gas_m3:09.3f})"
    else:
        yield f"0-1:24.2.{'3' if version == 'be' else '1'}({clock}W)({gas_m3:09.3f}*m3)"


def _voltages(measured: GridMeasurement) -> Phases:
    return measured.voltages_v or (NOMINAL_V, NOMINAL_V, NOMINAL_V)


def _clock(at: float) -> str:
    return f"{datetime.fromtimestamp(at, UTC) + WINTER:%y%m%d%H%M%S}"


def _sum(body: bytes) -> int:
    """Return CRC-16/ARC."""
    crc = 0
    for byte in body:
        crc = crc >> 8 ^ _SUMS[(crc ^ byte) & 0xFF]
    return crc


def _sum_of(crc: int) -> int:
    for _ in range(8):
        crc = crc >> 1 ^ (0xA001 if crc & 1 else 0)
    return crc


_SUMS = [_sum_of(byte) for byte in range(256)]
