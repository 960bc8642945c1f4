"""What sections 4.1 to 4.4 demand, from the boot to the end of a transaction."""

from __future__ import annotations

from tests.conformance.v16.requirements.row import shown, unmet

ROWS = (
    # 4.1
    shown(
        "4.1-1",
        "The boot comes first, and nothing else leaves before it is accepted.",
        "tests/conformance/v16/test_boot.py::test_tc_001_boot_statuses_heartbeats",
        "tests/csms/test_registration.py::test_boot_is_due_at_once_and_nothing_else_may_leave",
    ),
    shown(
        "4.1-2",
        "Accepted sets interval and clock, tells the statuses and then what waits.",
        "tests/csms/test_talk.py::test_boot_comes_first_then_every_status_then_what_waits",
        "tests/csms/v16/test_provisioning.py::test_boot_answer",
    ),
    shown(
        "4.1-3",
        "Not accepted, the interval is the wait before the next boot, and 0 leaves it to us.",
        "tests/csms/test_registration.py::test_boot_again_after_the_interval",
        "tests/csms/test_registration.py::test_interval_zero_means_our_own_back_off",
    ),
    shown(
        "4.1-4",
        "Pending answers and sends only what was asked for.",
        "tests/conformance/v16/test_boot.py::test_tc_002_pending",
        "tests/csms/test_talk.py::test_pending_boots_again_after_the_interval",
    ),
    shown(
        "4.1-5",
        "Pending starts and stops nothing from afar.",
        "tests/station/test_remote.py::test_a_csms_that_has_not_accepted_us_may_not_stop",
        "tests/station/test_remote_start.py::test_rejected",
    ),
    shown(
        "4.1-6",
        "Rejected sends and answers nothing until the interval has passed.",
        "tests/csms/test_talk.py::test_rejected_hears_nothing",
        "tests/csms/v16/test_dialect.py::test_a_rejected_station_does_not_answer",
    ),
    shown(
        "4.1-7",
        "A boot without answer is tried again after a wait of our own.",
        "tests/csms/test_registration.py::"
        "test_silence_is_waited_out_and_changes_nothing_for_an_accepted_station",
    ),
    shown(
        "4.1-8",
        "A connection that comes back is no boot.",
        "tests/e2e/test_credentials.py::test_a_password_is_changed_twice",
    ),
    unmet(
        "4.1-9",
        "Before it was ever accepted a station lets nobody charge.",
        "Until it is accepted it goes by the rules for being offline, so that tags it "
        "knows can charge.",
    ),
    shown(
        "4.1-10",
        "A heartbeat counts from the last message, and there is one a day at least.",
        "tests/csms/test_registration.py::test_heartbeat_counts_from_the_last_message",
        "tests/csms/test_registration.py::test_one_heartbeat_a_day_under_any_traffic",
    ),
    # 4.2
    shown(
        "4.2-1",
        "An entry of the list outranks the cache.",
        "tests/station/test_local_list.py::test_online_the_list_outranks_the_cache",
        "tests/station/test_local_list.py::test_offline_the_list_outranks_the_cache",
    ),
    shown(
        "4.2-2",
        "A known good tag starts without a question where that is allowed.",
        "tests/conformance/v16/test_cache.py::test_tc_007_1_cached_card",
        "tests/conformance/v16/test_local_list.py::test_tc_008_1_listed_card",
    ),
    shown(
        "4.2-3",
        "About an entry that is no good, or where it is not allowed, the CSMS is asked.",
        "tests/station/test_local_list.py::test_online_the_list_outranks_the_cache",
        "tests/station/test_authorization.py::"
        "test_online_the_csms_is_asked_unless_the_cache_may_say",
    ),
    shown(
        "4.2-4",
        "Offline known good tags start, strangers only where that is allowed, and bad ones never.",
        "tests/station/test_authorization.py::test_offline_rules",
    ),
    shown(
        "4.2-5",
        "ConcurrentTx in the list counts as good.",
        "tests/station/test_local_list.py::test_online_the_list_outranks_the_cache",
        "tests/station/test_local_list.py::test_offline_the_list_outranks_the_cache",
    ),
    shown(
        "4.2-6",
        "A tag that is refused starts nothing, and the connector stays as it was.",
        "tests/conformance/v16/test_authorization.py::test_tc_023_4_a_bad_card",
        "tests/station/test_remote_start.py::test_a_token_that_is_denied_starts_nothing",
    ),
    shown(
        "4.2-7",
        "Whatever the CSMS says of a tag is remembered, good or bad.",
        "tests/station/test_cache.py::test_the_last_word_counts_and_is_written",
    ),
    shown(
        "4.2-8",
        "Tags of the list are not cached.",
        "tests/station/test_local_list.py::test_who_is_listed_is_not_cached",
    ),
    shown(
        "4.2-9",
        "A full cache drops the bad ones first, and then the oldest.",
        "tests/station/test_cache.py::test_a_full_cache_drops_bad_ones_first",
    ),
    shown(
        "4.2-10",
        "The cache outlasts restarts and power cuts.",
        "tests/station/test_cache.py::test_it_survives_a_power_cut",
    ),
    shown(
        "4.2-11",
        "ClearCache is Accepted, and Rejected without a cache.",
        "tests/station/test_cache.py::test_clearing",
        "tests/conformance/v16/test_cache.py::test_tc_061_1_clear_then_card",
    ),
    shown(
        "4.2-12",
        "A list that the CSMS contradicts is told at connector 0.",
        "tests/scenarios/test_reserved_day.py::"
        "test_a_list_decides_without_asking_and_may_be_contradicted",
        "tests/station/test_local_list.py::test_a_contradiction_is_told_once",
    ),
    shown(
        "4.2-13",
        "Tags are compared without regard to case.",
        "tests/station/test_local_list.py::test_an_entry_without_kind_is_for_every_kind",
    ),
    shown(
        "4.2-14",
        "A parent is compared with parents only, and an empty one is none.",
        "tests/csms/v16/test_authorization.py::test_an_empty_parent_is_none",
    ),
    # 4.3
    shown(
        "4.3-1",
        "A transaction starts when there is both a tag and a vehicle.",
        "tests/conformance/v16/test_start.py::test_tc_003_plug_in_first",
        "tests/csms/v16/test_dialect.py::test_a_transaction_needs_plug_and_authorization",
    ),
    shown(
        "4.3-2",
        "Its start carries register, time and the reservation it used.",
        "tests/csms/v16/test_transactions.py::test_start",
        "tests/csms/v16/test_transactions.py::test_a_start_names_the_reservation_it_uses",
    ),
    shown(
        "4.3-3",
        "No energy flows without an authorization.",
        "tests/scenarios/test_any_day.py::test_any_day",
    ),
    shown(
        "4.3-4",
        "Energy may flow before the start is answered.",
        "tests/station/test_judgement.py::test_some_energy_flows_before_the_rule_applies",
    ),
    shown(
        "4.3-5",
        "A bad tag ends the transaction with DeAuthorized, and its plug stays locked "
        "for the owner.",
        "tests/conformance/v16/test_power_and_offline.py::test_tc_037_3_bad_card_is_stopped",
        "tests/station/test_authorization.py::test_a_token_found_bad_offline_start",
    ),
    shown(
        "4.3-6",
        "Or it ends the energy only, as SuspendedEVSE.",
        "tests/conformance/v16/test_power_and_offline.py::test_tc_037_2_bad_card_may_stay",
    ),
    shown(
        "4.3-7",
        "Some energy may be given before that.",
        "tests/station/test_judgement.py::test_some_energy_flows_before_the_rule_applies",
        "tests/station/test_judgement.py::test_the_allowance_is_kept",
    ),
    shown(
        "4.3-8",
        "What follows a start that could not be told has the number -1.",
        "tests/csms/v16/test_transactions.py::test_a_dropped_start_has_no_number",
    ),
    shown(
        "4.3-9",
        "Any number of a transaction will do, 0 and negative ones too.",
        "tests/csms/v16/test_transactions.py::test_number_zero_is_a_number",
    ),
    # 4.4
    shown(
        "4.4-1",
        "The same tag stops without a question.",
        "tests/conformance/v16/test_stop.py::test_tc_068_same_card",
        "tests/station/test_authorization.py::"
        "test_the_own_card_stops_wherever_and_whatever_the_csms_thinks_now",
    ),
    shown(
        "4.4-2",
        "A tag of the same parent stops once its parent is known.",
        "tests/conformance/v16/test_stop.py::test_tc_069_same_group",
    ),
    shown(
        "4.4-3",
        "Any other tag stops nothing.",
        "tests/station/test_charging_session.py::test_another_card_of_the_group_stops",
    ),
    unmet(
        "4.4-4",
        "A button at the station stops with Local.",
        "There is no stop button; at the station people stop with the card.",
    ),
    shown(
        "4.4-5",
        "A stop from afar says Remote.",
        "tests/conformance/v16/test_remote.py::test_tc_012_remote_stop",
    ),
    shown(
        "4.4-6",
        "A vehicle that leaves ends it with EVDisconnected.",
        "tests/conformance/v16/test_stop.py::test_tc_005_1_stop_and_unlock",
    ),
    shown(
        "4.4-7",
        "A reset ends it with HardReset or SoftReset.",
        "tests/conformance/v16/test_reset.py::test_tc_015_hard_reset_in_a_transaction",
        "tests/conformance/v16/test_reset.py::test_tc_016_soft_reset_in_a_transaction",
    ),
    shown(
        "4.4-8",
        "Unlocking ends it with UnlockCommand.",
        "tests/conformance/v16/test_unlock.py::test_tc_018_1_charging_socket",
    ),
    shown(
        "4.4-9",
        "A power cut ends it with PowerLoss.",
        "tests/conformance/v16/test_power_and_offline.py::test_tc_032_2_power_failure",
    ),
    shown(
        "4.4-10",
        "A restart of the station's own ends it with Reboot.",
        "tests/station/test_restarts.py::test_a_restart_waits_for_a_day_at_most",
        "tests/station/test_reset.py::test_why_it_started",
    ),
    unmet(
        "4.4-11",
        "An emergency button ends it with EmergencyStop.",
        "There is no such button, and an emergency stop is the hardware's business.",
    ),
    shown(
        "4.4-12",
        "Everything else ends it with Other.",
        "tests/csms/v16/test_transactions.py::test_every_reason_has_a_word",
    ),
    shown(
        "4.4-13",
        "A usual stop lets a plug go that is locked.",
        "tests/conformance/v16/test_stop.py::test_tc_068_same_card",
        "tests/station/test_charging_session.py::test_plug_card_charge_card_unplug",
    ),
    shown(
        "4.4-14",
        "Leaving may stop and unlock, with a text that says so.",
        "tests/conformance/v16/test_stop.py::test_tc_005_1_stop_and_unlock",
        "tests/station/test_telling.py::test_a_cable_pulled_at_the_vehicle_is_told_with_the_end",
    ),
    shown(
        "4.4-15",
        "Leaving may stop and keep the plug until a card or the CSMS lets it go.",
        "tests/conformance/v16/test_stop.py::test_tc_005_2_stop_and_stay_locked",
        "tests/station/test_leaving.py::test_a_kept_plug_is_its_owner_s",
    ),
    shown(
        "4.4-16",
        "Leaving may suspend only, and the vehicle may come back.",
        "tests/conformance/v16/test_stop.py::test_tc_005_3_go_on",
        "tests/station/test_telling.py::test_a_vehicle_that_may_come_back_is_told_as_its_own_pause",
    ),
    shown(
        "4.4-17",
        "What the answer to the end says of the tag is remembered, and changes nothing else.",
        "tests/csms/v16/test_transactions.py::test_stop_answer",
        "tests/station/test_authorization.py::"
        "test_the_good_word_about_a_stopped_token_changes_nothing",
    ),
    shown(
        "4.4-18",
        "The end carries samples where they are wanted, in order, with both ends.",
        "tests/csms/v16/test_transactions.py::test_stop_carries_its_samples_in_order",
        "tests/station/test_metering.py::test_the_end_tells_the_story",
    ),
)
