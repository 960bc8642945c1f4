"""`/v1/certificates`: whom the station trusts, and what it shows itself."""

from __future__ import annotations

import httpx

from laadpaal.local_api.app import make_app
from laadpaal.local_api.events import EventStream
from laadpaal.local_api.replies import CertificateReply
from tests.local_api.conftest import TinyDesk, client

ROOT = CertificateReply("CSMS root", "CN=Root", "CN=Root", 1.0, 2.0, "EC 256")


async def test_what_is_held_is_told(desk: TinyDesk, events: EventStream) -> None:
    """Each with what it is for, its names, and how long it lives."""
    async with client(make_app(desk, events, certificates=lambda: (ROOT,))) as api:
        [seen] = (await api.get("/v1/certificates")).json()

    assert (seen["use"], seen["subject"], seen["not_after"]) == ("CSMS root", "CN=Root", 2.0)


async def test_without_a_vault_there_is_no_route(api: httpx.AsyncClient) -> None:
    """A station that keeps none has nothing to tell."""
    assert (await api.get("/v1/certificates")).status_code == 404
