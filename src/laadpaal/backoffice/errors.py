"""What can go wrong for somebody who uses the back office: the room's errors.

BackOfficeError
├── CallRefused    the station answered with a CALLERROR
├── AnswerBroken   the station answered what the schema forbids
├── NotConnected   there is no connection to the station, or it ended before the answer
└── TimedOut       nothing came in time; a TimeoutError too
"""

from __future__ import annotations


class BackOfficeError(Exception):
    """The base of every error of this room."""


class CallRefused(BackOfficeError):  # noqa: N818  the glossary's word for a no
    """The station answered with a CALLERROR: `code` in its version's spelling, and why."""

    def __init__(self, action: str, code: str, description: str) -> None:
        super().__init__(f"{action}: {code}: {description}")
        self.code = code
        self.description = description


class AnswerBroken(BackOfficeError):  # noqa: N818  as above
    """The station's answer breaks the schema; the text says where."""


class NotConnected(BackOfficeError):  # noqa: N818  as above
    """The station is not connected, or went away before it answered."""


class TimedOut(BackOfficeError, TimeoutError):  # noqa: N818  as above
    """What was waited for did not come in time."""
