"""What can go wrong on the way to the CSMS: the room's errors.

CsmsError
├── LinkLost                the connection is gone; the talk turns it into an event, once
└── OtherSubprotocolError   the server speaks another version; the link dials again
"""

from __future__ import annotations


class CsmsError(Exception):
    """The base of every error of this room."""


class LinkLost(CsmsError):  # noqa: N818  the field's word, see the glossary
    """The connection to the CSMS has ended, or could not be made; the text says why."""


class OtherSubprotocolError(CsmsError):
    """The server has let us in, but does not speak our version of OCPP."""
