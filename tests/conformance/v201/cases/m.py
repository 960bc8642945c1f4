"""Block M: certificates."""

from __future__ import annotations

from tests.conformance.case import Case
from tests.conformance.v201.cases.profiles import CORE, ISO, SECURITY

CASES = (
    Case("TC_M_01_CS", "CSMSRootCertificate", "Install CSMSRoot → listed", profile=CORE),
    Case(
        "TC_M_02_CS",
        "ManufacturerRootCertificate",
        "Install ManufacturerRoot → listed",
        profile=CORE,
    ),
    Case("TC_M_03_CS", "V2GRootCertificate", "Install V2GRoot", profile=ISO),
    Case("TC_M_04_CS", "MORootCertificate", "Install MORoot", profile=ISO),
    Case(
        "TC_M_07_CS",
        "Rejected - Certificate invalid",
        "Expired root → Rejected, not listed",
        profile=CORE,
    ),
    Case(
        "TC_M_09_CS",
        "AdditionalRootCertificateCheck - Rejected",
        "AdditionalRootCertificateCheck, unrelated root → Rejected",
        profile=CORE,
        needs="AS-2",
    ),
    Case(
        "TC_M_12_CS",
        "CSMSRootCertificate",
        "Get CSMSRoot: Accepted + correct hash data",
        profile=CORE,
    ),
    Case("TC_M_13_CS", "ManufacturerRootCertificate", "Get ManufacturerRoot", profile=CORE),
    Case("TC_M_14_CS", "V2GRootCertificate", "Get V2GRoot", profile=ISO),
    Case(
        "TC_M_15_CS",
        "V2GCertificateChain",
        "Get V2GCertificateChain with childCertificateHashData",
        profile=ISO,
    ),
    Case("TC_M_16_CS", "MORootCertificate", "Get MORoot", profile=ISO),
    Case(
        "TC_M_17_CS",
        "CSMSRootCertificate & ManufacturerRootCertificate",
        "Get both types",
        profile=CORE,
    ),
    Case("TC_M_18_CS", "All certificateTypes", "Get without filter → all types", profile=CORE),
    Case(
        "TC_M_19_CS",
        "No matching certificate found",
        "None of the type → NotFound, chain omitted",
        profile=CORE,
    ),
    Case("TC_M_20_CS", "Success", "Delete → Accepted, gone", profile=CORE),
    Case("TC_M_22_CS", "No matching certificate found", "Delete unknown → NotFound", profile=CORE),
    Case(
        "TC_M_23_CS",
        "Unable to delete the Charging Station Certificate",
        "Delete station certificate → Failed or NotFound",
        profile=SECURITY,
    ),
    Case(
        "TC_M_24_CS",
        "Success",
        "GetCertificateStatus sent after V2G renewal (leaf and sub-CAs)",
        profile=ISO,
    ),
    Case("TC_M_25_CS", "Rejected", "Status Failed handled", profile=ISO),
    Case(
        "TC_M_26_CS",
        "Success",
        "EV certificate install: Get15118EVCertificate action Install",
        profile=ISO,
    ),
    Case("TC_M_27_CS", "Failed", "Install Failed → EV informed", profile=ISO),
    Case("TC_M_28_CS", "Success", "action Update", profile=ISO),
    Case("TC_M_29_CS", "Failed", "Update Failed", profile=ISO),
    Case(
        "TC_M_30_CS",
        "AdditionalRootCertificateCheck - Reconnect using new CSMS Root - Success",
        "After connecting with new root the old one is removed",
        profile=CORE,
        needs="AS-2",
    ),
    Case(
        "TC_M_31_CS",
        "AdditionalRootCertificateCheck - Reconnect using new CSMS Root - Failback mechanism",
        "New root fails → old root is used and kept",
        profile=CORE,
        needs="AS-2",
    ),
)

EXCUSED: dict[str, str] = {}
"""Why a case is not met, by its id."""
