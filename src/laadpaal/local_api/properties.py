"""`/v1/properties`: every setting and reading of the station, by id."""

from __future__ import annotations

from http import HTTPStatus
from typing import Annotated

from fastapi import APIRouter, Depends, Path, Query, Response

from laadpaal.local_api import schema
from laadpaal.local_api.bodies import NewValue
from laadpaal.local_api.given import Api, Asking, EvseOrStation, Given
from laadpaal.local_api.listing import Place, listed, owners
from laadpaal.local_api.problems import Problem, refused
from laadpaal.local_api.render import answered, spelled
from laadpaal.local_api.replies import PropertyReply
from laadpaal.properties.rows import Access, Reading, Scope
from laadpaal.station.answers import Reason
from laadpaal.station.requests import WriteSetting
from laadpaal.station.words import By


async def _place(
    api: Api,
    name: Annotated[str, Path(alias="id", max_length=40)],
    evse: EvseOrStation,
    connector: Annotated[int, Query(description="0 for what is not a connector's")] = 0,
) -> Place:
    row = api.book.get(name)
    if row is None:
        raise refused(Reason.UNKNOWN_SETTING, f"there is no property {name}")
    if (evse, connector) not in owners(row, api.desk.layout):
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
    pending, every = _pending(api), api.listing.of(api.book, api.desk.layout)
    sought = (one for one in every if one.place.row.id.startswith(prefix))
    return spelled(f"[{','.join([one.told(api.desk, pending) for one in sought])}]".encode())


async def read(api: Api, there: There) -> Response:
    """Return one value; the station's own unless `evse` names another."""
    return spelled(listed(there).told(api.desk, _pending(api)).encode())


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


def _pending(api: Given) -> tuple[str, ...]:
    """Return the ids of the settings that wait for the next restart."""
    return api.desk.view().pending_settings
