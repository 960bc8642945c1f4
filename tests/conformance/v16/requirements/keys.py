"""What the keys of section 2 must do."""

from __future__ import annotations

from tests.conformance.v16.requirements.row import shown, unmet

ROWS = (
    # 2
    shown(
        "2-1",
        "Without names every readable key is told.",
        "tests/csms/v16/test_configuration.py::test_all_keys_are_told_when_none_is_named",
    ),
    shown(
        "2-2",
        "Known and unknown keys are told apart, in any case of letters.",
        "tests/csms/v16/test_configuration.py::test_unknown_keys_are_told_apart",
        "tests/csms/v16/test_configuration.py::test_case_plays_no_part",
    ),
    shown(
        "2-3",
        "A key for something that is not built is not listed.",
        "tests/csms/v16/test_configuration.py::test_all_keys_are_told_when_none_is_named",
    ),
    shown(
        "2-4",
        "A write that is Accepted is in force and on disk.",
        "tests/csms/v16/test_configuration.py::test_a_write_is_kept_and_told",
        "tests/station/test_settings.py::test_settings_come_back_from_the_disk",
    ),
    shown(
        "2-5",
        "A write that waits for the next start is answered RebootRequired.",
        "tests/csms/v16/test_configuration.py::test_a_setting_that_waits_for_a_restart",
        "tests/station/test_settings.py::test_some_settings_wait_for_the_restart",
    ),
    shown(
        "2-6",
        "An unknown key is NotSupported.",
        "tests/conformance/v16/test_configuration.py::test_tc_040_1_unknown_key",
    ),
    shown(
        "2-7",
        "A write that is Rejected changes nothing.",
        "tests/conformance/v16/test_configuration.py::test_tc_040_2_wrong_value",
        "tests/csms/v16/test_configuration.py::test_a_wrong_value_is_rejected_and_changes_nothing",
    ),
    shown(
        "2-8",
        "Truth, numbers and lists are read in every usual spelling.",
        "tests/properties/test_kinds.py::test_lists_keep_their_own_spelling",
    ),
    shown(
        "2-9",
        "Every list that can be written tells how long it may be.",
        "tests/csms/v16/test_configuration.py::test_lists_tell_how_long_they_may_be",
    ),
    shown(
        "2-10",
        "More keys than promised are answered all the same.",
        "tests/csms/v16/test_configuration.py::"
        "test_more_keys_than_promised_are_answered_all_the_same",
    ),
    # 2.1
    shown(
        "2.1-1",
        "AllowOfflineTxForUnknownId: a stranger may start while the CSMS is away.",
        "tests/station/test_charging_session.py::test_offline_unknown_cards_start_when_allowed",
    ),
    shown(
        "2.1-2",
        "AuthorizationCacheEnabled: without it nobody is remembered.",
        "tests/station/test_authorization.py::test_without_a_cache_nothing_is_remembered",
    ),
    shown(
        "2.1-3",
        "AuthorizeRemoteTxRequests: a remote start is checked like a card.",
        "tests/conformance/v16/test_remote.py::test_tc_010_cable_first",
        "tests/station/test_remote.py::test_an_unchecked_start_asks_nobody",
    ),
    unmet(
        "2.1-4",
        "BlinkRepeat: how often a light blinks.",
        "Nothing stands behind it, so it is not listed.",
    ),
    shown(
        "2.1-5",
        "ClockAlignedDataInterval: meter values on a grid that begins at midnight, 0 for none.",
        "tests/station/test_metering.py::test_the_grid_starts_anew_at_midnight",
        "tests/station/test_metering.py::test_switched_off_the_grid_is_gone",
    ),
    shown(
        "2.1-6",
        "ConnectionTimeOut: who does not plug in in time has to begin anew.",
        "tests/conformance/v16/test_start.py::test_tc_004_2_connection_time_out",
        "tests/conformance/v16/test_remote.py::test_tc_011_2_connection_time_out",
    ),
    shown(
        "2.1-7",
        "ConnectorPhaseRotation: how the lines are connected, malformed entries refused.",
        "tests/csms/v16/test_configuration.py::test_phase_rotations_are_kept",
        "tests/csms/v16/test_configuration.py::test_a_wrong_value_is_rejected_and_changes_nothing",
    ),
    shown(
        "2.1-8",
        "ConnectorPhaseRotationMaxLength: one entry for the grid and one for each connector.",
        "tests/csms/v16/test_configuration.py::test_lists_tell_how_long_they_may_be",
    ),
    shown(
        "2.1-9",
        "GetConfigurationMaxKeys: how many keys one question may name.",
        "tests/csms/v16/test_configuration.py::test_every_required_key_answers",
        "tests/csms/v16/test_configuration.py::"
        "test_more_keys_than_promised_are_answered_all_the_same",
    ),
    shown(
        "2.1-10",
        "HeartbeatInterval: the answer to the boot overwrites it, and a write counts at once.",
        "tests/csms/v16/test_configuration.py::test_the_interval_of_the_registration_is_kept",
        "tests/csms/v16/test_configuration.py::"
        "test_the_interval_of_the_registration_overwrites_what_was_written",
    ),
    shown(
        "2.1-11",
        "LightIntensity: how bright the lights are.",
        "tests/station/test_settings.py::test_the_lights_are_as_bright_as_is_set",
    ),
    shown(
        "2.1-12",
        "LocalAuthorizeOffline: remembered tags may start while the CSMS is away.",
        "tests/station/test_authorization.py::test_offline_rules",
    ),
    shown(
        "2.1-13",
        "LocalPreAuthorize: known tags start without a question.",
        "tests/conformance/v16/test_cache.py::test_tc_007_1_cached_card",
        "tests/conformance/v16/test_local_list.py::test_tc_008_1_listed_card",
    ),
    shown(
        "2.1-14",
        "MaxEnergyOnInvalidId: how much energy a tag gets that turned out to be bad.",
        "tests/station/test_judgement.py::test_some_energy_flows_before_the_rule_applies",
    ),
    shown(
        "2.1-15",
        "MessageTimeout: how long an answer is waited for.",
        "tests/csms/test_talk.py::test_silence_counts_as_an_attempt",
    ),
    shown(
        "2.1-16",
        "MeterValuesAlignedData: what values on the grid hold.",
        "tests/conformance/v16/test_meter_values.py::test_tc_071_clock_aligned",
        "tests/csms/v16/test_configuration.py::test_a_wrong_value_is_rejected_and_changes_nothing",
    ),
    shown(
        "2.1-17",
        "MeterValuesAlignedDataMaxLength: as many as can be wanted.",
        "tests/csms/v16/test_configuration.py::test_all_keys_are_told_when_none_is_named",
    ),
    shown(
        "2.1-18",
        "MeterValuesSampledData: what samples hold, and the energy where it is empty.",
        "tests/conformance/v16/test_meter_values.py::test_tc_070_sampled",
        "tests/csms/v16/test_configuration.py::test_no_measurand_is_the_usual_one",
    ),
    shown(
        "2.1-19",
        "MeterValuesSampledDataMaxLength: as many as can be wanted.",
        "tests/csms/v16/test_configuration.py::test_lists_tell_how_long_they_may_be",
    ),
    shown(
        "2.1-20",
        "MeterValueSampleInterval: counts from the start, 0 for none, in force for who "
        "charges too.",
        "tests/station/test_metering.py::test_a_new_interval_counts_from_the_start",
        "tests/conformance/v16/test_configuration.py::test_tc_040_2_wrong_value",
    ),
    shown(
        "2.1-21",
        "MinimumStatusDuration: how long a status must last to be told.",
        "tests/station/test_telling.py::test_a_status_is_told_when_it_has_lasted",
        "tests/station/test_telling.py::test_a_status_that_does_not_last_is_never_told",
    ),
    shown(
        "2.1-22",
        "NumberOfConnectors: how many there are.",
        "tests/csms/v16/test_configuration.py::test_the_constants_describe_the_station",
    ),
    shown(
        "2.1-23",
        "ResetRetries: how often a restart is tried again.",
        "tests/runtime/test_running.py::"
        "test_hardware_that_does_not_rest_is_waited_for_as_often_as_set",
    ),
    shown(
        "2.1-24",
        "StopTransactionMaxMeterValues: how many samples the end carries, its ends never dropped.",
        "tests/station/test_kept.py::test_a_long_transaction_stays_small",
        "tests/station/test_kept.py::test_begin_and_end_are_never_dropped",
    ),
    shown(
        "2.1-25",
        "StopTransactionOnEVSideDisconnect: whether leaving ends the transaction.",
        "tests/conformance/v16/test_stop.py::test_tc_005_1_stop_and_unlock",
        "tests/conformance/v16/test_stop.py::test_tc_005_3_go_on",
    ),
    shown(
        "2.1-26",
        "StopTransactionOnInvalidId: whether a bad tag ends the transaction.",
        "tests/conformance/v16/test_power_and_offline.py::test_tc_037_2_bad_card_may_stay",
        "tests/conformance/v16/test_power_and_offline.py::test_tc_037_3_bad_card_is_stopped",
    ),
    shown(
        "2.1-27",
        "StopTxnAlignedData: what the end carries from the grid.",
        "tests/csms/v16/test_configuration.py::test_a_stop_carries_aligned_samples_alone",
        "tests/station/test_kept.py::test_aligned_samples_too",
    ),
    shown(
        "2.1-28",
        "StopTxnAlignedDataMaxLength: as many as can be wanted.",
        "tests/csms/v16/test_configuration.py::test_all_keys_are_told_when_none_is_named",
    ),
    shown(
        "2.1-29",
        "StopTxnSampledData: what the end carries of samples.",
        "tests/csms/v16/test_configuration.py::"
        "test_a_stop_carries_samples_in_the_rhythm_of_the_meter_values",
        "tests/csms/v16/test_configuration.py::test_a_stop_carries_nothing_where_nothing_is_wanted",
    ),
    shown(
        "2.1-30",
        "StopTxnSampledDataMaxLength: as many as can be wanted.",
        "tests/csms/v16/test_configuration.py::test_all_keys_are_told_when_none_is_named",
    ),
    shown(
        "2.1-31",
        "SupportedFeatureProfiles: which profiles there are.",
        "tests/conformance/v16/test_configuration.py::test_tc_019_read",
    ),
    unmet(
        "2.1-32",
        "SupportedFeatureProfilesMaxLength: how many those are.",
        "Nobody writes that list, so nobody has a use for its length, and it is not listed.",
    ),
    shown(
        "2.1-33",
        "TransactionMessageAttempts: how often a message of a transaction is tried.",
        "tests/csms/test_talk.py::test_a_refused_notice_is_repeated_ever_later_and_then_given_up",
        "tests/csms/test_outbox.py::test_dropped_after_the_last_attempt",
    ),
    shown(
        "2.1-34",
        "TransactionMessageRetryInterval: the wait that grows with every attempt.",
        "tests/csms/test_outbox.py::test_the_wait_grows_with_the_attempts",
    ),
    shown(
        "2.1-35",
        "UnlockConnectorOnEVSideDisconnect: whether leaving lets the plug go.",
        "tests/conformance/v16/test_stop.py::test_tc_005_1_stop_and_unlock",
        "tests/conformance/v16/test_stop.py::test_tc_005_2_stop_and_stay_locked",
    ),
    shown(
        "2.1-36",
        "WebSocketPingInterval: how often the CSMS is pinged.",
        "tests/scenarios/test_flapping.py::test_a_csms_that_vanishes_is_found",
        "tests/csms/test_link.py::test_a_missing_pong_ends_the_link",
    ),
    # 2.2
    shown(
        "2.2-1",
        "LocalAuthListEnabled: without it the list decides nothing.",
        "tests/conformance/v16/test_local_list.py::test_tc_043_1_no_list",
        "tests/station/test_local_list.py::test_a_list_that_is_switched_off_is_not_written",
    ),
    shown(
        "2.2-2",
        "LocalAuthListMaxLength: how many tags the list may hold.",
        "tests/station/test_local_list.py::test_a_list_may_be_as_long_as_it_says",
    ),
    shown(
        "2.2-3",
        "SendLocalListMaxLength: how many tags may come at once.",
        "tests/csms/v16/test_local_list.py::test_the_list_tells_how_long_it_may_be",
    ),
    shown(
        "2.2-4",
        "ReserveConnectorZeroSupported: whether the station as a whole can be reserved.",
        "tests/conformance/v16/test_reservation.py::test_tc_050_4_station_rejected",
        "tests/station/test_reservations.py::test_without_the_setting_an_evse_must_be_named",
    ),
    shown(
        "2.2-5",
        "ChargeProfileMaxStackLevel: the highest level of a profile.",
        "tests/station/test_profiles.py::test_a_profile_that_is_none_is_refused",
    ),
    shown(
        "2.2-6",
        "ChargingScheduleAllowedChargingRateUnit: ampere and watts.",
        "tests/station/test_profiles.py::test_it_is_told_in_the_unit_that_is_asked_for",
        "tests/csms/v16/test_configuration.py::test_every_required_key_answers",
    ),
    shown(
        "2.2-7",
        "ChargingScheduleMaxPeriods: how many periods a schedule may have.",
        "tests/station/test_profiles.py::test_a_profile_that_is_none_is_refused",
    ),
    shown(
        "2.2-8",
        "ConnectorSwitch3to1PhaseSupported: the station does not change the lines in "
        "use by itself.",
        "tests/csms/v16/test_configuration.py::test_all_keys_are_told_when_none_is_named",
    ),
    shown(
        "2.2-9",
        "MaxChargingProfilesInstalled: how many profiles fit.",
        "tests/station/test_profiles.py::test_only_so_many_fit",
    ),
    shown(
        "2.2-10",
        "SupportedFileTransferProtocols: by which ways files come and go.",
        "tests/csms/v16/test_diagnostics.py::test_all_schemes_are_told",
    ),
    # 2.3
    shown(
        "2.3-1",
        "AdditionalRootCertificateCheck: a new root must be signed by the present one.",
        "tests/csms/v16/test_certificates.py::test_a_new_root_must_be_signed_where_that_is_wanted",
    ),
    shown(
        "2.3-2",
        "AuthorizationKey: hexadecimal, 16 to 20 bytes, used at once.",
        "tests/conformance/v16/test_security.py::test_tc_073_new_password",
        "tests/csms/v16/test_configuration.py::test_a_password_need_not_be_text",
    ),
    shown(
        "2.3-3",
        "AuthorizationKey: never read back, and a wrong one is refused.",
        "tests/csms/v16/test_configuration.py::test_the_password_is_never_read_back",
        "tests/csms/v16/test_configuration.py::test_a_wrong_password_is_rejected",
    ),
    shown(
        "2.3-4",
        "CertificateSignedMaxChainSize: a longer chain is refused.",
        "tests/csms/v16/test_certificates.py::test_a_bad_certificate_is_rejected",
    ),
    shown(
        "2.3-5",
        "CertificateStoreMaxLength: a full store takes no root.",
        "tests/csms/v16/test_certificates.py::test_a_full_store_rejects",
    ),
    shown(
        "2.3-6",
        "CpoName: without it no certificate is asked for.",
        "tests/csms/v16/test_certificates.py::test_without_an_operator_no_certificate_is_asked_for",
        "tests/csms/v16/test_certificates.py::test_a_certificate_is_asked_for_and_taken",
    ),
    shown(
        "2.3-7",
        "SecurityProfile: it goes up only, and is in force by the next connection.",
        "tests/conformance/v16/test_security.py::test_tc_083_upgrade_to_tls",
        "tests/conformance/v16/test_security.py::test_tc_084_downgrade",
    ),
    # 2.4
    unmet(
        "2.4-1",
        "The keys of plug and charge by DataTransfer are there.",
        "Plug and charge is not built for 1.6, so none of them is listed.",
    ),
    unmet(
        "2.4-2",
        "The keys of prices on the display are there.",
        "No price is shown yet, so none of them is listed.",
    ),
)
