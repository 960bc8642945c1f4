"""What section 6 demands of frames and connections."""

from __future__ import annotations

from tests.conformance.v16.requirements.row import shown, unmet

ROWS = (
    # 6
    shown(
        "6-1",
        "The identity ends the URL, percent-encoded.",
        "tests/csms/test_link.py::test_the_identity_ends_the_url_percent_encoded_with_the_header",
        "tests/conformance/v16/test_security.py::test_tc_085_basic_authentication",
    ),
    shown(
        "6-2",
        "The version is offered as subprotocol, and a server without it is left.",
        "tests/conformance/v16/test_security.py::test_tc_088_subprotocol",
        "tests/csms/test_link.py::test_a_server_with_another_subprotocol_is_a_failed_attempt",
    ),
    shown(
        "6-3",
        "Refused or unknown, the station tries again with growing waits.",
        "tests/csms/test_link.py::test_refused_handshakes_double_the_wait_and_success_resets_it",
    ),
    unmet("6-4", "Messages may be compressed.", "They are short, so compression is not offered."),
    shown(
        "6-5",
        "Frames are arrays in UTF-8, with an empty object or null where there is nothing to say.",
        "tests/protocols/ocpp/test_rpc.py::test_a_frame_comes_back_as_it_was",
        "tests/protocols/ocpp/test_rpc.py::test_a_null_payload_is_empty_in_16_only",
    ),
    shown(
        "6-6",
        "An id has at most 36 characters, and is never given to two messages.",
        "tests/storage/test_robustness.py::test_message_ids_fit_ocpp",
        "tests/storage/test_backlog.py::test_numbers_grow_over_pruning_and_reopening",
    ),
    shown(
        "6-7",
        "One call of ours is open at a time, and calls of the CSMS are heard meanwhile.",
        "tests/protocols/ocpp/test_rpc.py::test_a_second_open_call_is_our_mistake",
        "tests/protocols/ocpp/test_rpc.py::test_the_peer_may_call_while_we_wait",
    ),
    shown(
        "6-8",
        "A late answer is ignored.",
        "tests/protocols/ocpp/test_rpc.py::test_a_late_answer_is_stray",
        "tests/csms/test_talk.py::test_silence_counts_as_an_attempt",
    ),
    shown(
        "6-9",
        "Unknown types and answers, and what is no JSON, change nothing.",
        "tests/protocols/ocpp/test_rpc.py::test_a_nasty_frame_is_refused_as_its_version_says",
        "tests/protocols/ocpp/test_rpc.py::test_unknown_and_doubled_answers_are_stray",
    ),
    shown(
        "6-10",
        "Errors have the codes of 1.6 in its spelling.",
        "tests/protocols/ocpp/test_codec.py::test_a_wrong_payload_gets_its_code_and_path",
        "tests/protocols/ocpp/test_rpc.py::test_a_refusal_answers_the_call_or_nobody",
    ),
    shown(
        "6-11",
        "What the station refuses by its own rules is an answer and no error.",
        "tests/csms/v16/test_semantics.py::test_core",
    ),
    shown(
        "6-12",
        "Fields that the schema does not have are neither taken nor sent.",
        "tests/protocols/ocpp/test_codec_against_schemas.py::"
        "test_we_accept_what_the_schema_accepts",
    ),
    shown(
        "6-13",
        "A ping without an answer ends the connection, and pings of the CSMS are answered.",
        "tests/csms/test_link.py::test_a_missing_pong_ends_the_link",
        "tests/csms/test_link.py::test_a_ping_of_the_csms_is_answered",
    ),
    shown(
        "6-14",
        "Waits double up to a limit, with a random part, and no boot follows.",
        "tests/csms/test_link.py::test_the_wait_doubles_up_to_a_limit_with_a_fresh_random_part",
        "tests/e2e/test_credentials.py::test_a_password_is_changed_twice",
    ),
)
