"""What a property's value may be: each kind parses text, prints it, and knows its limits."""

from __future__ import annotations

import decimal
import re
from dataclasses import dataclass
from enum import Enum
from typing import Protocol, TypeVar

T = TypeVar("T")


class DataType(Enum):
    """The data types of the OCPP 2.0.1 device model."""

    STRING = "string"
    DECIMAL = "decimal"
    INTEGER = "integer"
    BOOLEAN = "boolean"
    OPTION_LIST = "OptionList"
    SEQUENCE_LIST = "SequenceList"
    MEMBER_LIST = "MemberList"


_DIGITS = re.compile(r"-?[0-9]+(\.[0-9]+)?")


class Kind(Protocol[T]):
    """Turns text into a value and back.

    `parse` raises ValueError with a sentence that names what was wrong.
    """

    @property
    def data_type(self) -> DataType:
        """The device model's type."""
        ...

    @property
    def unit(self) -> str:
        """Unit of the value as OCPP writes it, or ""."""
        ...

    @property
    def low(self) -> float | None:
        """Smallest number, or shortest text; None where there is no bound."""
        ...

    @property
    def high(self) -> float | None:
        """Largest number, longest text, or most members; None where there is no bound."""
        ...

    @property
    def choices(self) -> tuple[str, ...]:
        """All words that may occur, for the list kinds."""
        ...

    def parse(self, text: str) -> T:
        """Return the value that `text` spells."""
        ...

    def show(self, value: T) -> str:
        """Return the text that `parse` reads back as `value`."""
        ...


@dataclass(frozen=True, slots=True)
class Whole:
    """A whole number in `low..high`; no sign for plus, no leading zero, no fraction."""

    low: float
    high: float
    unit: str = ""
    choices: tuple[str, ...] = ()
    data_type: DataType = DataType.INTEGER

    def parse(self, text: str) -> int:
        """Return the number; raise ValueError when it is none or out of bounds."""
        word = text.strip()
        digits = word.removeprefix("-")
        if not (digits.isascii() and digits.isdigit()) or str(_number(word)) != word:
            raise ValueError(f"{_short(text)} is not a whole number")
        number = _number(word)
        if not self.low <= number <= self.high:
            raise ValueError(f"{number} is not in {self.low:.0f}..{self.high:.0f}")
        return number

    def show(self, value: int) -> str:
        """Return the decimal digits."""
        return str(value)


@dataclass(frozen=True, slots=True)
class Decimal:
    """A decimal number in `low..high`, in plain digits: no exponent, no sign for plus."""

    low: float
    high: float
    unit: str = ""
    choices: tuple[str, ...] = ()
    data_type: DataType = DataType.DECIMAL

    def parse(self, text: str) -> float:
        """Return the number; raise ValueError when it is none or out of bounds."""
        if not _DIGITS.fullmatch(text.strip()):
            raise ValueError(f"{_short(text)} is not a number")
        number = float(text)
        if not self.low <= number <= self.high:
            raise ValueError(f"{number:g} is not in {self.low:g}..{self.high:g}")
        return number

    def show(self, value: float) -> str:
        """Return the shortest text that reads back the same."""
        return f"{decimal.Decimal(repr(float(value))):f}".removesuffix(".0")


@dataclass(frozen=True, slots=True)
class Flag:
    """True or false; any case is read, lower case is written."""

    unit: str = ""
    low: float | None = None
    high: float | None = None
    choices: tuple[str, ...] = ()
    data_type: DataType = DataType.BOOLEAN

    def parse(self, text: str) -> bool:
        """Return the truth value; only the words true and false are read."""
        word = text.strip().lower()
        if word not in {"true", "false"}:
            raise ValueError(f"{_short(text)} is neither true nor false")
        return word == "true"

    def show(self, value: bool) -> str:  # noqa: FBT001  a kind's value is positional by nature
        """Return `true` or `false`."""
        return "true" if value else "false"


@dataclass(frozen=True, slots=True)
class Text:
    """Printable text of `low..high` characters."""

    high: float
    low: float = 0
    unit: str = ""
    choices: tuple[str, ...] = ()
    data_type: DataType = DataType.STRING

    def parse(self, text: str) -> str:
        """Return the text; raise ValueError when its length or a character is not allowed."""
        if not self.low <= len(text) <= self.high:
            raise ValueError(f"{len(text)} characters are not in {self.low:.0f}..{self.high:.0f}")
        if not text.isprintable():
            raise ValueError("the text has a character that cannot be printed")
        return text

    def show(self, value: str) -> str:
        """Return the text itself."""
        return value


