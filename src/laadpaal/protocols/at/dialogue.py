"""One command at a time, and what the modem says meanwhile: a machine without I/O."""

from __future__ import annotations

from dataclasses import dataclass

from laadpaal.protocols.at.lines import Lines
from laadpaal.protocols.at.results import AtError, Result, result_of

MOST_LINES = 32
"""Lines of one answer; the longest that we ask for has half a dozen."""
MOST_HEARD = 32
"""Unsolicited lines that are kept until somebody takes them; the oldest go first."""
MOST_CHARACTERS = 400
"""The longest command that a modem takes."""

UNSOLICITED = (
    "RING",
    "RDY",
    "NORMAL POWER DOWN",
    "UNDER-VOLTAGE",
    "OVER-VOLTAGE",
    "Call Ready",
    "SMS Ready",
    "PB DONE",
    "^",
    "*",
    "+C5GREG:",
    "+CEREG:",
    "+CFUN:",
    "+CGEV:",
    "+CGREG:",
    "+CMTI:",
    "+CPIN:",
    "+CREG:",
    "+CRING:",
    "+CSQ:",
    "+CTZV:",
    "+CUSD:",
    "+QIND:",
    "+QUSIM:",
    "+SIM",
)
"""How lines begin that come by themselves."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a command was answered with: the lines that were meant, and the result."""

    lines: tuple[str, ...]
    result: Result


class Dialogue:
    """Tells apart the echo, the answer, the final result, and what comes by itself.

    Nothing that arrives between an answer and the next command ever belongs to an answer.
    """

    __slots__ = ("_command", "_heard", "_lines", "_prefix", "_said", "answer")

    def __init__(self) -> None:
        self._lines = Lines()
        self._command: str | None = None
        self._prefix: str | None = None
        self._said: list[str] = []
        self._heard: list[str] = []
        self.answer: Answer | None = None
        """What the last command was answered with, once that is complete."""

    @property
    def busy(self) -> bool:
        """Whether a command has yet to be answered."""
        return self._command is not None

    def ask(self, command: str, prefix: str | None = "") -> bytes:
        """Return the bytes of a command, from now on the one in hand.

        Args:
            command: Without its line end.
            prefix: How the lines of the answer begin; "" where it has none, and None where any
                line that does not come by itself is one of them.

        Raises:
            AtError: Another has yet to be answered, or this is none.
        """
        if self._command is not None:
            raise AtError(f"{self._command} has not been answered yet")
        printable = command.isascii() and command.isprintable()
        if not printable or not 0 < len(command) <= MOST_CHARACTERS:
            raise AtError("that is no command")
        self._lines.clear()
        self._said.clear()
        self._command, self._prefix, self.answer = command, prefix, None
        return command.encode("ascii") + b"\r"

    def give_up(self) -> None:
        """Expect no answer any more."""
        self._command = None

    def receive(self, data: bytes) -> None:
        """Take what has come."""
        for line in self._lines.feed(data):
            self._take(line)

    def heard(self) -> tuple[str, ...]:
        """Return what came by itself since it was last asked for."""
        lines, self._heard = tuple(self._heard), []
        return lines

    def _take(self, line: str) -> None:
        result = result_of(line)
        if self._command is None:
            # A late result belongs to nobody; a lost connection is told by one all the same.
            if result is None or not result.good:
                self._hear(line)
        elif result:
            self.answer = Answer(tuple(self._said), result)
            self._command = None
        elif line != self._command:
            self._sort(line)

    def _sort(self, line: str) -> None:
        if self._prefix and line.startswith(self._prefix):
            self._say(line)
        elif line.startswith(UNSOLICITED):
            self._hear(line)
        elif self._prefix is None:
            self._say(line)

    def _say(self, line: str) -> None:
        if len(self._said) < MOST_LINES:
            self._said.append(line)

    def _hear(self, line: str) -> None:
        self._heard.append(line)
        del self._heard[:-MOST_HEARD]
