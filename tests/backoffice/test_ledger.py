from __future__ import annotations

from dataclasses import replace

from laadpaal.backoffice.ledger import Fact, Ledger, Reading, Stage, Wrong
from laadpaal.protocols.ocpp import v16

START = Fact(
    Stage.START, 100.0, evse=1, token="04AB", readings=(Reading(100.0, 50.0, "Transaction.Begin"),)
)
DURING = Fact(Stage.DURING, 160.0, evse=1, readings=(Reading(160.0, 62.5),))
STOP = Fact(Stage.STOP, 200.0, reason="Local", readings=(Reading(200.0, 62.0, "Transaction.End"),))


def wrongs(ledger: Ledger) -> list[Wrong]:
    return [problem.wrong for problem in ledger.problems()]


def test_a_transaction_told_well_has_no_problem() -> None:
    """Start, meter value and stop give one transaction with its meter, token and reason."""
    ledger = Ledger()
    number = ledger.start("CP1", START)
    ledger.meter("CP1", str(number), DURING)
    running = ledger.find("CP1", "1")
    ledger.note("CP1", str(number), STOP)
    (told,) = ledger.of("CP1")

    assert running is not None
    assert running.running
    assert not told.running
    assert (number, told.starts, told.stops) == (1, 1, 1)
    assert (told.meter_start_wh, told.meter_stop_wh) == (50.0, 62.0)
    assert (told.evse, told.connector, told.token, told.reason) == (1, None, "04AB", "Local")
    assert ledger.problems() == ()


def test_each_start_gets_its_own_id_over_all_stations() -> None:
    """Two starts of two stations have two ids, and each station sees only its own."""
    ledger = Ledger()

    assert ledger.start("CP1", START) == 1
    assert ledger.start("CP2", START) == 2
    assert [one.id for one in ledger.of("CP2")] == ["2"]
    assert ledger.find("CP1", "2") is None


def test_the_same_start_again_is_told_twice() -> None:
    """An equal start keeps its id and is a problem; a different one is a new transaction."""
    ledger = Ledger()
    ledger.start("CP1", START)

    assert ledger.start("CP1", START) == 1
    assert ledger.start("CP1", replace(START, at=500.0)) == 2
    assert wrongs(ledger) == [Wrong.STARTED_TWICE]


def test_a_stop_needs_a_start_and_comes_once() -> None:
    """A stop of nothing and a second stop are problems."""
    ledger = Ledger()
    ledger.note("CP1", "77", STOP)
    number = str(ledger.start("CP1", START))
    ledger.note("CP1", number, STOP)
    ledger.note("CP1", number, STOP)

    assert wrongs(ledger) == [Wrong.NEVER_STARTED, Wrong.STOPPED_TWICE]


def test_meter_values_need_a_transaction_that_runs() -> None:
    """Values of -1, of another station's id and after the stop are problems."""
    ledger = Ledger()
    number = str(ledger.start("CP1", START))
    ledger.meter("CP1", "-1", DURING)
    ledger.meter("CP2", number, DURING)
    ledger.note("CP1", number, STOP)
    ledger.meter("CP1", number, DURING)

    assert [(one.wrong, one.station, one.transaction) for one in ledger.problems()] == [
        (Wrong.UNKNOWN_TRANSACTION, "CP1", "-1"),
        (Wrong.UNKNOWN_TRANSACTION, "CP2", "1"),
        (Wrong.TOLD_AFTER_STOP, "CP1", "1"),
    ]


def test_a_gap_in_the_numbers_is_a_problem() -> None:
    """The first is 0, each next one higher; the same event under another message id is one."""
    ledger = Ledger()
    ledger.note("CP1", "t1", replace(START, seq=0))
    ledger.note("CP1", "t1", replace(START, seq=0))
    ledger.note("CP1", "t1", replace(DURING, seq=2))
    ledger.note("CP1", "t1", replace(STOP, seq=2))

    assert [one.seqs for one in ledger.transactions] == [(0, 2, 2)]
    assert [one.detail for one in ledger.problems()] == ["2 after 0", "2 after 2"]
    assert wrongs(ledger) == [Wrong.SEQ_GAP] * 2


def test_energy_must_not_go_down_by_more_than_rounding() -> None:
    """Readings are compared by time, whichever message brought them."""
    ledger = Ledger()
    number = str(ledger.start("CP1", START))
    late = Fact(Stage.DURING, 170.0, readings=(Reading(150.0, 55.0), Reading(170.0, 48.0)))
    ledger.meter("CP1", number, DURING)
    ledger.meter("CP1", number, late)

    assert [(one.wrong, one.detail) for one in ledger.problems()] == [
        (Wrong.ENERGY_FELL, "62.5 to 48 Wh")
    ]


def test_a_message_that_comes_again_finds_its_answer() -> None:
    """The answer is kept per station and message id; another action with that id is a problem."""
    ledger = Ledger()
    answer = v16.StopTransactionResponse()
    ledger.keep("CP1", "m1", "StopTransaction", answer)

    assert answer is ledger.answered("CP1", "m1", "StopTransaction")
    assert ledger.answered("CP2", "m1", "StopTransaction") is None
    assert ledger.answered("CP1", "m2", "StopTransaction") is None
    assert ledger.problems() == ()
    assert ledger.answered("CP1", "m1", "MeterValues") is None
    assert wrongs(ledger) == [Wrong.ID_REUSED]
