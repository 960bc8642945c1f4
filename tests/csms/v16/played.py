"""Plays calls of OCPP 1.6, and names what it answers to senseless ones."""

from __future__ import annotations

from functools import partial

from laadpaal.csms.v16 import V16
from tests.csms import played

MISSING = "ProtocolError"
TYPE = "TypeConstraintViolation"
VALUE = "PropertyConstraintViolation"
FORM = "FormationViolation"
ACCEPTED, REJECTED = {"status": "Accepted"}, {"status": "Rejected"}
NOT_SUPPORTED = {"status": "NotSupported"}

play = partial(played.play, V16(played.LOG))
