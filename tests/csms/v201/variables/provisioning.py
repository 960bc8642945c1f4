"""The talk with the CSMS, the clock, and how much a message may ask (3.2)."""

from __future__ import annotations

from tests.csms.v201.variables.row import (
    FLAG,
    RW,
    SEQUENCE,
    TIME,
    WHOLE,
    available,
    optional,
    required,
)

_DAY_S = 86_400

ROWS = (
    *available("OCPPCommCtrlr", "DeviceDataCtrlr", "ClockCtrlr"),
    *optional("OCPPCommCtrlr.HeartbeatInterval", WHOLE, RW, unit="s", low=0, high=7 * _DAY_S),
    *required("OCPPCommCtrlr.MessageAttempts[TransactionEvent]", WHOLE, RW, low=1, high=65_535),
    *required(
        "OCPPCommCtrlr.MessageAttemptInterval[TransactionEvent]",
        WHOLE,
        RW,
        unit="s",
        low=0,
        high=_DAY_S,
    ),
    *required("OCPPCommCtrlr.OfflineThreshold", WHOLE, RW, unit="s", low=0, high=_DAY_S),
    *required("OCPPCommCtrlr.ResetRetries", WHOLE, RW, low=0, high=10),
    *required("OCPPCommCtrlr.RetryBackOffRandomRange", WHOLE, RW, unit="s", low=0, high=3_600),
    *required("OCPPCommCtrlr.RetryBackOffRepeatTimes", WHOLE, RW, low=0, high=16),
    *required("OCPPCommCtrlr.RetryBackOffWaitMinimum", WHOLE, RW, unit="s", low=1, high=3_600),
    *required("OCPPCommCtrlr.UnlockOnEVSideDisconnect", FLAG, RW),
    *required("OCPPCommCtrlr.WebSocketPingInterval", WHOLE, RW, unit="s", low=0, high=_DAY_S),
    *(
        row
        for action in ("GetReport", "GetVariables", "SetVariables")
        for name in ("ItemsPerMessage", "BytesPerMessage")
        for row in required(f"DeviceDataCtrlr.{name}[{action}]", WHOLE)
    ),
    *optional("DeviceDataCtrlr.ConfigurationValueSize", WHOLE, high=1_000),
    *optional("DeviceDataCtrlr.ReportingValueSize", WHOLE, high=2_500),
    *required("ClockCtrlr.DateTime", TIME),
    *required("ClockCtrlr.TimeSource", SEQUENCE, RW, words=("Heartbeat", "RealTimeClock")),
    *optional(
        "ClockCtrlr.TimeAdjustmentReportingThreshold", WHOLE, RW, unit="s", low=0, high=_DAY_S
    ),
)
