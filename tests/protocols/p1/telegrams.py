"""Telegrams for tests, put together line by line."""

from __future__ import annotations

from cryptography.hazmat.primitives.ciphers import Cipher
from cryptography.hazmat.primitives.ciphers.algorithms import AES
from cryptography.hazmat.primitives.ciphers.modes import GCM

HEAD = "/LPX5simulated"
DSMR_5 = (
    "1-3:0.2.8(50)",
    "0-0:1.0.0(261126093000W)",
    "0-0:96.1.1(4C50303031)",
    "1-0:1.8.1(000123.456*kWh)",
    "1-0:1.8.2(000078.001*kWh)",
    "1-0:2.8.1(000000.500*kWh)",
    "1-0:2.8.2(000001.250*kWh)",
    "0-0:96.14.0(0002)",
    "1-0:1.7.0(01.193*kW)",
    "1-0:2.7.0(00.000*kW)",
    "0-0:96.7.21(00004)",
    "1-0:99.97.0(1)(0-0:96.7.19)(261101120000W)(0000000240*s)",
    "0-0:96.13.0()",
    "1-0:32.7.0(229.5*V)",
    "1-0:52.7.0(230.0*V)",
    "1-0:72.7.0(231.1*V)",
    "1-0:31.7.0(003*A)",
    "1-0:51.7.0(002*A)",
    "1-0:71.7.0(000*A)",
    "1-0:21.7.0(00.793*kW)",
    "1-0:22.7.0(00.000*kW)",
    "1-0:41.7.0(00.400*kW)",
    "1-0:42.7.0(00.000*kW)",
    "1-0:61.7.0(00.000*kW)",
    "1-0:62.7.0(00.000*kW)",
    "0-1:24.1.0(003)",
    "0-1:96.1.0(4C5047415331)",
    "0-1:24.2.1(261126090000W)(01234.567*m3)",
)
KEY = bytes(range(16))
AUTHENTICATION = bytes.fromhex("3000112233445566778899AABBCCDDEEFF")


def telegram(*lines: str, head: str = HEAD, summed: bool = True) -> bytes:
    """Return a telegram of these lines, with the right sum."""
    body = "\r\n".join([head, "", *lines, "!"]).encode("latin-1")
    return body + (b"%04X" % bit_by_bit(body) if summed else b"") + b"\r\n"


def bit_by_bit(data: bytes) -> int:
    """Return CRC-16/ARC as its definition has it."""
    crc = 0
    for byte in data:
        crc ^= byte
        for _ in range(8):
            crc = crc >> 1 ^ (0xA001 if crc & 1 else 0)
    return crc


def sealed(plain: bytes, key: bytes = KEY, number: int = 1) -> bytes:
    """Return a telegram in the frame that a meter of Luxembourg puts around it."""
    title, counter = b"LPX\x00\x01\x02\x03\x04", number.to_bytes(4, "big")
    encryptor = Cipher(AES(key), GCM(title + counter)).encryptor()
    encryptor.authenticate_additional_data(AUTHENTICATION)
    secret = encryptor.update(plain) + encryptor.finalize() + encryptor.tag[:12]
    size = (len(secret) + 5).to_bytes(2, "big")
    return b"\xdb\x08" + title + b"\x82" + size + b"\x30" + counter + secret
