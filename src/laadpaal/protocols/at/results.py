"""How a command ends: the final results, of which there is exactly one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from types import MappingProxyType


class AtError(Exception):
    """What the modem has said is not what it may say."""


class Final(Enum):
    """The last line of an answer, as it is spelled."""

    OK = "OK"
    CONNECT = "CONNECT"
    ERROR = "ERROR"
    NO_CARRIER = "NO CARRIER"
    BUSY = "BUSY"
    NO_ANSWER = "NO ANSWER"
    NO_DIALTONE = "NO DIALTONE"


class Trouble(Enum):
    """What is wrong with the SIM or the network: numbers of the mobile equipment's errors."""

    NOT_ALLOWED = 3
    NO_SIM = 10
    PIN_NEEDED = 11
    PUK_NEEDED = 12
    SIM_FAILED = 13
    SIM_BUSY = 14
    WRONG_PIN = 16
    NO_NETWORK = 30
    EMERGENCY_ONLY = 32


_WORDS: Mapping[str, Trouble] = MappingProxyType(
    {
        "operation not allowed": Trouble.NOT_ALLOWED,
        "sim not inserted": Trouble.NO_SIM,
        "sim pin required": Trouble.PIN_NEEDED,
        "sim puk required": Trouble.PUK_NEEDED,
        "sim failure": Trouble.SIM_FAILED,
        "sim busy": Trouble.SIM_BUSY,
        "incorrect password": Trouble.WRONG_PIN,
        "no network service": Trouble.NO_NETWORK,
        "network not allowed - emergency calls only": Trouble.EMERGENCY_ONLY,
    }
)
"""The same in words, for a modem may say either."""
_TROUBLES = {str(trouble.value): trouble for trouble in Trouble}
_NUMBERED = ("+CME ERROR:", "+CMS ERROR:")


@dataclass(frozen=True, slots=True)
class Result:
    """How a command has ended.

    Args:
        text: The line itself.
        trouble: What it says of SIM or network; None when it says nothing of them that we know.
    """

    final: Final
    text: str
    trouble: Trouble | None = None

    @property
    def good(self) -> bool:
        """Whether the command did what it was for."""
        return self.final in {Final.OK, Final.CONNECT}


def result_of(line: str) -> Result | None:
    """Return the final result that a line is, or None when more follows."""
    for head in _NUMBERED:
        if line.upper().startswith(head):
            return Result(Final.ERROR, line, _trouble(line[len(head) :]))
    if line.startswith(Final.CONNECT.value + " "):
        return Result(Final.CONNECT, line)
    try:
        return Result(Final(line), line)
    except ValueError:
        return None


def _trouble(told: str) -> Trouble | None:
    word = told.strip().lower()
    return _TROUBLES.get(word) or _WORDS.get(word)
