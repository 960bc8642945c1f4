"""An application behind a real TLS socket of the loopback."""

from __future__ import annotations

import socket
import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from starlette.types import ASGIApp
from uvicorn import Config, Server

from tests.support.certificates import root

HOST = "127.0.0.1"


@dataclass(frozen=True, slots=True)
class Front:
    """Where it listens, and the file of the root that its certificate leads to."""

    port: int
    authority: Path

    @property
    def url(self) -> str:
        """Its beginning of every address."""
        return f"https://{HOST}:{self.port}"

    @property
    def trusting(self) -> ssl.SSLContext:
        """What a client goes by that knows the root."""
        return ssl.create_default_context(cafile=self.authority)


@asynccontextmanager
async def served(app: ASGIApp, folder: Path) -> AsyncIterator[Front]:
    """Serve `app` as long as the block lasts."""
    authority = folder / "authority.pem"
    top = root("top")
    authority.write_text(top.pem)
    chain, key = top.issue("station", hosts=[HOST]).files(folder, "station")
    config = Config(
        app,
        http="h11",
        ws="none",
        lifespan="off",
        log_config=None,
        access_log=False,
        ssl_certfile=chain,
        ssl_keyfile=key,
        timeout_graceful_shutdown=1,
    )
    server = Server(config)
    config.load()
    server.lifespan = config.lifespan_class(config)
    with socket.create_server((HOST, 0)) as listening:
        await server.startup(sockets=[listening])
        try:
            yield Front(listening.getsockname()[1], authority)
        finally:
            await server.shutdown(sockets=[listening])
