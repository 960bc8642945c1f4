"""Packets over a modem's line, carried by pppd of this machine."""

from __future__ import annotations

import asyncio
import logging
import re
import tempfile
from asyncio.subprocess import PIPE, STDOUT, Process
from contextlib import ExitStack
from pathlib import Path

from laadpaal.ports.modem import Access, Carried, ModemFailed

UP_S = 60.0
"""How long it may take until there is an address."""
DOWN_S = 5.0
"""How long pppd may take to say farewell."""
METRIC = 700
"""Other ways out of this machine are preferred by everybody who does not ask for this one."""
_USING = re.compile(r"Using interface (\S+)")
_ADDRESS = re.compile(r"local +IP address (\S+)")
_REFUSALS = {"PAP": ("refuse-chap", "refuse-mschap", "refuse-mschap-v2"), "CHAP": ("refuse-pap",)}
_CONTROL = re.compile(r"[^\x20-\x7e]")


class PppdLink:
    """Is a `DataLink`.

    Args:
        device: The line on which the modem has answered CONNECT.
        program: Which pppd to run.
    """

    def __init__(self, device: str, baud: int, log: logging.Logger, program: str = "pppd") -> None:
        self._device = device
        self._baud = baud
        self._log = log
        self._program = program
        self._process: Process | None = None
        self._files = ExitStack()
        self._last = ""

    async def up(self, access: Access) -> Carried:
        """Return once there is an address; raises ModemFailed."""
        options = self._written(_lines(self._device, self._baud, access))
        try:
            self._process = await asyncio.create_subprocess_exec(
                self._program, "file", options, stdin=None, stdout=PIPE, stderr=STDOUT
            )
        except OSError as wrong:
            self._files.close()
            raise ModemFailed(f"{self._program} cannot be run: {wrong.strerror}") from wrong
        try:
            async with asyncio.timeout(UP_S):
                return await self._carried()
        except TimeoutError as late:
            await self.down()
            raise ModemFailed(f"{self._program} has no address after {UP_S:.0f} s") from late

    async def lost(self) -> str:
        """Return why, once pppd has ended."""
        while await self._line() is not None:
            pass
        return self._why()

    async def down(self) -> None:
        """End pppd, and return when it has let the line go."""
        process, self._process = self._process, None
        self._files.close()
        if process is None or process.returncode is not None:
            return
        process.terminate()
        try:
            async with asyncio.timeout(DOWN_S):
                await process.communicate()
        except TimeoutError:
            process.kill()
            await process.communicate()

    async def _carried(self) -> Carried:
        interface = ""
        while (line := await self._line()) is not None:
            if found := _USING.search(line):
                interface = found[1]
            if found := _ADDRESS.search(line):
                return Carried(interface, found[1])
        raise ModemFailed(self._why())

    async def _line(self) -> str | None:
        """Return the next line that pppd says, or None when it has ended."""
        process = self._process
        if process is None or process.stdout is None:
            return None
        try:
            said = await process.stdout.readline()
        except ValueError:
            return ""  # longer than any line of use
        if not said:
            await process.wait()
            return None
        self._last = _CONTROL.sub("", said.decode("ascii", "replace")).strip()
        self._log.info("pppd: %s", self._last, extra={"facility": "COM"})
        return self._last

    def _why(self) -> str:
        return f"{self._program} has ended: {self._last or 'it said nothing'}"

    def _written(self, options: list[str]) -> str:
        """Write what pppd goes by where nobody else can read it, for there is a password in it."""
        folder = self._files.enter_context(tempfile.TemporaryDirectory(prefix="laadpaal-"))
        file = Path(folder) / "options"
        file.touch(0o600)
        file.write_text("\n".join(options) + "\n")
        return str(file)


def _lines(device: str, baud: int, access: Access) -> list[str]:
    lines = [
        device,
        str(baud),
        "nodetach",
        "noauth",
        "noipdefault",
        "ipcp-accept-local",
        "ipcp-accept-remote",
        "usepeerdns",
        "defaultroute",
        f"defaultroute-metric {METRIC}",
        "lcp-echo-interval 30",
        "lcp-echo-failure 4",
        *_REFUSALS.get(access.login, ()),
    ]
    if access.user:
        lines += [f"user {_quoted(access.user)}", f"password {_quoted(access.password)}"]
    return lines


def _quoted(text: str) -> str:
    r"""Return a word of an options file: in double quotes, with what they mean escaped."""
    if _CONTROL.search(text):
        raise ModemFailed("user and password of the access point must be printable")
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
