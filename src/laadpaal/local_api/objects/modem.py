"""The mobile network: how it is dialled, and what the modem says of it."""

from __future__ import annotations

from collections.abc import Iterator

from laadpaal.local_api.objects.codes import Code
from laadpaal.local_api.objects.row import NUMERAL, SEALED, Category, Row
from laadpaal.properties import connectivity as rows_

_GENERIC, _COMM = Category("generic"), Category("comm")


def rows() -> Iterator[Row]:
    """Yield what a station with a modem has."""
    stored, reading = _GENERIC.stored, _GENERIC.reading
    yield stored("2100_0", Code.STRING, rows_.APN, length=34)
    yield stored("2101_0", Code.STRING, rows_.APN_USER, length=33)
    yield stored("2102_0", Code.STRING, rows_.APN_PASSWORD, SEALED, length=33)
    yield stored("2103_0", Code.STRING, rows_.PIN, SEALED, length=21)
    yield reading("2104_0", Code.STRING, rows_.IMSI, length=21)
    yield reading("2105_0", Code.STRING, rows_.ICCID, length=21)
    yield stored("2106_0", Code.INTEGER8, rows_.DIAL_DELAY)
    yield stored("2107_0", Code.INTEGER8, rows_.DIAL_ATTEMPTS)
    yield stored("2108_0", Code.INTEGER8, rows_.DIAL_GROWS, NUMERAL, length=1)
    yield reading("2110_0", Code.INTEGER16, rows_.SIGNAL)
    yield stored("2111_0", Code.INTEGER16, rows_.WEAK_SIGNAL)
    yield reading("2112_0", Code.STRING, rows_.OPERATOR, length=33)
    yield _COMM.reading("2119_0", Code.STRING, rows_.MODEM_MODEL, length=33)
    yield _COMM.reading("2121_0", Code.STRING, rows_.IMEI, length=33)
