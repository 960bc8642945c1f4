"""Smart charging (3.2): SmartChargingCtrlr."""

from __future__ import annotations

from tests.csms.v201.variables.row import (
    DECIMAL,
    FLAG,
    MEMBERS,
    RW,
    WHOLE,
    available,
    optional,
    required,
)

ROWS = (
    *available("SmartChargingCtrlr"),
    *optional("SmartChargingCtrlr.Enabled", FLAG, RW),
    *required("SmartChargingCtrlr.ProfileStackLevel", WHOLE),
    *required("SmartChargingCtrlr.RateUnit", MEMBERS, words=("A", "W")),
    *required("SmartChargingCtrlr.PeriodsPerSchedule", WHOLE),
    *required("SmartChargingCtrlr.Entries[ChargingProfiles]", WHOLE, low=0, high=20),
    *required(
        "SmartChargingCtrlr.LimitChangeSignificance", DECIMAL, RW, unit="Percent", low=0, high=100
    ),
    *optional("SmartChargingCtrlr.Phases3to1", FLAG),
    *optional("SmartChargingCtrlr.ACPhaseSwitchingSupported", FLAG),
    *optional("SmartChargingCtrlr.ExternalControlSignalsEnabled", FLAG, RW),
    *optional("SmartChargingCtrlr.NotifyChargingLimitWithSchedules", FLAG, RW),
)
