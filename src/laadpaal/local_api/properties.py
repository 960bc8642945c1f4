"""`/v1/properties`: every setting and reading of the station, by id."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from http import HTTPStatus
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Path, Query, Response

from laadpaal.local_api import schema
from laadpaal.local_api.bodies import NewValue
from laadpaal.local_api.given import Api, Asking, EvseOrStation
from laadpaal.local_api.problems import Problem, refused
from laadpaal.local_api.render import answered, reply
from laadpaal.local_api.replies import PropertyReply
from laadpaal.ports.station import StationDesk
from laadpaal.properties.kinds import Secret
from laadpaal.properties.rows import Access, Property, Reading, Scope, Setting
from laadpaal.station import readings
from laadpaal.station.answers import Reason
from laadpaal.station.layout import Layout
from laadpaal.station.requests import WriteSetting
from laadpaal.station.words import By


@dataclass(frozen=True, slots=True)
class Place:
    """A property, and whose value of it is meant; EVSE 0 is the station, connector 0 none."""

    row: Property[Any]
    evse: int
    connector: int


async def _place(
    api: Api,
    name: Annotated[str, Path(alias="id", max_length=40)],
    evse: EvseOrStation,
    connector: Annotated[int, Query(description="0 for what is not a connector's")] = 0,
) -> Place:
    row = api.book.get(name)
    if row is None:
        raise refused(Reason.UNKNOWN_SETTING, f"there is no property {name}")
    if (evse, connector) not in _owners(row, api.desk.layout):
        raise refused(Reason.UNKNOWN_EVSE, f"{name} is a property of {_WHOSE[row.scope]}")
    return Place(row, evse, connector)


_WHOSE = {
    Scope.STATION: "the whole station",
    Scope.EVSE: "each EVSE",
    Scope.CONNECTOR: "a connector",
}
There = Annotated[Place, Depends(_place)]


def routes() -> APIRouter:
    """Return the routes of this resource."""
    router = schema.router("properties", "/v1/properties")
    one = schema.shape(PropertyReply)
    many = schema.told("The values", {"type": "array", "items": one})
    router.add_api_route("", look, responses=many)
    router.add_api_route("/{id}", read, responses=schema.told("The value", one))
    router.add_api_route("/{id}", write, methods=["PUT"], responses=schema.ANSWERED)
    return router


async def look(
    api: Api, prefix: Annotated[str, Query(max_length=40, description="Of the id")] = ""
) -> Response:
    """Return all values of all properties whose id begins with `prefix`."""
    pending = api.desk.view().pending_settings
    return reply([shown(place, api.desk, pending) for place in _places(api, prefix)])


async def read(api: Api, there: There) -> Response:
    """Return one value; the station's own unless `evse` names another."""
    return reply(shown(there, api.desk, api.desk.view().pending_settings))


async def write(api: Api, visitor: Asking, there: There, new: NewValue) -> Response:
    """Write a setting, also one that only installers may write; answers when it is stored.

    Who has to log in must have done so as the installer for those.
    """
    if isinstance(there.row, Reading):
        raise refused(Reason.READ_ONLY, f"{there.row.id} is a reading")
    if there.row.access is Access.INSTALLER and not visitor.installs:
        raise Problem(HTTPStatus.FORBIDDEN, f"{there.row.id} is for the installer: user service")
    wish = WriteSetting(there.row.id, new.spelled(there.row.kind.data_type), By.LOCAL, there.evse)
    return answered(await api.desk.ask(wish))


def shown(place: Place, desk: StationDesk, pending: Collection[str]) -> PropertyReply:
    """Return a property's value as people may see it: what is secret stays so.

    `pending` are the ids of the settings that wait for the next restart.
    """
    row, kind = place.row, place.row.kind
    setting = row if isinstance(row, Setting) else None
    secret = isinstance(kind, Secret) or bool(setting and setting.secret)
    return PropertyReply(
        id=row.id,
        evse=place.evse,
        connector=place.connector,
        help=row.help,
        type=kind.data_type,
        unit=kind.unit,
        low=kind.low,
        high=kind.high,
        choices=kind.choices,
        value=None if secret else _value(place, desk),
        default=None if secret or not setting else kind.show(setting.default),
        secret=secret,
        scope=row.scope,
        access=setting.access if setting else None,
        fixed=bool(setting and desk.values.fixed(setting)),
        restart=bool(setting and setting.restart),
        pending=row.id in pending,
        keys=tuple(key.name for key in row.keys),
        variables=tuple(
            ".".join(filter(None, (variable.component, variable.name, variable.instance)))
            for variable in row.variables
        ),
    )


def _value(place: Place, desk: StationDesk) -> str:
    row = place.row
    if isinstance(row, Reading):
        return desk.read(row, place.evse, place.connector)
    return str(row.kind.show(desk.values.of(row, place.evse)))


def _places(api: Api, prefix: str) -> Iterator[Place]:
    for row in api.book.values():
        if row.id.startswith(prefix):
            yield from (Place(row, *whose) for whose in _owners(row, api.desk.layout))


def _owners(row: Property[Any], layout: Layout) -> Sequence[tuple[int, int]]:
    """Return whose values there are: a setting's station value serves every EVSE."""
    every = readings.places(row, layout)
    if every and row.scope is Scope.EVSE and isinstance(row, Setting):
        return ((0, 0), *every)
    return every
