"""What an answer is made of: who calls, under which rules, into which books, and when."""

from __future__ import annotations

import re
from dataclasses import dataclass

from laadpaal.backoffice.ledger import Ledger
from laadpaal.backoffice.policy import Policy
from laadpaal.protocols.ocpp import timestamp
from laadpaal.protocols.ocpp.errors import RemoteProtocolError
from laadpaal.protocols.ocpp.version import Fault, Language

_LARGEST = 1e18
# What float() takes besides, such as "1_0" or "nan", no OCPP peer means.
_NUMBER = re.compile(r"[+-]?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?", re.ASCII)


@dataclass(frozen=True, slots=True)
class Visit:
    """One call being answered; `utc` is the CSMS's clock in seconds of Unix time."""

    station: str
    policy: Policy
    ledger: Ledger
    utc: float


def instant(language: Language, text: str) -> float:
    """Return a station's timestamp in seconds of Unix time.

    Raises:
        RemoteProtocolError: It is none.
    """
    try:
        return timestamp.parse(text)
    except timestamp.TimestampError as error:
        raise wrong_value(language, str(error)) from error


def number(language: Language, text: str) -> float:
    """Return a station's number that came as text.

    Raises:
        RemoteProtocolError: It is none.
    """
    if _NUMBER.fullmatch(text) is None:
        raise wrong_value(language, f"{text[:40]!r} is no number")
    return finite(language, float(text))


def finite(language: Language, value: float) -> float:
    """Return the number, whole or not, as a float.

    Raises:
        RemoteProtocolError: It is beyond what a station can measure.
    """
    if not abs(value) <= _LARGEST:
        raise wrong_value(language, "a number is beyond all measure")
    return float(value)


def wrong_value(language: Language, detail: str) -> RemoteProtocolError:
    """Return the error for a field that no schema could refuse."""
    return RemoteProtocolError(language.version.codes[Fault.WRONG_VALUE], detail)
