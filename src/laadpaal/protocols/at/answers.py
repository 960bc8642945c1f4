"""What the lines of an answer mean; each reader raises AtError for a line that means nothing."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum

from laadpaal.protocols.at.results import AtError

_LOUDEST, _UNKNOWN = 31, 99
_QUIETEST_DBM, _STEP_DBM = -113, 2
_QUOTED = re.compile(r'"([^"]*)"')
_ICCID = re.compile(r"(?<![0-9])([0-9]{18,20})F?(?![0-9])", re.IGNORECASE)
_IMSI = re.compile(r"(?<![0-9])([0-9]{6,15})(?![0-9])")
_IMEI = re.compile(r"(?<![0-9])([0-9]{14,16})(?![0-9])")

Lines = tuple[str, ...]


class Stat(Enum):
    """How the modem stands with the network (3GPP TS 27.007 section 7.2)."""

    IDLE = 0
    HOME = 1
    SEARCHING = 2
    DENIED = 3
    UNKNOWN = 4
    ROAMING = 5

    @property
    def registered(self) -> bool:
        """Whether the network has let it in."""
        return self in {Stat.HOME, Stat.ROAMING}


class Pin(Enum):
    """What the SIM wants to know before it is of use, as it is spelled."""

    READY = "READY"
    PIN = "SIM PIN"
    PUK = "SIM PUK"
    OTHER = ""
    """Something else, which we cannot give."""


@dataclass(frozen=True, slots=True)
class Operator:
    """Whose network it is.

    Args:
        automatic: Whether the modem chooses by itself.
        name: "" while there is none.
    """

    automatic: bool
    name: str = ""


def nothing(lines: Lines) -> None:
    """Read an answer that is its result alone."""


def signal_dbm(lines: Lines) -> int | None:
    """Read +CSQ: the strength of the signal in dBm, or None while it is unknown."""
    step = _whole(_fields(lines)[0])
    if step == _UNKNOWN:
        return None
    if not 0 <= step <= _LOUDEST:
        raise AtError(f"{step} is no strength of a signal")
    return _QUIETEST_DBM + _STEP_DBM * step


def registration(lines: Lines) -> Stat:
    """Read +CREG, +CGREG or +CEREG: the second field of an answer, the first of news.

    News may come in the middle of an answer, which then counts.
    """
    told = [_fields((line,)) for line in lines] or [_fields(lines)]
    answered = [fields[1] for fields in told if _asked(fields)]
    number = _whole(answered[0] if answered else told[0][0])
    try:
        return Stat(number)
    except ValueError as unknown:
        raise AtError(f"{number} is no state of a registration") from unknown


def _asked(fields: list[str]) -> bool:
    """Tell an answer from news, which has places in quotes behind the state, if anything."""
    return len(fields) > 1 and not fields[1].startswith('"')


def pin(lines: Lines) -> Pin:
    """Read +CPIN: what the SIM wants."""
    word = _rest(lines).upper()
    try:
        return Pin(word)
    except ValueError:
        return Pin.OTHER


def attempts(lines: Lines) -> int:
    """Read +CPINR: how often a PIN may be entered before the SIM is blocked."""
    fields = _fields(lines)
    if len(fields) < 2:  # noqa: PLR2004  which code, and how many attempts it has
        raise AtError(f"{_shown(lines)} tells no attempts")
    return _whole(fields[1])


def operator(lines: Lines) -> Operator:
    """Read +COPS: who carries, and whether the modem has chosen them by itself."""
    rest = _rest(lines)
    name = _QUOTED.search(rest)
    return Operator(_whole(rest.partition(",")[0]) == 0, name[1] if name else "")


def iccid(lines: Lines) -> str:
    """Read the number of the card, whatever prefix it comes with and whether it is padded."""
    return _digits(lines, _ICCID)


def imsi(lines: Lines) -> str:
    """Read the number of the subscriber."""
    return _digits(lines, _IMSI)


def imei(lines: Lines) -> str:
    """Read the number of the modem itself."""
    return _digits(lines, _IMEI)


def name(lines: Lines) -> str:
    """Read what the modem calls itself, in one line."""
    return " ".join(lines)[:50]


def _digits(lines: Lines, pattern: re.Pattern[str]) -> str:
    for line in lines:
        if found := pattern.search(line):
            return found[1]
    raise AtError(f"{_shown(lines)} holds no such number")


def _fields(lines: Lines) -> list[str]:
    return [field.strip() for field in _rest(lines).split(",")]


def _rest(lines: Lines) -> str:
    """Return what stands behind the prefix of the first line."""
    if not lines or ":" not in lines[0]:
        raise AtError(f"{_shown(lines)} is no such answer")
    return lines[0].partition(":")[2].strip()


def _whole(text: str) -> int:
    if not (text.isascii() and text.isdigit()) or len(text) > 3:  # noqa: PLR2004  no state or count has more digits
        raise AtError(f"{text[:20]!r} is not a number")
    return int(text)


def _shown(lines: Lines) -> str:
    return repr(" | ".join(lines)[:60])
