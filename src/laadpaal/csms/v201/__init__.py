"""OCPP 2.0.1 as the station speaks it."""

from __future__ import annotations

from laadpaal.csms.v201.dialect import V201

__all__ = ["V201"]