@dataclass(frozen=True, slots=True)
class Secret:
    """Text of `low..high` characters, or digits only, that no face ever shows."""

    high: float
    low: float = 0
    unit: str = ""
    choices: tuple[str, ...] = ()
    data_type: DataType = DataType.STRING
    digits: bool = False

    def parse(self, text: str) -> Hidden:
        """Return the hidden text; the error does not repeat it."""
        if not self.low <= len(text) <= self.high:
            raise ValueError(f"{len(text)} characters are not in {self.low:.0f}..{self.high:.0f}")
        if self.digits and text and not (text.isascii() and text.isdigit()):
            raise ValueError("there is something else in it than digits")
        return Hidden(text)

    def show(self, value: Hidden) -> str:
        """Return the text in clear: for storage only."""
        return value.reveal()


_SPELLED = re.compile(r"hex:(?:[0-9a-f]{2}){16,20}")
_SHORTEST = 16


def spelled(secret: bytes) -> str:
    """Return the text by which a secret holds 16 to 20 bytes: their own, or `hex:` and digits.

    Bytes that are no printable text, or a text that is too short, are spelled.
    """
    try:
        text = secret.decode()
    except UnicodeDecodeError:
        text = ""
    plain = len(text) >= _SHORTEST and text.isprintable()
    return text if plain else f"hex:{secret.hex()}"


class Hidden:
    """A secret text whose printed form is `***`; `reveal` and `raw` are the only ways to it."""

    __slots__ = ("_text",)

    def __init__(self, text: str) -> None:
        self._text = text

    def reveal(self) -> str:
        """Return the secret itself."""
        return self._text

    def raw(self) -> bytes:
        """Return the secret as bytes: those that it spells, or its text in UTF-8."""
        if _SPELLED.fullmatch(self._text):
            return bytes.fromhex(self._text.removeprefix("hex:"))
        return self._text.encode()

    def __repr__(self) -> str:
        return "***"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Hidden) and other._text == self._text

    def __hash__(self) -> int:
        return hash(self._text)


@dataclass(frozen=True, slots=True)
class Choice:
    """One word out of `choices`; case matters not when read, unless the word has to be `exact`."""

    choices: tuple[str, ...]
    exact: bool = False
    unit: str = ""
    low: float | None = None
    high: float | None = None
    data_type: DataType = DataType.OPTION_LIST

    def parse(self, text: str) -> str:
        """Return the word in its own spelling."""
        if self.exact and text not in self.choices:
            raise ValueError(f"{_short(text)} is not exactly one of {', '.join(self.choices)}")
        return member(text, self.choices)

    def show(self, value: str) -> str:
        """Return the word."""
        return value


@dataclass(frozen=True, slots=True)
class Members:
    """Several different words out of `choices`, comma separated; order is kept.

    `also` are words that are read as well, though nobody is told to choose from them.
    """

    choices: tuple[str, ...]
    unit: str = ""
    low: float | None = 0
    data_type: DataType = DataType.MEMBER_LIST
    also: tuple[str, ...] = ()

    @property
    def high(self) -> float:
        """As many as there are choices."""
        return len(self.choices)

    def parse(self, text: str) -> tuple[str, ...]:
        """Return the words; one unknown or repeated word refuses the whole list."""
        known = self.choices + self.also
        words = tuple(member(word, known) for word in text.split(",") if text.strip())
        if len(set(words)) != len(words):
            raise ValueError(f"{_short(text)} names one member twice")
        if len(words) > self.high:
            raise ValueError(f"{len(words)} members are more than {self.high:.0f}")
        if len(words) < (self.low or 0):
            raise ValueError(f"at least {self.low:.0f} of {', '.join(self.choices)} is needed")
        return words

    def show(self, value: tuple[str, ...]) -> str:
        """Return the words with commas between, no spaces."""
        return ",".join(value)


def member(text: str, choices: tuple[str, ...]) -> str:
    """Return the word of `choices` that `text` is in any case; raise ValueError for a stranger."""
    word = text.strip().lower()
    for choice in choices:
        if choice.lower() == word:
            return choice
    raise ValueError(f"{_short(text)} is not one of {', '.join(choices)}")


def _number(word: str) -> int:
    # Python refuses to read thousands of digits, so that length is refused before.
    if len(word) > 18:  # noqa: PLR2004  more digits than any bound has
        raise ValueError(f"{_short(word)} is not a whole number in bounds")
    return int(word)


def _short(text: str) -> str:
    return repr(text if len(text) <= 40 else text[:37] + "...")  # noqa: PLR2004  fits a log line
