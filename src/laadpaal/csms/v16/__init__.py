"""OCPP 1.6: how our notices, requests and settings read there."""

from laadpaal.csms.v16.dialect import V16

__all__ = ["V16"]
