"""How this version names a variable, and how the core does: from one to the other and back."""

from __future__ import annotations

from dataclasses import dataclass

from msgspec import UNSET

from laadpaal.properties.book import BY_ID
from laadpaal.properties.rows import Address
from laadpaal.protocols.ocpp import v201


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """A component; EVSE 0, connector 0 is the tier of the station."""

    component: str
    evse: int = 0
    connector: int = 0
    instance: str = ""


@dataclass(frozen=True, slots=True, order=True)
class Name:
    """A variable of a component; it compares with others when `folded`, for case plays no part."""

    place: Place
    variable: str
    instance: str = ""

    @property
    def folded(self) -> Name:
        """The same name in lower case."""
        return Name(folded(self.place), self.variable.lower(), self.instance.lower())


def folded(place: Place) -> Place:
    """Return the same place in lower case."""
    return Place(place.component.lower(), place.evse, place.connector, place.instance.lower())


def name_of(component: v201.Component, variable: v201.Variable) -> Name:
    """Read a name as a message has it."""
    return Name(place_of(component), variable.name, variable.instance or "")


def place_of(component: v201.Component) -> Place:
    """Read the place of a component as a message has it."""
    evse, instance = component.evse, component.instance or ""
    if evse is UNSET:
        return Place(component.name, instance=instance)
    return Place(component.name, evse.id, evse.connectorId or 0, instance)


def component_of(place: Place) -> v201.Component:
    """Return a place as a message has it."""
    evse = v201.EVSE(id=place.evse, connectorId=place.connector or UNSET) if place.evse else UNSET
    return v201.Component(name=place.component, instance=place.instance or UNSET, evse=evse)


def variable_of(name: Name) -> v201.Variable:
    """Return the variable of a name as a message has it."""
    return v201.Variable(name=name.variable, instance=name.instance or UNSET)


def named(at: Address) -> Name:
    """Return the name of a property's value: the first that its row has in this version."""
    variable = BY_ID[at.id].variables[0]
    place = Place(variable.component, at.evse, at.connector)
    return Name(place, variable.name, variable.instance)
