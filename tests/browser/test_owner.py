"""The owner at the page: who is let in, and which certificate the station shows."""

from __future__ import annotations

import asyncio
import re
import ssl
from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from tests.runtime.stage import Stage
from tests.support.browsing import Visitor, visiting
from tests.support.certificates import ec_key, root

PASSWORD = "a long way to Utrecht"
TRIES = 10
OTHER = "a short way to Almere"


@pytest.fixture
async def owner(stage: Stage) -> AsyncIterator[Visitor]:
    """Return the owner of a station in the network, who has logged in at its page."""
    assert stage.station.web
    async with stranger(stage) as client:
        (await client.put("/v1/password", json={"password": PASSWORD})).raise_for_status()
    async with visiting(stage.station.web.url) as visitor:
        await visitor.tab.goto(visitor.url)
        await visitor.tab.get_by_label("Password").fill(PASSWORD)
        await visitor.tab.keyboard.press("Enter")
        await visitor.opens("system")
        yield visitor


def stranger(stage: Stage) -> httpx.AsyncClient:
    """Return a client that nobody vouches for, and that wants nobody vouched for."""
    assert stage.station.web
    context = ssl.create_default_context()
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    return httpx.AsyncClient(verify=context, base_url=stage.station.web.url)


async def log_in(stage: Stage, user: str, password: str) -> int:
    """Try to log in, and return the status."""
    async with stranger(stage) as client:
        wish = {"user": user, "password": password}
        return (await client.post("/v1/session", json=wish)).status_code


def account(owner: Visitor, name: str) -> Any:
    """Return where an account stands."""
    region = owner.tab.get_by_role("region", name="Who is let in")
    return region.get_by_role("listitem").filter(has=owner.tab.get_by_text(name, exact=True))


async def test_the_owner_lets_the_installer_in(owner: Visitor, stage: Stage) -> None:
    """A password that is none is refused at its field; a good one lets in until it is taken."""
    installer = account(owner, "Installer")
    await owner.sees(installer, "not let in")
    await installer.locator("summary").click()
    await owner.accessible()
    password = installer.get_by_label("New password")
    await password.fill("short")
    await password.press("Enter")
    await owner.sees(installer.get_by_role("alert").filter(has_text="characters"))
    assert await password.get_attribute("aria-invalid") == "true"
    await password.fill(OTHER)
    await installer.get_by_role("button", name="Let in with this password").click()
    await owner.sees(installer.get_by_role("button", name="Let in no more"))
    assert await password.get_attribute("aria-invalid") is None
    assert await log_in(stage, "service", OTHER) == 200

    await installer.get_by_role("button", name="Let in no more").click()
    await owner.sees(installer, "not let in")
    assert await log_in(stage, "service", OTHER) != 200


async def test_a_guest_comes_for_some_hours(owner: Visitor, stage: Stage) -> None:
    """How long is said at the account, and too long is refused at the field."""
    guest = account(owner, "Guest")
    await guest.locator("summary").click()
    hours = guest.get_by_label("For how many hours")
    await hours.fill("100000")
    await guest.get_by_label("New password").fill(OTHER)
    await hours.press("Enter")
    await owner.sees(guest.get_by_role("alert").filter(has_text=re.compile(r"\d")))
    assert await hours.get_attribute("aria-invalid") == "true"
    await hours.fill("12")
    await hours.press("Enter")

    await owner.sees(guest, "let in until")
    assert await log_in(stage, "temp", OTHER) == 200


async def test_who_was_wrong_too_often_is_pardoned(owner: Visitor, stage: Stage) -> None:
    """The owner sees it as it happens, and need not wait with them."""
    driver = account(owner, "Driver")
    await owner.sees(driver)
    assert 429 in [await log_in(stage, "end user", "wrong") for _ in range(TRIES)]
    await owner.sees(driver, "has to wait for")
    await driver.locator("summary").click()
    await driver.get_by_role("button", name="End the waiting").click()

    await owner.sees(driver.get_by_text("has to wait for"), seen=False)


async def test_the_certificate_is_replaced(owner: Visitor, stage: Stage) -> None:
    """What cannot be shown is refused at its field; what can be is shown at once."""
    made, key = root("replaced"), ec_key()
    wrong, right = (
        it.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()
        for it in (key, made.key)
    )
    shown = owner.tab.get_by_role("region", name="Certificate of this page")
    await owner.sees(shown, "SHA-256")
    chain, secret = shown.get_by_label("Another certificate"), shown.get_by_label("Its private key")
    replace = shown.get_by_role("button", name="Replace the certificate")
    await chain.fill("nothing")
    await secret.fill(wrong)
    await replace.click()
    await owner.sees(shown.get_by_role("alert").filter(has_text="certificate"))
    assert await chain.get_attribute("aria-invalid") == "true"
    await chain.fill(made.chain)
    await replace.click()
    await owner.sees(shown.get_by_role("alert").filter(has_text="the key is not that of"))
    assert await secret.get_attribute("aria-invalid") == "true"
    await secret.fill(right)
    await replace.click()

    await owner.sees(shown, "CN=replaced")
    assert await secret.input_value() == ""
    assert stage.station.web
    port = httpx.URL(stage.station.web.url).port
    assert port
    pem = await asyncio.to_thread(ssl.get_server_certificate, ("127.0.0.1", port))
    assert "replaced" in x509.load_pem_x509_certificate(pem.encode()).subject.rfc4514_string()
