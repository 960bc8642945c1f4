"""Paying at the station with a payment card."""

from __future__ import annotations

from laadpaal.properties.kinds import Choice, Flag, Whole
from laadpaal.properties.rows import Reading, Scope, Setting

OFF, ON, OUT_OF_SERVICE = 0, 1, 2
"""What a station may do with payment cards."""
GIROCARD = "4"
"""The way of paying that is built."""

SERVICE = Setting(
    id="2188_0",
    kind=Whole(OFF, OUT_OF_SERVICE),
    default=ON,
    help="Payment cards: 0 are not taken, 1 are taken, 2 are refused for now.",
)
WAYS = Setting(
    id="2192_0",
    kind=Choice(("0", GIROCARD)),
    default=GIROCARD,
    help="Ways of paying at the station: 0 none, 4 with a payment card.",
)
MESSAGE_S = Setting(
    id="2156_0",
    kind=Whole(1, 60, "s"),
    default=3,
    help="Seconds for which the display says why a payment did not come about.",
)
PRE_AUTHORIZE_S = Setting(
    id="2A50_1",
    kind=Whole(1, 60, "s"),
    default=20,
    help="Seconds in which the payment provider must approve a card.",
)
CONFIRMATION_S = Setting(
    id="2A50_2",
    kind=Whole(5, 60, "s"),
    default=30,
    help="Seconds in which a customer may agree to the tariff.",
)
CONFIRM_S = Setting(
    id="2A50_3",
    kind=Whole(1, 60, "s"),
    default=10,
    help="Seconds in which the payment provider must take note that a customer has agreed.",
)
RECEIPT_S = Setting(
    id="2A50_4",
    kind=Whole(1, 60, "s"),
    default=10,
    help="Seconds for which the display shows a receipt.",
)

STATE = Reading(
    id="2A50_5",
    kind=Whole(0, 7),
    help="How far the payment at an EVSE has come, from 0 for none to 7 for its receipt.",
    scope=Scope.EVSE,
)
AUTHORIZING = Reading(
    id="2A50_6",
    kind=Flag(),
    help="Whether an EVSE waits for the payment provider or for a customer who is to agree.",
    scope=Scope.EVSE,
)
UNSETTLED = Reading(
    id="2A50_7",
    kind=Whole(0, 1_000_000),
    help="Payments of which the payment provider has yet to hear the end.",
)

ROWS = (
    SERVICE,
    WAYS,
    MESSAGE_S,
    PRE_AUTHORIZE_S,
    CONFIRMATION_S,
    CONFIRM_S,
    RECEIPT_S,
    STATE,
    AUTHORIZING,
    UNSETTLED,
)
