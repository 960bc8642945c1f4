"""Block A: security."""

from __future__ import annotations

from tests.conformance.case import Case
from tests.conformance.v201.cases.profiles import CORE, ISO, SECURITY

CASES = (
    Case(
        "TC_A_01_CS",
        "Valid username/password combination",
        "Connection request carries Authorization: Basic base64(identity:password); identity equals last URL element; password 16–40(64) chars as plain text",
        profile=CORE,
    ),
    Case(
        "TC_A_04_CS",
        "Valid certificate",
        "TLS ≥1.2; ClientHello offers the ECDSA pair or the RSA pair of mandatory suites; accepts a valid server certificate and boots",
        profile=CORE,
    ),
    Case(
        "TC_A_05_CS",
        "Invalid certificate",
        "Refuse each bad server certificate (expired, not yet valid, unknown root, CN≠FQDN, wildcard); keep retrying; after every recovery connect and send InvalidCsmsCertificate",
        profile=CORE,
    ),
    Case(
        "TC_A_06_CS",
        "TLS version too low",
        "Refuse TLS <1.2; after recovery send StartupOfTheDevice/ResetOrReboot and InvalidTLSVersion",
        profile=CORE,
    ),
    Case(
        "TC_A_07_CS",
        "valid certificate",
        "Profile 3: present client certificate (chain), TLS ≥1.2, mandatory suites, CN=serial, key ≥2048/224",
        profile=SECURITY,
    ),
    Case(
        "TC_A_09_CS",
        "Accepted",
        "SetVariables BasicAuthPassword valid → Accepted/RebootRequired, then reconnect with the new password",
        profile=CORE,
    ),
    Case(
        "TC_A_10_CS",
        "Rejected",
        "Bad-format password → Rejected; keep using the old one",
        profile=CORE,
    ),
    Case(
        "TC_A_11_CS",
        "Success - Charging Station Certificate",
        "TriggerMessage SignChargingStationCertificate → Accepted; valid CSR; CertificateSigned → Accepted; reconnect with the new certificate by itself",
        profile=SECURITY,
    ),
    Case(
        "TC_A_12_CS",
        "Success - V2G Certificate",
        "Same for SignV2GCertificate: CSR with certificateType V2GCertificate; CertificateSigned Accepted",
        profile=ISO,
    ),
    Case(
        "TC_A_13_CS",
        "Success - Combined Certificate",
        "(removed by errata) combined certificate",
        profile=ISO,
        needs="removed by the errata",
    ),
    Case(
        "TC_A_14_CS",
        "Invalid certificate",
        "Invalid certificate in CertificateSigned → Rejected + InvalidChargingStationCertificate event; old certificate stays",
        profile=SECURITY,
    ),
    Case(
        "TC_A_15_CS",
        "SignCertificateRequest Rejected",
        "SignCertificateResponse Rejected → do not send another CSR by itself",
        profile=SECURITY,
    ),
    Case(
        "TC_A_19_CS",
        "Accepted",
        "SetNetworkProfile with profile+1 Accepted; priority Accepted/RebootRequired; reset; connect with the new profile; SecurityProfile increased; priority no longer lists the lower slot; never back to profile 1",
        profile=CORE,
    ),
    Case(
        "TC_A_20_CS",
        "No valid CSMSRootCertificate installed",
        "Upgrade to 2/3 without CSMSRootCertificate: SetNetworkProfile Accepted or Rejected, SetVariables priority Rejected",
        profile=CORE,
        needs="AQ-1",
    ),
    Case(
        "TC_A_21_CS",
        "No valid ChargingStationCertificate installed",
        "Upgrade to 3 without client certificate: SetVariables priority Rejected",
        profile=SECURITY,
        needs="AQ-1",
    ),
    Case(
        "TC_A_22_CS",
        "Downgrade security profile - Rejected",
        "SetNetworkProfile with a lower profile → Rejected",
        profile=CORE,
    ),
    Case(
        "TC_A_23_CS",
        "CertificateSignedRequest Timeout",
        "No CertificateSigned within CertSigningWaitMinimum → CSR again after W, then 2W (RepeatTimes), then stop; at least one late CertificateSigned must be accepted",
        profile=SECURITY,
        needs="AS-3",
    ),
)

EXCUSED: dict[str, str] = {}
"""Why a case is not met, by its id."""
