"""From the configuration and the network profiles to an address that can be dialled."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType

from laadpaal.csms.dialling import Address
from laadpaal.csms.leaving import Exit
from laadpaal.csms.tls import Trust
from laadpaal.properties import comms
from laadpaal.properties.values import Values
from laadpaal.runtime.config import CsmsTable
from laadpaal.station.network_profile import (
    ANY,
    WIRED,
    WIRELESS,
    WITH_IDENTITY,
    Generation,
    NetworkProfile,
    Route,
)
from laadpaal.station.saved import Saved
from laadpaal.station.view import MobileView, StationView

GENERATIONS: Mapping[str, Generation] = MappingProxyType(
    {"1.6": Generation.FIRST, "2.0.1": Generation.SECOND}
)
"""What `csms.ocpp` of the configuration names."""
GIVEN_SLOT = 1
"""The slot that the configuration fills, as long as nobody has stored another profile there."""


def given(table: CsmsTable, *, modem: bool = False) -> NetworkProfile:
    """Return the network profile that the configuration stands for; with a modem, by any way."""
    return NetworkProfile(
        GENERATIONS[table.ocpp],
        table.url,
        interface=ANY if modem else WIRED,
        secure_url=table.url_with_tls,
    )


def with_given(saved: Saved, profile: NetworkProfile | None) -> Saved:
    """Return what was kept, with the configuration's profile where nothing is known of its slot."""
    if profile is None:
        return saved
    return replace(saved, networks={GIVEN_SLOT: profile, **saved.networks})


def address_of(
    table: CsmsTable, trust: Trust, subprotocol: str, view: StationView, values: Values
) -> Address:
    """Return where the station dials next, and how."""
    route = view.network.route
    return Address(
        route.url,
        table.identity,
        subprotocol,
        trust,
        own=route.security == WITH_IDENTITY,
        spurned=values[comms.SPURNED_IDENTITY],
        credentials=view.security.credentials,
        route=route,
        ping_interval_s=values[comms.PING_INTERVAL],
        leaving=_exit(table, route, view.mobile),
    )


def _exit(table: CsmsTable, route: Route, mobile: MobileView | None) -> Exit:
    """Return by which interface of this machine a route leaves, or why it cannot."""
    if route.interface != WIRELESS:
        return Exit(table.interface)
    if mobile is None:
        return Exit(lacking="there is no modem")
    if not mobile.attached:
        return Exit(lacking=f"no mobile network: {mobile.why}")
    return Exit(mobile.interface, mobile.address)
