"""The commands that we use: how each is spelled, how long it may take, how its answer is read."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, TypeVar

from laadpaal.protocols.at import answers
from laadpaal.protocols.at.answers import Lines, Stat
from laadpaal.protocols.at.results import AtError

T = TypeVar("T")

_FORBIDDEN = frozenset('"\r\n')


@dataclass(frozen=True, slots=True)
class Command(Generic[T]):
    """A command and its answer.

    Args:
        read: Makes a value of the answer's lines; raises AtError.
        prefix: See `Dialogue.ask`.
        limit_s: How long the final result may take.
        slow: Whether SIM or radio need a longer rest after it.
        once: Whether it must not be said again when its answer was lost.
        shown: How the log shows it, where it holds a secret.
    """

    text: str
    read: Callable[[Lines], T]
    prefix: str | None = ""
    limit_s: float = 5.0
    slow: bool = False
    once: bool = False
    shown: str = ""

    def __str__(self) -> str:
        return self.shown or self.text


ATTENTION = Command("AT", answers.nothing, limit_s=1.0)
NO_ECHO = Command("ATE0", answers.nothing, limit_s=1.0)
ERRORS_IN_WORDS = Command("AT+CMEE=2", answers.nothing)
MODEL = Command("ATI", answers.name, prefix=None)
IMEI = Command("AT+CGSN", answers.imei, prefix=None)
PIN = Command("AT+CPIN?", answers.pin, prefix="+CPIN:", slow=True)
ATTEMPTS = Command('AT+CPINR="SIM PIN"', answers.attempts, prefix="+CPINR:", slow=True)
ICCID = Command("AT+CCID", answers.iccid, prefix=None, slow=True)
IMSI = Command("AT+CIMI", answers.imsi, prefix=None, slow=True)
SIGNAL = Command("AT+CSQ", answers.signal_dbm, prefix="+CSQ:")
REGISTRATIONS: tuple[Command[Stat], ...] = tuple(
    Command(f"AT+{domain}?", answers.registration, prefix=f"+{domain}:")
    for domain in ("CREG", "CGREG", "CEREG")
)
"""The old network, its packets, and the new one; a modem need not know all three."""
OPERATOR = Command("AT+COPS?", answers.operator, prefix="+COPS:", limit_s=10.0)
ANY_OPERATOR = Command("AT+COPS=0", answers.nothing, limit_s=180.0, slow=True)
DIAL = Command("ATD*99***1#", answers.nothing, limit_s=60.0, slow=True)
HANG_UP = Command("ATH", answers.nothing)
RESTART = Command("AT+CFUN=1,1", answers.nothing, limit_s=15.0, slow=True, once=True)


def enter_pin(digits: str) -> Command[None]:
    """Return what enters a PIN; raises AtError when it cannot be one."""
    if not (digits.isascii() and digits.isdigit() and 4 <= len(digits) <= 8):  # noqa: PLR2004  TS 31.101
        raise AtError("a PIN has 4 to 8 digits")
    text = f'AT+CPIN="{digits}"'
    return Command(text, answers.nothing, slow=True, once=True, shown='AT+CPIN="***"')


def access_point(name: str) -> Command[None]:
    """Return what defines the way into the internet; raises AtError for an impossible name."""
    if _FORBIDDEN & set(name):
        raise AtError("the name of the access point holds a character that it may not")
    return Command(f'AT+CGDCONT=1,"IP","{name}"', answers.nothing)


def only_operator(number: str, *, strictly: bool) -> Command[None]:
    """Return what chooses a network by its number, strictly or if it is there; raises AtError."""
    if not (number.isascii() and number.isdigit() and 5 <= len(number) <= 6):  # noqa: PLR2004  country and network
        raise AtError("the number of a network has 5 or 6 digits")
    mode = 1 if strictly else 4
    return Command(f'AT+COPS={mode},2,"{number}"', answers.nothing, limit_s=180.0, slow=True)
