"""The agenda holds one instant for each timer and gives them back in order."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from laadpaal.station.agenda import Agenda, Due, Timer

TIMERS = st.builds(Timer, st.sampled_from(Due), st.integers(0, 2))


def test_a_timer_planned_again_comes_once() -> None:
    """A new plan replaces the old one."""
    agenda = Agenda()
    agenda.set(Timer(Due.SAMPLE, 1), 5)
    agenda.set(Timer(Due.SAMPLE, 1), 9)

    assert agenda.next_wake() == 9
    assert list(agenda.pop_due(8)) == []
    assert list(agenda.pop_due(9)) == [Timer(Due.SAMPLE, 1)]
    assert agenda.next_wake() is None


def test_a_cancelled_timer_never_comes() -> None:
    """Cancelling what is not planned is allowed."""
    agenda = Agenda()
    agenda.set(Timer(Due.CONNECT, 1), 5)
    agenda.cancel(Timer(Due.CONNECT, 1))
    agenda.cancel(Timer(Due.CONNECT, 2))

    assert list(agenda.pop_due(99)) == []
    assert agenda.planned(Timer(Due.CONNECT, 1)) is None


@given(st.lists(st.tuples(TIMERS, st.integers(0, 100))), st.integers(0, 100))
def test_timers_come_when_due_and_in_order(plans: list[tuple[Timer, int]], now: int) -> None:
    """What is due is what was planned last for each timer, up to now, earliest first."""
    agenda = Agenda()
    for timer, at in plans:
        agenda.set(timer, at)
    last = dict(plans)

    came = list(agenda.pop_due(now))

    assert sorted(came, key=str) == sorted((t for t, at in last.items() if at <= now), key=str)
    assert [last[timer] for timer in came] == sorted(last[timer] for timer in came)
    assert all(agenda.planned(timer) == at for timer, at in last.items() if at > now)
