"""Block A: security."""

from __future__ import annotations

from tests.conformance.case import Case
from tests.conformance.v201.cases.profiles import CORE, ISO, SECURITY

CASES = (
    Case(
        "TC_A_01_CS",
        "A password",
        "It is shown as it is, with the identity, which also ends the path.",
        profile=CORE,
    ),
    Case(
        "TC_A_04_CS",
        "A certificate of the CSMS that is in order",
        "It comes over TLS 1.2 or newer and has a pair of suites that must be there.",
        profile=CORE,
    ),
    Case(
        "TC_A_05_CS",
        "A certificate of the CSMS that is bad",
        "Expired, not valid yet, of a stranger, for another host or for all hosts: nothing is "
        "said, it is tried again, and the event comes after.",
        profile=CORE,
    ),
    Case(
        "TC_A_06_CS",
        "A CSMS with an old TLS",
        "Nothing older than TLS 1.2 is spoken; the event comes after, with that of the start.",
        profile=CORE,
    ),
    Case(
        "TC_A_07_CS",
        "The station's own certificate",
        "It is shown in place of a password; its name is the serial number, and its key long "
        "enough.",
        profile=SECURITY,
    ),
    Case(
        "TC_A_09_CS",
        "A new password",
        "The station accepts it, and comes back with it by itself.",
        profile=CORE,
    ),
    Case(
        "TC_A_10_CS",
        "A bad password",
        "Too short or too long, it is refused, and the old one is shown on.",
        profile=CORE,
    ),
    Case(
        "TC_A_11_CS",
        "A new certificate of the station's own",
        "When triggered it asks with a new key, takes the answer and dials anew with it by itself.",
        profile=SECURITY,
    ),
    Case(
        "TC_A_12_CS",
        "A certificate for vehicles",
        "When triggered it asks for one of that kind, and takes it.",
        profile=ISO,
    ),
    Case(
        "TC_A_13_CS",
        "One certificate for both",
        "It asks for a combined certificate.",
        profile=ISO,
    ),
    Case(
        "TC_A_14_CS",
        "A bad certificate of the station's own",
        "It is refused and told of as an event, and the old one is shown on.",
        profile=SECURITY,
    ),
    Case(
        "TC_A_15_CS",
        "A request that the CSMS refuses",
        "It does not ask again by itself.",
        profile=SECURITY,
    ),
    Case(
        "TC_A_19_CS",
        "The security profile is raised",
        "After the restart the station comes by the higher profile; what is lower is gone "
        "from slots and priority, for good.",
        profile=CORE,
    ),
    Case(
        "TC_A_20_CS",
        "Raised without a root of the CSMS",
        "The profile may be kept, but the priority is refused.",
        profile=CORE,
    ),
    Case(
        "TC_A_21_CS",
        "Raised to 3 without an own certificate",
        "The profile may be kept, but the priority is refused.",
        profile=SECURITY,
    ),
    Case(
        "TC_A_22_CS",
        "A lower security profile",
        "It is refused.",
        profile=CORE,
    ),
    Case(
        "TC_A_23_CS",
        "A certificate that does not come",
        "It asks again after the wait, then after twice that, then no more; a late one is taken.",
        profile=SECURITY,
    ),
)

EXCUSED: dict[str, str] = {
    "TC_A_13_CS": "The errata took this case away, and each kind of certificate has a "
    "key of its own.",
}
"""Why a case is not met, by its id."""
