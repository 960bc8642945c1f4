"""Which way the station takes to its CSMS, out of the network profiles it knows."""

from __future__ import annotations

from laadpaal.properties.kinds import DataType, Flag, Members, Whole
from laadpaal.properties.rows import Access, Reading, Setting, Variable

SLOTS = ("1", "2", "3")
"""There is room for so many network profiles; the configuration file fills the first."""
NO_SLOT = 0

NETWORK_PRIORITY = Setting(
    id="20F0_1",
    kind=Members(SLOTS, low=1, data_type=DataType.SEQUENCE_LIST),
    default=("1",),
    help="Slots of the network profiles that are dialled, the preferred one first.",
    variables=(Variable("OCPPCommCtrlr", "NetworkConfigurationPriority"),),
    restart=True,
)
NETWORK_ATTEMPTS = Setting(
    id="20F0_2",
    kind=Whole(1, 100),
    default=3,
    help="How often a network profile is dialled in vain before the next has its turn.",
    variables=(Variable("OCPPCommCtrlr", "NetworkProfileConnectionAttempts"),),
)
LAST_GOOD = Setting(
    id="20F0_3",
    kind=Whole(NO_SLOT, len(SLOTS)),
    default=NO_SLOT,
    help="Slot of the network profile that worked last; 0 while none has.",
    access=Access.STATION,
)
ALLOW_DOWNGRADE = Setting(
    id="2723_2",
    kind=Flag(),
    default=False,
    help="Whether a network profile may bring security profile 3 down to 2; never to 1.",
    variables=(Variable("SecurityCtrlr", "AllowSecurityProfileDowngrade"),),
)
ACTIVE_SLOT = Reading(
    id="20F0_4",
    kind=Whole(1, len(SLOTS)),
    help="Slot of the network profile that is in use.",
    variables=(Variable("OCPPCommCtrlr", "ActiveNetworkProfile"),),
)

ROWS = (NETWORK_PRIORITY, NETWORK_ATTEMPTS, LAST_GOOD, ALLOW_DOWNGRADE, ACTIVE_SLOT)
