"""The guards against overflows are looked for, and what is told of them is so."""

from __future__ import annotations

import configparser
import struct
import subprocess
import sys
from pathlib import Path

import pytest

from laadpaal.runtime.hardening import Guard, guards, guards_of, missing, native

UNIT = Path(__file__).parents[2] / "packaging/laadpaal.service"
GNU_STACK = 0x6474E551
FIXED, MOVABLE = 2, 3
"""Types of a program that runs at a fixed place, and of one that runs anywhere."""


def _program(path: Path, kind: int, stack_flags: int) -> Path:
    """Write the smallest 64-bit program head there is: one segment, which is the stack."""
    head = struct.pack(
        "<16sHHIQQQIHHHHHH",
        b"\x7fELF\x02\x01\x01",
        *(kind, 62, 1, 0, 64, 0, 0, 64, 56, 1, 64, 0, 0),
    )
    path.write_bytes(head + struct.pack("<IIQQQQQQ", GNU_STACK, stack_flags, 0, 0, 0, 0, 0, 16))
    return path


def _there(found: tuple[Guard, ...]) -> dict[str, bool]:
    return {guard.what: guard.there for guard in found}


def test_a_program_without_any_guard_has_none(tmp_path: Path) -> None:
    """At a fixed place, with a stack that can be run."""
    assert _there(guards_of(_program(tmp_path / "bare", FIXED, 7))) == {
        "position-independent code": False,
        "a stack that is not executable": False,
        "relocations that are read-only": False,
        "stack canaries": False,
    }


def test_what_a_program_has_is_seen(tmp_path: Path) -> None:
    """One that can be moved, with a stack that cannot be run."""
    found = _there(guards_of(_program(tmp_path / "better", MOVABLE, 6)))

    assert found["position-independent code"]
    assert found["a stack that is not executable"]


def test_what_is_no_program_is_a_gap(tmp_path: Path) -> None:
    """And says why it could not be read."""
    (tmp_path / "text").write_text("hello")

    (guard,) = guards_of(tmp_path / "text")

    assert not guard.there
    assert guard.where.startswith("text: ")


@pytest.mark.parametrize(("said", "there"), [("2\n", [True]), ("1\n", [False]), (None, [False])])
def test_only_a_fully_random_address_space_will_do(
    tmp_path: Path, said: str | None, there: list[bool]
) -> None:
    """Level 1 leaves the heap where it is."""
    file = tmp_path / "randomize_va_space"
    if said:
        file.write_text(said)

    assert [guard.there for guard in guards([], file)] == there


def test_every_native_file_of_this_process_is_looked_at() -> None:
    """S14: the interpreter, and all extension modules that are loaded, run no code on the stack."""
    files = native()
    gaps = missing(guards(files))

    assert Path(sys.executable).resolve() in files
    assert any(file.name.startswith("_rust") for file in files)
    assert "a readable program" not in gaps
    assert "a stack that is not executable" not in gaps


def test_memory_that_is_bounded_ends_in_an_error_and_not_in_a_kill() -> None:
    """S14: Python raises MemoryError, and the process goes on to end in order."""
    script = (
        "from laadpaal.runtime.hardening import confine\n"
        "confine(600)\n"
        "try:\n"
        "    bytearray(10**9)\n"
        "except MemoryError:\n"
        "    print('bounded')\n"
    )
    done = subprocess.run(  # noqa: S603  our own interpreter and script
        [sys.executable, "-c", script], check=False, capture_output=True, text=True
    )

    assert (done.returncode, done.stdout) == (0, "bounded\n"), done.stderr


def test_the_recursion_of_python_stays_bounded() -> None:
    """S14: nothing of ours raises the interpreter's own limit."""
    script = (
        "import sys, laadpaal.cli.app, laadpaal.runtime.assembly; print(sys.getrecursionlimit())"
    )
    done = subprocess.run(  # noqa: S603  our own interpreter and script
        [sys.executable, "-c", script], check=True, capture_output=True, text=True
    )

    assert int(done.stdout) <= 1000


def _unit() -> dict[str, list[str]]:
    """Return every directive of the service with its values; a directive may stand twice."""
    told: dict[str, list[str]] = {}
    for line in UNIT.read_text(encoding="utf-8").splitlines():
        name, equals, value = line.partition("=")
        if equals and not line.startswith("#"):
            told.setdefault(name, []).append(value)
    return told


@pytest.mark.parametrize(
    ("directive", "value"),
    [
        ("NoNewPrivileges", "yes"),
        ("ProtectSystem", "strict"),
        ("ProtectHome", "yes"),
        ("PrivateTmp", "yes"),
        ("DevicePolicy", "closed"),
        ("MemoryDenyWriteExecute", "yes"),
        ("LockPersonality", "yes"),
        ("CapabilityBoundingSet", ""),
        ("SystemCallFilter", "@system-service"),
        ("Restart", "always"),
        ("Type", "notify"),
    ],
)
def test_the_service_may_do_what_it_must_and_nothing_else(directive: str, value: str) -> None:
    """S14: each directive of the sandbox stands in the unit."""
    assert value in _unit()[directive]


@pytest.mark.parametrize(
    "directive", ["MemoryMax", "TasksMax", "WatchdogSec", "RestrictAddressFamilies", "DeviceAllow"]
)
def test_the_service_is_bounded(directive: str) -> None:
    """S14: each bound is set, whatever its figure."""
    assert all(_unit()[directive])


def test_the_unit_is_one_that_a_service_manager_can_read() -> None:
    """Its three sections, in the order that people expect."""
    parser = configparser.ConfigParser(strict=False, interpolation=None)
    parser.optionxform = str  # type: ignore[assignment, method-assign]  # how it is documented
    parser.read(UNIT, encoding="utf-8")

    assert parser.sections() == ["Unit", "Service", "Install"]
