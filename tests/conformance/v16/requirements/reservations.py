"""What sections 4.10 to 4.13 demand, from the lock to meter values."""

from __future__ import annotations

from tests.conformance.v16.requirements.row import shown, unmet

ROWS = (
    # 4.10
    shown(
        "4.10-1",
        "Unknown connectors and fixed cables are NotSupported.",
        "tests/conformance/v16/test_unlock.py::test_tc_031_unknown_connector",
        "tests/conformance/v16/test_unlock.py::test_tc_017_2_free_fixed_cable",
    ),
    shown(
        "4.10-2",
        "A lock that moved is Unlocked, and one that did not UnlockFailed.",
        "tests/conformance/v16/test_unlock.py::test_tc_017_1_free_socket",
        "tests/conformance/v16/test_unlock.py::test_tc_030_jammed_lock",
    ),
    shown(
        "4.10-3",
        "Unlocking ends the transaction first.",
        "tests/conformance/v16/test_unlock.py::test_tc_018_1_charging_socket",
    ),
    shown(
        "4.10-4",
        "A fixed cable goes on charging.",
        "tests/conformance/v16/test_unlock.py::test_tc_018_2_charging_fixed_cable",
    ),
    # 4.11
    shown(
        "4.11-1",
        "The same number replaces its reservation.",
        "tests/station/test_reservations.py::test_the_same_number_replaces",
    ),
    shown(
        "4.11-2",
        "What is free is Accepted and Reserved.",
        "tests/conformance/v16/test_reservation.py::test_tc_046_1_start_by_card",
    ),
    shown(
        "4.11-3",
        "What is in use or reserved is Occupied.",
        "tests/conformance/v16/test_reservation.py::test_tc_048_2_occupied",
        "tests/station/test_reservations.py::test_what_is_not_free_cannot_be_reserved",
    ),
    shown(
        "4.11-4",
        "What is faulty is Faulted, and what is out of use Unavailable.",
        "tests/conformance/v16/test_reservation.py::test_tc_048_1_faulted",
        "tests/conformance/v16/test_reservation.py::test_tc_048_3_unavailable",
    ),
    shown(
        "4.11-5",
        "Where reservations are switched off they are Rejected.",
        "tests/conformance/v16/test_reservation.py::test_tc_048_4_rejected",
    ),
    shown(
        "4.11-6",
        "One that is over already is Rejected.",
        "tests/station/test_reservations.py::test_what_makes_no_sense_is_not_reserved",
    ),
    shown(
        "4.11-7",
        "Another tag is refused unasked where it cannot be meant.",
        "tests/conformance/v16/test_reservation.py::test_tc_046_1_start_by_card",
        "tests/station/test_reservations.py::test_another_card_is_turned_away_unasked",
    ),
    shown(
        "4.11-8",
        "A parent is looked up in list and cache, or asked for.",
        "tests/conformance/v16/test_reservation.py::test_tc_053_1_group_by_card",
        "tests/station/test_reservations.py::test_a_known_group_starts_unasked_if_it_may",
    ),
    shown(
        "4.11-9",
        "A reservation of the station keeps the last free connector.",
        "tests/conformance/v16/test_reservation.py::test_tc_049_station",
        "tests/station/test_reservations.py::test_any_evse_keeps_the_last_free_one",
    ),
    shown(
        "4.11-10",
        "It ends by use, time, cancelling, a fault or a change of availability.",
        "tests/station/test_reservations.py::test_who_reserved_starts",
        "tests/station/test_reservations.py::test_a_fault_or_a_change_of_availability_ends_it",
    ),
    shown(
        "4.11-11",
        "Its end by time is told by the status.",
        "tests/conformance/v16/test_reservation.py::test_tc_047_expire",
    ),
    shown(
        "4.11-12",
        "A known number is cancelled, and another Rejected.",
        "tests/conformance/v16/test_reservation.py::test_tc_051_cancel",
        "tests/conformance/v16/test_reservation.py::test_tc_052_cancel_unknown",
    ),
    shown(
        "4.11-13",
        "Reservations outlast power cuts.",
        "tests/station/test_reservations.py::test_it_survives",
        "tests/scenarios/test_reserved_day.py::test_it_outlasts_a_power_cut_and_then_expires",
    ),
    # 4.12
    shown(
        "4.12-1",
        "The version is -1 without a list, 0 while it is empty, and else what was sent.",
        "tests/conformance/v16/test_local_list.py::test_tc_042_1_no_list",
        "tests/csms/v16/test_local_list.py::test_the_version_is_told",
    ),
    shown(
        "4.12-2",
        "A whole list replaces everything, whatever its version.",
        "tests/station/test_local_list.py::test_a_whole_list_replaces_the_one_before",
        "tests/station/test_local_list.py::test_an_empty_list_has_a_version_all_the_same",
    ),
    shown(
        "4.12-3",
        "Changes need a later version, or nothing changes.",
        "tests/conformance/v16/test_local_list.py::test_tc_043_2_too_old",
        "tests/station/test_local_list.py::test_a_wish_that_cannot_be_fulfilled_changes_nothing",
    ),
    shown(
        "4.12-4",
        "A change adds, updates and removes.",
        "tests/station/test_local_list.py::test_a_change_adds_updates_and_removes",
        "tests/conformance/v16/test_local_list.py::test_tc_043_send",
    ),
    shown(
        "4.12-5",
        "An impossible version, a tag twice or too many are Failed, and the list stays.",
        "tests/conformance/v16/test_local_list.py::test_tc_043_3_cannot_be_used",
        "tests/station/test_local_list.py::test_a_wish_that_cannot_be_fulfilled_changes_nothing",
    ),
    shown(
        "4.12-6",
        "Switched off it is NotSupported.",
        "tests/conformance/v16/test_local_list.py::test_tc_043_1_no_list",
    ),
    shown(
        "4.12-7",
        "It outlasts power cuts.",
        "tests/station/test_local_list.py::test_the_list_survives",
    ),
    # 4.13
    shown(
        "4.13-1",
        "Samples come in every interval of a transaction, with its number.",
        "tests/conformance/v16/test_meter_values.py::test_tc_070_sampled",
        "tests/station/test_charging_session.py::test_samples_count_from_the_start",
    ),
    shown(
        "4.13-2",
        "Values on the grid come from every connector, with the transaction there is.",
        "tests/conformance/v16/test_meter_values.py::test_tc_071_clock_aligned",
        "tests/station/test_metering.py::test_aligned_values_outside_and_inside",
    ),
    unmet(
        "4.13-3",
        "Values on the grid come from connector 0 too.",
        "There is no meter of the whole station yet.",
    ),
    shown(
        "4.13-4",
        "Both are switched independently.",
        "tests/station/test_metering.py::test_switched_off_the_grid_is_gone",
        "tests/station/test_metering.py::test_nothing_wanted_nothing_told",
    ),
    shown(
        "4.13-5",
        "Every measurand that is wanted is told, of every line there is.",
        "tests/conformance/v16/test_meter_values.py::test_tc_070_sampled",
        "tests/station/test_metering.py::test_lines_are_told_as_the_installation_has_them",
    ),
    shown(
        "4.13-6",
        "A place of measurement is never told, so that the outlet is meant.",
        "tests/csms/v16/test_metering.py::test_a_value_says_what_it_is",
    ),
    shown(
        "4.13-7",
        "Triggered values have their own context and hold what samples hold.",
        "tests/conformance/v16/test_trigger.py::test_tc_054_trigger",
        "tests/station/test_remote.py::test_meters_are_reported",
    ),
    shown(
        "4.13-8",
        "Values of the grid carry the exact instant.",
        "tests/conformance/v16/test_meter_values.py::test_tc_071_clock_aligned",
        "tests/station/test_metering.py::test_a_late_tick_belongs_to_the_instant_that_passed",
    ),
    shown(
        "4.13-9",
        "The energy of an interval is what flowed within it.",
        "tests/station/test_metering.py::"
        "test_the_energy_of_an_interval_counts_from_the_sample_before",
    ),
)
