"""What stands between an overflow and an intruder: read from the machine, not believed (S14)."""

from __future__ import annotations

import resource
import sys
import sysconfig
import threading
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from elftools.common.exceptions import ELFError
from elftools.elf.elffile import ELFFile
from elftools.elf.sections import SymbolTableSection

RANDOMIZED = Path("/proc/sys/kernel/randomize_va_space")
FULLY = "2"
EXECUTABLE = 1

STACK_BYTES = 1024 * 1024
"""Of each thread: room for everything we do, and an end to a recursion that runs away."""
MEGABYTE = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Guard:
    """One thing that stands in an intruder's way, and whether it is there."""

    what: str
    there: bool
    where: str


def guards(files: Sequence[Path] | None = None, randomized: Path = RANDOMIZED) -> list[Guard]:
    """Return every guard of this machine and of the native code that runs in this process."""
    found = [_layout_is_random(randomized)]
    for file in native() if files is None else files:
        found += guards_of(file)
    return found


def native() -> list[Path]:
    """Return the interpreter, its library, and every extension module that is loaded."""
    library = Path(sysconfig.get_config_var("LIBDIR") or "") / str(
        sysconfig.get_config_var("INSTSONAME") or ""
    )
    loaded = {getattr(module, "__file__", None) or "" for module in tuple(sys.modules.values())}
    extensions = sorted(Path(name) for name in loaded if name.endswith(".so"))
    shared = [library] if library.suffix and library.is_file() and ".so" in library.name else []
    return [Path(sys.executable).resolve(), *shared, *extensions]


@cache
def guards_of(file: Path) -> tuple[Guard, ...]:
    """Return the guards that the linker and the compiler have built into one file.

    Remembered, for symbols by the ten thousand take a second to read.
    """
    try:
        with file.open("rb") as opened:
            elf = ELFFile(opened)
            return tuple(_built_in(elf, file.name))
    except (OSError, ELFError) as wrong:
        return (Guard("a readable program", there=False, where=f"{file.name}: {wrong}"),)


def _built_in(elf: ELFFile, name: str) -> Iterator[Guard]:
    segments = {segment["p_type"]: segment["p_flags"] for segment in elf.iter_segments()}
    stack = segments.get("PT_GNU_STACK")
    still = stack is not None and not stack & EXECUTABLE
    yield Guard("position-independent code", there=elf["e_type"] == "ET_DYN", where=name)
    yield Guard("a stack that is not executable", there=still, where=name)
    yield Guard("relocations that are read-only", there="PT_GNU_RELRO" in segments, where=name)
    yield Guard("stack canaries", there="__stack_chk_fail" in _imported(elf), where=name)


def _imported(elf: ELFFile) -> set[str]:
    table = elf.get_section_by_name(".dynsym")
    if not isinstance(table, SymbolTableSection):
        return set()
    return {symbol.name for symbol in table.iter_symbols()}


def _layout_is_random(path: Path) -> Guard:
    try:
        said = path.read_text(encoding="ascii").strip()
    except OSError:
        said = "not told"
    return Guard("a random address space", there=said == FULLY, where=f"{path.name} {said}")


def missing(found: Sequence[Guard]) -> dict[str, list[str]]:
    """Return where each guard is missing."""
    gaps: dict[str, list[str]] = {}
    for guard in found:
        if not guard.there:
            gaps.setdefault(guard.what, []).append(guard.where)
    return gaps


def confine(memory_mb: int) -> None:
    """Bound what this process may take, as a container or a service manager would.

    Args:
        memory_mb: Of address space; 0 leaves it to the machine. Beyond it Python raises
            MemoryError, which ends the process in order, and the next one tells of it.
    """
    threading.stack_size(STACK_BYTES)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))  # a core dump would hold passwords
    if memory_mb:
        _, most = resource.getrlimit(resource.RLIMIT_AS)
        wanted = memory_mb * MEGABYTE
        bound = wanted if most == resource.RLIM_INFINITY else min(wanted, most)
        resource.setrlimit(resource.RLIMIT_AS, (bound, most))
