"""Block N: diagnostics."""

from __future__ import annotations

from tests.conformance.case import Case
from tests.conformance.v201.cases.profiles import CORE, DEVICE, ISO

CASES = (
    Case(
        "TC_N_01_CS",
        "A report of one kind",
        "The criterion ThresholdMonitoring brings bounds and nothing else.",
        profile=DEVICE,
    ),
    Case(
        "TC_N_02_CS",
        "A report of one variable",
        "A report of a variable brings its monitors and no others.",
        profile=DEVICE,
    ),
    Case(
        "TC_N_03_CS",
        "A report of a kind and a variable",
        "Both must fit; what fits neither is an empty result without a report.",
        profile=DEVICE,
    ),
    Case(
        "TC_N_04_CS",
        "A criterion that is not supported",
        "The answer is NotSupported.",
        counted=False,
    ),
    Case(
        "TC_N_05_CS",
        "Every base",
        "All, FactoryDefault and HardWiredOnly are accepted.",
        profile=DEVICE,
    ),
    Case(
        "TC_N_06_CS",
        "Hard-wired only",
        "Custom and preconfigured monitors are gone with HardWiredOnly.",
        profile=DEVICE,
    ),
    Case(
        "TC_N_07_CS",
        "A base that is not supported",
        "The answer is NotSupported.",
        counted=False,
    ),
    Case(
        "TC_N_08_CS",
        "One monitor",
        "Its id is told, and the report knows it.",
        profile=DEVICE,
    ),
    Case(
        "TC_N_09_CS",
        "Two variables at once",
        "Each gets a monitor of its own.",
        profile=DEVICE,
    ),
    Case(
        "TC_N_10_CS",
        "Two monitors of one variable",
        "Of different severity, both are accepted and reported.",
        profile=DEVICE,
    ),
    Case(
        "TC_N_11_CS",
        "A component that is not there",
        "An EVSE or component that the station has not is UnknownComponent.",
        profile=DEVICE,
    ),
    Case("TC_N_12_CS", "A negative difference", "It is rejected.", profile=DEVICE),
    Case(
        "TC_N_13_CS",
        "A bound beyond the limits",
        "A threshold beyond what the report of the variable tells is rejected.",
        profile=DEVICE,
    ),
    Case(
        "TC_N_15_CS",
        "A duplicate",
        "The same variable, type and severity is a Duplicate.",
        profile=DEVICE,
    ),
    Case(
        "TC_N_16_CS",
        "The level",
        "It is accepted, and only what is as grave is told.",
        profile=DEVICE,
    ),
    Case("TC_N_17_CS", "A level out of range", "What is not 0 to 9 is rejected.", profile=DEVICE),
    Case(
        "TC_N_18_CS",
        "Two monitors are cleared",
        "Both are accepted, and the report knows them no more.",
        profile=DEVICE,
    ),
    Case("TC_N_19_CS", "A monitor that is not there", "Clearing it is NotFound.", profile=DEVICE),
    Case(
        "TC_N_20_CS",
        "A bound that is exceeded",
        "It alerts, and with cleared once the value is back.",
        profile=DEVICE,
    ),
    Case(
        "TC_N_21_CS",
        "A hard-wired notification",
        "What is hard-wired is told without being asked.",
        profile=DEVICE,
    ),
    Case(
        "TC_N_22_CS",
        "Offline and grave enough",
        "What may wait by its severity is told after the reconnection.",
        profile=DEVICE,
    ),
    Case(
        "TC_N_23_CS",
        "Offline and not grave enough",
        "What may not wait is never told.",
        profile=DEVICE,
    ),
    Case("TC_N_24_CS", "A period", "The value is told each time it has passed.", profile=DEVICE),
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
    ),
    Case(
        "TC_N_28_CS",
        "A customer who is not known",
        "One message says that nothing is known.",
        profile=CORE,
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
    ),
    Case(
        "TC_N_31_CS",
        "A customer who is not known is forgotten",
        "One message says that nothing is known.",
        profile=CORE,
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
    ),
    Case("TC_N_37_CS", "A variable that is not there", "It is UnknownVariable.", profile=DEVICE),
    Case(
        "TC_N_38_CS",
        "A bound on a word",
        "A threshold on AvailabilityState is an unsupported type.",
        counted=False,
    ),
    Case(
        "TC_N_39_CS",
        "An id of another variable",
        "It is rejected, and the monitor stays as it was.",
        profile=DEVICE,
    ),
    Case(
        "TC_N_40_CS",
        "A monitor is replaced",
        "With its id it gets a new severity, and there is no second one.",
        profile=DEVICE,
    ),
    Case(
        "TC_N_41_CS",
        "Back to the factory default",
        "A changed preconfigured monitor is as it was.",
        profile=DEVICE,
    ),
    Case(
        "TC_N_43_CS",
        "One bad wish among three",
        "The second is rejected, the first and the third are accepted.",
        profile=DEVICE,
    ),
    Case(
        "TC_N_44_CS",
        "A hard-wired monitor is not cleared",
        "Clearing it is rejected.",
        profile=DEVICE,
    ),
    Case(
        "TC_N_45_CS",
        "A number that differs by more",
        "The event of type Delta names the monitor.",
        profile=DEVICE,
    ),
    Case(
        "TC_N_47_CS",
        "A report of everything",
        "Without criteria every monitor is told.",
        profile=DEVICE,
    ),
    Case(
        "TC_N_48_CS",
        "A monitor of a secret",
        "A change of the password is told with an empty value.",
        profile=DEVICE,
    ),
    Case(
        "TC_N_51_CS",
        "A changed bound",
        "One that is moved below the value alerts at once.",
        profile=DEVICE,
    ),
    Case(
        "TC_N_52_CS",
        "An alert is cleared away",
        "Clearing its monitor tells nothing, and leaves an empty report.",
        profile=DEVICE,
    ),
    Case(
        "TC_N_53_CS",
        "Monitors survive a restart",
        "The report is the same, and the monitor still fires.",
        profile=DEVICE,
    ),
    Case(
        "TC_N_56_CS",
        "A word that changes",
        "Any other word is told as Delta.",
        profile=DEVICE,
    ),
    Case(
        "TC_N_61_CS",
        "A number that differs by exactly so much",
        "That is not told, and one more is.",
        counted=False,
    ),
    Case(
        "TC_N_62_CS",
        "A customer by an identifier",
        "What is known under an identifier of a customer is told and forgotten.",
        profile=CORE,
    ),
    Case(
        "TC_N_63_CS",
        "A customer by a certificate",
        "What is known under a certificate of a customer is told and forgotten.",
        profile=ISO,
    ),
)

EXCUSED: dict[str, str] = {
    "TC_N_04_CS": "The case is for stations that cannot report by one of the three criteria, "
    "and this one can by all of them.",
    "TC_N_07_CS": "The case is for stations that do not know one of the three bases, and this one "
    "knows all of them.",
    "TC_N_62_CS": "The case is for stations that keep something under an identifier of a customer, "
    "and this one never does (NOT C-14).",
    "TC_N_63_CS": "The case is for stations that keep contract certificates, and this one has no "
    "ISO 15118 (NOT ISO-4).",
}
"""Why a case is not met, by its id."""
