from __future__ import annotations

from laadpaal.csms.statuses import Statuses
from laadpaal.station.notices import StatusChanged
from laadpaal.station.words import Status


def status(evse: int, value: Status, at: float = 0.0, **more: str) -> StatusChanged:
    return StatusChanged(evse, 1 if evse else 0, value, at, **more)  # type: ignore[arg-type]  # only texts are given


def told(*notices: StatusChanged) -> Statuses:
    statuses = Statuses()
    for notice in notices:
        statuses.heard(notice)
        statuses.told(notice)
    return statuses


def test_everything_after_a_registration_in_order_of_place() -> None:
    """All connectors are told, each with its last status, the station first."""
    statuses = Statuses()
    statuses.heard(status(2, Status.AVAILABLE))
    statuses.heard(status(0, Status.AVAILABLE))
    statuses.heard(status(1, Status.PREPARING))
    statuses.heard(status(1, Status.CHARGING))

    assert statuses.all() == (
        status(0, Status.AVAILABLE),
        status(1, Status.CHARGING),
        status(2, Status.AVAILABLE),
    )


def test_only_what_changed_after_a_reconnection() -> None:
    """The last status of changed connectors is told, not the history."""
    statuses = told(status(1, Status.AVAILABLE), status(2, Status.AVAILABLE))
    statuses.heard(status(1, Status.PREPARING))
    statuses.heard(status(1, Status.CHARGING))

    assert (status(1, Status.CHARGING),) == statuses.missed(1e9, None)


def test_there_and_back_is_no_change() -> None:
    """A connector that is again what the CSMS knows is not told, whenever that was."""
    statuses = told(status(1, Status.AVAILABLE, at=1.0))
    statuses.heard(status(1, Status.PREPARING, at=2.0))
    statuses.heard(status(1, Status.AVAILABLE, at=3.0))

    assert statuses.missed(10.0, None) == ()


def test_another_error_is_a_change() -> None:
    """What is said about a status counts as well as the status."""
    statuses = told(status(1, Status.FAULTED, error="GroundFailure"))
    statuses.heard(status(1, Status.FAULTED, error="OverVoltage"))

    assert (status(1, Status.FAULTED, error="OverVoltage"),) == statuses.missed(1.0, None)


def test_what_was_never_delivered_is_missed() -> None:
    """A status the CSMS never answered to is told again."""
    statuses = Statuses()
    statuses.heard(status(1, Status.AVAILABLE))

    assert (status(1, Status.AVAILABLE),) == statuses.missed(0.0, 60.0)


def test_everything_after_a_long_time_offline() -> None:
    """Longer than the threshold tells all, exactly the threshold does not."""
    statuses = told(status(1, Status.AVAILABLE))

    assert statuses.missed(60.0, 60.0) == ()
    assert (status(1, Status.AVAILABLE),) == statuses.missed(60.1, 60.0)
