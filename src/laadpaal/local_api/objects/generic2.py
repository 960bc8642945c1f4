"""`generic2`: what other stations have learned since, and what the meter at the grid says."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime

from laadpaal.local_api.objects.codes import Code, Value
from laadpaal.local_api.objects.row import FLAG, NUMERAL, Category, Row, Seen, Wish, choice
from laadpaal.properties import (
    balancing,
    metering,
    payment,
    pilot,
    smart_meter,
    state,
    statuses,
    wiring,
)
from laadpaal.properties import transactions as tx
from laadpaal.properties.surroundings import RESIDUAL_TRIES
from laadpaal.station.cards import Card, DropCard, Rank, WriteCard
from laadpaal.station.layout import GridLink, Layout
from laadpaal.station.words import Token

_GENERIC2 = Category("generic2")
_stored, _told, _fixed = _GENERIC2.stored, _GENERIC2.told, _GENERIC2.fixed
_BOARDS = (
    "Revision of the controller",
    "Assembly of the controller",
    "Revision of the power board",
)
_UNTOLD = "0, for it is not told"
_SHORTEST_TAG = 8
_STAMP = "%y%m%d%H%M%S"
_WEST_S = {"W": 3600, "S": 7200}
"""Seconds that the clock of a smart meter is ahead of UTC, in winter and summer."""


def rows(layout: Layout) -> Iterator[Row]:
    """Yield the objects of this category."""
    for sub, what in enumerate((*_BOARDS, "Assembly of the power board"), 1):
        yield _fixed(f"204D_{sub}", Code.UNSIGNED8, f"{what}: {_UNTOLD}.", 0, 255)
    yield from _protection()
    yield from _lines()
    yield from _told_to_others(layout)
    yield from _master()
    if layout.grid:
        yield from _grid(layout.grid)
    if layout.payment:
        yield from _payment()
    help_ = "Whether a proxy is used: 0, for none can be."
    yield _fixed("2117_0", Code.INTEGER8, help_, 0, 2)
    help_ = "Whether the sun decides the current: 0, for it does not."
    yield _fixed("3280_1", Code.UNSIGNED8, help_, 0)


def _protection() -> Iterator[Row]:
    help_ = "What residual current of 6 mA does: 0 charging is tried again, 1 it is not."
    yield _told("2070_0", Code.UNSIGNED8, help_, lambda it: int(it.values[RESIDUAL_TRIES] == 0), 1)
    help_ = "Whether a contact at the station can stop charging: 0, for there is none."
    yield _fixed("216C_0", Code.UNSIGNED8, help_, 0, 3)
    yield _stored("2153_0", Code.UNSIGNED16, wiring.RELEASE_TIME, length=8_000)
    yield _stored("2155_0", Code.UNSIGNED8, pilot.MOST_RESTARTS)


def _lines() -> Iterator[Row]:
    yield _stored("2174_0", Code.REAL32, balancing.MAX_IMBALANCE)
    yield _stored("2185_0", Code.UNSIGNED8, wiring.PHASE_SWITCHING, FLAG, length=2)
    yield _stored("2189_0", Code.UNSIGNED8, wiring.MAX_PHASES, NUMERAL)


def _told_to_others(layout: Layout) -> Iterator[Row]:
    yield _stored("2124_0", Code.UNSIGNED8, statuses.INFORMATIONAL, FLAG, length=2)
    yield _stored("2187_0", Code.UNSIGNED64, state.LAST_CHANGE)
    yield _stored("218E_0", Code.UNSIGNED32, tx.ENERGY_ON_INVALID)
    help_ = "Seconds by which chance puts off what a charging profile begins with: 0."
    yield _fixed("21B9_0", Code.UNSIGNED16, help_, 0)
    yield _stored("2620_0", Code.UNSIGNED8, metering.PUBLIC_KEY, choice(*metering.KEYS_TOLD))
    for evse, built in enumerate(layout.evses[:2], 1):
        if built.signs:
            help_ = "Public key of a socket's meter, in base64; empty while it has told none."
            yield _told(f"{0x2540 + evse:X}_0", Code.STRING, help_, _public_key(evse))


def _public_key(evse: int) -> Callable[[Seen], Value]:
    def read(seen: Seen) -> str:
        said = seen.evse(evse).measurement
        return said.signed.public_key if said and said.signed else ""

    return read


def _master() -> Iterator[Row]:
    """Yield the card that begins and ends enrolling."""
    help_ = "Whether there is a master card."
    yield _told("2400_1", Code.UNSIGNED8, help_, lambda it: int(bool(_masters(it))))
    yield Row(
        "2400_2",
        Code.STRING,
        _GENERIC2.name,
        "Number of the master card, which adds cards to the white list; empty for none.",
        lambda it: next((token.value for token in _masters(it)), ""),
        21,
        _appoint,
    )


def _masters(seen: Seen) -> list[Token]:
    return [card.token for card in seen.view.cards if card.rank is Rank.MASTER]


def _appoint(seen: Seen, value: Value) -> Iterator[Wish]:
    """Let one card be the master card, and no other any more."""
    number = str(value).upper()
    if number and not (len(number) >= _SHORTEST_TAG and set(number) <= set("0123456789ABCDEF")):
        raise ValueError(f"{number[:20]!r} is no number of a card: 8 to 20 hexadecimal digits")
    wanted = Token(number)
    yield from (DropCard(token) for token in _masters(seen) if not token.same(wanted))
    if number:
        yield WriteCard(Card(wanted, Rank.MASTER))


def _grid(link: GridLink) -> Iterator[Row]:
    """Yield what the meter at the grid says, and how it is heard."""
    yield _GENERIC2.reading("212E_1", Code.INTEGER16, balancing.GRID_LOST)
    if link is GridLink.P1:
        help_ = "Version of the smart meter's telegrams, as far as it is a number."
        yield _told("212E_2", Code.UNSIGNED16, help_, _version)
        help_ = "Time in the smart meter's last telegram, in milliseconds of UTC; 0 for none."
        yield _told("212E_3", Code.UNSIGNED64, help_, _told_at)
    lines = (smart_meter.CURRENT_L1, smart_meter.CURRENT_L2, smart_meter.CURRENT_L3)
    for sub, row in enumerate(lines, 1):
        yield _GENERIC2.reading(f"212F_{sub}", Code.REAL32, row)


def _version(seen: Seen) -> int:
    said = seen.view.grid.measurement
    digits = "".join(filter(str.isdigit, said.version)) if said else ""
    return int(digits or 0)


def _told_at(seen: Seen) -> int:
    said = seen.view.grid.measurement
    text = said.told_at if said else ""
    try:
        local = datetime.strptime(text[:12], _STAMP).replace(tzinfo=UTC)
    except ValueError:
        return 0
    return (int(local.timestamp()) - _WEST_S.get(text[12:13], 0)) * 1000


def _payment() -> Iterator[Row]:
    yield _stored("2156_0", Code.UNSIGNED8, payment.MESSAGE_S)
    yield _stored("2188_0", Code.UNSIGNED8, payment.SERVICE)
    yield _stored("2192_0", Code.UNSIGNED8, payment.WAYS, NUMERAL, length=7)
