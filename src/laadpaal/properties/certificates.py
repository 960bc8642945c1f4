"""Which certificates the station takes, and whose name it asks for one in."""

from __future__ import annotations

from laadpaal.properties.kinds import Flag, Text, Whole
from laadpaal.properties.rows import Access, Key, Reading, Setting, Variable

MAX_CHAIN = Setting(
    id="2720_0",
    kind=Whole(1, 10_000),
    default=10_000,
    help="How many characters a chain for the station's own certificate may have.",
    keys=(Key("CertificateSignedMaxChainSize"),),
    variables=(Variable("SecurityCtrlr", "MaxCertificateChainSize"),),
    access=Access.INSTALLER,
)
MAX_ROOTS = Setting(
    id="2721_0",
    kind=Whole(1, 20),
    default=20,
    help="How many roots may be installed, of all uses together.",
    keys=(Key("CertificateStoreMaxLength"),),
    access=Access.INSTALLER,
)
ROOTS = Reading(
    id="2721_1",
    kind=Whole(0, 20),
    help="How many roots are installed, of all uses together.",
    variables=(Variable("SecurityCtrlr", "CertificateEntries"),),
)
CPO_NAME = Setting(
    id="2722_0",
    kind=Text(49),
    default="",
    help="Name of the operator in the station's own certificate; without it none is asked for.",
    keys=(Key("CpoName"),),
    variables=(Variable("SecurityCtrlr", "OrganizationName"),),
)
SIGNED_ROOTS = Setting(
    id="2726_0",
    kind=Flag(),
    default=False,
    help="Whether a new root of the CSMS must be signed by the present one, and replaces it.",
    keys=(Key("AdditionalRootCertificateCheck"),),
    variables=(Variable("SecurityCtrlr", "AdditionalRootCertificateCheck"),),
    access=Access.INSTALLER,
)
SIGNING_WAIT = Setting(
    id="2727_0",
    kind=Whole(1, 86_400, "s"),
    default=30,
    help="How long the CSMS may take to bring a certificate it has promised; doubles each time.",
    variables=(Variable("SecurityCtrlr", "CertSigningWaitMinimum"),),
)
SIGNING_REPEATS = Setting(
    id="2728_0",
    kind=Whole(0, 10),
    default=3,
    help="How often the station asks again for a certificate that was promised and never came.",
    variables=(Variable("SecurityCtrlr", "CertSigningRepeatTimes"),),
)
WILDCARDS = Setting(
    id="2729_0",
    kind=Flag(),
    default=False,
    help="Whether the certificate of the CSMS may name every host of a domain at once.",
    variables=(Variable("SecurityCtrlr", "AllowCSMSTLSWildcards"),),
)

ROWS = (
    MAX_CHAIN,
    MAX_ROOTS,
    ROOTS,
    CPO_NAME,
    SIGNED_ROOTS,
    SIGNING_WAIT,
    SIGNING_REPEATS,
    WILDCARDS,
)
