"""One telegram of a smart meter: text in, a value out, by one regular expression and a sum."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from laadpaal.protocols.p1.crc import crc16
from laadpaal.protocols.p1.errors import TelegramError
from laadpaal.protocols.p1.variants import Channel, Codes, Variant

PerLine = tuple[float | None, float | None, float | None]
"""One number for each of L1, L2, L3; None where the meter does not tell it."""

LONGEST_LINE = 2100
"""A message to the customer: 1024 characters in hexadecimal digits, and what is around them."""

# Nothing that was matched is tried in another way, so that no text takes long.
_LINE = re.compile(
    r"\n(\d-\d++:[\d.]++)"
    r"\((?:(\d{1,12}+(?:\.\d{1,6}+)?+)\*([A-Za-z0-9]++)|([^()\r\n]*+))\)"
    r"(?:\(([^()\r\n]*+)\))?+",
    re.ASCII,
)
_CODE, _NUMBER, _UNIT, _TEXT, _SECOND = range(5)
_QUANTITY = re.compile(r"(\d{1,12}(?:\.\d{1,6})?)\*([A-Za-z0-9]{1,5})", re.ASCII)
_TWO_LINES = re.compile(
    r"^0-([1-4]):24\.3\.0\(([^()\r\n]*)\)(?:\([^()\r\n]*\)){0,4}\(([^()\r\n]*)\)\r?\n"
    r"\((\d{1,12}(?:\.\d{1,6})?)\)",
    re.MULTILINE | re.ASCII,
)
_END = re.compile(rb"!([0-9A-Fa-f]{4})?\r?\n?\Z")
_HEAD = re.compile(r"/([A-Za-z]{3}[^\r\n]{1,60})\r?\n", re.ASCII)

# What puts a number into the unit that we use; `float` reads it without a rounding of its own.
_WATTS = {"kW": "e3", "W": ""}
_WATT_HOURS = {"kWh": "e3", "Wh": ""}
_AMPERES = {"A": ""}
_VOLTS = {"V": ""}

_Line = tuple[str, str, str, str, str]
_Said = Mapping[str, _Line]
_ABSENT: _Line = ("", "", "", "", "")


@dataclass(frozen=True, slots=True)
class Submeter:
    """The register of a meter for gas, water or heat.

    Args:
        channel: Where it hangs, 1 to 4.
        kind: Of what it measures, a number of EN 13757-3; "" where it is not told.
        at: When the register stood so, as the meter writes it.
        unit: As the meter writes it, such as m3 or GJ.
    """

    channel: int
    kind: str
    meter: str
    at: str
    value: float
    unit: str


@dataclass(frozen=True, slots=True)
class Telegram:
    """What a smart meter says; None or "" is what it does not tell.

    Args:
        identification: The first line, without its slash.
        version: Of the telegram's form, such as 50.
        at: What the meter believes the time to be; nobody should go by it.
        power_in_w: From the grid, all lines together.
        power_out_w: To the grid.
        currents_a: Without a direction.
        current_step_a: How finely the currents are told.
        imported_wh: The register of each tariff; 0 is their total.
        breaker: 1 where the meter's own switch is closed.
    """

    identification: str
    version: str = ""
    meter: str = ""
    at: str = ""
    tariff: str = ""
    power_in_w: float | None = None
    power_out_w: float | None = None
    powers_in_w: PerLine = (None, None, None)
    powers_out_w: PerLine = (None, None, None)
    currents_a: PerLine = (None, None, None)
    current_step_a: float = 1.0
    voltages_v: PerLine = (None, None, None)
    imported_wh: Mapping[int, float] = field(default_factory=dict)
    exported_wh: Mapping[int, float] = field(default_factory=dict)
    fuse_a: float | None = None
    limit_w: float | None = None
    limit_a: float | None = None
    breaker: str = ""
    submeters: tuple[Submeter, ...] = ()


def parse(frame: bytes, variant: Variant) -> Telegram:
    """Return what a telegram says, from its slash to the end of its last line.

    Raises:
        TelegramError: It has no head or no end, a line is too long, or the sum is wrong.
    """
    _check_sum(frame, variant)
    text = frame.decode("latin-1")
    head = _HEAD.match(text)
    if not head:
        raise TelegramError("it does not begin with a meter's identification")
    if len(text) > LONGEST_LINE and max(map(len, text.split("\n"))) > LONGEST_LINE:
        raise TelegramError(f"a line is longer than {LONGEST_LINE} characters")
    said = {line[_CODE]: line for line in _LINE.findall(text)}
    codes = variant.codes
    submeters = _two_lined(text, said, codes) if variant.two_lines else _submeters(said, codes)
    return _telegram(head[1], said, codes, submeters)


def _check_sum(frame: bytes, variant: Variant) -> None:
    end = _END.search(frame)
    if not end:
        raise TelegramError("it has no end")
    if end[1] is None:
        if variant.summed:
            raise TelegramError("it has no sum")
        return
    body, told = frame[: end.start() + 1], int(end[1], 16)
    # A bridge to TCP may have changed the ends of the lines, but the meter has not.
    if b"\r" not in body:
        body = body.replace(b"\n", b"\r\n")
    if (found := crc16(body)) != told:
        raise TelegramError(f"its sum is {found:04X}, and it says {told:04X}")


def _telegram(
    identification: str, said: _Said, codes: Codes, submeters: tuple[Submeter, ...]
) -> Telegram:
    current = said.get(codes.currents[0], _ABSENT)[_NUMBER]
    return Telegram(
        identification,
        said.get(codes.version, _ABSENT)[_TEXT],
        _plain(said.get(codes.meter, _ABSENT)[_TEXT]),
        said.get(codes.clock, _ABSENT)[_TEXT],
        said.get(codes.tariff, _ABSENT)[_TEXT],
        _number(said, codes.power_in, _WATTS),
        _number(said, codes.power_out, _WATTS),
        _per_line(said, codes.powers_in, _WATTS),
        _per_line(said, codes.powers_out, _WATTS),
        _per_line(said, codes.currents, _AMPERES),
        10.0 ** -len(current.partition(".")[2]),
        _per_line(said, codes.voltages, _VOLTS),
        _registers(said, codes.imported),
        _registers(said, codes.exported),
        _number(said, codes.fuse, _AMPERES),
        _number(said, codes.limiter, _WATTS),
        _number(said, codes.limiter, _AMPERES),
        said.get(codes.breaker, _ABSENT)[_TEXT],
        submeters,
    )


def _number(said: _Said, code: str, units: Mapping[str, str]) -> float | None:
    """Return a number in our unit; None where it is missing, or in a unit of something else."""
    line = said.get(code)
    if line is None or line[_UNIT] not in units:
        return None
    return float(line[_NUMBER] + units[line[_UNIT]])


def _per_line(said: _Said, codes: tuple[str, str, str], units: Mapping[str, str]) -> PerLine:
    one, two, three = codes
    return _number(said, one, units), _number(said, two, units), _number(said, three, units)


def _registers(said: _Said, codes: tuple[str, ...]) -> dict[int, float]:
    return {
        tariff: energy_wh
        for tariff, code in enumerate(codes)
        if code in said and (energy_wh := _number(said, code, _WATT_HOURS)) is not None
    }


def _submeters(said: _Said, codes: Codes) -> tuple[Submeter, ...]:
    return tuple(found for channel in codes.channels if (found := _submeter(said, channel)))


def _submeter(said: _Said, channel: Channel) -> Submeter | None:
    for code in channel.readings:
        if code in said and (quantity := _QUANTITY.fullmatch(said[code][_SECOND])):
            kind, meter = _nature(said, channel)
            at, value, unit = said[code][_TEXT], float(quantity[1]), quantity[2]
            return Submeter(channel.number, kind, meter, at, value, unit)
    return None


def _two_lined(text: str, said: _Said, codes: Codes) -> tuple[Submeter, ...]:
    channels = {str(channel.number): channel for channel in codes.channels}
    return tuple(
        Submeter(int(number), *_nature(said, channels[number]), at, float(value), unit)
        for number, at, unit, value in _TWO_LINES.findall(text)
    )


def _nature(said: _Said, channel: Channel) -> tuple[str, str]:
    """Return the kind of a submeter and its identifier."""
    kind = said.get(channel.kind, _ABSENT)[_TEXT]
    return kind.lstrip("0"), _plain(said.get(channel.meter, _ABSENT)[_TEXT])


def _plain(identifier: str) -> str:
    """Return an identifier as people read it on the meter; meters write it in hexadecimal."""
    try:
        plain = bytes.fromhex(identifier).decode("ascii")
    except ValueError:
        return identifier
    return plain if plain.isprintable() else identifier
