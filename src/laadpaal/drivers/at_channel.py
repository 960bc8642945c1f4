"""The line to a modem: one command at a time, with a rest after each answer (S57)."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from typing import Protocol, TypeVar

from laadpaal.ports.errors import LineLost
from laadpaal.ports.modem import ModemFailed
from laadpaal.protocols.at import commands
from laadpaal.protocols.at.commands import Command
from laadpaal.protocols.at.dialogue import Answer, Dialogue
from laadpaal.protocols.at.results import AtError, Final, Result

T = TypeVar("T")
U = TypeVar("U")

GAP_S = 0.1
SLOW_GAP_S = 0.5
"""After what keeps SIM or radio busy."""
LISTEN_S = 0.01
"""How long to listen before a command, however long ago the last answer was."""
TRIES = 3
"""How often a command is said whose answer is lost or garbled."""
CALLS = 5
"""How often a modem is called that does not answer."""
SILENCE_S = 1.1
"""Before and after the escape; a modem asks for one second."""
ESCAPE = b"+++"
COM = {"facility": "COM"}


class Line(Protocol):
    """Bytes both ways; `read` and `write` raise LineLost, and the next use opens it anew."""

    async def read(self) -> bytes:
        """Return what has come, at least one byte."""
        ...

    async def write(self, data: bytes) -> None:
        """Send all of it."""
        ...

    def close(self) -> None:
        """Let it go."""
        ...


class Unanswered(ModemFailed):
    """The modem has said nothing that is an answer."""


class CommandRefused(ModemFailed):
    """The modem has refused a command; the result says how."""

    def __init__(self, command: str, result: Result) -> None:
        super().__init__(f"the modem answers {command} with {result.text}")
        self.result = result


class AtChannel:
    """Speaks with a modem; all methods but `let_go` raise ModemFailed.

    Args:
        gap_s: The rest after each answer, asked anew each time; a hurried modem talks nonsense.
    """

    def __init__(
        self, line: Line, log: logging.Logger, gap_s: Callable[[], float] = lambda: GAP_S
    ) -> None:
        self._line = line
        self._log = log
        self._gap_s = gap_s
        self._dialogue = Dialogue()
        self._free_at = 0.0

    async def ask(self, command: Command[T]) -> T:
        """Return what the answer means; a lost or garbled one is asked for again.

        Raises:
            Unanswered: However often it was said, nothing that is an answer came back.
            CommandRefused: The modem will not.
        """
        wrong = ""
        for attempt in range(1 if command.once else TRIES):
            if attempt:
                await self._call()
            try:
                answer = await self._said(command)
                if answer.result.good:
                    return command.read(answer.lines)
            except TimeoutError:
                wrong = f"no answer within {command.limit_s:g} s"
            except AtError as garbled:
                wrong = str(garbled)
            else:
                raise CommandRefused(str(command), answer.result)
            self._log.warning("AT: %s: %s", command, wrong, extra=COM)
        raise Unanswered(f"{command}: {wrong}")

    async def optional(self, command: Command[T], instead: U) -> T | U:
        """Return what the answer means, or `instead` from a modem that has none."""
        try:
            return await self.ask(command)
        except CommandRefused:
            return instead

    async def dial(self, command: Command[None]) -> None:
        """Say a command after which the line belongs to data."""
        answer = await self._dialled(command)
        if answer.result.final is not Final.CONNECT:
            raise CommandRefused(str(command), answer.result)
        self.let_go()

    async def wake(self) -> None:
        """Find the modem, whatever it is doing; it may still believe to carry data."""
        try:
            await self._call()
        except Unanswered:
            await self._escape()
            await self._call()

    def let_go(self) -> None:
        """Close the line; the next command opens it again."""
        self._line.close()

    async def _dialled(self, command: Command[None]) -> Answer:
        try:
            return await self._said(command)
        except TimeoutError as silent:
            raise Unanswered(f"{command}: no answer within {command.limit_s:g} s") from silent

    async def _call(self) -> None:
        """Say AT until it is answered: from then on answers belong to commands again."""
        for _ in range(CALLS):
            try:
                answer = await self._said(commands.ATTENTION)
            except TimeoutError:
                continue
            if answer.result.final is Final.OK:
                return
        raise Unanswered("the modem does not answer")

    async def _escape(self) -> None:
        """Leave data for commands, which takes silence on both sides, and hang up."""
        await self._listen(SILENCE_S)
        await self._write(ESCAPE)
        await self._listen(SILENCE_S)
        try:
            await self._said(commands.HANG_UP)
        except TimeoutError:
            self._log.info("AT: not even the escape is answered", extra=COM)

    async def _said(self, command: Command[T]) -> Answer:
        """Rest, say a command once, and return its answer; raises TimeoutError."""
        await self._listen(max(self._free_at - _now(), LISTEN_S))
        self._log.info("AT -> %s", command, extra=COM)
        try:
            sent = self._dialogue.ask(command.text, command.prefix)
        except AtError as wrong:
            raise ModemFailed(f"{command}: {wrong}") from wrong
        try:
            await self._write(sent)
            async with asyncio.timeout(command.limit_s):
                answer = await self._answer()
        finally:
            self._dialogue.give_up()
            gap_s = self._gap_s()
            self._free_at = _now() + (max(gap_s, SLOW_GAP_S) if command.slow else gap_s)
        self._log.info("AT <- %s", _shown(command, answer), extra=COM)
        return answer

    async def _answer(self) -> Answer:
        while self._dialogue.answer is None:
            await self._hear()
        return self._dialogue.answer

    async def _listen(self, wait_s: float) -> None:
        """Take what comes in a time in which nothing is an answer."""
        try:
            async with asyncio.timeout(wait_s):
                while True:
                    await self._hear()
        except TimeoutError:
            pass  # the rest is over

    async def _hear(self) -> None:
        try:
            self._dialogue.receive(await self._line.read())
        except LineLost as lost:
            raise ModemFailed(str(lost)) from lost
        for line in self._dialogue.heard():
            self._log.info("AT <- %s (unasked)", line, extra=COM)

    async def _write(self, data: bytes) -> None:
        try:
            await self._line.write(data)
        except LineLost as lost:
            raise ModemFailed(str(lost)) from lost


def _now() -> float:
    return asyncio.get_running_loop().time()


def _shown(command: Command[T], answer: Answer) -> str:
    lines = () if command.shown else answer.lines
    return " | ".join((*lines, answer.result.text))
