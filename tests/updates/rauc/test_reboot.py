"""The machine is asked to start anew, and is not waited for without end."""

from __future__ import annotations

from laadpaal.updates.rauc.reboot import Reboot


async def test_a_machine_that_refuses_says_why() -> None:
    """Nobody may ask it, or there is no such command."""
    refuses = Reboot(["sh", "-c", "echo 'Access denied' >&2; exit 1"])
    assert await refuses.ask() == "Access denied"
    assert "nowhere cannot be run" in await Reboot(["/nowhere"]).ask()


async def test_a_machine_that_only_says_so_is_found_out() -> None:
    """Who has asked is still there."""
    assert await Reboot(["true"], 0.01).ask() == "the machine did not start anew within 0.01 s"
