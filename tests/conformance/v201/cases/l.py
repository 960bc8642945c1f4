"""Block L: firmware."""

from __future__ import annotations

from tests.conformance.case import Case
from tests.conformance.v201.cases.profiles import CORE

CASES = (
    Case(
        "TC_L_01_CS",
        "Firmware is installed",
        "Each step is told with its number, nobody can begin while it is installed, the new "
        "version boots, and a security event says that it runs.",
        profile=CORE,
    ),
    Case(
        "TC_L_02_CS",
        "An installation waits for its time",
        "That it is scheduled is told, and it is installed at the time that was asked for.",
        profile=CORE,
    ),
    Case(
        "TC_L_03_CS",
        "A download waits for its time",
        "That it is scheduled is told before anything else, and it is fetched at the time "
        "that was asked for.",
        profile=CORE,
    ),
    Case(
        "TC_L_05_CS",
        "Foreign signer",
        "A signer for whom no manufacturer vouches is found out before the answer, and is a "
        "security event.",
        profile=CORE,
    ),
    Case(
        "TC_L_06_CS",
        "Wrong signature",
        "Firmware that is not what was signed is told, is a security event, and is not installed.",
        profile=CORE,
    ),
    Case(
        "TC_L_07_CS",
        "No firmware",
        "That it could not be fetched is told after as many retries as were asked for.",
        profile=CORE,
    ),
    Case(
        "TC_L_08_CS",
        "Broken firmware",
        "That it could not be verified or installed is told, and every connector is available"
        " again.",
        profile=CORE,
    ),
    Case(
        "TC_L_10_CS",
        "A second update while one is fetched",
        "The first is given up, the answer says so, and the second is told with its own number.",
        profile=CORE,
    ),
    Case(
        "TC_L_11_CS",
        "A second update while one cannot be given up",
        "The second is refused, and the first goes on.",
        profile=CORE,
    ),
    Case(
        "TC_L_12_CS",
        "Nothing is fetched during a transaction, others may begin",
        "The download waits until every transaction has ended, and others may begin.",
        profile=CORE,
    ),
    Case(
        "TC_L_13_CS",
        "Nothing is fetched during a transaction, nobody may begin",
        "The download waits until every transaction has ended, with what is free out of use.",
        profile=CORE,
    ),
    Case(
        "TC_L_14_CS",
        "Nothing is installed during a transaction, others may begin",
        "It is fetched at once, and installed when every transaction has ended; others may begin.",
        profile=CORE,
    ),
    Case(
        "TC_L_15_CS",
        "Nothing is installed during a transaction, nobody may begin",
        "It is fetched at once, and installed when every transaction has ended; what is free "
        "is out of use.",
        profile=CORE,
    ),
    Case(
        "TC_L_16_CS",
        "Firmware is installed during a transaction",
        "It is installed while a vehicle charges on.",
        profile=CORE,
    ),
    Case(
        "TC_L_18_CS",
        "Firmware without a signature",
        "Firmware for which nobody vouches is refused.",
        profile=CORE,
    ),
)

EXCUSED: dict[str, str] = {
    "TC_L_12_CS": "The case is for stations that fetch nothing while a transaction runs; "
    "this one does (AQ-7).",
    "TC_L_13_CS": "The case is for stations that fetch nothing while a transaction runs; "
    "this one does (AQ-7).",
    "TC_L_16_CS": "The case is for stations that install while a transaction runs, and this one "
    "restarts for it (NOT C-43).",
}
"""Why a case is not met, by its id."""
