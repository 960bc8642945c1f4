"""Keeps secrets out of what is written down about a station."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

from laadpaal.properties.book import setting
from laadpaal.properties.kinds import Secret
from laadpaal.properties.rows import Setting
from laadpaal.protocols.location import hidden
from laadpaal.station.carriage import FirmwareOrder
from laadpaal.station.events import Event
from laadpaal.station.network_profile import NetworkProfile
from laadpaal.station.payment_words import PaymentCardPresented
from laadpaal.station.requests import (
    ChangeNetwork,
    Request,
    StoreNetwork,
    UpdateFirmware,
    UploadLog,
    WriteSetting,
)
from laadpaal.station.saved import Saved

MASK = "*" * 16
"""Stands for every secret that was accepted, so that not even its length is known."""

_CODE = re.compile(rb'"value":"((?:[^"\\]|\\.)*)","kind":"KeyCode"')


def mask_of(row: Setting[Any]) -> str:
    """Return what stands for a secret of that row, and is as good a value as that was."""
    if isinstance(row.kind, Secret) and row.kind.digits:
        return "0" * int(row.kind.high)
    return MASK


class Codes:
    """Numbers codes that are keyed in and payment cards: a recording tells them apart, no more."""

    def __init__(self) -> None:
        self._numbers: dict[bytes, int] = {}
        self._cards: dict[str, int] = {}

    def hidden(self, line: bytes) -> bytes:
        """Return a line of JSON without any code (2.0.1 C04)."""
        return _CODE.sub(self._numbered, line) if b'"KeyCode"' in line else line

    def without_card(self, item: Event) -> Event:
        """Return an event without the payment card in it, told apart from others by a number."""
        if not isinstance(item, PaymentCardPresented):
            return item
        number = self._cards.setdefault(item.card, len(self._cards) + 1)
        return replace(item, card=f"card {number}")

    def _numbered(self, found: re.Match[bytes]) -> bytes:
        number = self._numbers.setdefault(found[1].upper(), len(self._numbers) + 1)
        return b'"value":"code %d","kind":"KeyCode"' % number


def masked(request: Request) -> Request:
    """Return the request as log and flight recorder may show it.

    It is answered like the one it stands for: what is too short or too long stays so.
    """
    match request:
        case WriteSetting():
            return _setting(request)
        case UploadLog():
            return replace(request, location=hidden(request.location))
        case StoreNetwork():
            return replace(request, profile=_network(request.profile))
        case ChangeNetwork(url=str() as url):
            return replace(request, url=hidden(url))
        case UpdateFirmware():
            return replace(request, order=_order(request.order))
        case _:
            return request


def masked_saved(saved: Saved) -> Saved:
    """Return what storage kept as the flight recorder may show it, without the settings."""
    update = saved.firmware
    shown = replace(update, order=_order(update.order)) if update else None
    networks = {slot: it and _network(it) for slot, it in saved.networks.items()}
    return replace(saved, settings={}, firmware=shown, networks=networks)


def _network(profile: NetworkProfile) -> NetworkProfile:
    apn, vpn = profile.apn, profile.vpn
    return replace(
        profile,
        url=hidden(profile.url),
        apn=apn and replace(apn, password=_starred(apn.password), pin=_starred(apn.pin)),
        vpn=vpn and replace(vpn, password=_starred(vpn.password), key=_starred(vpn.key)),
    )


def _starred(secret: str) -> str:
    return MASK if secret else ""


def _order(order: FirmwareOrder) -> FirmwareOrder:
    return replace(order, location=hidden(order.location))


def _setting(request: WriteSetting) -> WriteSetting:
    row = setting(request.id)
    if row is None or not row.secret:
        return request
    try:
        row.kind.parse(request.text)
    except ValueError:
        return replace(request, text="*" * len(request.text))
    return replace(request, text=mask_of(row))
