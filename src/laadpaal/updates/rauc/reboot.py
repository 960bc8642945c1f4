"""How the machine is asked to start anew."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass

from laadpaal.updates.programs import ProgramError, said_by

_ASK_S = 20.0


@dataclass(frozen=True, slots=True)
class Reboot:
    """A start of the machine, which takes this process with it.

    Args:
        words: The command that asks for it, such as `systemctl reboot`.
        patience_s: Real seconds in which this process has to have ended.
    """

    words: Sequence[str]
    patience_s: float = 60.0

    async def ask(self) -> str:
        """Ask for it, and wait for the end; returns only when it does not come, with the reason."""
        try:
            await said_by(self.words, _ASK_S)
        except ProgramError as wrong:
            return str(wrong)
        await asyncio.sleep(self.patience_s)
        return f"the machine did not start anew within {self.patience_s:g} s"
