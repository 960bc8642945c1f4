"""What there is to set about the talk with the CSMS: messages, measurands, certificates."""

from __future__ import annotations

from collections.abc import Iterator

from laadpaal.local_api.objects import measurands, networks
from laadpaal.local_api.objects.codes import Code
from laadpaal.local_api.objects.foreign import BACK_OFFICE
from laadpaal.local_api.objects.row import FLAG, Form, Row
from laadpaal.properties import (
    authorization,
    certificates,
    charging,
    comms,
    metering,
    prices,
    statuses,
)
from laadpaal.properties import transactions as tx
from laadpaal.properties.networks import NETWORK_ATTEMPTS

_stored, _reading = BACK_OFFICE.stored, BACK_OFFICE.reading


def rows() -> Iterator[Row]:
    """Yield the objects of this category."""
    yield from _messages()
    yield from networks.profiles()
    yield from measurands.rows()
    yield from _transactions()
    yield from _prices()
    yield from _certificates()
    yield from _counts()


def _messages() -> Iterator[Row]:
    yield _stored("2096_0", Code.UNSIGNED16, comms.ATTEMPTS)
    yield _stored("2097_0", Code.UNSIGNED32, comms.ATTEMPT_INTERVAL)
    yield _stored("20F4_0", Code.UNSIGNED8, NETWORK_ATTEMPTS)
    yield _stored("3258_0", Code.UNSIGNED32, statuses.LEAST_DURATION)
    yield _stored("3265_0", Code.UNSIGNED32, comms.OFFLINE_THRESHOLD)
    yield _stored("3266_0", Code.UNSIGNED8, comms.MESSAGE_TIMEOUT)


def _points(words: tuple[str, ...]) -> Form:
    """Return the form of a set of points: one bit for each, in their order."""

    def spell(bits: int) -> str:
        if bits >> len(words):
            raise ValueError(f"{bits} has a bit for a point that does not exist")
        return ",".join(word for place, word in enumerate(words) if bits >> place & 1)

    return Form(lambda held: sum(1 << words.index(word) for word in held), spell)


def _transactions() -> Iterator[Row]:
    yield _stored("209A_0", Code.UNSIGNED32, metering.ALIGNED_INTERVAL)
    yield _stored("218A_0", Code.UNSIGNED8, tx.START_POINT, _points(_BY_BIT))
    yield _stored("218B_0", Code.UNSIGNED8, tx.STOP_POINT, _points(_BY_BIT))
    yield _stored("3264_0", Code.UNSIGNED32, metering.ENDED_ALIGNED_INTERVAL)
    yield _stored("3270_0", Code.UNSIGNED32, metering.ENDED_INTERVAL)


_BY_BIT = (
    "ParkingBayOccupancy",
    "EVConnected",
    "Authorized",
    "DataSigned",
    "PowerPathClosed",
    "EnergyTransfer",
)


def _prices() -> Iterator[Row]:
    yield _stored("3263_1", Code.INTEGER8, prices.TARIFF_ENABLED, FLAG, length=3)
    yield _stored("3263_2", Code.STRING, prices.TARIFF_FALLBACK, length=512)
    yield _stored("3263_3", Code.INTEGER8, prices.COST_ENABLED, FLAG, length=3)
    yield _stored("3263_4", Code.STRING, prices.COST_FALLBACK, length=512)


def _certificates() -> Iterator[Row]:
    yield _stored("2720_0", Code.UNSIGNED16, certificates.MAX_CHAIN)
    yield _stored("2721_0", Code.UNSIGNED16, certificates.MAX_ROOTS)
    yield _stored("2722_0", Code.STRING, certificates.CPO_NAME, length=50)
    yield _stored("2723_0", Code.UNSIGNED8, comms.SECURITY_PROFILE)


def _counts() -> Iterator[Row]:
    """Yield how much there is of what; more than 255 of anything are told as 255."""
    yield _reading("3267_0", Code.UNSIGNED8, authorization.LISTED)
    yield _reading("3272_0", Code.UNSIGNED8, certificates.ROOTS)
    yield BACK_OFFICE.fixed("3273_0", Code.STRING, "Units of charging profiles.", "A,W", 3)
    yield _reading("3274_0", Code.UNSIGNED8, charging.INSTALLED)
    yield _stored("3275_0", Code.REAL32, charging.SIGNIFICANT_CHANGE)
