"""The program `rauc`: what it is asked, and what it answers (RAUC 1.8 and later)."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from typing import TypeVar

import msgspec

from laadpaal.updates.programs import ProgramError, said_by

LOOK_S = 30.0
"""Real seconds for what RAUC knows, and what it only has to write down."""
READ_S = 300.0
"""Real seconds for reading a whole bundle, over which the signature may be."""
INSTALL_S = 780.0
"""Real seconds for an installation; less than whoever has asked for it waits."""
_DONE = re.compile(r"\s*(\d{1,3})% ")
_LAST_ERROR = re.compile(r"LastError: (.+)")
_NUMBER = re.compile(r"\.\d+$")
T = TypeVar("T")


class Mark(Enum):
    """What RAUC and the boot loader are told of a slot."""

    GOOD = "mark-good"
    """It has come up, and is well."""
    ACTIVE = "mark-active"
    """It is the one that starts next."""


@dataclass(frozen=True, slots=True)
class Place:
    """A slot of RAUC.

    Args:
        name: Such as `rootfs.0`.
        boots: Whether the boot loader can start it.
        booted: Whether it is the one that the machine has started from.
        bad: Whether the boot loader would not start it.
        version: Of the bundle that was installed there, "" where RAUC does not know it.
    """

    name: str
    boots: bool = True
    booted: bool = False
    bad: bool = False
    version: str = ""

    @property
    def kind(self) -> str:
        """What it holds; slots of one kind stand in for each other."""
        return _NUMBER.sub("", self.name)


@dataclass(frozen=True, slots=True)
class System:
    """A machine as RAUC sees it.

    Args:
        compatible: What a bundle must be for.
        primary: The slot that starts next, "" where RAUC does not know it.
    """

    compatible: str
    places: tuple[Place, ...]
    primary: str

    @property
    def booted(self) -> Place | None:
        """The slot that the machine has started from, where that is one of them."""
        return next((it for it in self.places if it.booted), None)

    @property
    def other(self) -> Place | None:
        """The slot that could start instead of that one."""
        booted = self.booted
        others = (it for it in self.places if booted and it.kind == booted.kind and it.boots)
        return next((it for it in others if not it.booted), None)


UNKNOWN = System("", (), "")
"""What is known of a machine whose RAUC does not answer."""


@dataclass(frozen=True, slots=True)
class Bundle:
    """What a bundle says of itself, once its signature was found good."""

    compatible: str
    version: str


class _ToldBundle(msgspec.Struct):
    compatible: str | None = None
    version: str | None = None


class _ToldStatus(msgspec.Struct):
    bundle: _ToldBundle = msgspec.field(default_factory=_ToldBundle)


class _ToldSlot(msgspec.Struct):
    state: str
    bootname: str | None = None
    boot_status: str | None = None
    slot_status: _ToldStatus = msgspec.field(default_factory=_ToldStatus)

    def place(self, name: str) -> Place:
        """Return what it means."""
        return Place(
            name,
            boots=bool(self.bootname),
            booted=self.state == "booted",
            bad=self.boot_status == "bad",
            version=self.slot_status.bundle.version or "",
        )


class _ToldSystem(msgspec.Struct):
    slots: list[dict[str, _ToldSlot]]
    compatible: str | None = None
    boot_primary: str | None = None


@dataclass(frozen=True, slots=True)
class Rauc:
    """Asks it; every question raises ProgramError when there is no answer of use."""

    program: str = "rauc"

    async def system(self) -> System:
        """Return how the machine stands."""
        told = await self._json(_ToldSystem, LOOK_S, "status", "--detailed", "--output-format=json")
        places = tuple(slot.place(name) for each in told.slots for name, slot in each.items())
        return System(told.compatible or "", places, told.boot_primary or "")

    async def bundle(self, file: Path) -> Bundle:
        """Return what a bundle says, which the keyring of the machine vouches for."""
        told = await self._json(_ToldBundle, READ_S, "info", "--output-format=json", _name(file))
        return Bundle(told.compatible or "", told.version or "")

    async def mark(self, mark: Mark, place: str = "booted") -> None:
        """Tell something of a slot, by its name, or of the one that the machine started from."""
        await said_by([self.program, "status", mark.value, place], LOOK_S)

    async def install(self, file: Path, told: Callable[[int], None]) -> None:
        """Write a bundle into the slots that do not run; `told` hears how many percent are done."""
        last = ""

        def hear(line: str) -> None:
            nonlocal last
            if done := _DONE.match(line):
                told(min(int(done[1]), 100))
            if wrong := _LAST_ERROR.match(line):
                last = wrong[1].strip()

        try:
            await said_by([self.program, "install", _name(file)], INSTALL_S, hear)
        except ProgramError as wrong:
            raise ProgramError(last or str(wrong)) from wrong

    async def _json(self, kind: type[T], limit_s: float, *words: str) -> T:
        said = await said_by([self.program, *words], limit_s)
        try:
            return msgspec.json.decode(said, type=kind)
        except msgspec.MsgspecError as wrong:
            raise ProgramError(
                f"{self.program} {words[0]} says what is no answer: {wrong}"
            ) from wrong


def _name(file: Path) -> str:
    """Return a name that means the same to the service, which runs elsewhere."""
    return str(file.absolute())
