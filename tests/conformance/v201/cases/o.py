"""Block O: display messages."""

from __future__ import annotations

from tests.conformance.case import Case
from tests.conformance.v201.cases.profiles import INTERFACE

CASES = (
    Case("TC_O_01_CS", "Set a message", "It is kept, told again and shown.", profile=INTERFACE),
    Case("TC_O_02_CS", "Get all messages", "Each is told.", profile=INTERFACE),
    Case("TC_O_03_CS", "Get all messages, none there", "It says Unknown.", profile=INTERFACE),
    Case("TC_O_04_CS", "Clear a message", "It is not there any more.", profile=INTERFACE),
    Case("TC_O_05_CS", "Clear an unknown message", "It says Unknown.", profile=INTERFACE),
    Case(
        "TC_O_06_CS",
        "Set a message for a transaction",
        "It is gone with the transaction.",
        profile=INTERFACE,
    ),
    Case("TC_O_07_CS", "Get messages by id", "That one is told.", profile=INTERFACE),
    Case(
        "TC_O_08_CS",
        "Get messages by priority",
        "Those of that priority are told.",
        profile=INTERFACE,
    ),
    Case(
        "TC_O_09_CS", "Get messages by state", "Those for that state are told.", profile=INTERFACE
    ),
    Case(
        "TC_O_10_CS",
        "A message for an unknown transaction",
        "It says UnknownTransaction.",
        profile=INTERFACE,
    ),
    Case("TC_O_11_CS", "Get messages by an unknown id", "It says Unknown.", profile=INTERFACE),
    Case("TC_O_12_CS", "Replace a message", "The same id has the new text.", profile=INTERFACE),
    Case(
        "TC_O_13_CS",
        "A message with a start",
        "It is shown from then on.",
        profile=INTERFACE,
    ),
    Case(
        "TC_O_14_CS",
        "A message with an end",
        "It is not there after that.",
        profile=INTERFACE,
    ),
    Case(
        "TC_O_15_CS",
        "The driver's language",
        "Of messages in several languages the driver's own is shown.",
        profile=INTERFACE,
    ),
    Case(
        "TC_O_17_CS",
        "A priority that is not supported",
        "It says NotSupportedPriority.",
        profile=INTERFACE,
    ),
    Case(
        "TC_O_18_CS", "A state that is not supported", "It says NotSupportedState.", counted=False
    ),
    Case(
        "TC_O_19_CS",
        "A format that is not supported",
        "It says NotSupportedMessageFormat.",
        profile=INTERFACE,
    ),
    Case("TC_O_20_CS", "A message and a restart", "It is there afterwards.", profile=INTERFACE),
    Case(
        "TC_O_22_CS",
        "Two messages in front",
        "They take turns.",
        profile=INTERFACE,
    ),
    Case(
        "TC_O_24_CS",
        "Two messages always in front",
        "The second takes the place of the first.",
        profile=INTERFACE,
    ),
    Case(
        "TC_O_27_CS",
        "A message with a start for a transaction",
        "It is shown from then on, and gone with the transaction.",
        profile=INTERFACE,
    ),
    Case(
        "TC_O_28_CS",
        "A message with an end for a transaction",
        "It is not there after that.",
        profile=INTERFACE,
    ),
    Case(
        "TC_O_30_CS",
        "Two messages in front for a transaction",
        "They take turns.",
        profile=INTERFACE,
    ),
    Case(
        "TC_O_32_CS",
        "Two messages always in front for a transaction",
        "The second takes the place of the first.",
        profile=INTERFACE,
    ),
    Case("TC_O_33_CS", "Get a message by id, none there", "It says Unknown.", profile=INTERFACE),
    Case(
        "TC_O_34_CS",
        "Get by id and another state",
        "It says Unknown.",
        profile=INTERFACE,
    ),
    Case(
        "TC_O_35_CS",
        "Get by id and another priority",
        "It says Unknown.",
        profile=INTERFACE,
    ),
    Case("TC_O_36_CS", "A message for Charging", "It is shown then alone.", profile=INTERFACE),
    Case("TC_O_37_CS", "A message for Idle", "It is shown then alone.", profile=INTERFACE),
    Case("TC_O_38_CS", "A message for Unavailable", "It is shown then alone.", profile=INTERFACE),
    Case("TC_O_39_CS", "A message for Faulted", "It is shown then alone.", counted=False),
)

EXCUSED: dict[str, str] = {
    "TC_O_15_CS": "The errata have taken it off the list.",
    "TC_O_17_CS": "It is for stations that lack a priority, and this one has all three.",
    "TC_O_18_CS": "It is for stations that lack a state, and this one has all four.",
}
"""Why a case is not met, by its id."""
