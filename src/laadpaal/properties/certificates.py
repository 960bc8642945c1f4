"""Which certificates the station takes, and whose name it asks for one in."""

from __future__ import annotations

from laadpaal.properties.kinds import Flag, Text, Whole
from laadpaal.properties.rows import Access, Key, Setting, Variable

MAX_CHAIN = Setting(
    id="2720_0",
    kind=Whole(1, 10_000),
    default=10_000,
    help="How many characters a chain for the station's own certificate may have.",
    keys=(Key("CertificateSignedMaxChainSize"),),
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
    access=Access.INSTALLER,
)

ROWS = (MAX_CHAIN, MAX_ROOTS, CPO_NAME, SIGNED_ROOTS)
