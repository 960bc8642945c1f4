"""Paying at the station: the talk with a payment provider over our own open interface."""

from __future__ import annotations

from laadpaal.payments.provider import HttpsProvider, Provider

__all__ = ["HttpsProvider", "Provider"]
