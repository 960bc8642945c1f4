"""What storage hands back after a power cut, and how settings come back from it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from laadpaal.properties.book import setting
from laadpaal.properties.values import Values
from laadpaal.station.cards import Card
from laadpaal.station.carriage import FirmwareUpdate
from laadpaal.station.charging_profiles import Profile
from laadpaal.station.limits import LimitPlace
from laadpaal.station.monitors import KeptMonitor
from laadpaal.station.network_profile import NetworkProfile
from laadpaal.station.payment import Payment
from laadpaal.station.records import OpenTransaction
from laadpaal.station.shown import DisplayMessage
from laadpaal.station.words import BootReason, Reservation, Token, Verdict


@dataclass(frozen=True, slots=True)
class CachedToken:
    """One token of the authorization cache.

    Args:
        at: UTC second at which it was last told or used.
        since: UTC second at which it was first told; an earlier release did not keep it.
        uses: How often it was told or used.
    """

    token: Token
    verdict: Verdict
    at: float
    since: float = 0.0
    uses: int = 1


@dataclass(frozen=True, slots=True)
class ListedToken:
    """One token of the local authorization list."""

    token: Token
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class Saved:
    """Everything the station was told to keep.

    Args:
        settings: Texts by (id, EVSE).
        transactions: Those that were open.
        tokens: The authorization cache, oldest first.
        inoperative: Parts that were taken out of use, as (EVSE, connector).
        restart: Why the station was about to restart, if it was.
        list_version: Of the local authorization list; 0 when there never was one.
        listed: The local authorization list, in no order.
        reservations: Those that were not over, oldest first.
        profiles: The charging profiles that were installed.
        firmware: The last update that was asked for.
        monitors: What somebody made of monitors, in no order.
        numbers: All below may have been given to monitors and firings.
        messages: Those for the display that were not over, oldest first.
        networks: Network profiles by slot; None is one that was removed.
        payments: Those of which the provider has yet to hear the end, oldest first.
        cards: The white list, in the order in which they came.
        limits_heard: Whose limits the CSMS has heard of, and not yet of their end.
    """

    settings: Mapping[tuple[str, int], str] = field(default_factory=dict)
    transactions: tuple[OpenTransaction, ...] = ()
    tokens: tuple[CachedToken, ...] = ()
    inoperative: frozenset[tuple[int, int]] = frozenset()
    restart: BootReason | None = None
    list_version: int = 0
    listed: tuple[ListedToken, ...] = ()
    reservations: tuple[Reservation, ...] = ()
    profiles: tuple[Profile, ...] = ()
    firmware: FirmwareUpdate | None = None
    monitors: tuple[KeptMonitor, ...] = ()
    numbers: int = 0
    messages: tuple[DisplayMessage, ...] = ()
    networks: Mapping[int, NetworkProfile | None] = field(default_factory=dict)
    payments: tuple[Payment, ...] = ()
    cards: tuple[Card, ...] = ()
    limits_heard: tuple[LimitPlace, ...] = ()


def restored(values: Values, saved: Saved) -> list[str]:
    """Put saved settings into `values`; return a sentence for each that no longer fits."""
    wrong: list[str] = []
    for (id_, evse), text in saved.settings.items():
        row = setting(id_)
        if row is None:
            wrong.append(f"{id_} is not a setting (any more)")
            continue
        try:
            values.put(row, row.kind.parse(text), evse)
        except ValueError as refused:
            if row.reverts:
                values.put(row, row.default, evse)
            wrong.append(f"{id_}: {refused}; the default holds")
    return wrong
