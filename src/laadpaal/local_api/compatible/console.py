"""`/api/cmd`: commands as text; what they did stands in the log."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from types import MappingProxyType

from fastapi import APIRouter, BackgroundTasks, Response

from laadpaal.local_api.compatible.kit import Kit, KitGiven, Members, Seated, done, text
from laadpaal.ports.accounts import User
from laadpaal.station.answers import Refused
from laadpaal.station.cards import ClearCards
from laadpaal.station.requests import ClearProfiles, Request, Reset, WriteLocalList
from laadpaal.station.words import ResetKind

_DATE = re.compile(r"date (\d{4}-\d\d-\d\d \d\d:\d\d:\d\d)")
INSTALLERS = ("test", "tamper", "disp", "flash-", "modemrestart", "log-erase", "metertype")
"""Beginnings of commands that only the user service may give."""
_LONGEST = 80
"""Characters of a command that the log repeats."""


def routes() -> APIRouter:
    """Return the route of this resource."""
    router = APIRouter()
    router.add_api_route("/api/cmd", command, methods=["POST"])
    return router


async def command(
    kit: KitGiven, holder: Seated, given: Members, after: BackgroundTasks
) -> Response:
    """Take a command, whatever it is; how it went is told in the log."""
    line = text(given, "command").strip()
    kit.log.info("Console: %s gives the command %r", holder.user.value, line[:_LONGEST])
    if line == "reboot":
        after.add_task(_reboot, kit)
        return done()
    outcome = await _done(kit, line, holder.user)
    kit.log.info("Console: %s", outcome)
    return done()


async def _reboot(kit: Kit) -> None:
    """Start anew, now that the client has its answer."""
    answer = await kit.desk.ask(Reset(ResetKind.SOFT))
    if isinstance(answer, Refused):
        kit.log.warning("Console: no restart: %s", answer.detail or answer.reason.value)
        return
    kit.entrance.seat.leave()
    kit.leave()


async def _done(kit: Kit, line: str, user: User) -> str:
    """Do what a command says, and return what to tell of it."""
    if date := _DATE.fullmatch(line):
        return _set_clock(kit, date[1])
    if deed := _DEEDS.get(line):
        return await deed(kit)
    if line.startswith(INSTALLERS) and user is not User.SERVICE:
        return "refused: that command is for the user service"
    return "this station has no such command"


def _set_clock(kit: Kit, written: str) -> str:
    try:
        utc = datetime.fromisoformat(written).replace(tzinfo=UTC).timestamp()
    except ValueError:
        return f"refused: there is no {written}"
    kit.machine.set_clock(utc)
    return "the clock is set"


async def _asked(kit: Kit, wish: Request) -> str:
    answer = await kit.desk.ask(wish)
    if isinstance(answer, Refused):
        return f"refused: {answer.detail or answer.reason.value}"
    return "done"


async def _erase_history(kit: Kit) -> str:
    await kit.history.erase()
    return "done"


async def _clear_profiles(kit: Kit) -> str:
    return await _asked(kit, ClearProfiles())


async def _clear_cards(kit: Kit) -> str:
    return await _asked(kit, ClearCards())


async def _clear_local_list(kit: Kit) -> str:
    version = kit.desk.view().local_list.version
    return await _asked(kit, WriteLocalList(version + 1, full=True))


async def _dump_cards(kit: Kit) -> str:
    cards = ", ".join(f"{it.token.value} {it.rank.value}" for it in kit.desk.view().cards)
    return f"white list: {cards or 'empty'}"


async def _dump_local_list(kit: Kit) -> str:
    local = kit.desk.view().local_list
    return f"local list: version {local.version} with {local.tokens} tokens"


_DEEDS: MappingProxyType[str, Callable[[Kit], Awaitable[str]]] = MappingProxyType(
    {
        "txerase": _erase_history,
        "cperase": _clear_profiles,
        "wlerase": _clear_cards,
        "llerase": _clear_local_list,
        "wldump": _dump_cards,
        "lldump": _dump_local_list,
    }
)
