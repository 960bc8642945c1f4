"""What sections 5.7 to 5.10 demand, from the extended trigger to security events."""

from __future__ import annotations

from tests.conformance.v16.requirements.row import shown, unmet

ROWS = (
    # 5.7
    shown(
        "5.7-1",
        "It follows the rules of the other trigger.",
        "tests/csms/v16/test_remote.py::test_extended_triggers_follow_the_same_rules",
    ),
    shown(
        "5.7-2",
        "Firmware tells the last status but Installed, with its number.",
        "tests/csms/v16/test_firmware.py::test_triggers_tell_how_the_last_update_stands",
    ),
    shown(
        "5.7-3",
        "Logs tell what they are at, and Idle without a number.",
        "tests/csms/v16/test_diagnostics.py::test_triggers_tell_what_is_under_way",
    ),
    # 5.8
    shown(
        "5.8-1",
        "The signer is judged before the answer, and a stranger refused and told.",
        "tests/csms/v16/test_firmware.py::test_the_signer_is_judged_before_the_answer",
        "tests/e2e/test_files.py::test_a_stranger_signs_in_vain",
    ),
    shown(
        "5.8-2",
        "A later request takes the place of one that runs, unless that installs already.",
        "tests/station/test_firmware_update.py::test_a_second_request_takes_the_place_of_the_first",
        "tests/station/test_firmware_update.py::test_nothing_takes_the_place_of_an_installation",
    ),
    shown(
        "5.8-3",
        "Every step is told with its number.",
        "tests/conformance/v16/test_security.py::test_tc_080_signed_firmware",
        "tests/station/test_firmware_update.py::"
        "test_a_signed_update_says_that_its_signature_is_good",
    ),
    shown(
        "5.8-4",
        "Both waits are told as Scheduled.",
        "tests/station/test_firmware_update.py::test_it_waits_for_the_time_of_both_steps",
    ),
    shown(
        "5.8-5",
        "Signatures of RSA and ECDSA over the whole file are good.",
        "tests/protocols/firmware/test_signature.py::test_an_rsa_signature_is_good",
        "tests/protocols/firmware/test_signature.py::test_an_ecdsa_signature_is_good",
    ),
    shown(
        "5.8-6",
        "A wrong one is InvalidSignature and an event.",
        "tests/conformance/v16/test_security.py::test_tc_081_wrong_signature",
        "tests/station/test_firmware_update.py::test_a_bad_signature_ends_it",
    ),
    unmet(
        "5.8-7",
        "A paused download is told as DownloadPaused.",
        "A download is never paused; it goes on or begins anew.",
    ),
    shown(
        "5.8-8",
        "New firmware is a security event.",
        "tests/conformance/v16/test_security.py::test_tc_080_signed_firmware",
        "tests/station/test_firmware_update.py::test_an_unsigned_update_runs_through",
    ),
    shown(
        "5.8-9",
        "With a security profile unsigned firmware is refused as NotSupported unless a "
        "setting allows it.",
        "tests/station/test_firmware_update.py::test_a_secured_station_wants_signatures",
        "tests/csms/v16/test_firmware.py::test_a_refusal_of_unsigned_firmware_is_an_error",
    ),
    shown(
        "5.8-10",
        "It waits for who charges, and connectors that are free go out of use.",
        "tests/station/test_firmware_update.py::test_it_waits_for_the_last_transaction",
    ),
    shown(
        "5.8-11",
        "A power cut on the way ends in the truth.",
        "tests/station/test_firmware_update.py::test_a_power_cut_in_each_state_ends_in_the_truth",
        "tests/e2e/test_files.py::test_a_power_cut_while_firmware_comes_begins_it_anew",
    ),
    # 5.9
    shown(
        "5.9-1",
        "Every status has the number of its request.",
        "tests/conformance/v16/test_security.py::test_tc_079_security_log",
        "tests/csms/v16/test_diagnostics.py::test_with_a_number_every_word_is_told",
    ),
    shown(
        "5.9-2",
        "A second request cancels the first.",
        "tests/station/test_log_upload.py::test_a_second_upload_takes_the_place_of_the_first",
    ),
    shown(
        "5.9-3",
        "Where nothing can be sent it is Rejected without a name.",
        "tests/csms/v16/test_diagnostics.py::test_a_log_for_nowhere_is_rejected",
    ),
    shown(
        "5.9-4",
        "The security log holds every event, rolls, and outlasts the power.",
        "tests/storage/test_security.py::test_the_log_outlives_the_power",
        "tests/storage/test_security.py::test_the_log_rolls",
    ),
    # 5.10
    shown(
        "5.10-1",
        "Critical events wait for the CSMS, offline and across power cuts.",
        "tests/csms/test_security_events.py::test_a_lost_connection_loses_none",
        "tests/storage/test_security.py::test_the_log_outlives_the_power",
    ),
    shown(
        "5.10-2",
        "Others are in the log only.",
        "tests/csms/test_security_events.py::test_what_only_the_log_keeps_is_not_told",
    ),
    shown(
        "5.10-3",
        "FirmwareUpdated is one.",
        "tests/station/test_firmware_update.py::test_an_unsigned_update_runs_through",
    ),
    shown(
        "5.10-4",
        "SettingSystemTime is one, at real steps only.",
        "tests/station/test_security.py::test_only_a_real_step_of_the_clock_is_one",
    ),
    shown(
        "5.10-5",
        "StartupOfTheDevice is one.",
        "tests/station/test_security.py::test_every_start_is_a_security_event",
    ),
    shown(
        "5.10-6",
        "ResetOrReboot is one.",
        "tests/station/test_security.py::test_a_restart_is_a_security_event",
    ),
    unmet(
        "5.10-7",
        "SecurityLogWasCleared is one.",
        "Nobody can clear the log, so there is no such event.",
    ),
    unmet("5.10-8", "MemoryExhaustion is one.", "Nothing watches the memory yet."),
    shown(
        "5.10-9",
        "TamperDetectionActivated is one.",
        "tests/station/test_security.py::test_an_opened_or_tilted_station_is_an_event",
    ),
    shown(
        "5.10-10",
        "FailedToAuthenticateAtCentralSystem is one.",
        "tests/csms/test_link.py::test_an_incident_is_told_once_until_something_changes",
    ),
    unmet(
        "5.10-11",
        "CentralSystemFailedToAuthenticate is one.",
        "A CSMS that proves nothing is told as InvalidCentralSystemCertificate, which says why.",
    ),
    shown(
        "5.10-12",
        "ReconfigurationOfSecurityParameters is one.",
        "tests/station/test_credentials.py::test_a_new_password_is_tried_at_once",
    ),
    shown(
        "5.10-13",
        "InvalidMessages is one.",
        "tests/csms/test_security_events.py::test_a_broken_frame_is_an_incident",
    ),
    unmet(
        "5.10-14",
        "AttemptedReplayAttacks is one.",
        "TLS keeps replays away, and in plain text nothing tells them from repetitions.",
    ),
    shown(
        "5.10-15",
        "InvalidFirmwareSignature and InvalidFirmwareSigningCertificate are told too.",
        "tests/conformance/v16/test_security.py::test_tc_081_wrong_signature",
        "tests/station/test_firmware_update.py::"
        "test_a_signer_that_nobody_vouches_for_is_refused_at_once",
    ),
    shown(
        "5.10-16",
        "InvalidCentralSystemCertificate and InvalidChargePointCertificate are told too.",
        "tests/conformance/v16/test_security.py::test_tc_078_wrong_root",
        "tests/conformance/v16/test_security.py::test_tc_077_wrong_certificate",
    ),
    shown(
        "5.10-17",
        "InvalidTLSVersion and InvalidTLSCipherSuite are in the log.",
        "tests/e2e/test_tls_matrix.py::test_tls_11_is_too_old",
        "tests/e2e/test_tls_matrix.py::test_a_server_with_sha1_only_gets_no_session",
    ),
)
