"""Block C: authorization."""

from __future__ import annotations

from tests.conformance.case import Case
from tests.conformance.v201.cases.profiles import CORE, ISO, LIST, NO_VEHICLE_TALK

CASES = (
    Case(
        "TC_C_02_CS",
        "A card that is not known",
        "After the plug a card is shown, and Authorize is answered Invalid or Unknown: no "
        "transaction, no energy.",
        profile=CORE,
    ),
    Case(
        "TC_C_04_CS",
        "A good card of somebody else",
        "While a transaction runs another good card without a group is asked about, and "
        "stops nothing.",
        profile=CORE,
    ),
    Case(
        "TC_C_05_CS",
        "A card that is not good, and a plug that is locked already",
        "Where plugs are locked before anybody is authorized, the plug stays locked and no "
        "transaction is told.",
        profile=CORE,
    ),
    Case(
        "TC_C_06_CS",
        "A blocked card",
        "Authorize is answered Blocked: no transaction, no energy.",
        profile=CORE,
    ),
    Case(
        "TC_C_07_CS",
        "An expired card",
        "Authorize is answered Expired: no transaction, no energy.",
        profile=CORE,
    ),
    Case(
        "TC_C_08_CS",
        "A card that is remembered as good",
        "It starts without Authorize.",
        profile=CORE,
    ),
    Case(
        "TC_C_09_CS",
        "A card that is remembered as invalid, and still is",
        "Authorize is sent and answered Invalid: no transaction.",
        profile=CORE,
    ),
    Case(
        "TC_C_10_CS",
        "A card that is remembered as blocked",
        "Authorize is sent and answered Blocked: no transaction.",
        profile=CORE,
    ),
    Case(
        "TC_C_11_CS",
        "A card that is remembered as expired",
        "Authorize is sent and answered Expired: no transaction.",
        profile=CORE,
    ),
    Case(
        "TC_C_12_CS",
        "A card that is remembered as invalid, and is good by now",
        "Authorize is sent and answered Accepted: a transaction starts.",
        profile=CORE,
    ),
    Case(
        "TC_C_13_CS",
        "A remembered card before the plug",
        "No Authorize; the plug that follows starts the transaction for it.",
        profile=CORE,
    ),
    Case(
        "TC_C_14_CS",
        "A master pass that is remembered",
        "It stops every transaction without Authorize, with the reason MasterPass.",
        counted=False,
    ),
    Case(
        "TC_C_15_CS",
        "Some energy for a remembered card that is not good any more",
        "StopTxOnInvalidId is false and MaxEnergyOnInvalidId set: charging goes on, "
        "neither Deauthorized nor SuspendedEVSE until it is used up.",
        profile=CORE,
    ),
    Case(
        "TC_C_16_CS",
        "An end for a remembered card that is not good any more",
        "StopTxOnInvalidId is true: Ended with Deauthorized and DeAuthorized.",
        profile=CORE,
    ),
    Case(
        "TC_C_17_CS",
        "No energy for a remembered card that is not good any more",
        "StopTxOnInvalidId is false and nothing is allowed: SuspendedEVSE with "
        "ChargingStateChanged, never Deauthorized.",
        profile=CORE,
    ),
    Case(
        "TC_C_18_CS",
        "An end whatever energy is allowed",
        "StopTxOnInvalidId is true and MaxEnergyOnInvalidId set: Deauthorized at once.",
        profile=CORE,
    ),
    Case(
        "TC_C_21_CS",
        "Offline, a listed card",
        "It starts; every event of that time is told with offline.",
        profile=LIST,
    ),
    Case(
        "TC_C_22_CS",
        "Offline, a card that is listed as invalid",
        "It starts nothing.",
        profile=LIST,
    ),
    Case(
        "TC_C_23_CS",
        "Offline, a card that is listed as blocked",
        "It starts nothing.",
        profile=LIST,
    ),
    Case(
        "TC_C_24_CS",
        "Offline, a card that is listed as expired",
        "It starts nothing.",
        profile=LIST,
    ),
    Case(
        "TC_C_25_CS",
        "Offline, a card that list and cache disagree about",
        "The list counts: a card that is good in the cache alone starts nothing.",
        profile=LIST,
    ),
    Case(
        "TC_C_26_CS",
        "Offline, a stranger",
        "It starts; back online it is not Accepted, and with StopTxOnInvalidId false the "
        "transaction is SuspendedEVSE; what happened offline is told so.",
        profile=CORE,
    ),
    Case(
        "TC_C_27_CS",
        "A listed card",
        "It starts without Authorize.",
        profile=LIST,
    ),
    Case(
        "TC_C_28_CS",
        "A card that is listed as invalid, and still is",
        "Authorize is sent and answered Invalid: no transaction.",
        profile=LIST,
    ),
    Case(
        "TC_C_29_CS",
        "A card that is listed as blocked",
        "Authorize is sent and answered Blocked: no transaction.",
        profile=LIST,
    ),
    Case(
        "TC_C_30_CS",
        "A card that is listed as expired",
        "Authorize is sent and answered Expired: no transaction.",
        profile=LIST,
    ),
    Case(
        "TC_C_31_CS",
        "A card that is listed as invalid, and is good by now",
        "Authorize is sent and answered Accepted: a transaction starts.",
        profile=LIST,
    ),
    Case(
        "TC_C_32_CS",
        "The cache after a restart",
        "A card that was remembered before starts without Authorize.",
        profile=CORE,
    ),
    Case(
        "TC_C_33_CS",
        "The cache learns from Authorize",
        "What Authorize is answered counts the next time, and so does what a transaction "
        "event is answered later.",
        profile=CORE,
    ),
    Case(
        "TC_C_34_CS",
        "The cache learns from transaction events",
        "A transaction event is answered Invalid: the next time Authorize is sent.",
        profile=CORE,
    ),
    Case(
        "TC_C_36_CS",
        "A remembered card where nobody starts unasked",
        "LocalPreAuthorize is false: Authorize is sent.",
        profile=CORE,
    ),
    Case(
        "TC_C_37_CS",
        "The cache is cleared",
        "Accepted; the next time Authorize is sent.",
        profile=CORE,
    ),
    Case(
        "TC_C_38_CS",
        "A cache that is off is not cleared",
        "Rejected.",
        profile=CORE,
    ),
    Case(
        "TC_C_39_CS",
        "One of the group stops",
        "Another card with the same group is asked about, and ends the transaction.",
        profile=CORE,
    ),
    Case(
        "TC_C_40_CS",
        "A listed one of the group stops",
        "Without Authorize.",
        profile=LIST,
    ),
    Case(
        "TC_C_41_CS",
        "A remembered one of the group stops",
        "Without Authorize.",
        profile=CORE,
    ),
    Case(
        "TC_C_42_CS",
        "One of another group does not stop",
        "The card is asked about, and the transaction goes on.",
        profile=CORE,
    ),
    Case(
        "TC_C_43_CS",
        "One of the group who is listed as invalid",
        "Authorize is sent; not Accepted, so the transaction goes on.",
        profile=LIST,
    ),
    Case(
        "TC_C_44_CS",
        "One of the group who is remembered as invalid",
        "Authorize is sent; not Accepted, so the transaction goes on.",
        profile=CORE,
    ),
    Case(
        "TC_C_45_CS",
        "A master pass starts nothing",
        "Its group is that of MasterPassGroupId: no transaction, though it is Accepted.",
        profile=CORE,
    ),
    Case(
        "TC_C_46_CS",
        "How long a card is remembered",
        "After LifeTime Authorize is sent again.",
        profile=CORE,
    ),
    Case(
        "TC_C_47_CS",
        "A master pass and a screen: all transactions",
        "Whoever has the pass chooses all: each ends with MasterPass.",
        profile=CORE,
    ),
    Case(
        "TC_C_48_CS",
        "A master pass and a screen: one transaction",
        "Whoever has the pass chooses one: that alone ends.",
        profile=CORE,
    ),
    Case(
        "TC_C_49_CS",
        "A master pass without a screen",
        "Every transaction ends with the reason MasterPass.",
        profile=CORE,
    ),
    Case(
        "TC_C_50_CS",
        "A contract that the station finds good",
        "With the hashes of its chain the CSMS is asked, and charging begins.",
        profile=ISO,
    ),
    Case(
        "TC_C_51_CS",
        "A contract that the CSMS refuses",
        "No charging begins.",
        profile=ISO,
    ),
    Case(
        "TC_C_52_CS",
        "A contract that the CSMS judges",
        "Its chain is sent along, and charging begins.",
        profile=ISO,
    ),
    Case(
        "TC_C_53_CS",
        "A contract that the CSMS judges and refuses",
        "No charging begins.",
        profile=ISO,
    ),
    Case(
        "TC_C_54_CS",
        "A contract while the CSMS is away",
        "Where that is allowed, charging begins, and is told later.",
        profile=ISO,
    ),
    Case(
        "TC_C_55_CS",
        "A contract while the CSMS is away, which is not allowed",
        "No charging begins.",
        profile=ISO,
    ),
    Case(
        "TC_C_56_CS",
        "An unknown card",
        "Authorize is answered Unknown: no transaction, no energy.",
        profile=CORE,
    ),
    Case(
        "TC_C_57_CS",
        "The cache has the last word",
        "DisablePostAuthorize: a card that is remembered as not good is refused without Authorize.",
        profile=CORE,
    ),
    Case(
        "TC_C_58_CS",
        "The list has the last word",
        "DisablePostAuthorize: a card that is listed as not good is refused without Authorize.",
        profile=LIST,
    ),
)

_NO_SCREEN = (
    "Its condition C-07 does not hold: nobody can choose a transaction at this station, so a master"
    " pass stops all of them (C-08), which TC_C_49 shows."
)

EXCUSED: dict[str, str] = {
    "TC_C_05_CS": "Its condition AQ-2 does not hold: a plug is locked once somebody is "
    "authorized, and not before.",
    "TC_C_47_CS": _NO_SCREEN,
    "TC_C_48_CS": _NO_SCREEN,
    "TC_C_50_CS": NO_VEHICLE_TALK,
    "TC_C_51_CS": NO_VEHICLE_TALK,
    "TC_C_52_CS": NO_VEHICLE_TALK,
    "TC_C_53_CS": NO_VEHICLE_TALK,
    "TC_C_54_CS": NO_VEHICLE_TALK,
    "TC_C_55_CS": NO_VEHICLE_TALK,
}
"""Why a case is not met, by its id."""
