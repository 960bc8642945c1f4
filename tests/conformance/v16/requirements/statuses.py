"""What the statuses of section 3 must do."""

from __future__ import annotations

from tests.conformance.v16.requirements.row import shown, unmet

ROWS = (
    # 3.1
    shown(
        "3.1-1",
        "The arcs are those of the table.",
        "tests/station/test_ways.py::test_the_arcs_are_those_of_the_table",
    ),
    shown(
        "3.1-2",
        "A connector goes along no others.",
        "tests/scenarios/test_any_day.py::test_any_day",
        "tests/scenarios/test_statuses_on_the_wire.py::test_a_busy_day_goes_along_legal_arcs_only",
    ),
    shown(
        "3.1-3",
        "What lies between two statuses without an arc is told as well.",
        "tests/station/test_ways.py::test_there_is_a_legal_way_everywhere",
        "tests/station/test_telling.py::test_beginning_again_on_the_same_plug_is_preparing_first",
    ),
    shown(
        "3.1-4",
        "Connector 0 is Available, Unavailable or Faulted, whatever the connectors are.",
        "tests/station/test_faults.py::test_a_fault_of_the_station_is_the_station_s",
        "tests/csms/v16/test_availability.py::test_the_station_itself_is_connector_0",
    ),
    # 3.2
    shown(
        "3.2-1",
        "The first thing somebody does prepares the connector (A2).",
        "tests/conformance/v16/test_start.py::test_tc_003_plug_in_first",
        "tests/conformance/v16/test_start.py::test_tc_004_1_identification_first",
    ),
    unmet(
        "3.2-2",
        "Charging may begin without any way to be authorized (A3 to A5).",
        "The station always wants an authorization, so a free connector prepares first.",
    ),
    shown(
        "3.2-3",
        "A reservation that is accepted makes it Reserved (A7).",
        "tests/conformance/v16/test_reservation.py::test_tc_046_1_start_by_card",
    ),
    shown(
        "3.2-4",
        "Taking it out of use makes it Unavailable (A8).",
        "tests/station/test_availability.py::test_all_parts_at_once",
    ),
    shown(
        "3.2-5",
        "Use that ends before charging frees it (B1).",
        "tests/conformance/v16/test_start.py::test_tc_004_2_connection_time_out",
        "tests/station/test_authorization.py::test_a_card_in_a_waiting_socket_is_taken_back",
    ),
    shown(
        "3.2-6",
        "With everything there it is Charging, SuspendedEV or SuspendedEVSE (B3 to B5).",
        "tests/conformance/v16/test_start.py::test_tc_003_plug_in_first",
        "tests/station/test_supply.py::test_the_status_tells_who_suspends",
    ),
    unmet(
        "3.2-7",
        "A cable that nobody authorizes in time makes it Finishing (B6).",
        "A plugged connector waits for a card as long as the cable is in it.",
    ),
    shown(
        "3.2-8",
        "An end that leaves nothing to be done frees it (C1, D1, E1).",
        "tests/station/test_telling.py::test_nothing_is_left_of_a_fixed_cable",
    ),
    shown(
        "3.2-9",
        "A vehicle that stops asking makes it SuspendedEV, and one that asks again "
        "Charging (C4, D3).",
        "tests/station/test_supply.py::test_the_status_tells_who_suspends",
    ),
    shown(
        "3.2-10",
        "A limit or a bad tag makes it SuspendedEVSE (C5, D5).",
        "tests/station/test_profiles.py::test_too_little_suspends_and_does_not_stop",
        "tests/conformance/v16/test_power_and_offline.py::test_tc_037_2_bad_card_may_stay",
    ),
    shown(
        "3.2-11",
        "A transaction that ends with the cable still there makes it Finishing (C6, D6, E6).",
        "tests/conformance/v16/test_stop.py::test_tc_068_same_card",
    ),
    shown(
        "3.2-12",
        "An end with a change of availability waiting makes it Unavailable (C8, F8).",
        "tests/station/test_availability.py::test_a_transaction_puts_it_off",
    ),
    shown(
        "3.2-13",
        "A restriction that is lifted lets it charge again (E3, E4).",
        "tests/station/test_supply.py::test_the_status_tells_who_suspends",
    ),
    shown(
        "3.2-14",
        "Taking the cable away frees it, and using it again prepares it (F1, F2).",
        "tests/conformance/v16/test_stop.py::test_tc_005_1_stop_and_unlock",
        "tests/station/test_telling.py::test_beginning_again_on_the_same_plug_is_preparing_first",
    ),
    shown(
        "3.2-15",
        "A reservation that ends frees it, and its owner prepares it (G1, G2).",
        "tests/conformance/v16/test_reservation.py::test_tc_047_expire",
        "tests/conformance/v16/test_reservation.py::test_tc_046_2_start_from_afar",
    ),
    shown(
        "3.2-16",
        "Taking a reserved connector out of use makes it Unavailable (G8).",
        "tests/station/test_reservations.py::test_a_fault_or_a_change_of_availability_ends_it",
    ),
    shown(
        "3.2-17",
        "Back in use it is Available, or Preparing where a cable is (H1, H2).",
        "tests/station/test_availability.py::test_back_in_use_a_plug_may_begin_anew",
    ),
    shown(
        "3.2-18",
        "A fault makes it Faulted, and its end brings back what was (x9, I1 to I8).",
        "tests/station/test_availability.py::test_out_of_use_is_no_fault",
        "tests/station/test_faults.py::test_grave_faults_end_the_transaction",
    ),
    # 3.3
    shown(
        "3.3-1",
        "Every change is told in the order in which it came.",
        "tests/station/test_telling.py::test_by_default_every_status_is_told_at_once",
    ),
    shown(
        "3.3-2",
        "After an accepted boot every connector and the station are told.",
        "tests/conformance/v16/test_boot.py::test_tc_001_boot_statuses_heartbeats",
        "tests/csms/test_statuses.py::test_the_present_of_everything_in_order_of_place",
    ),
    shown(
        "3.3-3",
        "After a lost connection only what has changed is told, without history.",
        "tests/csms/test_talk.py::test_after_a_short_absence_only_changes_are_told",
        "tests/csms/v16/test_dialect.py::test_unchanged_statuses_are_never_repeated",
    ),
    shown(
        "3.3-4",
        "When both sides suspend it is SuspendedEVSE.",
        "tests/station/test_supply.py::test_the_status_tells_who_suspends",
    ),
    shown(
        "3.3-5",
        "A warning is told with the status as it is, and charging goes on.",
        "tests/station/test_faults.py::test_warnings_are_told_once_and_stop_nothing",
        "tests/scenarios/test_statuses_on_the_wire.py::"
        "test_a_warning_is_told_with_the_status_as_it_is",
    ),
    shown(
        "3.3-6",
        "Being out of use outlasts restarts and power cuts.",
        "tests/conformance/v16/test_power_and_offline.py::test_tc_034_power_failure_out_of_use",
        "tests/station/test_availability.py::test_it_survives_a_power_cut",
    ),
    shown(
        "3.3-7",
        "Connector 0 changes the station and all connectors.",
        "tests/csms/v16/test_availability.py::"
        "test_connector_0_means_the_station_and_all_connectors",
        "tests/conformance/v16/test_power_and_offline.py::test_tc_034_power_failure_out_of_use",
    ),
    shown(
        "3.3-8",
        "Whoever prepares is waited for before the connector goes out of use.",
        "tests/station/test_availability.py::test_who_prepares_is_waited_for",
    ),
    shown(
        "3.3-9",
        "A fault stops the energy, and the transaction where it is grave.",
        "tests/station/test_faults.py::test_grave_faults_end_the_transaction",
        "tests/station/test_faults.py::test_lighter_faults_pause_it",
    ),
    shown(
        "3.3-10",
        "A faulty connector starts nothing and cannot be reserved.",
        "tests/conformance/v16/test_authorization.py::test_tc_041_a_fault",
        "tests/conformance/v16/test_reservation.py::test_tc_048_1_faulted",
    ),
)
