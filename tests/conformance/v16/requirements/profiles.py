"""What sections 4.14 to 4.17 demand, from charging profiles to messages of vendors."""

from __future__ import annotations

from tests.conformance.v16.requirements.row import shown, unmet

ROWS = (
    # 4.14
    shown(
        "4.14-1",
        "A profile of the station limits the sum of all connectors.",
        "tests/station/test_profiles.py::test_a_station_max_is_shared",
        "tests/station/test_profiles.py::"
        "test_all_together_are_the_sum_and_no_more_than_the_station_may_take",
    ),
    shown(
        "4.14-2",
        "A default holds for all, and a connector's own before it.",
        "tests/station/test_charging_profiles.py::"
        "test_an_evse_has_its_own_profiles_and_those_of_all",
        "tests/conformance/v16/test_smart_charging.py::test_tc_056_default",
    ),
    shown(
        "4.14-3",
        "A transaction's own replaces the default, and goes with it.",
        "tests/conformance/v16/test_smart_charging.py::test_tc_057_transaction",
        "tests/station/test_profiles.py::test_a_profile_of_a_transaction_dies_with_it",
    ),
    shown(
        "4.14-4",
        "A profile of a transaction that does not run there is Rejected.",
        "tests/conformance/v16/test_smart_charging.py::test_tc_058_1_no_transaction",
        "tests/conformance/v16/test_smart_charging.py::test_tc_058_2_another_transaction",
    ),
    shown(
        "4.14-5",
        "A schedule that breaks a rule, or one profile too many, is Rejected.",
        "tests/station/test_profiles.py::test_a_profile_that_is_none_is_refused",
        "tests/csms/v16/test_charging.py::test_a_schedule_that_is_none_is_rejected",
    ),
    shown(
        "4.14-6",
        "A profile of the station at a connector is Rejected.",
        "tests/csms/v16/test_charging.py::test_a_profile_that_fits_nowhere_is_rejected",
    ),
    shown(
        "4.14-7",
        "An unknown connector or word is an error.",
        "tests/csms/v16/test_charging.py::test_an_unknown_connector_is_an_error",
    ),
    shown(
        "4.14-8",
        "Without a number a profile is for the transaction that runs.",
        "tests/station/test_profiles.py::test_a_profile_of_a_transaction_needs_it_there",
    ),
    shown(
        "4.14-9",
        "The same id, or the same purpose, level and connector, is replaced at once.",
        "tests/station/test_profiles.py::test_a_profile_replaces_what_has_its_id_or_its_place",
        "tests/station/test_profiles.py::"
        "test_a_replacement_in_the_future_leaves_nothing_until_then",
    ),
    shown(
        "4.14-10",
        "A new default holds for who charges.",
        "tests/conformance/v16/test_smart_charging.py::test_tc_082_default_in_a_transaction",
        "tests/station/test_profiles.py::test_a_default_acts_on_a_running_transaction_at_once",
    ),
    shown(
        "4.14-11",
        "Profiles outlast power cuts, but those of transactions.",
        "tests/station/test_profiles.py::"
        "test_profiles_outlast_a_power_cut_but_those_of_transactions",
    ),
    shown(
        "4.14-12",
        "Absolute schedules count from their start, and relative ones from the transaction.",
        "tests/station/test_charging_profiles.py::test_periods_follow_each_other",
        "tests/station/test_charging_profiles.py::"
        "test_a_relative_schedule_counts_from_when_power_may_flow",
    ),
    shown(
        "4.14-13",
        "Recurring ones begin anew each day or week.",
        "tests/station/test_charging_profiles.py::test_a_recurring_schedule_begins_anew",
        "tests/station/test_charging_profiles.py::test_what_is_longer_than_its_recurrence_is_cut",
    ),
    shown(
        "4.14-14",
        "A duration ends a schedule, and without one the last limit stays.",
        "tests/station/test_charging_profiles.py::test_a_duration_ends_a_schedule",
        "tests/station/test_charging_profiles.py::test_periods_follow_each_other",
    ),
    shown(
        "4.14-15",
        "Validity bounds every profile.",
        "tests/station/test_charging_profiles.py::test_validity_bounds_every_profile",
    ),
    shown(
        "4.14-16",
        "The highest level that says anything leads.",
        "tests/conformance/v16/test_smart_charging.py::test_tc_072_stack",
        "tests/station/test_charging_profiles.py::test_the_highest_level_that_says_anything_leads",
    ),
    shown(
        "4.14-17",
        "The lowest of all purposes counts.",
        "tests/conformance/v16/test_smart_charging.py::test_tc_066_composite",
        "tests/station/test_charging_profiles.py::test_a_station_max_never_raises_anything",
    ),
    shown(
        "4.14-18",
        "Watts are spread over the lines in use.",
        "tests/station/test_charging_profiles.py::test_watts_are_spread_over_the_lines_in_use",
    ),
    shown(
        "4.14-19",
        "A number of lines beyond those in use leaves the limit as it is.",
        "tests/station/test_charging_profiles.py::"
        "test_what_was_meant_for_fewer_lines_does_not_flow_on_more",
    ),
    shown(
        "4.14-20",
        "Below six ampere charging is suspended, and not stopped.",
        "tests/station/test_profiles.py::test_too_little_suspends_and_does_not_stop",
    ),
    shown(
        "4.14-21",
        "A composite schedule starts now, in the unit that is wanted, with neighbours merged.",
        "tests/csms/v16/test_charging.py::test_a_schedule_is_told_whole",
        "tests/station/test_charging_profiles.py::test_neighbours_with_the_same_limit_are_one",
    ),
    shown(
        "4.14-22",
        "At connector 0 it is what all together may take.",
        "tests/station/test_profiles.py::"
        "test_all_together_are_the_sum_and_no_more_than_the_station_may_take",
    ),
    shown(
        "4.14-23",
        "An unknown connector has none.",
        "tests/csms/v16/test_charging.py::test_no_schedule_is_told_of_nothing",
    ),
    shown(
        "4.14-24",
        "Without profiles nothing is limited.",
        "tests/station/test_charging_profiles.py::test_without_profiles_nothing_is_limited",
    ),
    shown(
        "4.14-25",
        "Without profiles it is what the hardware allows.",
        "tests/station/test_profiles.py::test_a_schedule_counts_from_now",
    ),
    shown(
        "4.14-26",
        "Clearing goes by id alone, or by all other criteria together, and holds at once.",
        "tests/conformance/v16/test_smart_charging.py::test_tc_067_clear",
        "tests/station/test_profiles.py::test_what_fits_every_criterion_is_cleared",
    ),
    shown(
        "4.14-27",
        "Clearing nothing is Unknown.",
        "tests/csms/v16/test_charging.py::test_clearing_changes_the_schedule_each_time",
        "tests/station/test_profiles.py::test_clearing_nothing_is_told",
    ),
    # 4.15
    shown(
        "4.15-1",
        "The answer precedes the message.",
        "tests/csms/test_talk.py::test_the_answer_precedes_what_it_causes",
        "tests/conformance/v16/test_trigger.py::test_tc_054_trigger",
    ),
    shown(
        "4.15-2",
        "An unknown connector is Rejected.",
        "tests/conformance/v16/test_trigger.py::test_tc_055_unknown_connector",
        "tests/csms/v16/test_remote.py::test_an_unknown_connector_is_rejected",
    ),
    shown(
        "4.15-3",
        "Without a connector it is for all of them.",
        "tests/csms/v16/test_remote.py::test_a_triggered_status_of_no_connector_is_of_all",
        "tests/csms/v16/test_remote.py::test_triggered_meter_values_of_no_connector_are_of_all",
    ),
    shown(
        "4.15-4",
        "A connector that means nothing is ignored.",
        "tests/csms/v16/test_remote.py::test_a_triggered_heartbeat_follows",
    ),
    shown(
        "4.15-5",
        "What cannot be made is NotImplemented.",
        "tests/csms/v16/test_remote.py::test_extended_triggers_follow_the_same_rules",
    ),
    shown(
        "4.15-6",
        "A boot follows before acceptance only.",
        "tests/csms/v16/test_remote.py::test_a_triggered_boot_follows_before_acceptance_only",
    ),
    shown(
        "4.15-7",
        "Firmware and diagnostics are Idle, or what they are at.",
        "tests/conformance/v16/test_trigger.py::test_tc_054_trigger",
        "tests/csms/v16/test_diagnostics.py::test_triggers_tell_what_is_under_way",
    ),
    # 4.16
    shown(
        "4.16-1",
        "Firmware is fetched at its time, installed when nobody charges, and told step by step.",
        "tests/conformance/v16/test_firmware.py::test_tc_044_1_install",
        "tests/station/test_firmware_update.py::test_it_waits_for_the_last_transaction",
    ),
    shown(
        "4.16-2",
        "After so many retries the download has failed.",
        "tests/conformance/v16/test_firmware.py::test_tc_044_2_download_failed",
        "tests/station/test_firmware_update.py::test_retries_come_after_the_first_attempt",
    ),
    shown(
        "4.16-3",
        "A bad image ends as InstallationFailed, and the old version goes on.",
        "tests/conformance/v16/test_firmware.py::test_tc_044_3_installation_failed",
        "tests/station/test_firmware_update.py::test_a_bad_image_ends_it",
    ),
    shown(
        "4.16-4",
        "Installed is told after the boot.",
        "tests/conformance/v16/test_firmware.py::test_tc_044_1_install",
    ),
    shown(
        "4.16-5",
        "Diagnostics are one file with the name that was answered.",
        "tests/conformance/v16/test_firmware.py::test_tc_045_1_diagnostics",
    ),
    shown(
        "4.16-6",
        "Nothing is sent where no name is told.",
        "tests/csms/v16/test_diagnostics.py::test_no_file_name_says_that_nothing_is_sent",
    ),
    shown(
        "4.16-7",
        "Retries are what follows the first attempt.",
        "tests/conformance/v16/test_firmware.py::test_tc_045_2_upload_failed",
        "tests/station/test_log_upload.py::test_retries_come_after_the_first_attempt",
    ),
    shown(
        "4.16-8",
        "Only what lies between the two times is sent.",
        "tests/runtime/test_gathering.py::test_only_what_was_within_the_time_is_sent",
    ),
    shown(
        "4.16-9",
        "Files go by ftp, ftps, http and https, with credentials of the URL.",
        "tests/transfers/test_ftp.py::test_a_file_goes",
        "tests/transfers/test_web.py::test_a_file_is_sent",
    ),
    # 4.17
    shown(
        "4.17-1",
        "An unknown vendor is UnknownVendorId, without data.",
        "tests/conformance/v16/test_data_transfer.py::test_tc_062_unknown_vendor",
        "tests/csms/v16/test_data_transfer.py::test_no_vendor_is_known",
    ),
    unmet(
        "4.17-2",
        "An unknown message of a known vendor is UnknownMessageId.",
        "The station knows no vendor.",
    ),
)
