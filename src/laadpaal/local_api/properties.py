"""`/v1/properties`: every setting and reading of the station, by id."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Path, Query, Response

from laadpaal.local_api import schema
from laadpaal.local_api.bodies import NewValue
from laadpaal.local_api.given import Api, EvseOrStation
from laadpaal.local_api.problems import refused
from laadpaal.local_api.render import answered, reply
from laadpaal.local_api.replies import PropertyReply
from laadpaal.ports.station import StationDesk
from laadpaal.properties.kinds import Secret
from laadpaal.properties.rows import Property, Reading, Scope, Setting
from laadpaal.station.requests import Reason, WriteSetting
from laadpaal.station.words import By


@dataclass(frozen=True, slots=True)
class Place:
    """A property, and whose value of it is meant; EVSE 0 is the station."""

    row: Property[Any]
    evse: int


async def _place(
    api: Api, name: Annotated[str, Path(alias="id", max_length=40)], evse: EvseOrStation
) -> Place:
    row = api.book.get(name)
    if row is None:
        raise refused(Reason.UNKNOWN_SETTING, f"there is no property {name}")
    if evse not in _owners(row, len(api.desk.layout.evses)):
        whose = "the whole station" if row.scope is Scope.STATION else "each EVSE"
        raise refused(Reason.UNKNOWN_EVSE, f"{name} is a property of {whose}")
    return Place(row, evse)


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


async def write(api: Api, there: There, new: NewValue) -> Response:
    """Write a setting, also one that only installers may write; answers when it is stored."""
    if isinstance(there.row, Reading):
        raise refused(Reason.READ_ONLY, f"{there.row.id} is a reading")
    wish = WriteSetting(there.row.id, new.text, By.LOCAL, there.evse)
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
        return desk.read(row, place.evse)
    return str(row.kind.show(desk.values.of(row, place.evse)))


def _places(api: Api, prefix: str) -> Iterator[Place]:
    for row in api.book.values():
        if row.id.startswith(prefix):
            yield from (Place(row, evse) for evse in _owners(row, len(api.desk.layout.evses)))


def _owners(row: Property[Any], evses: int) -> Sequence[int]:
    """Return whose values there are: a setting's station value serves every EVSE."""
    if row.scope is Scope.STATION:
        return (0,)
    return range(0 if isinstance(row, Setting) else 1, evses + 1)
