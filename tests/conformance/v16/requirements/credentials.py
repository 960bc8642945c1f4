"""What sections 5.1 to 5.6 demand of passwords, certificates and TLS."""

from __future__ import annotations

from tests.conformance.v16.requirements.row import shown

ROWS = (
    # 5.1
    shown(
        "5.1-1",
        "Profile 0 sends no credentials.",
        "tests/csms/v16/test_provisioning.py::test_no_password_no_header",
    ),
    shown(
        "5.1-2",
        "Profile 1 shows a password in plain text.",
        "tests/conformance/v16/test_security.py::test_tc_085_basic_authentication",
    ),
    shown(
        "5.1-3",
        "Profile 2 shows it inside TLS, to a server with a good certificate.",
        "tests/e2e/test_secure_link.py::test_a_password_over_tls_lets_the_station_in",
    ),
    shown(
        "5.1-4",
        "Profile 3 shows a certificate, and no password.",
        "tests/conformance/v16/test_security.py::test_tc_087_certificate_of_the_station",
        "tests/e2e/test_tls_matrix.py::test_the_station_shows_its_certificate",
    ),
    shown(
        "5.1-5",
        "One profile counts at a time, and what a lower one would show is shown no more.",
        "tests/conformance/v16/test_security.py::test_tc_083_upgrade_to_tls",
    ),
    shown(
        "5.1-6",
        "No CSMS can lower it.",
        "tests/conformance/v16/test_security.py::test_tc_084_downgrade",
        "tests/station/test_credentials.py::test_the_csms_never_lowers_the_profile",
    ),
    # 5.2
    shown(
        "5.2-1",
        "The header has the identity as in the path, and the bytes of the password.",
        "tests/csms/test_link.py::test_the_identity_ends_the_url_percent_encoded_with_the_header",
        "tests/csms/v16/test_provisioning.py::test_password_bytes_are_sent_as_they_are",
    ),
    shown(
        "5.2-2",
        "A refusal is tried again with growing waits.",
        "tests/csms/test_link.py::test_refused_handshakes_double_the_wait_and_success_resets_it",
    ),
    shown(
        "5.2-3",
        "A refusal is a security event.",
        "tests/csms/test_link.py::test_an_incident_is_told_once_until_something_changes",
    ),
    # 5.3
    shown(
        "5.3-1",
        "Nothing below TLS 1.2 is spoken, and a server with no more is an event.",
        "tests/e2e/test_tls_matrix.py::test_tls_11_is_too_old",
    ),
    shown(
        "5.3-2", "TLS is never compressed.", "tests/csms/test_tls.py::test_nothing_is_compressed"
    ),
    shown(
        "5.3-3",
        "One of the pairs of suites of the white paper is offered.",
        "tests/csms/test_tls.py::test_nothing_else_is_offered",
        "tests/e2e/test_tls_matrix.py::test_each_suite_that_stays_is_enough",
    ),
    shown(
        "5.3-4",
        "A server with weak suites only gets no session and is an event.",
        "tests/e2e/test_tls_matrix.py::test_a_server_with_sha1_only_gets_no_session",
        "tests/e2e/test_certificate_trouble.py::test_only_old_suites_mean_no_connection",
    ),
    shown(
        "5.3-5",
        "The chain must lead to a root that is installed.",
        "tests/e2e/test_tls_matrix.py::test_an_unknown_root_is_refused",
    ),
    shown(
        "5.3-6",
        "The name must be the host's.",
        "tests/e2e/test_tls_matrix.py::test_another_host_is_refused",
    ),
    shown(
        "5.3-7",
        "A server that proves nothing is an event, and tried again.",
        "tests/e2e/test_certificate_trouble.py::"
        "test_an_expired_intermediate_means_no_connection_and_a_way_to_mend_it",
        "tests/csms/test_failures.py::test_what_bears_on_security_is_an_incident",
    ),
    shown(
        "5.3-8",
        "Keys are long enough.",
        "tests/e2e/test_tls_matrix.py::test_a_weak_key_is_refused",
        "tests/protocols/pki/test_certificate.py::test_the_white_paper_sets_the_least_key",
    ),
    # 5.4
    shown(
        "5.4-1",
        "A trigger asks for a new certificate.",
        "tests/conformance/v16/test_security.py::test_tc_074_new_certificate",
    ),
    shown(
        "5.4-2",
        "One that ends within a month is renewed unasked.",
        "tests/station/test_renewal.py::test_a_month_before_the_end_a_new_one_is_asked_for",
        "tests/csms/v16/test_certificates.py::test_a_renewal_asks_by_itself",
    ),
    shown(
        "5.4-3",
        "The key is new, and never leaves the station.",
        "tests/protocols/pki/test_keys.py::test_a_key_is_new_each_time_and_can_be_kept",
        "tests/storage/test_vault.py::test_only_the_owner_may_look",
    ),
    shown(
        "5.4-4",
        "The request names the serial number and the operator, and proves the key.",
        "tests/protocols/pki/test_keys.py::test_a_request_holds_both_names_and_proves_the_key",
        "tests/csms/v16/test_certificates.py::test_a_certificate_is_asked_for_and_taken",
    ),
    shown(
        "5.4-5",
        "A refused request is not repeated at once.",
        "tests/station/test_renewal.py::test_a_month_before_the_end_a_new_one_is_asked_for",
    ),
    shown(
        "5.4-6",
        "The answer must be short enough, lead to a root, be within its dates, and fit "
        "name and key.",
        "tests/csms/v16/test_certificates.py::test_a_bad_certificate_is_rejected",
        "tests/csms/v16/test_certificates.py::test_a_certificate_comes_with_its_intermediates",
    ),
    shown(
        "5.4-7",
        "A bad one is thrown away, Rejected, and then told as an event.",
        "tests/conformance/v16/test_security.py::test_tc_077_wrong_certificate",
        "tests/csms/v16/test_certificates.py::test_a_bad_certificate_is_rejected",
    ),
    shown(
        "5.4-8",
        "The newest whose time has come is shown, in a new connection.",
        "tests/e2e/test_tls_matrix.py::"
        "test_the_newest_own_certificate_whose_time_has_come_is_shown",
        "tests/e2e/test_credentials.py::test_a_new_certificate_is_shown_and_a_refused_one_is_not",
    ),
    shown(
        "5.4-9",
        "The old one stays as what is gone back to.",
        "tests/station/test_credentials.py::test_a_refused_certificate_is_not_used_again",
    ),
    # 5.5
    shown(
        "5.5-1",
        "A good root is Accepted and listed.",
        "tests/conformance/v16/test_security.py::test_tc_075_1_manufacturer",
        "tests/conformance/v16/test_security.py::test_tc_075_2_csms",
    ),
    shown(
        "5.5-2",
        "A bad one is Rejected, and an event.",
        "tests/conformance/v16/test_security.py::test_tc_078_wrong_root",
        "tests/csms/v16/test_certificates.py::test_what_is_no_root_is_rejected",
    ),
    shown(
        "5.5-3",
        "A full store is Rejected, and a disk that fails is Failed.",
        "tests/csms/v16/test_certificates.py::test_a_full_store_rejects",
        "tests/csms/v16/test_certificates.py::test_a_disk_that_fails_is_told",
    ),
    shown(
        "5.5-4",
        "With the additional check a root must be signed by the present one.",
        "tests/csms/v16/test_certificates.py::test_a_new_root_must_be_signed_where_that_is_wanted",
    ),
    shown(
        "5.5-5",
        "With it a new root takes the old one's place, which goes after the first good connection.",
        "tests/e2e/test_credentials.py::test_a_root_takes_the_place_of_the_one_that_signed_it",
    ),
    shown(
        "5.5-6",
        "The list has Accepted or NotFound, and never the station's own certificate.",
        "tests/csms/v16/test_certificates.py::test_a_root_is_installed_listed_and_deleted",
    ),
    shown(
        "5.5-7",
        "A root is deleted by its hashes, however they are written.",
        "tests/conformance/v16/test_security.py::test_tc_076_delete",
        "tests/csms/v16/test_certificates.py::test_a_root_is_found_however_it_is_written",
    ),
    shown(
        "5.5-8",
        "The root that the connection hangs on stays.",
        "tests/csms/v16/test_certificates.py::test_the_root_in_use_stays",
    ),
    shown(
        "5.5-9",
        "Hashes are made of name, key and number as in OCSP.",
        "tests/protocols/pki/test_identifiers.py::test_the_issuer_is_hashed_and_the_number_is_hex",
        "tests/protocols/pki/test_identifiers.py::test_a_root_is_its_own_issuer",
    ),
    # 5.6
    shown(
        "5.6-1",
        "A profile that is lower or equal is Rejected.",
        "tests/station/test_credentials.py::test_the_csms_never_lowers_the_profile",
    ),
    shown(
        "5.6-2",
        "One whose password, root or certificate is missing is Rejected.",
        "tests/station/test_credentials.py::test_a_profile_needs_what_it_shows",
    ),
    shown(
        "5.6-3",
        "Otherwise the station comes back with the new one, its address included.",
        "tests/conformance/v16/test_security.py::test_tc_083_upgrade_to_tls",
        "tests/e2e/test_credentials.py::test_the_profile_is_raised_over_the_air",
    ),
    shown(
        "5.6-4",
        "Where the new one does not work the old one is back.",
        "tests/e2e/test_credentials.py::test_a_csms_that_nobody_trusts_is_given_up",
        "tests/station/test_credentials.py::test_three_failures_in_a_row_bring_the_old_one_back",
    ),
    shown(
        "5.6-5",
        "What has worked once is not gone back from.",
        "tests/conformance/v16/test_security.py::test_tc_083_upgrade_to_certificates",
        "tests/station/test_credentials.py::test_a_connection_proves_it",
    ),
    shown(
        "5.6-6",
        "The change is a security event.",
        "tests/station/test_credentials.py::test_a_new_password_is_tried_at_once",
    ),
)
