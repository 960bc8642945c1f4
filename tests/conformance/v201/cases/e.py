"""Block E: transactions."""

from __future__ import annotations

from tests.conformance.case import Case
from tests.conformance.v201.cases.profiles import CORE, ISO, NO_VEHICLE_TALK

CASES = (
    Case(
        "TC_E_01_CS",
        "The power path starts it",
        "A token and then a plug: the plug starts it.",
        profile=CORE,
    ),
    Case(
        "TC_E_02_CS",
        "Energy starts it",
        "It starts when energy flows, and says so.",
        profile=CORE,
    ),
    Case(
        "TC_E_03_CS",
        "Cable first",
        "Occupied, asked about, started, charging, in that order.",
        profile=CORE,
    ),
    Case(
        "TC_E_04_CS",
        "Token first",
        "The plug completes the start, or is an update of it, and names the connector.",
        profile=CORE,
    ),
    Case(
        "TC_E_05_CS",
        "Nobody plugs in",
        "After the timeout it ends for that reason, or goes on without its token where the "
        "bay keeps it.",
        profile=CORE,
    ),
    Case(
        "TC_E_06_CS",
        "A local stop",
        "The same token ends it, and the plug is let go.",
        profile=CORE,
    ),
    Case(
        "TC_E_07_CS",
        "The power path ends it, at the station",
        "The token that takes it away ends it.",
        profile=CORE,
    ),
    Case(
        "TC_E_08_CS",
        "Energy ends it, at the station",
        "The token that takes it away ends it.",
        profile=CORE,
    ),
    Case(
        "TC_E_09_CS",
        "The plug starts it",
        "It starts with the connector in use, before anybody may charge.",
        profile=CORE,
    ),
    Case(
        "TC_E_10_CS",
        "A token starts it",
        "It starts with the token, before any plug.",
        profile=CORE,
    ),
    Case(
        "TC_E_11_CS",
        "Signed data starts it",
        "It starts when the meter has signed its first value.",
        profile=CORE,
    ),
    Case(
        "TC_E_12_CS",
        "The parking bay starts it",
        "It starts when a vehicle drives in.",
        profile=CORE,
    ),
    Case(
        "TC_E_13_CS",
        "A remote start starts it",
        "It starts with the number of the request and its token.",
        profile=CORE,
    ),
    Case(
        "TC_E_14_CS",
        "The plug ends it, at the station",
        "It ends when the plug is out, and remembers who stopped it before.",
        profile=CORE,
    ),
    Case(
        "TC_E_15_CS",
        "Authorization ends it, at the station",
        "The same token ends it.",
        profile=CORE,
    ),
    Case(
        "TC_E_16_CS",
        "A token found not good ends it",
        "It ends as deauthorized, and the plug can be unlocked.",
        profile=CORE,
    ),
    Case(
        "TC_E_17_CS",
        "Authorization ends with the vehicle's plug",
        "Unplugging at the vehicle ends it, where that is set.",
        profile=CORE,
    ),
    Case(
        "TC_E_19_CS",
        "The parking bay ends it",
        "It ends when the vehicle drives off, and remembers who stopped it before.",
        profile=CORE,
    ),
    Case(
        "TC_E_20_CS",
        "The plug ends it, at the vehicle",
        "It ends when the vehicle is unplugged.",
        profile=CORE,
    ),
    Case(
        "TC_E_21_CS",
        "Authorization ends it, from afar",
        "The request is accepted, and it ends as stopped from afar.",
        profile=CORE,
    ),
    Case(
        "TC_E_22_CS",
        "Energy ends it, by the vehicle",
        "It ends when the vehicle takes no more.",
        profile=CORE,
    ),
    Case(
        "TC_E_24_CS",
        "Left at the vehicle, and unlocked",
        "It ends, and the station's end of the cable is let go at once.",
        profile=CORE,
    ),
    Case(
        "TC_E_25_CS",
        "Left at the vehicle, and locked",
        "It ends, and the station's end of the cable waits for the token.",
        profile=CORE,
    ),
    Case(
        "TC_E_26_CS",
        "Left at the vehicle, and suspended",
        "It goes on when the vehicle is plugged in again.",
        profile=CORE,
    ),
    Case(
        "TC_E_27_CS",
        "A fixed cable, left for too long",
        "After the timeout it ends, and a later plug charges nothing.",
        profile=CORE,
    ),
    Case(
        "TC_E_28_CS",
        "The status of an unknown transaction",
        "It is not ongoing, and nothing waits.",
        profile=CORE,
    ),
    Case(
        "TC_E_29_CS",
        "Ongoing, and something waits",
        "Both are said.",
        profile=CORE,
    ),
    Case(
        "TC_E_30_CS",
        "Ongoing, and nothing waits",
        "Both are said.",
        profile=CORE,
    ),
    Case(
        "TC_E_31_CS",
        "Ended, and something waits",
        "Both are said.",
        profile=CORE,
    ),
    Case(
        "TC_E_32_CS",
        "Ended, and nothing waits",
        "Both are said.",
        profile=CORE,
    ),
    Case(
        "TC_E_33_CS",
        "Of no transaction, and something waits",
        "Only that something waits is said.",
        profile=CORE,
    ),
    Case(
        "TC_E_34_CS",
        "Of no transaction, and nothing waits",
        "Only that nothing waits is said.",
        profile=CORE,
    ),
    Case(
        "TC_E_35_CS",
        "The power path ends it, from afar",
        "The request is accepted, and it ends as stopped from afar.",
        profile=CORE,
    ),
    Case(
        "TC_E_37_CS",
        "The power path ends it, at the vehicle",
        "It ends when the vehicle is unplugged.",
        profile=CORE,
    ),
    Case(
        "TC_E_38_CS",
        "A vehicle that is not ready",
        "It is told as suspended by the vehicle.",
        profile=CORE,
    ),
    Case(
        "TC_E_39_CS",
        "A plug after the timeout",
        "The connector is Occupied, and nothing charges.",
        profile=CORE,
    ),
    Case(
        "TC_E_40_CS",
        "The connection is lost while charging",
        "Its meter values come late, and say that nobody could be told.",
        profile=CORE,
    ),
    Case(
        "TC_E_41_CS",
        "No answer, until it is given up",
        "It is told as often as set, with longer and longer waits, and then the next one.",
        profile=CORE,
    ),
    Case(
        "TC_E_42_CS",
        "No answer, once",
        "It is told again, and not once more after it was taken.",
        profile=CORE,
    ),
    Case(
        "TC_E_43_CS",
        "A whole transaction offline",
        "It is told from start to end, in order.",
        profile=CORE,
    ),
    Case(
        "TC_E_44_CS",
        "Stopped offline",
        "Its end is told later, and says that nobody could be told.",
        profile=CORE,
    ),
    Case(
        "TC_E_45_CS",
        "Stopped offline by one of its group",
        "A token that is known to be of the group ends it.",
        profile=CORE,
    ),
    Case(
        "TC_E_46_CS",
        "A vehicle that ends its session by ISO 15118",
        "The transaction ends, or its end of authorization is told.",
        profile=ISO,
    ),
    Case(
        "TC_E_50_CS",
        "An error, until it is given up",
        "It is told as often as set, with longer and longer waits, and then the next one.",
        profile=CORE,
    ),
    Case(
        "TC_E_51_CS",
        "An error, once",
        "It is told again, and not once more after it was taken.",
        profile=CORE,
    ),
    Case(
        "TC_E_52_CS",
        "Nobody may be asked",
        "An unknown token is refused without a question.",
        profile=CORE,
    ),
    Case(
        "TC_E_54_CS",
        "The plug ends it, for vehicles of ISO 15118 only",
        "It ends when the vehicle is unplugged.",
        profile=CORE,
    ),
)

EXCUSED: dict[str, str] = {
    "TC_E_46_CS": NO_VEHICLE_TALK,
    "TC_E_54_CS": (
        "Its condition does not hold: it is for a station that can only charge vehicles it talks"
        " with by ISO 15118, or by direct current, and ours charges every vehicle of IEC 61851-1."
    ),
}
"""Why a case is not met, by its id."""
