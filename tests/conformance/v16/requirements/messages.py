"""What the messages of section 1 must be."""

from __future__ import annotations

from tests.conformance.v16.requirements.row import shown, unmet

ROWS = (
    # 1.1
    shown(
        "1.1-1",
        "Authorize is sent for a card that nobody here can vouch for.",
        "tests/conformance/v16/test_start.py::test_tc_003_plug_in_first",
        "tests/csms/v16/test_authorization.py::test_a_token_is_asked_about",
    ),
    shown(
        "1.1-2",
        "BootNotification names vendor, model, serial number and firmware within their lengths.",
        "tests/conformance/v16/test_boot.py::test_tc_001_boot_statuses_heartbeats",
        "tests/csms/v16/test_provisioning.py::test_boot_tells_all_it_knows_within_its_lengths",
    ),
    shown(
        "1.1-3",
        "ChangeAvailability is answered with Accepted, Rejected or Scheduled.",
        "tests/csms/v16/test_availability.py::test_a_change_is_done_put_off_or_rejected",
    ),
    shown(
        "1.1-4",
        "ChangeConfiguration is answered with Accepted, Rejected, RebootRequired or NotSupported.",
        "tests/conformance/v16/test_configuration.py::test_tc_021_write",
        "tests/csms/v16/test_configuration.py::test_a_setting_that_waits_for_a_restart",
    ),
    shown(
        "1.1-5",
        "ClearCache is answered with Accepted, or with Rejected where no cache is kept.",
        "tests/conformance/v16/test_cache.py::test_tc_061_1_clear_then_card",
        "tests/csms/v16/test_authorization.py::test_clear_cache",
    ),
    shown(
        "1.1-6",
        "DataTransfer from the CSMS is answered.",
        "tests/conformance/v16/test_data_transfer.py::test_tc_062_unknown_vendor",
    ),
    unmet(
        "1.1-7",
        "DataTransfer is sent to the CSMS.",
        "The station has nothing to tell in messages of a vendor, so it sends none.",
    ),
    shown(
        "1.1-8",
        "GetConfiguration is answered with known keys and, apart from them, unknown ones.",
        "tests/conformance/v16/test_configuration.py::test_tc_019_read",
        "tests/csms/v16/test_configuration.py::test_unknown_keys_are_told_apart",
    ),
    shown(
        "1.1-9",
        "Heartbeat is sent, and its answer sets the clock.",
        "tests/conformance/v16/test_boot.py::test_tc_001_boot_statuses_heartbeats",
        "tests/csms/v16/test_provisioning.py::test_heartbeat",
    ),
    shown(
        "1.1-10",
        "MeterValues are sent with the connector, the transaction and each value as text.",
        "tests/conformance/v16/test_meter_values.py::test_tc_070_sampled",
        "tests/csms/v16/test_metering.py::test_a_value_says_what_it_is",
    ),
    shown(
        "1.1-11",
        "RemoteStartTransaction is answered with Accepted or Rejected.",
        "tests/conformance/v16/test_remote.py::test_tc_010_cable_first",
        "tests/conformance/v16/test_remote.py::test_tc_026_a_transaction_runs",
    ),
    shown(
        "1.1-12",
        "RemoteStopTransaction is answered with Accepted or Rejected.",
        "tests/conformance/v16/test_remote.py::test_tc_012_remote_stop",
        "tests/conformance/v16/test_remote.py::test_tc_028_unknown_transaction",
    ),
    shown(
        "1.1-13",
        "Reset is answered for Hard and for Soft.",
        "tests/conformance/v16/test_reset.py::test_tc_013_hard_reset",
        "tests/conformance/v16/test_reset.py::test_tc_014_soft_reset",
    ),
    shown(
        "1.1-14",
        "StartTransaction is sent with connector, tag, register in whole watt-hours and "
        "time, and its number is kept.",
        "tests/csms/v16/test_transactions.py::test_start",
        "tests/csms/v16/test_transactions.py::test_start_answer",
    ),
    shown(
        "1.1-15",
        "StatusNotification is sent with every status, error code and vendor code that there is.",
        "tests/csms/v16/test_availability.py::test_every_status_is_a_word_of_1_6",
        "tests/csms/v16/test_availability.py::test_every_fault_of_the_table_can_be_told",
    ),
    shown(
        "1.1-16",
        "StopTransaction is sent with number, register, time, tag and reason.",
        "tests/csms/v16/test_transactions.py::test_stop",
        "tests/csms/v16/test_transactions.py::test_every_reason_has_a_word",
    ),
    shown(
        "1.1-17",
        "UnlockConnector is answered with Unlocked, UnlockFailed or NotSupported.",
        "tests/conformance/v16/test_unlock.py::test_tc_017_1_free_socket",
        "tests/csms/v16/test_availability.py::test_unlocking_tells_how_it_went",
    ),
    # 1.2
    shown(
        "1.2-1",
        "GetDiagnostics is answered with the name of a file, or with none.",
        "tests/conformance/v16/test_firmware.py::test_tc_045_1_diagnostics",
        "tests/csms/v16/test_diagnostics.py::test_no_file_name_says_that_nothing_is_sent",
    ),
    shown(
        "1.2-2",
        "DiagnosticsStatusNotification is sent for every step of an upload.",
        "tests/conformance/v16/test_firmware.py::test_tc_045_1_diagnostics",
        "tests/csms/v16/test_diagnostics.py::test_without_a_number_four_words_are_enough",
    ),
    shown(
        "1.2-3",
        "UpdateFirmware is answered, and done.",
        "tests/conformance/v16/test_firmware.py::test_tc_044_1_install",
    ),
    shown(
        "1.2-4",
        "FirmwareStatusNotification is sent for every step of an update.",
        "tests/conformance/v16/test_firmware.py::test_tc_044_1_install",
        "tests/csms/v16/test_firmware.py::test_without_a_number_the_words_of_16_are_told",
    ),
    shown(
        "1.2-5",
        "GetLocalListVersion is answered with the version.",
        "tests/conformance/v16/test_local_list.py::test_tc_042_2_empty_list",
        "tests/csms/v16/test_local_list.py::test_the_version_is_told",
    ),
    shown(
        "1.2-6",
        "SendLocalList is answered with Accepted, Failed, NotSupported or VersionMismatch.",
        "tests/conformance/v16/test_local_list.py::test_tc_043_send",
        "tests/csms/v16/test_local_list.py::test_a_refusal_has_its_word",
    ),
    shown(
        "1.2-7",
        "ReserveNow is answered with Accepted, Faulted, Occupied, Rejected or Unavailable.",
        "tests/conformance/v16/test_reservation.py::test_tc_046_1_start_by_card",
        "tests/csms/v16/test_reservation.py::test_a_refusal_has_its_word",
    ),
    shown(
        "1.2-8",
        "CancelReservation is answered with Accepted or Rejected.",
        "tests/conformance/v16/test_reservation.py::test_tc_051_cancel",
        "tests/conformance/v16/test_reservation.py::test_tc_052_cancel_unknown",
    ),
    shown(
        "1.2-9",
        "SetChargingProfile is answered with Accepted or Rejected.",
        "tests/csms/v16/test_charging.py::test_profiles_are_accepted_where_they_belong",
        "tests/csms/v16/test_charging.py::test_a_profile_that_fits_nowhere_is_rejected",
    ),
    shown(
        "1.2-10",
        "ClearChargingProfile is answered with Accepted or Unknown.",
        "tests/csms/v16/test_charging.py::test_clearing_changes_the_schedule_each_time",
    ),
    shown(
        "1.2-11",
        "GetCompositeSchedule is answered with a schedule, or Rejected without one.",
        "tests/csms/v16/test_charging.py::test_a_schedule_is_told_whole",
        "tests/csms/v16/test_charging.py::test_no_schedule_is_told_of_nothing",
    ),
    shown(
        "1.2-12",
        "TriggerMessage is answered for each of its six messages.",
        "tests/conformance/v16/test_trigger.py::test_tc_054_trigger",
        "tests/conformance/v16/test_trigger.py::test_tc_055_unknown_connector",
    ),
    shown(
        "1.2-13",
        "SupportedFeatureProfiles names the profiles whose messages are understood, and no other.",
        "tests/conformance/v16/test_configuration.py::test_tc_019_read",
        "tests/csms/v16/test_configuration.py::test_the_constants_describe_the_station",
    ),
    shown(
        "1.2-14",
        "Every message obeys its schema in both directions.",
        "tests/protocols/ocpp/test_codec_against_schemas.py::"
        "test_we_accept_what_the_schema_accepts",
        "tests/protocols/ocpp/test_codec.py::test_we_cannot_send_what_the_schema_forbids",
    ),
    # 1.3
    shown(
        "1.3-1",
        "CertificateSigned is answered with Accepted or Rejected.",
        "tests/conformance/v16/test_security.py::test_tc_074_new_certificate",
        "tests/conformance/v16/test_security.py::test_tc_077_wrong_certificate",
    ),
    shown(
        "1.3-2",
        "DeleteCertificate is answered with Accepted, Failed or NotFound.",
        "tests/conformance/v16/test_security.py::test_tc_076_delete",
        "tests/csms/v16/test_certificates.py::test_the_root_in_use_stays",
    ),
    shown(
        "1.3-3",
        "ExtendedTriggerMessage is answered, and followed by what it asked for.",
        "tests/csms/v16/test_remote.py::test_extended_triggers_follow_the_same_rules",
        "tests/conformance/v16/test_security.py::test_tc_074_new_certificate",
    ),
    shown(
        "1.3-4",
        "GetInstalledCertificateIds is answered with the roots of one use.",
        "tests/conformance/v16/test_security.py::test_tc_075_2_csms",
        "tests/csms/v16/test_certificates.py::test_a_root_is_installed_listed_and_deleted",
    ),
    shown(
        "1.3-5",
        "GetLog is answered with the name of a file and whether another upload was given up.",
        "tests/conformance/v16/test_security.py::test_tc_079_security_log",
        "tests/csms/v16/test_diagnostics.py::test_a_log_is_sent_with_its_number",
    ),
    shown(
        "1.3-6",
        "InstallCertificate is answered with Accepted, Failed or Rejected.",
        "tests/conformance/v16/test_security.py::test_tc_075_1_manufacturer",
        "tests/csms/v16/test_certificates.py::test_a_disk_that_fails_is_told",
    ),
    shown(
        "1.3-7",
        "LogStatusNotification is sent for every step of an upload, with the number of "
        "its request.",
        "tests/conformance/v16/test_security.py::test_tc_079_security_log",
        "tests/csms/v16/test_diagnostics.py::test_with_a_number_every_word_is_told",
    ),
    shown(
        "1.3-8",
        "SecurityEventNotification is sent with type, time and what was seen.",
        "tests/csms/v16/test_security.py::test_a_security_event_is_told",
    ),
    shown(
        "1.3-9",
        "SignCertificate is sent with a request in PEM.",
        "tests/conformance/v16/test_security.py::test_tc_074_new_certificate",
        "tests/csms/v16/test_certificates.py::test_a_certificate_is_asked_for_and_taken",
    ),
    shown(
        "1.3-10",
        "SignedFirmwareStatusNotification is sent for every step of a signed update, "
        "with the number of its request.",
        "tests/conformance/v16/test_security.py::test_tc_080_signed_firmware",
        "tests/csms/v16/test_firmware.py::test_with_a_number_every_word_is_told",
    ),
    shown(
        "1.3-11",
        "SignedUpdateFirmware is answered with Accepted, Rejected, AcceptedCanceled or "
        "InvalidCertificate.",
        "tests/csms/v16/test_firmware.py::test_signed_firmware_has_an_answer_for_all",
    ),
    unmet(
        "1.3-12",
        "SignedUpdateFirmware is answered with RevokedCertificate where the signer was revoked.",
        "The station has no lists of revoked certificates for those who sign firmware.",
    ),
    # 1.4
    shown(
        "1.4-1",
        "Every value says its context, measurand, unit and phase.",
        "tests/csms/v16/test_metering.py::test_a_value_says_what_it_is",
        "tests/csms/v16/test_metering.py::test_every_context_has_a_word",
    ),
    shown(
        "1.4-2",
        "A frequency is told without a unit.",
        "tests/csms/v16/test_metering.py::test_a_frequency_has_no_unit",
    ),
    unmet(
        "1.4-3",
        "Temperatures are told under the old spelling of their unit.",
        "No meter of the station measures a temperature.",
    ),
    shown(
        "1.4-4",
        "Reasons of a stop that 1.6 lacks become Other.",
        "tests/csms/v16/test_transactions.py::test_every_reason_has_a_word",
    ),
    shown(
        "1.4-5",
        "A vehicle that does not talk is told as an error only in the four statuses "
        "that have a vehicle.",
        "tests/csms/v16/test_availability.py::test_a_vehicle_that_does_not_talk_has_to_be_there",
    ),
    shown(
        "1.4-6",
        "OtherError always comes with a vendor's code.",
        "tests/csms/v16/test_availability.py::test_every_fault_of_the_table_can_be_told",
    ),
    shown(
        "1.4-7",
        "Times are written in UTC and read with any offset and fraction.",
        "tests/protocols/ocpp/test_timestamp.py::test_every_spelling_of_an_instant_is_understood",
        "tests/protocols/ocpp/test_timestamp.py::test_we_write_milliseconds_in_utc",
    ),
    shown(
        "1.4-8",
        "Connectors count from 1 without gaps, and 0 is the station.",
        "tests/csms/v16/test_configuration.py::test_the_constants_describe_the_station",
        "tests/csms/v16/test_availability.py::test_the_station_itself_is_connector_0",
    ),
    shown(
        "1.4-9",
        "A register never runs backwards.",
        "tests/station/test_reset.py::test_the_register_never_ends_below_its_beginning",
    ),
)
