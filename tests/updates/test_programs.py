"""Other programs are heard, understood when they refuse, and ended when they take too long."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from laadpaal.updates.programs import LONGEST_LINE, ProgramError, said_by

PATIENCE_S = 20.0


def runs(folder: Path) -> bool:
    """Tell whether the program is there that has written down its number."""
    return Path("/proc", (folder / "pid").read_text().strip()).exists()


def shell(text: str) -> list[str]:
    """Return the words that do this."""
    return ["sh", "-c", text]


async def test_what_a_program_says_is_heard_as_it_comes() -> None:
    """Line by line, and all of it at the end; what it says beside counts for nothing."""
    lines: list[str] = []
    said = await said_by(shell("echo one; echo beside >&2; echo two"), PATIENCE_S, lines.append)

    assert said == "one\ntwo\n"
    assert lines == ["one\n", "two\n"]


@pytest.mark.parametrize(
    ("does", "why"),
    [
        ("echo 'no such slot' >&2; exit 1", "no such slot"),
        ("echo 'rauc-Message: 12:00: reading' >&2; echo bad >&2; exit 1", "bad"),
        ("echo '(rauc:7): rauc-WARNING **: 12:00: x' >&2; echo >&2; echo bad >&2; exit 2", "bad"),
        (r"printf 'a\033[1mb\n' >&2; exit 1", "a [1mb"),
        ("exit 3", "sh has ended with status 3"),
        ("kill -9 $$", "sh has ended with status -9"),
    ],
)
async def test_a_program_that_fails_says_why(does: str, why: str) -> None:
    """In the first line that is not the log of a library."""
    with pytest.raises(ProgramError) as caught:
        await said_by(shell(does), PATIENCE_S)

    assert str(caught.value) == why


async def test_a_program_that_is_not_there_is_named() -> None:
    """Nothing has been run then."""
    with pytest.raises(ProgramError, match="nowhere cannot be run: No such file"):
        await said_by(["/nowhere"], PATIENCE_S)


async def test_a_program_that_takes_too_long_is_ended(tmp_path: Path) -> None:
    """And its time is told."""
    with pytest.raises(ProgramError, match=r"sh -c was not done within 0.2 s"):
        await said_by(shell(f"echo $$ > {tmp_path / 'pid'}; exec sleep 1000"), 0.2)

    assert not runs(tmp_path)


async def test_who_gives_up_ends_the_program(tmp_path: Path) -> None:
    """It does not go on without anybody."""
    begun = asyncio.Event()
    words = shell(f"echo $$ > {tmp_path / 'pid'}; echo on; exec sleep 1000")
    task = asyncio.ensure_future(said_by(words, PATIENCE_S, lambda _: begun.set()))
    async with asyncio.timeout(PATIENCE_S):
        await begun.wait()
    task.cancel()
    await asyncio.wait({task})

    assert task.cancelled()
    assert not runs(tmp_path)


async def test_a_line_without_end_is_passed_over() -> None:
    """It fills no memory, and what comes after it is heard."""
    size = 3 * LONGEST_LINE
    said = await said_by(shell(f"head -c {size} /dev/zero | tr '\\0' x; echo; echo end"), 60.0)

    assert said.endswith("end\n")
    assert len(said) < LONGEST_LINE
