"""A file of this machine that switches the modem's power, such as one of a GPIO line."""

from __future__ import annotations

import asyncio
from pathlib import Path

from laadpaal.ports.modem import ModemFailed

OFF_S = 5.0
"""So long a modem must be without power to have forgotten everything."""


class FileKey:
    """Is a `PowerKey`: the file takes 0 and 1."""

    def __init__(self, file: str) -> None:
        self._file = Path(file)

    async def cut(self) -> None:
        """Take the power away for five seconds; raises ModemFailed."""
        self._put("0")
        try:
            await asyncio.sleep(OFF_S)
        finally:
            self._put("1")

    def _put(self, digit: str) -> None:
        try:
            self._file.write_text(digit, encoding="ascii")
        except OSError as wrong:
            raise ModemFailed(f"the power key cannot be moved: {wrong}") from wrong
