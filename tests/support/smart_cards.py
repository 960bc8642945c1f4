"""The modules of pyscard as far as we use them, with readers and cards of the test's own."""

from __future__ import annotations

import sys
from dataclasses import dataclass, field
from types import ModuleType

import pytest


class NoCardException(Exception):  # noqa: N818  the library's name
    """There is no card."""


class CardConnectionException(Exception):  # noqa: N818  the library's name
    """The card does not answer."""


class ServiceStoppedError(Exception):
    """Stands for whatever else the library raises."""


@dataclass
class SmartReader:
    """A reader as the library shows it, and as its own connection.

    Args:
        uid: Of the card before it.
        status: What the card says after its number.
        wrong: Raised when the card is asked.
    """

    name: str = "Maker Model 00 00"
    uid: bytes = b""
    status: tuple[int, int] = (0x90, 0x00)
    wrong: Exception | None = None
    asked: list[list[int]] = field(default_factory=list)
    open: int = 0

    def __str__(self) -> str:
        return self.name

    def createConnection(self) -> SmartReader:  # noqa: N802  the library's name
        """Return what speaks with a card."""
        return self

    def connect(self) -> None:
        """Begin to speak."""
        self.open += 1
        if not self.uid:
            raise NoCardException

    def transmit(self, command: list[int]) -> tuple[list[int], int, int]:
        """Ask the card."""
        self.asked.append(command)
        if self.wrong:
            raise self.wrong
        return list(self.uid), *self.status

    def disconnect(self) -> None:
        """Let the card go."""
        self.open -= 1


@dataclass
class SmartCards:
    """The readers that the machine has; `wrong` is raised when it is asked for them."""

    readers: list[SmartReader]
    wrong: Exception | None = None

    def list(self) -> list[SmartReader]:
        """Return them."""
        if self.wrong:
            raise self.wrong
        return self.readers


def installed(patch: pytest.MonkeyPatch, *readers: SmartReader) -> SmartCards:
    """Put the library in its place, for as long as the patch lasts."""
    cards = SmartCards(list(readers))
    package, system, errors = map(
        ModuleType, ("smartcard", "smartcard.System", "smartcard.Exceptions")
    )
    package.__spec__ = sys.__spec__
    vars(system)["readers"] = cards.list
    vars(errors).update(
        NoCardException=NoCardException, CardConnectionException=CardConnectionException
    )
    for module in (package, system, errors):
        patch.setitem(sys.modules, module.__name__, module)
    return cards
