"""What a driver is told of prices (2.0.1 block I)."""

from __future__ import annotations

import pytest

from laadpaal.properties import prices as rows
from laadpaal.station import events as e
from laadpaal.station.answers import Accepted, Reason, Refused
from laadpaal.station.display import Screen
from laadpaal.station.requests import UpdateCost
from laadpaal.station.transactions import SUMMARY_S
from tests.support.world import CARD, World


def screen(world: World, evse: int = 1) -> Screen:
    """Return what is to be seen at an EVSE."""
    return world.evse(evse).screen


def charging() -> World:
    """Return a station that charges on EVSE 1, whose driver has been told the tariff."""
    world = World()
    world.online()
    world.put(rows.TARIFF_FALLBACK, to="ask the operator")
    world.put(rows.COST_FALLBACK, to="see your bill")
    world.plug()
    world.swipe()
    world.tell(e.TokenGreeted(CARD, "0.30 a kWh"))
    return world


def running(world: World) -> str:
    """Return the id of the transaction on EVSE 1."""
    transaction = world.evse().transaction
    assert transaction
    return transaction.id


def test_the_tariff_is_shown_where_the_card_was() -> None:
    """And as long as it may charge there (I01)."""
    world = charging()

    assert (screen(world).tariff, screen(world, 2).tariff) == ("0.30 a kWh", "")
    world.swipe()
    assert screen(world).tariff == ""


def test_a_tariff_that_is_told_before_the_plug_stays() -> None:
    """The transaction begins later, and nothing is forgotten."""
    world = World()
    world.online()
    world.swipe(reader=1)
    world.tell(e.TokenGreeted(CARD, "0.30 a kWh"))
    world.plug()

    assert screen(world).tariff == "0.30 a kWh"


def test_without_a_word_of_the_csms_the_fallback_is_shown() -> None:
    """To whoever may charge (I04)."""
    world = World()
    world.put(rows.TARIFF_FALLBACK, to="ask the operator")
    world.online()
    assert screen(world).tariff == ""
    world.plug()
    world.swipe()

    assert screen(world).tariff == "ask the operator"


def test_a_new_tariff_replaces_the_one_before() -> None:
    """In the middle of a transaction (I06)."""
    world = charging()
    world.tell(e.TransactionPriced(running(world), None, "0.40 a kWh"))

    assert screen(world).tariff == "0.40 a kWh"
    assert screen(world).cost == ""


@pytest.mark.parametrize("cost", [0.0, 1.5, 12.345])
def test_the_running_cost_is_shown(cost: float) -> None:
    """With two decimals and the currency; nothing is not the same as free (I02)."""
    world = charging()

    assert world.ask(UpdateCost(running(world), cost)) == Accepted()
    assert screen(world).cost == f"{cost:.2f} EUR"
    assert screen(world).tariff == "0.30 a kWh"
    world.tell(e.TransactionPriced(running(world), 20.0))
    assert screen(world).cost == "20.00 EUR"


def test_the_cost_of_an_unknown_transaction_is_refused() -> None:
    """Nobody would see it."""
    world = charging()

    assert world.ask(UpdateCost("tx-9", 1.0)) == Refused(
        Reason.UNKNOWN_TRANSACTION, "there is no such transaction"
    )
    assert screen(world).cost == ""


def test_the_final_cost_is_on_the_summary_and_goes_with_it() -> None:
    """It comes with the answer to the last message (I03)."""
    world = charging()
    number = running(world)
    world.tell(e.TransactionPriced(number, 3.0))
    world.swipe()
    world.tell(e.TransactionPriced(number, 4.0))
    assert screen(world).cost == "4.00 EUR"
    world.pass_time(SUMMARY_S)
    world.measure()

    assert screen(world).cost == ""


def test_who_ends_while_the_csms_is_away_reads_the_fallback() -> None:
    """Nobody could tell the cost (I05)."""
    world = charging()
    world.tell(e.CsmsOffline())
    world.swipe()

    assert screen(world).cost == "see your bill"


def test_who_ends_while_it_is_there_reads_nothing_until_it_has_told() -> None:
    """The fallback is for those whom nobody will tell."""
    world = charging()
    world.swipe()

    assert screen(world).cost == ""


def test_the_next_driver_does_not_read_the_bill_of_the_last() -> None:
    """A new transaction has a new bill, and a new tariff."""
    world = charging()
    world.tell(e.TransactionPriced(running(world), 3.0))
    world.swipe()
    world.swipe()

    assert screen(world).cost == ""
    assert screen(world).tariff == "ask the operator"


@pytest.mark.parametrize("row", [rows.TARIFF_ENABLED, rows.COST_ENABLED])
def test_each_can_be_switched_off(row: object) -> None:
    """The other is shown all the same."""
    world = charging()
    world.tell(e.TransactionPriced(running(world), 3.0))
    world.put(row, to=False)  # type: ignore[arg-type]  # both are flags
    world.tell(e.MeterLost(2))

    shown = {rows.TARIFF_ENABLED: screen(world).tariff, rows.COST_ENABLED: screen(world).cost}
    assert [text == "" for text in shown.values()] == [one is row for one in shown]
