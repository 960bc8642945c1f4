"""Logins begin, go on while somebody asks, and end."""

from __future__ import annotations

from laadpaal.local_api.visitors import IDLE_S, MOST, STRANGER, Logins, Visitor
from laadpaal.ports.accounts import User


def test_a_session_is_found_by_its_text() -> None:
    """Among whatever else the cookies hold."""
    logins = Logins()
    token = logins.begin(User.ADMIN, 0.0)

    assert logins.find(["", "other", token], 1.0) == Visitor(User.ADMIN, token=token)
    assert logins.find(["", "other"], 1.0) == STRANGER
    assert logins.find([], 1.0) == STRANGER


def test_each_session_has_a_text_of_its_own() -> None:
    """Nobody can guess the next one from the last."""
    logins = Logins()

    tokens = {logins.begin(User.ADMIN, 0.0) for _ in range(20)}

    assert len(tokens) == 20
    assert all(len(token) >= 43 for token in tokens)


def test_a_session_ends() -> None:
    """When it is told to, which may be twice."""
    logins = Logins()
    token = logins.begin(User.ADMIN, 0.0)

    logins.end(token)
    logins.end(token)

    assert logins.find([token], 0.0) == STRANGER


def test_a_quiet_session_ends() -> None:
    """Each question lets it go on for as long again."""
    logins = Logins()
    token = logins.begin(User.ADMIN, 0.0)

    assert logins.find([token], IDLE_S).user is User.ADMIN
    assert logins.find([token], 2 * IDLE_S).user is User.ADMIN
    assert logins.find([token], 3 * IDLE_S + 1) == STRANGER


def test_a_session_ends_with_what_it_was_begun_with() -> None:
    """To the second, however much is asked; and it is counted until then."""
    logins = Logins()
    token = logins.begin(User.GUEST, 0.0, 3600.0)

    assert logins.find([token], 3599.0).user is User.GUEST
    assert (logins.count(User.GUEST, 3599.0), logins.count(User.ADMIN, 3599.0)) == (1, 0)
    assert logins.count(User.GUEST, 3600.0) == 0
    assert logins.find([token], 3600.0) == STRANGER


def test_a_new_password_ends_the_others_sessions() -> None:
    """Of that user, but for the one in which it was changed."""
    logins = Logins()
    mine, other = logins.begin(User.ADMIN, 0.0), logins.begin(User.ADMIN, 0.0)
    service = logins.begin(User.SERVICE, 0.0)

    logins.end_all(User.ADMIN, but=mine)

    assert [bool(logins.find([it], 0.0).user) for it in (mine, other, service)] == [
        True,
        False,
        True,
    ]


def test_the_quietest_session_makes_room() -> None:
    """There are only so many, so that nobody can fill the memory."""
    logins = Logins()
    first, second = logins.begin(User.ADMIN, 0.0), logins.begin(User.ADMIN, 0.0)
    for _ in range(MOST - 2):
        logins.begin(User.ADMIN, 0.0)
    logins.find([first], 1.0)

    logins.begin(User.ADMIN, 1.0)

    assert logins.find([first], 1.0).user is User.ADMIN
    assert logins.find([second], 1.0) == STRANGER
