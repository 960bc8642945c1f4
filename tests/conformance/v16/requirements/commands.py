"""What sections 4.5 to 4.9 demand, from the queue to the change of availability."""

from __future__ import annotations

from tests.conformance.v16.requirements.row import shown, unmet

ROWS = (
    # 4.5
    shown(
        "4.5-1",
        "Start, end and meter values of transactions wait in one queue, in order, "
        "across power cuts.",
        "tests/scenarios/test_any_talking_day.py::test_any_talking_day",
        "tests/e2e/test_power_cut.py::test_a_cut_at_every_commit",
    ),
    shown(
        "4.5-2",
        "Other messages may overtake them.",
        "tests/csms/test_talk.py::test_somebody_at_the_station_goes_first",
    ),
    shown(
        "4.5-3",
        "Offline everything waits, and then goes in order.",
        "tests/conformance/v16/test_power_and_offline.py::test_tc_039_offline_transaction",
        "tests/scenarios/test_offline_week.py::test_a_week_without_the_csms",
    ),
    shown(
        "4.5-4",
        "A refusal or silence counts, and the n-th wait is n intervals.",
        "tests/csms/test_talk.py::test_a_refused_notice_is_repeated_ever_later_and_then_given_up",
        "tests/csms/test_outbox.py::test_the_wait_grows_with_the_attempts",
    ),
    shown(
        "4.5-5",
        "After the last attempt the next message has its turn.",
        "tests/csms/test_outbox.py::test_dropped_after_the_last_attempt",
        "tests/csms/test_talk.py::test_a_refused_notice_is_repeated_ever_later_and_then_given_up",
    ),
    shown(
        "4.5-6",
        "A lost connection loses no message, and it goes again under its id.",
        "tests/csms/test_talk.py::test_a_lost_connection_loses_no_durable_notice",
        "tests/storage/test_backlog.py::test_message_ids_stay",
    ),
    shown(
        "4.5-7",
        "Meter values wait for the number of their transaction.",
        "tests/csms/v16/test_transactions.py::test_sample_carries_the_number",
        "tests/conformance/v16/test_power_and_offline.py::test_tc_036_connection_lost",
    ),
    # 4.6
    shown(
        "4.6-1",
        "A start at connector 0 is Rejected.",
        "tests/conformance/v16/test_remote.py::test_tc_027_connector_0",
    ),
    shown(
        "4.6-2",
        "Without a connector the station chooses one that can be used.",
        "tests/station/test_remote.py::test_the_station_chooses_a_plugged_evse_else_a_free_one",
        "tests/station/test_remote_start.py::test_without_an_evse_the_station_chooses_another",
    ),
    shown(
        "4.6-3",
        "A connector that is free, prepared, finishing or reserved for the tag is Accepted.",
        "tests/station/test_remote_start.py::test_accepted",
    ),
    shown(
        "4.6-4",
        "One that is in use, faulty, out of use, reserved for another or being "
        "authorized is Rejected.",
        "tests/conformance/v16/test_remote.py::test_tc_026_a_transaction_runs",
        "tests/station/test_remote_start.py::test_rejected",
    ),
    shown(
        "4.6-5",
        "Where it is wanted the tag is checked like a card after the answer.",
        "tests/conformance/v16/test_remote.py::test_tc_010_cable_first",
        "tests/conformance/v16/test_authorization.py::test_tc_023_5_a_bad_remote_start",
    ),
    shown(
        "4.6-6",
        "Where it is not wanted nobody is asked.",
        "tests/station/test_remote.py::test_an_unchecked_start_asks_nobody",
    ),
    shown(
        "4.6-7",
        "Without a cable it prepares and times out.",
        "tests/conformance/v16/test_remote.py::test_tc_011_1_remote_start_first",
        "tests/conformance/v16/test_remote.py::test_tc_011_2_connection_time_out",
    ),
    shown(
        "4.6-8",
        "A profile comes along and limits the transaction.",
        "tests/conformance/v16/test_smart_charging.py::test_tc_059_remote_start_with_profile",
        "tests/station/test_profiles.py::test_a_remote_start_brings_its_profile",
    ),
    shown(
        "4.6-9",
        "A profile of another purpose or with a transaction starts nothing.",
        "tests/conformance/v16/test_smart_charging.py::test_tc_060_remote_start_with_another_purpose",
        "tests/csms/v16/test_remote.py::test_a_profile_that_names_a_transaction_rejects_a_start",
    ),
    shown(
        "4.6-10",
        "A stop is Accepted for a transaction that runs, and Rejected otherwise.",
        "tests/conformance/v16/test_remote.py::test_tc_012_remote_stop",
        "tests/conformance/v16/test_remote.py::test_tc_028_unknown_transaction",
    ),
    # 4.7
    shown(
        "4.7-1",
        "The answer to a reset precedes what it does.",
        "tests/runtime/test_turns.py::test_the_answer_comes_between_the_disk_and_the_deed",
        "tests/csms/test_talk.py::test_the_answer_precedes_what_it_causes",
    ),
    shown(
        "4.7-2",
        "Soft ends the transactions in order, tells that, and restarts.",
        "tests/conformance/v16/test_reset.py::test_tc_016_soft_reset_in_a_transaction",
        "tests/runtime/test_running.py::test_a_soft_reset_tells_the_csms_before_it_restarts",
    ),
    shown(
        "4.7-3",
        "Hard restarts at once, and the end is told at the latest after the boot.",
        "tests/conformance/v16/test_reset.py::test_tc_015_hard_reset_in_a_transaction",
    ),
    shown(
        "4.7-4",
        "After it comes a boot with all statuses, and a cable is still Preparing or Finishing.",
        "tests/conformance/v16/test_reset.py::test_tc_013_hard_reset",
        "tests/conformance/v16/test_reset.py::test_tc_016_soft_reset_in_a_transaction",
    ),
    shown(
        "4.7-5",
        "What was out of use stays so.",
        "tests/conformance/v16/test_reset.py::test_tc_013_hard_reset",
        "tests/conformance/v16/test_reset.py::test_tc_014_soft_reset",
    ),
    shown(
        "4.7-6",
        "A reset that fails is tried again, and then told as ResetFailure.",
        "tests/runtime/test_running.py::"
        "test_hardware_that_does_not_rest_is_waited_for_as_often_as_set",
        "tests/station/test_telling.py::test_a_restart_that_fails_is_told",
    ),
    # 4.8
    unmet(
        "4.8-1",
        "With a supply of its own the station ends transactions before it goes down.",
        "There is no back-up supply.",
    ),
    shown(
        "4.8-2",
        "Without one the transaction is ended after the boot with the last known register.",
        "tests/conformance/v16/test_power_and_offline.py::test_tc_032_2_power_failure",
        "tests/station/test_reset.py::test_a_power_cut_keeps_the_last_checkpoint",
    ),
    # 4.9
    shown(
        "4.9-1",
        "An idle connector changes at once.",
        "tests/csms/v16/test_availability.py::test_one_connector_is_taken_in_or_out_of_use",
        "tests/station/test_availability.py::test_every_level_counts",
    ),
    shown(
        "4.9-2",
        "One in use changes when its transaction has ended, and idle ones meanwhile.",
        "tests/station/test_availability.py::test_a_transaction_puts_it_off",
        "tests/station/test_availability.py::test_the_station_waits_for_the_one_socket_only",
    ),
    shown(
        "4.9-3",
        "What is so already is Accepted, and an unknown connector Rejected.",
        "tests/station/test_availability.py::test_what_is_so_already_is_accepted_and_not_written",
        "tests/station/test_availability.py::test_unknown_parts",
    ),
    shown(
        "4.9-4",
        "Operative takes back what was scheduled.",
        "tests/station/test_availability.py::test_operative_takes_a_scheduled_change_back",
    ),
    shown(
        "4.9-5",
        "It outlasts a power cut, of the station as well.",
        "tests/conformance/v16/test_power_and_offline.py::test_tc_034_power_failure_out_of_use",
    ),
)
