"""The shape of one row of the book: a property with its names on every face."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import Generic, TypeVar

from laadpaal.properties.kinds import Kind

T = TypeVar("T")


class Access(Enum):
    """Who may write a setting."""

    OPERATOR = "operator"
    """Anybody who may write: the CSMS, the installer, the control API."""
    INSTALLER = "installer"
    """Only from the local side; the CSMS reads it."""
    STATION = "station"
    """Nobody but the station itself; it is a setting so that it survives a restart."""


class Scope(Enum):
    """How many values a property has."""

    STATION = "station"
    EVSE = "evse"
    """One value for each EVSE."""
    CONNECTOR = "connector"
    """One value for each connector; only readings have so many."""


@dataclass(frozen=True, slots=True)
class Key:
    """Name of a property in OCPP 1.6 (configuration key)."""

    name: str
    read_only: bool = False
    """True where 1.6 may only read what another face may write."""
    of_high: bool = False
    """True for a `...MaxLength` key, whose value is the kind's upper bound."""


@dataclass(frozen=True, slots=True)
class Variable:
    """Name of a property in OCPP 2.0.1 (component and variable)."""

    component: str
    name: str
    instance: str = ""
    read_only: bool = False


@dataclass(frozen=True, slots=True)
class Setting(Generic[T]):
    """A stored property with a default.

    `id` is the local API's: index and sub-index in hexadecimal.
    """

    id: str
    kind: Kind[T]
    default: T
    help: str
    keys: tuple[Key, ...] = ()
    variables: tuple[Variable, ...] = ()
    access: Access = Access.OPERATOR
    scope: Scope = Scope.STATION
    restart: bool = False
    """True when a new value takes effect after the next restart only."""
    secret: bool = False
    """True when no face ever shows the value."""
    reverts: bool = False
    """True when a write of what is no value is refused, and puts the default in force as well."""


@dataclass(frozen=True, slots=True)
class Reading(Generic[T]):
    """A live property; `station.readings` binds it to a function of the station."""

    id: str
    kind: Kind[T]
    help: str
    keys: tuple[Key, ...] = ()
    variables: tuple[Variable, ...] = ()
    scope: Scope = Scope.STATION
    constant: bool = False
    """True when the value never changes while the station runs."""


@dataclass(frozen=True, slots=True, order=True)
class Address:
    """One value of one property: the row's id, and whose; EVSE 0 is the station, connector 0 none.

    That of a setting of each EVSE has an EVSE, though one value may serve them all.
    """

    id: str
    evse: int = 0
    connector: int = 0


Property = Setting[T] | Reading[T]
