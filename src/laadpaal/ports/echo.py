"""Asks the network for a sign of life."""

from __future__ import annotations

from typing import Protocol


class Echo(Protocol):
    """Sends an ICMP echo request."""

    async def answers(self, host: str) -> bool:
        """Tell whether `host` answered in time; False as well where asking is not allowed."""
        ...
