"""Block L: firmware."""

from __future__ import annotations

from tests.conformance.case import Case
from tests.conformance.v201.cases.profiles import CORE

CASES = (
    Case(
        "TC_L_01_CS",
        "Installation successful",
        "Full secure update order incl. Unavailable/Available, Installed, FirmwareUpdated event",
        profile=CORE,
    ),
    Case(
        "TC_L_02_CS", "InstallScheduled", "Future installDateTime → InstallScheduled", profile=CORE
    ),
    Case(
        "TC_L_03_CS",
        "DownloadScheduled",
        "Future retrieveDateTime → DownloadScheduled first",
        profile=CORE,
    ),
    Case(
        "TC_L_05_CS",
        "InvalidCertificate",
        "Foreign certificate → InvalidCertificate/RevokedCertificate + InvalidFirmwareSigningCertificate",
        profile=CORE,
    ),
    Case(
        "TC_L_06_CS",
        "InvalidSignature",
        "Bad signature → Downloaded, InvalidSignature + InvalidFirmwareSignature event (any order)",
        profile=CORE,
    ),
    Case(
        "TC_L_07_CS", "DownloadFailed", "Missing file → Downloading, DownloadFailed", profile=CORE
    ),
    Case(
        "TC_L_08_CS",
        "InstallVerificationFailed or InstallationFailed",
        "Broken image → Installing → InstallVerificationFailed/InstallationFailed; Available again",
        profile=CORE,
    ),
    Case(
        "TC_L_10_CS",
        "AcceptedCanceled",
        "Second request while downloading → AcceptedCanceled; new requestId afterwards",
        profile=CORE,
        needs="C-60",
    ),
    Case(
        "TC_L_11_CS",
        "Unable to cancel",
        "Not cancelable → Rejected; first continues",
        profile=CORE,
        needs="NOT C-60",
    ),
    Case(
        "TC_L_12_CS",
        "Unable to download/install firmware with ongoing transaction - AllowNewSessionsPendingFirmwareUpdate is true",
        "No download in tx, AllowNewSessions=true: DownloadScheduled; new tx allowed; update after all end",
        profile=CORE,
        needs="C-20 and NOT C-43 and NOT AQ-7 and HFS-8 > 1",
    ),
    Case(
        "TC_L_13_CS",
        "Unable to download/install firmware with ongoing transaction - AllowNewSessionsPendingFirmwareUpdate is false",
        "No download in tx, false: idle connectors Unavailable; update after end",
        profile=CORE,
        needs="NOT C-43 and NOT AQ-7",
    ),
    Case(
        "TC_L_14_CS",
        "Unable to install and activate firmware with ongoing transaction - AllowNewSessionsPendingFirmwareUpdate is true",
        "No install in tx, true: download now, InstallScheduled (or Installing), install after end",
        profile=CORE,
        needs="C-20 and NOT C-43 and AQ-7 and HFS-8 > 1",
    ),
    Case(
        "TC_L_15_CS",
        "Unable to install firmware with ongoing transaction - AllowNewSessionsPendingFirmwareUpdate is false",
        "No install in tx, false: idle connectors Unavailable",
        profile=CORE,
        needs="NOT C-43 and AQ-7",
    ),
    Case(
        "TC_L_16_CS",
        "Able to update firmware with ongoing transaction",
        "Install during tx: Installed + FirmwareUpdated; tx untouched",
        profile=CORE,
        needs="C-43",
    ),
    Case(
        "TC_L_18_CS",
        "Missing firmware signing certificate and signature",
        "Certificate/signature omitted → Rejected or InvalidCertificate",
        profile=CORE,
    ),
)

EXCUSED: dict[str, str] = {}
"""Why a case is not met, by its id."""
