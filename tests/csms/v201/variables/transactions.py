"""When a transaction starts and ends, and what is measured in it (3.2)."""

from __future__ import annotations

from tests.csms.v201.variables.row import (
    DECIMAL,
    EVSES,
    FLAG,
    MEMBERS,
    RW,
    WHOLE,
    available,
    optional,
    required,
)

_DAY_S = 86_400
_POINTS = ("EVConnected", "Authorized", "PowerPathClosed", "EnergyTransfer")
_MEASURANDS = (
    "Energy.Active.Import.Register",
    "Energy.Active.Import.Interval",
    "Power.Active.Import",
    "Current.Import",
    "Voltage",
    "Current.Offered",
    "Power.Offered",
    "Frequency",
    "Power.Factor",
    "Power.Reactive.Import",
    "Energy.Active.Export.Register",
)

ROWS = (
    *available("TxCtrlr", "SampledDataCtrlr", "AlignedDataCtrlr"),
    *available("TxCtrlr", at=EVSES),
    *optional("TxCtrlr.ChargingTime", DECIMAL, unit="s", low=0, high=1e9, at=EVSES),
    *optional("SampledDataCtrlr.Enabled", FLAG, RW),
    *optional("SampledDataCtrlr.RegisterValuesWithoutPhases", FLAG),
    *optional("AlignedDataCtrlr.Enabled", FLAG, RW),
    *optional("AlignedDataCtrlr.SendDuringIdle", FLAG, RW),
    *required("TxCtrlr.EVConnectionTimeOut", WHOLE, RW, unit="s", low=1, high=3_600),
    *required("TxCtrlr.StopTxOnEVSideDisconnect", FLAG, RW),
    *required("TxCtrlr.StopTxOnInvalidId", FLAG, RW),
    *optional("TxCtrlr.MaxEnergyOnInvalidId", WHOLE, RW, unit="Wh", low=0, high=1_000_000),
    *required("TxCtrlr.TxStartPoint", MEMBERS, RW, words=_POINTS),
    *required("TxCtrlr.TxStopPoint", MEMBERS, RW, words=_POINTS),
    *(
        row
        for name in (
            "SampledDataCtrlr.TxStartedMeasurands",
            "SampledDataCtrlr.TxUpdatedMeasurands",
            "SampledDataCtrlr.TxEndedMeasurands",
            "AlignedDataCtrlr.Measurands",
            "AlignedDataCtrlr.TxEndedMeasurands",
        )
        for row in required(name, MEMBERS, RW, words=_MEASURANDS)
    ),
    *(
        row
        for name in (
            "SampledDataCtrlr.TxUpdatedInterval",
            "SampledDataCtrlr.TxEndedInterval",
            "AlignedDataCtrlr.Interval",
            "AlignedDataCtrlr.TxEndedInterval",
        )
        for row in required(name, WHOLE, RW, unit="s", low=0, high=_DAY_S)
    ),
)
