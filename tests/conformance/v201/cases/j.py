"""Block J: meter values."""

from __future__ import annotations

from tests.conformance.case import Case
from tests.conformance.v201.cases.profiles import CORE

CASES = (
    Case(
        "TC_J_01_CS",
        "No transaction ongoing",
        "Aligned MeterValues idle, context Sample.Clock, all Measurands",
        profile=CORE,
    ),
    Case(
        "TC_J_02_CS",
        "Transaction ongoing",
        "Aligned during tx: MeterValues or TxE MeterValueClock",
        profile=CORE,
    ),
    Case(
        "TC_J_03_CS",
        "EventType Ended",
        "Aligned in Ended: Sample.Clock at TxEndedInterval spacing",
        profile=CORE,
    ),
    Case("TC_J_04_CS", "Signed", "Same, signed", profile=CORE, needs="C-40 and C-42"),
    Case(
        "TC_J_06_CS",
        "No Meter Values during transaction",
        "SendDuringIdle=true: none during tx, again after",
        profile=CORE,
        needs="C-28",
    ),
    Case(
        "TC_J_07_CS",
        "EventType Started - EVSE known",
        "Started carries Transaction.Begin values of TxStartedMeasurands",
        profile=CORE,
    ),
    Case(
        "TC_J_08_CS",
        "Context Transaction.Start - EVSE not known",
        "EVSE unknown at start: Begin values in the first TxE that has evse",
        profile=CORE,
        needs="C-40 and NOT AQ-8 AND (C-09.2 OR C-09.6)",
    ),
    Case(
        "TC_J_09_CS",
        "EventType Updated",
        "Updated MeterValuePeriodic, Sample.Periodic",
        profile=CORE,
    ),
    Case(
        "TC_J_10_CS",
        "EventType Ended",
        "Ended: Sample.Periodic at TxEndedInterval + one Transaction.End",
        profile=CORE,
    ),
    Case("TC_J_11_CS", "Signed", "Same, signed incl. publicKey rule", profile=CORE, needs="C-42"),
)

EXCUSED: dict[str, str] = {}
"""Why a case is not met, by its id."""
