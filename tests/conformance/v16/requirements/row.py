"""One thing that OCPP 1.6 or its security white paper demands of a charge point, in our words."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Requirement:
    """One requirement.

    Args:
        id: Its section, and its number within it.
        words: What the station must do.
        tests: The tests that show it, the most direct ones.
        reason: Why it is not met, where no test can show it.
    """

    id: str
    words: str
    tests: tuple[str, ...] = ()
    reason: str = ""

    @property
    def section(self) -> str:
        """The section it stands in."""
        return self.id.rpartition("-")[0]


def shown(id_: str, words: str, *tests: str) -> Requirement:
    """Return a requirement that these tests show."""
    return Requirement(id_, words, tests)


def unmet(id_: str, words: str, reason: str) -> Requirement:
    """Return a requirement that is not met, and why."""
    return Requirement(id_, words, reason=reason)
