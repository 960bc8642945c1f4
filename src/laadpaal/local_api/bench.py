"""`/v1/bench`: the world around a simulated station, for people and tests to move."""

from __future__ import annotations

from http import HTTPStatus

from fastapi import APIRouter, Response

from laadpaal.local_api import schema
from laadpaal.local_api.bodies import (
    Appliance,
    Bay,
    Card,
    PaymentCard,
    Plug,
    Presented,
    RowFault,
    TroubleWish,
    Unplug,
    Wishes,
)
from laadpaal.local_api.given import Api, EvseNumber, TroublesGiven, World
from laadpaal.local_api.problems import refused
from laadpaal.local_api.render import ACCEPTED, reply
from laadpaal.local_api.replies import AnswerReply, TroublesReply
from laadpaal.ports.troubles import Troubles
from laadpaal.station.answers import Reason
from laadpaal.station.events import FaultCleared, FaultRaised
from laadpaal.station.faults import FAULTS
from laadpaal.station.words import Token

SEEN = schema.told("Vehicles, cables, house and supply", schema.STATE)


def routes(*, power_cut: bool, troubles: bool) -> APIRouter:
    """Return the routes of this resource, with or without the power cut and the troubles."""
    router = schema.router("bench", "/v1/bench")
    taken = schema.told("The station will take it", schema.shape(AnswerReply), ACCEPTED)
    traits = schema.told("All traits of the vehicle", schema.STATE)
    house = schema.told("All traits of the house, and what flows from the grid", schema.STATE)
    post = ["POST"]
    router.add_api_route("", look, responses=SEEN)
    router.add_api_route("/evses/{n}/bay", park, methods=post, responses=SEEN)
    router.add_api_route("/evses/{n}/plug", plug, methods=post, responses=SEEN)
    router.add_api_route("/evses/{n}/unplug", unplug, methods=post, responses=SEEN)
    router.add_api_route("/evses/{n}/appliance", appliance, methods=post, responses=SEEN)
    router.add_api_route("/evses/{n}/vehicle", vehicle, methods=post, responses=traits)
    router.add_api_route("/house", see_house, responses=house)
    router.add_api_route("/house", change_house, methods=post, responses=house)
    router.add_api_route("/cards", swipe, methods=post, responses=SEEN)
    router.add_api_route("/payment-cards", pay, methods=post, responses=SEEN)
    router.add_api_route("/tokens", present, methods=post, responses=SEEN)
    if troubles:
        on = schema.told("What can go wrong, and what does", schema.shape(TroublesReply))
        router.add_api_route("/faults", faults, responses=on)
        router.add_api_route("/faults", fault, methods=post, responses=on | taken)
    if power_cut:
        nothing = HTTPStatus.NO_CONTENT
        router.add_api_route("/power-cut", cut_power, methods=post, status_code=nothing)
    return router


async def look(world: World) -> Response:
    """Return the vehicles, cables, house and supply as they are now."""
    return reply(world.look())


async def park(world: World, evse: EvseNumber, bay: Bay | None = None) -> Response:
    """Drive the vehicle into the parking bay of this EVSE, or out of it."""
    world.park(evse, occupied=(bay or Bay()).occupied)
    return reply(world.look())


async def plug(world: World, evse: EvseNumber, cable: Plug | None = None) -> Response:
    """Connect the vehicle in front of this EVSE."""
    world.plug(evse, (cable or Plug()).cable_a)
    return reply(world.look())


async def unplug(world: World, evse: EvseNumber, pull: Unplug | None = None) -> Response:
    """Pull the plug out; a locked plug does not move."""
    world.unplug(evse, vehicle_side=(pull or Unplug()).vehicle_side)
    return reply(world.look())


async def appliance(world: World, evse: EvseNumber, it: Appliance) -> Response:
    """Plug something into the domestic outlet of this EVSE, or pull its plug."""
    world.appliance(evse, it.current_a)
    return reply(world.look())


async def vehicle(world: World, evse: EvseNumber, wishes: Wishes) -> Response:
    """Change some of the vehicle's traits by name; an empty object only asks for them."""
    return reply(world.vehicle(evse, wishes))


async def see_house(world: World) -> Response:
    """Return what the house is like, what flows from the grid, and what is above its fuse."""
    return reply(world.house({}))


async def change_house(world: World, wishes: Wishes) -> Response:
    """Change some of the house's traits by name: its load, its sun, its fuse."""
    return reply(world.house(wishes))


async def swipe(world: World, card: Card) -> Response:
    """Hold a card to a reader."""
    world.swipe(card.uid, card.reader)
    return reply(world.look())


async def pay(world: World, it: PaymentCard) -> Response:
    """Hold a payment card to a reader: it begins a payment, agrees to a tariff, or stops."""
    world.pay(it.card, it.reader)
    return reply(world.look())


async def present(world: World, it: Presented) -> Response:
    """Present a token of any kind that the station can read."""
    world.present(Token(it.token, it.kind), it.reader)
    return reply(world.look())


async def faults(troubles: TroublesGiven) -> Response:
    """Return every trouble that can be made, and those that are on."""
    return reply(TroublesReply(tuple(troubles.possible), tuple(troubles.ongoing)))


async def fault(api: Api, troubles: TroublesGiven, wish: RowFault | TroubleWish) -> Response:
    """Begin or end a trouble, or raise or clear a row of the error table; EVSE 0 is the station."""
    evse = api.check_evse(wish.evse, lowest=0)
    if isinstance(wish, TroubleWish):
        await _make(troubles, wish)
        return await faults(troubles)
    if wish.code not in FAULTS:
        raise refused(Reason.BAD_VALUE, f"code: the error table has no row {wish.code}")
    told = FaultRaised if wish.active else FaultCleared
    api.desk.happened(told(evse, wish.code))
    return reply(AnswerReply("accepted"), ACCEPTED)


async def _make(troubles: Troubles, wish: TroubleWish) -> None:
    try:
        if wish.on:
            await troubles.begin(wish.trouble, wish.evse, wish.parameters)
        else:
            troubles.end(wish.trouble, wish.evse)
    except ValueError as wrong:
        raise refused(Reason.BAD_VALUE, str(wrong)) from wrong


async def cut_power(api: Api) -> None:
    """Take the power away and give it back; answers when the station has started again."""
    assert api.power_cut is not None  # noqa: S101  its route exists only with a power cut
    await api.power_cut()
