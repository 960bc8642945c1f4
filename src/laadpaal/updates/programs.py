"""Other programs of this machine: run without a terminal, heard, and never waited for too long."""

from __future__ import annotations

import asyncio
import os
import re
from asyncio.subprocess import DEVNULL, PIPE, Process
from collections.abc import Callable, Sequence
from contextlib import suppress

LONGEST_LINE = 1024 * 1024
_LONGEST_WHY = 200
_LOGGED = re.compile(r"(\(\S+:\d+\): )?[\w.]+-(Message|WARNING|CRITICAL|INFO|DEBUG)\b")
"""Lines that a library writes beside what the program has to say."""
_CONTROL = re.compile(r"[^\x20-\x7e]+")


class ProgramError(Exception):
    """A program could not be run, has refused, or was not done in time; the text says why."""


def unheard(_: str) -> None:
    """Hear nothing."""


async def said_by(
    words: Sequence[str], limit_s: float, heard: Callable[[str], None] = unheard
) -> str:
    """Run a program, and return what it has said.

    Args:
        words: The program, and what it is started with.
        limit_s: Real seconds after which it is ended.
        heard: Told each line as soon as it is said.

    Raises:
        ProgramError: It has not ended well.
    """
    process = await _started(words)
    try:
        async with asyncio.timeout(limit_s):
            said, complaint = await asyncio.gather(
                _lines(process.stdout, heard), _lines(process.stderr, unheard)
            )
            status = await process.wait()
    except TimeoutError as late:
        why = f"{' '.join(words[:2])} was not done within {limit_s:g} s"
        raise ProgramError(why) from late
    finally:
        await _ended(process)
    if status:
        raise ProgramError(_why(complaint) or f"{words[0]} has ended with status {status}")
    return said


async def _started(words: Sequence[str]) -> Process:
    try:
        return await asyncio.create_subprocess_exec(
            *words,
            stdin=DEVNULL,
            stdout=PIPE,
            stderr=PIPE,
            limit=LONGEST_LINE,
            # In the language in which we look for words.
            env=os.environ | {"LC_ALL": "C"},
        )
    except OSError as wrong:
        raise ProgramError(f"{words[0]} cannot be run: {wrong.strerror}") from wrong


async def _lines(stream: asyncio.StreamReader | None, heard: Callable[[str], None]) -> str:
    said: list[str] = []
    while stream and (line := await _line(stream)):
        said.append(line)
        heard(line)
    return "".join(said)


async def _line(stream: asyncio.StreamReader) -> str:
    try:
        return (await stream.readline()).decode("utf-8", "replace")
    except ValueError:
        return "\n"  # longer than any line of use


async def _ended(process: Process) -> None:
    if process.returncode is None:
        with suppress(ProcessLookupError):
            process.kill()
        await process.wait()


def _why(complaint: str) -> str:
    """Return the first line that says what was wrong."""
    lines = (_CONTROL.sub(" ", line).strip() for line in complaint.splitlines())
    return next((it for it in lines if it and not _LOGGED.match(it)), "")[:_LONGEST_WHY]
