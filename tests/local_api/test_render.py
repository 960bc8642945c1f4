"""The station's answers as HTTP responses."""

from __future__ import annotations

import json

import pytest

from laadpaal.local_api.problems import Problem
from laadpaal.local_api.render import answered, to_json
from laadpaal.station.answers import (
    Accepted,
    AfterRestart,
    Answer,
    Begun,
    Composed,
    Reason,
    Refused,
    Scheduled,
    Unlocking,
)
from laadpaal.station.charging_profiles import Schedule, Unit
from laadpaal.station.words import Token, TokenKind


@pytest.mark.parametrize(
    ("answer", "status", "word"),
    [
        (Accepted("tx-1"), 200, "accepted"),
        (AfterRestart(), 200, "after restart"),
        (Scheduled(), 202, "scheduled"),
        (Begun(), 202, "begun"),
    ],
)
def test_answers_are_words(answer: Answer, status: int, word: str) -> None:
    """What is done or stored is 200, what waits is 202."""
    response = answered(answer)

    assert response.status_code == status
    assert json.loads(bytes(response.body))["answer"] == word


@pytest.mark.parametrize("reason", Reason)
def test_refusals_are_problems(reason: Reason) -> None:
    """Each is a fault of the asker or a conflict, and has words even when the station has none."""
    with pytest.raises(Problem) as raised:
        answered(Refused(reason))

    assert raised.value.status in {404, 409, 422}
    assert raised.value.detail == "the station refused"
    assert raised.value.more == {"reason": reason.value}


def test_an_unlocking_is_no_final_answer() -> None:
    """The desk has waited for the lock; anything else is a mistake of ours."""
    with pytest.raises(AssertionError, match="lock"):
        answered(Unlocking(1, 1))


def test_a_schedule_is_no_answer_here() -> None:
    """Only the CSMS asks for one; anything else is a mistake of ours."""
    with pytest.raises(AssertionError, match="schedule"):
        answered(Composed(1, 0.0, Schedule(Unit.AMPERE, ())))


def test_a_code_is_not_shown() -> None:
    """Nor anything of it (2.0.1 C04); a card is."""
    assert json.loads(to_json(Token('4"7', TokenKind.KEY_CODE))) == {
        "value": "***",
        "kind": "KeyCode",
    }
    assert json.loads(to_json(Token('4"7'))) == {"value": '4"7', "kind": "ISO14443"}
