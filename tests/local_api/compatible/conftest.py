"""The compatible API in front of a real station core, and clients on connections of their own."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import httpx
import pytest
from fastapi import FastAPI
from starlette.types import ASGIApp, Receive, Scope, Send

from laadpaal.local_api.compatible.app import make_compatible
from laadpaal.local_api.compatible.kit import Kit
from laadpaal.local_api.connections import Peer
from laadpaal.local_api.manners import Manners
from laadpaal.ports.accounts import User
from laadpaal.storage.vault import FileVault
from tests.local_api.conftest import TinyDesk
from tests.local_api.objects.conftest import NotedMachine
from tests.support.accounts import Door
from tests.support.past import MadeUpLog, MadeUpPast

SECRET = "correct horse"


class Compatible:
    """A station that installers' tools are used at."""

    def __init__(self, app: FastAPI, desk: TinyDesk, door: Door, folder: Path) -> None:
        self.desk, self.door = desk, door
        self.machine, self.past, self.book = NotedMachine(), MadeUpPast(), MadeUpLog()
        self.log = logging.getLogger("laadpaal.test.compatible")
        self.vault = FileVault(folder / "vault", self.log)
        self.vault.prepare()
        self.left, self.held = asyncio.Event(), asyncio.Event()
        self.kit = Kit(
            desk,
            self.machine,
            app.state.given.entrance,
            self.past,
            self.vault,
            self.log,
            self.left.set,
            self.held.set,
        )
        self.app = make_compatible(
            self.kit, replace(app.state.given, history=self.past, log=self.book)
        )

    def client(self, peer: Peer | None = None) -> httpx.AsyncClient:
        """Return a client on a connection of its own."""
        app = Manners(_Over(self.app, peer or Peer(crowded=False)))
        return httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="https://station")

    async def log_in(
        self, client: httpx.AsyncClient, user: User = User.ADMIN, name: str = "test"
    ) -> httpx.Response:
        """Log in, with an account that is made for it."""
        password = "1234" if user is User.DRIVER else SECRET
        await self.door.doorman.give(user, password)
        body = {"username": user.value, "password": password, "displayname": name}
        return await client.post("/api/login", json=body)


class _Over:
    """Says over which connection a request comes."""

    def __init__(self, app: ASGIApp, peer: Peer) -> None:
        self._app, self._peer = app, peer

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on."""
        scope.setdefault("state", {})["peer"] = self._peer
        await self._app(scope, receive, send)


@pytest.fixture
def box(app: FastAPI, desk: TinyDesk, door: Door, tmp_path: Path) -> Compatible:
    """Return a station nobody has logged in at."""
    return Compatible(app, desk, door, tmp_path)


@pytest.fixture
async def stranger(box: Compatible) -> AsyncIterator[httpx.AsyncClient]:
    """Return a client that has not logged in."""
    async with box.client() as client:
        yield client


@pytest.fixture
async def owner(box: Compatible) -> AsyncIterator[httpx.AsyncClient]:
    """Return a client that has logged in as admin."""
    async with box.client() as client:
        assert (await box.log_in(client)).status_code == 200
        yield client
