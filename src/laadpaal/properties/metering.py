"""What is measured, when, and what of it is told."""

from __future__ import annotations

from laadpaal.properties.kinds import Choice, Flag, Members, Whole
from laadpaal.properties.rows import Access, Key, Setting, Variable

_LINES = ("L1", "L2", "L3")
# One line of a measurand, which 1.6 allows to be named and 2.0.1 does not know (1.6 section 9.1).
_OF_ONE_LINE = (
    *(f"Current.Import.{line}" for line in _LINES),
    *(f"Voltage.{line}" for line in _LINES),
    *(f"Voltage.{line}-N" for line in _LINES),
)
MEASURANDS = Members(
    (
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
    ),
    also=_OF_ONE_LINE,
)
_ENERGY = ("Energy.Active.Import.Register",)
_DAY_S = 86_400

SAMPLED_ENABLED = Setting(
    id="2098_F",
    kind=Flag(),
    default=True,
    help="Whether a transaction has sampled meter values.",
    variables=(Variable("SampledDataCtrlr", "Enabled"),),
)
ALIGNED_ENABLED = Setting(
    id="2099_F",
    kind=Flag(),
    default=True,
    help="Whether there are clock-aligned meter values.",
    variables=(Variable("AlignedDataCtrlr", "Enabled"),),
)
SAMPLE_INTERVAL = Setting(
    id="2087_0",
    kind=Whole(0, _DAY_S, "s"),
    default=60,
    help="Seconds between meter values inside a transaction; 0 is off.",
    keys=(Key("MeterValueSampleInterval"),),
    variables=(Variable("SampledDataCtrlr", "TxUpdatedInterval"),),
)
STARTED_MEASURANDS = Setting(
    id="2098_B",
    kind=MEASURANDS,
    default=_ENERGY,
    help="Measurands told when a transaction starts.",
    variables=(Variable("SampledDataCtrlr", "TxStartedMeasurands"),),
)
SAMPLED_MEASURANDS = Setting(
    id="2098_1",
    kind=MEASURANDS,
    default=_ENERGY,
    help="Measurands told at every sample interval inside a transaction.",
    keys=(
        Key("MeterValuesSampledData"),
        Key("MeterValuesSampledDataMaxLength", read_only=True, of_high=True),
    ),
    variables=(Variable("SampledDataCtrlr", "TxUpdatedMeasurands"),),
)
ENDED_MEASURANDS = Setting(
    id="2098_A",
    kind=MEASURANDS,
    default=_ENERGY,
    help="Sampled measurands told when a transaction ends.",
    keys=(
        Key("StopTxnSampledData"),
        Key("StopTxnSampledDataMaxLength", read_only=True, of_high=True),
    ),
    variables=(Variable("SampledDataCtrlr", "TxEndedMeasurands"),),
)
ENDED_INTERVAL = Setting(
    id="2098_C",
    kind=Whole(0, _DAY_S, "s"),
    default=0,
    help="Seconds between the samples kept for the end of a transaction; 0 keeps the ends only.",
    variables=(Variable("SampledDataCtrlr", "TxEndedInterval"),),
)
ALIGNED_INTERVAL = Setting(
    id="209A_0",
    kind=Whole(0, _DAY_S, "s"),
    default=0,
    help="Seconds between clock-aligned meter values, counted from midnight UTC; 0 is off.",
    keys=(Key("ClockAlignedDataInterval"),),
    variables=(Variable("AlignedDataCtrlr", "Interval"),),
)
ALIGNED_MEASURANDS = Setting(
    id="2099_1",
    kind=MEASURANDS,
    default=_ENERGY,
    help="Measurands of clock-aligned meter values.",
    keys=(
        Key("MeterValuesAlignedData"),
        Key("MeterValuesAlignedDataMaxLength", read_only=True, of_high=True),
    ),
    variables=(Variable("AlignedDataCtrlr", "Measurands"),),
)
ENDED_ALIGNED_MEASURANDS = Setting(
    id="2099_A",
    kind=MEASURANDS,
    default=(),
    help="Clock-aligned measurands told when a transaction ends.",
    keys=(
        Key("StopTxnAlignedData"),
        Key("StopTxnAlignedDataMaxLength", read_only=True, of_high=True),
    ),
    variables=(Variable("AlignedDataCtrlr", "TxEndedMeasurands"),),
)
ENDED_ALIGNED_INTERVAL = Setting(
    id="2099_C",
    kind=Whole(0, _DAY_S, "s"),
    default=0,
    help="Seconds between the clock-aligned values kept for the end of a transaction; 0 is off.",
    variables=(Variable("AlignedDataCtrlr", "TxEndedInterval"),),
)
ALIGNED_WHEN_IDLE = Setting(
    id="2099_10",
    kind=Flag(),
    default=False,
    help="Whether clock-aligned meter values are told only while no transaction runs.",
    variables=(Variable("AlignedDataCtrlr", "SendDuringIdle"),),
)
SIGN_SAMPLED = Setting(
    id="2098_10",
    kind=Flag(),
    default=False,
    help="Whether sampled meter values are told as the meter has signed them.",
    variables=(Variable("SampledDataCtrlr", "SignReadings"),),
)
SIGN_ALIGNED = Setting(
    id="2099_11",
    kind=Flag(),
    default=False,
    help="Whether clock-aligned meter values are told as the meter has signed them.",
    variables=(Variable("AlignedDataCtrlr", "SignReadings"),),
)
NEVER, ONCE, EVERY = KEYS_TOLD = ("Never", "OncePerTransaction", "EveryMeterValue")
PUBLIC_KEY = Setting(
    id="2098_11",
    kind=Choice(KEYS_TOLD),
    default=ONCE,
    help="With which signed meter values the public key of the meter is told.",
    variables=(Variable("OCPPCommCtrlr", "PublicKeyWithSignedMeterValue"),),
)
ENDED_AS_TOLD = Setting(
    id="2098_D",
    kind=Flag(),
    default=False,
    help="Whether what is kept for the end of a transaction is taken as often as what is told.",
)
ENDED_MOST = Setting(
    id="2098_E",
    kind=Whole(2, 1_000),
    default=100,
    help="Most samples kept for the end of a transaction; beyond that every other one is dropped.",
    # Read only there in the first place, and what a station has room for is for who installs it.
    keys=(Key("StopTransactionMaxMeterValues", read_only=True),),
    access=Access.INSTALLER,
)

ROWS = (
    SAMPLED_ENABLED,
    ALIGNED_ENABLED,
    SAMPLE_INTERVAL,
    STARTED_MEASURANDS,
    SAMPLED_MEASURANDS,
    ENDED_MEASURANDS,
    ENDED_INTERVAL,
    ALIGNED_INTERVAL,
    ALIGNED_MEASURANDS,
    ENDED_ALIGNED_MEASURANDS,
    ENDED_ALIGNED_INTERVAL,
    ALIGNED_WHEN_IDLE,
    SIGN_SAMPLED,
    SIGN_ALIGNED,
    PUBLIC_KEY,
    ENDED_AS_TOLD,
    ENDED_MOST,
)
