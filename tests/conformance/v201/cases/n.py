"""Block N: diagnostics."""

from __future__ import annotations

from tests.conformance.case import Case
from tests.conformance.v201.cases.profiles import CORE, DEVICE, ISO

CASES = (
    Case(
        "TC_N_01_CS",
        "with monitoringCriteria",
        "Report ThresholdMonitoring only thresholds",
        profile=DEVICE,
    ),
    Case("TC_N_02_CS", "with component/variable", "Report by component/variable", profile=DEVICE),
    Case(
        "TC_N_03_CS",
        "with component criteria and component/variable",
        "Criterion + component: EmptyResultSet / Delta ones",
        profile=DEVICE,
    ),
    Case(
        "TC_N_04_CS",
        "unsupported monitoring criterion → NotSu",
        "unsupported monitoring criterion → NotSupported",
        counted=False,
    ),
    Case(
        "TC_N_05_CS",
        "success",
        "SetMonitoringBase All, FactoryDefault, HardWiredOnly Accepted",
        profile=DEVICE,
    ),
    Case(
        "TC_N_06_CS",
        "test removal custom monitors",
        "HardWiredOnly removes custom/preconfigured (AvailabilityState monitor must not be hard-wired)",
        profile=DEVICE,
    ),
    Case(
        "TC_N_07_CS",
        "unsupported base → NotSupported",
        "unsupported base → NotSupported",
        counted=False,
    ),
    Case(
        "TC_N_08_CS",
        "One SetMonitoringData element",
        "One Delta monitor on EVSE.AvailabilityState: id returned, reported",
        profile=DEVICE,
    ),
    Case(
        "TC_N_09_CS",
        "Multiple elements on different component and variable",
        "Two variables",
        profile=DEVICE,
    ),
    Case(
        "TC_N_10_CS",
        "Multiple monitors on the same component and variable",
        "Two severities on one variable",
        profile=DEVICE,
    ),
    Case(
        "TC_N_11_CS",
        "Unknown component",
        "EVSE 99 → UnknownComponent/Rejected; NonExistent → UnknownComponent",
        profile=DEVICE,
    ),
    Case("TC_N_12_CS", "Value out of range - Delta monitor", "Delta -1 → Rejected", profile=DEVICE),
    Case(
        "TC_N_13_CS",
        "Value out of range - Threshold monitor",
        "Threshold beyond maxLimit → Rejected",
        profile=DEVICE,
    ),
    Case(
        "TC_N_15_CS",
        "Duplicate Variable type/severity combination",
        "Same type+severity → Duplicate",
        profile=DEVICE,
    ),
    Case("TC_N_16_CS", "Success", "SetMonitoringLevel Accepted", profile=DEVICE),
    Case("TC_N_17_CS", "Out of range", "Level out of 0–9 → Rejected", profile=DEVICE),
    Case("TC_N_18_CS", "Success", "Clear two ids Accepted", profile=DEVICE),
    Case("TC_N_19_CS", "Not found", "Clear unknown → NotFound", profile=DEVICE),
    Case(
        "TC_N_20_CS",
        "Threshold value exceeded",
        "Upper threshold exceeded → Alerting; return → cleared=true",
        profile=DEVICE,
    ),
    Case(
        "TC_N_21_CS",
        "HardWiredMonitor",
        "HardWiredNotification event sent",
        profile=DEVICE,
        needs="AQ-5",
    ),
    Case(
        "TC_N_22_CS",
        "OfflineMonitoringEventQueuingSeverity set equal or lower",
        "Offline, severity ≤ OfflineQueuingSeverity → queued and sent",
        profile=DEVICE,
        needs="DM-3",
    ),
    Case(
        "TC_N_23_CS",
        "OfflineMonitoringEventQueuingSeverity set higher",
        "severity higher → not queued",
        profile=DEVICE,
        needs="DM-3",
    ),
    Case(
        "TC_N_24_CS", "Periodic event", "Periodic monitor fires every value seconds", profile=DEVICE
    ),
    Case(
        "TC_N_25_CS",
        "Diagnostics are sent",
        "The answer names the file, and begin and end of its upload are told.",
        profile=CORE,
    ),
    Case(
        "TC_N_26_CS",
        "Diagnostics cannot be sent",
        "It is tried as often as was asked for, and why it failed is told.",
        profile=CORE,
    ),
    Case(
        "TC_N_27_CS",
        "What is known of a customer",
        "What is known of a token is told.",
        profile=CORE,
        needs="(C-30 or C-31 or C-34) and (Local Authorization List Management or C-49)",
    ),
    Case(
        "TC_N_28_CS",
        "A customer who is not known",
        "One message says that nothing is known.",
        profile=CORE,
        needs="(C-30 or C-31 or C-34) and (Local Authorization List Management or C-49)",
    ),
    Case(
        "TC_N_29_CS",
        "A question about nobody",
        "Without a name of a customer it is invalid.",
        counted=False,
    ),
    Case(
        "TC_N_30_CS",
        "A customer is told and forgotten",
        "What is known is told, and when asked again nothing is.",
        profile=CORE,
        needs="(C-30 or C-31 or C-34) and (Local Authorization List Management or C-49)",
    ),
    Case(
        "TC_N_31_CS",
        "A customer who is not known is forgotten",
        "One message says that nothing is known.",
        profile=CORE,
        needs="(C-30 or C-31 or C-34) and (Local Authorization List Management or C-49)",
    ),
    Case(
        "TC_N_32_CS",
        "A customer is only forgotten",
        "They are forgotten, and one message says that it is done.",
        profile=CORE,
    ),
    Case(
        "TC_N_33_CS",
        "A question about several at once",
        "With more than one name of a customer it is invalid.",
        counted=False,
    ),
    Case("TC_N_34_CS", "No log", "It is refused when there is no log of that time.", counted=False),
    Case(
        "TC_N_35_CS",
        "The security log is sent",
        "The answer names the file, and begin and end of its upload are told.",
        profile=CORE,
    ),
    Case(
        "TC_N_36_CS",
        "A second log while one is sent",
        "The first is given up, the answer and its own status say so, and the second is sent.",
        profile=CORE,
        needs="C-57",
    ),
    Case("TC_N_37_CS", "Unknown Variable", "UnknownVariable", profile=DEVICE),
    Case(
        "TC_N_38_CS",
        "threshold on AvailabilityState → Unsuppo",
        "threshold on AvailabilityState → UnsupportedMonitorType/Rejected",
        counted=False,
    ),
    Case(
        "TC_N_39_CS",
        "Component/Variable combination does NOT correspond",
        "id with other component/variable → Rejected; original kept",
        profile=DEVICE,
    ),
    Case(
        "TC_N_40_CS",
        "Replace Variable Monitor",
        "id replaces monitor (severity changed)",
        profile=DEVICE,
    ),
    Case(
        "TC_N_41_CS",
        "Return to FactoryDefault",
        "Overridden preconfigured monitor returns after FactoryDefault",
        profile=DEVICE,
    ),
    Case(
        "TC_N_43_CS",
        "First SetMonitoringData and third SetMonitoringData are valid, but the second contains an out of range value",
        "1st and 3rd Accepted, 2nd (out of range) Rejected",
        profile=DEVICE,
    ),
    Case("TC_N_44_CS", "Rejected", "Clear hard-wired → Rejected", profile=DEVICE, needs="AQ-5"),
    Case(
        "TC_N_45_CS",
        "Delta value exceeded",
        "Delta numeric event with monitoring id",
        profile=DEVICE,
    ),
    Case("TC_N_47_CS", "Report all", "Report all monitors", profile=DEVICE),
    Case(
        "TC_N_48_CS",
        "Variable monitoring on write only",
        'Delta on BasicAuthPassword → actualValue ""',
        profile=DEVICE,
    ),
    Case(
        "TC_N_51_CS",
        "Modifying a VariableMonitor and trigger",
        "Changing threshold below current value → Alerting at once",
        profile=DEVICE,
    ),
    Case(
        "TC_N_52_CS",
        "Removing a VariableMonitor",
        "Clearing monitor → no cleared event; report EmptyResultSet",
        profile=DEVICE,
    ),
    Case("TC_N_53_CS", "Persistent over reboot", "Monitor survives reboot", profile=DEVICE),
    Case(
        "TC_N_56_CS",
        "Delta value NOT numeric exceeded",
        "Delta on non-numeric variable",
        profile=DEVICE,
    ),
    Case(
        "TC_N_61_CS",
        "Delta on OfflineThreshold: change equal ",
        "Delta on OfflineThreshold: change equal to the value does not fire, larger does",
        counted=False,
    ),
    Case(
        "TC_N_62_CS",
        "A customer by an identifier",
        "What is known under an identifier of a customer is told and forgotten.",
        profile=CORE,
        needs="C-14",
    ),
    Case(
        "TC_N_63_CS",
        "A customer by a certificate",
        "What is known under a certificate of a customer is told and forgotten.",
        profile=ISO,
        needs="ISO-4",
    ),
)

EXCUSED: dict[str, str] = {
    "TC_N_62_CS": "The case is for stations that keep something under an identifier of a customer, and "
    "this one never does (NOT C-14).",
    "TC_N_63_CS": "The case is for stations that keep contract certificates, and this one has no ISO "
    "15118 (NOT ISO-4).",
}
"""Why a case is not met, by its id."""
