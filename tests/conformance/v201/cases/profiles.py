"""The profiles of certification that a charging station of OCPP 2.0.1 may claim."""

from __future__ import annotations

CORE = "Core"
SECURITY = "Advanced Security"
LIST = "Local Authorization List Management"
SMART = "Smart Charging"
DEVICE = "Advanced Device Management"
RESERVATION = "Reservation"
INTERFACE = "Advanced User Interface"
ISO = "ISO 15118 Support"

PROFILES = (CORE, SECURITY, LIST, SMART, DEVICE, INTERFACE, RESERVATION, ISO)

NO_VEHICLE_TALK = (
    "The profile of ISO 15118 is not claimed: the station speaks no ISO 15118 with vehicles, has no"
    " such controller in its device model, and never begins what this case begins with."
)
"""Why a case of that profile does not apply, until Plug & Charge is built."""
