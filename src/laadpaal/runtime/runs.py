"""How the process before this one has ended: in peace, without power, or by a crash (S14)."""

from __future__ import annotations

import faulthandler
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import msgspec

from laadpaal.station.events import SecurityIncident
from laadpaal.station.security import SecurityKind

MARK, TRACE = "running.json", "crash.txt"
"""Files in a station's folder: one is there while a process runs, the other is `faulthandler`'s."""
BOOT_ID = Path("/proc/sys/kernel/random/boot_id")
_LONGEST = 200


class Mark(msgspec.Struct, frozen=True):
    """What a process leaves in the folder as long as it runs.

    Args:
        boot: Which start of the machine this is, or "".
        crashes: How often in a row the processes before it had crashed.
        why: The error it ended by, "" while it runs.
    """

    boot: str = ""
    crashes: int = 0
    why: str = ""


@dataclass(frozen=True, slots=True)
class Crash:
    """The process before this one did not end as it should.

    Args:
        crashes: How often in a row that has happened.
        why: The error, or the first line of the trace; "" when nothing tells.
    """

    crashes: int
    why: str

    def incident(self) -> SecurityIncident:
        """Return the security event that tells of it."""
        memory = "MemoryError" in self.why
        kind = SecurityKind.MEMORY_EXHAUSTED if memory else SecurityKind.RESTARTED
        info = f"The process had crashed, {self.crashes} in a row. {self.why}".strip()
        return SecurityIncident(kind, info[:_LONGEST])


def boot_id() -> str:
    """Return which start of the machine this is, "" where the kernel does not tell."""
    return _text(BOOT_ID)


@contextmanager
def run_in(folder: Path, boot_id: Path = BOOT_ID) -> Iterator[Crash | None]:
    """Mark the folder as in use, and yield how the process before this one crashed, if it did.

    A process that is stopped takes its mark away; one that ends by an error writes it there. A
    mark from an earlier start of the machine tells of a power cut, which is no crash.
    """
    mark = folder / MARK
    crash = _found(folder, boot := _text(boot_id))
    crashes = crash.crashes if crash else 0
    mark.write_bytes(msgspec.json.encode(Mark(boot, crashes)))
    try:
        yield crash
    except Exception as wrong:
        mark.write_bytes(msgspec.json.encode(Mark(boot, crashes, _name(wrong))))
        raise
    except BaseException:
        mark.unlink()
        raise
    mark.unlink()


@contextmanager
def traced(folder: Path) -> Iterator[None]:
    """Have the interpreter write down where it was should it crash hard; for the whole process."""
    with (folder / TRACE).open("w", encoding="utf-8") as file:
        faulthandler.enable(file)
        try:
            yield
        finally:
            faulthandler.disable()
    (folder / TRACE).unlink(missing_ok=True)


def _found(folder: Path, boot: str) -> Crash | None:
    left = _read(folder / MARK)
    trace = _text(folder / TRACE).partition("\n")[0]
    (folder / TRACE).unlink(missing_ok=True)
    if left is None or (left.boot != boot and not left.why):
        return None
    return Crash(left.crashes + 1, left.why or trace)


def _read(path: Path) -> Mark | None:
    try:
        return msgspec.json.decode(path.read_bytes(), type=Mark)
    except FileNotFoundError:
        return None
    except msgspec.DecodeError:
        return Mark()  # the power went while it was written


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8", errors="replace").strip()
    except OSError:
        return ""


def _name(wrong: BaseException) -> str:
    """Return the innermost errors' names: a group says nothing by its own."""
    if isinstance(wrong, BaseExceptionGroup):
        return ", ".join(dict.fromkeys(_name(one) for one in wrong.exceptions))
    return type(wrong).__name__
