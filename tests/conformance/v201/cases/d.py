"""Block D: the local list."""

from __future__ import annotations

from tests.conformance.case import Case
from tests.conformance.v201.cases.profiles import LIST

CASES = (
    Case(
        "TC_D_01_CS",
        "A whole list",
        "Accepted, and its version is told.",
        profile=LIST,
    ),
    Case(
        "TC_D_02_CS",
        "A change that adds and replaces",
        "Accepted, and its version is told.",
        profile=LIST,
    ),
    Case(
        "TC_D_03_CS",
        "A change that takes off",
        "An entry without a word is gone afterwards.",
        profile=LIST,
    ),
    Case(
        "TC_D_04_CS",
        "An empty list",
        "Everybody is taken off, and its version is told.",
        profile=LIST,
    ),
    Case(
        "TC_D_05_CS",
        "An empty change",
        "Nothing but the version changes.",
        profile=LIST,
    ),
    Case(
        "TC_D_06_CS",
        "A change to a version that is past",
        "VersionMismatch, and nothing changes.",
        profile=LIST,
    ),
    Case(
        "TC_D_07_CS",
        "The list after a restart",
        "Its version is still told.",
        profile=LIST,
    ),
    Case(
        "TC_D_08_CS",
        "The version of the list",
        "It is told as it was sent.",
        profile=LIST,
    ),
    Case(
        "TC_D_10_CS",
        "A list that is off",
        "Version 0 is told.",
        profile=LIST,
    ),
)

EXCUSED: dict[str, str] = {}
"""Why a case is not met, by its id."""
