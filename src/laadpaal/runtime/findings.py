"""What the doctor says of each step that it has tried."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Finding:
    """What one step has shown.

    Args:
        step: What was tried.
        detail: What was found; no secret in it.
        advice: What to do when it is not well.
    """

    step: str
    well: bool
    detail: str
    advice: str = ""
