"""A serial line behind a serial server, which passes its bytes on over a raw TCP port."""

from __future__ import annotations

import asyncio

from laadpaal.ports.errors import LineLost

CHUNK = 4096
CONNECT_S = 10.0


class TcpLine:
    """Connects when it is first read, and again after it was lost; one task reads at a time."""

    def __init__(self, host: str, port: int) -> None:
        self._name = f"{host} port {port}"
        self._host, self._port = host, port
        self._reader: asyncio.StreamReader | None = None
        self._writer: asyncio.StreamWriter | None = None

    async def read(self) -> bytes:
        """Return what has come, at least one byte; raises LineLost."""
        try:
            reader = self._reader or await self._connected()
            got = await reader.read(CHUNK)
        except OSError as wrong:
            raise self._lost(str(wrong) or "it does not answer") from wrong
        if not got:
            raise self._lost("the other end has closed it")
        return got

    def close(self) -> None:
        """Let the connection go, if there is one."""
        if self._writer:
            self._writer.transport.abort()
        self._reader = self._writer = None

    async def _connected(self) -> asyncio.StreamReader:
        async with asyncio.timeout(CONNECT_S):
            self._reader, self._writer = await asyncio.open_connection(
                self._host, self._port, limit=CHUNK
            )
        return self._reader

    def _lost(self, why: str) -> LineLost:
        self.close()
        return LineLost(f"{self._name}: {why}")
