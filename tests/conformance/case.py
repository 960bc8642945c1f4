"""One case of the conformance tool, in our words."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Case:
    """One case.

    Args:
        demand: What the station must do.
        counted: Whether it is one of those that a certificate counts.
        profile: Of certification, where the version has such.
    """

    id: str
    title: str
    demand: str
    counted: bool = True
    profile: str = ""
