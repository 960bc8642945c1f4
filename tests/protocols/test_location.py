"""URLs that files go to or come from, and what nobody may see of them."""

from __future__ import annotations

import pytest

from laadpaal.protocols.location import LONGEST, Location, LocationError, hidden, parse


@pytest.mark.parametrize(
    ("url", "location"),
    [
        ("http://example.com", Location("http", "example.com", 80, "/")),
        (
            "HTTPS://Example.com:8443/a%20b?c=d",
            Location("https", "example.com", 8443, "/a%20b?c=d"),
        ),
        ("ftp://anna:p%40s%2Fs@h/d/", Location("ftp", "h", 21, "/d/", "anna", "p@s/s")),
        ("ftps://anna@[::1]:990/f", Location("ftps", "::1", 990, "/f", "anna")),
    ],
)
def test_a_url_is_read(url: str, location: Location) -> None:
    """Scheme, host, port, path, and credentials without their encoding."""
    assert parse(url) == location


@pytest.mark.parametrize(
    "url",
    [
        "",
        "example.com/f",
        "file:///etc/passwd",
        "sftp://example.com/f",
        "http://",
        "http://:80/f",
        "http://h:0/f",
        "http://h:66000/f",
        "http://h:x/f",
        "http://[::1/f",
        "http://h/a b",
        "http://h/a\r\nHost: x",
        "ftp://h/a%0d%0aDELE%20b",
        "ftp://a%00b@h/",
        "ftp://a:%0a@h/",
        "http://h/\u00e9",
        "http://h/" + "x" * LONGEST,
    ],
)
def test_what_is_no_place_for_files_is_refused(url: str) -> None:
    """Other schemes, no host, no port, control characters however spelled, endless ones."""
    with pytest.raises(LocationError) as refused:
        parse(url)
    assert url == "" or url not in str(refused.value)


def test_credentials_are_not_shown() -> None:
    """Neither for people nor for those who debug; the query may be a secret too."""
    location = parse("https://anna:secret1@[::1]/f?token=secret2")

    assert str(location) == "https://[::1]:443/f"
    assert "secret1" not in repr(location)


@pytest.mark.parametrize(
    ("url", "there"),
    [
        ("http://h/a/", "http://h:80/a/log%201.zip"),
        ("http://h", "http://h:80/log%201.zip"),
        ("http://h/a", "http://h:80/a"),
        ("http://h/a?b=/", "http://h:80/a"),
    ],
)
def test_a_folder_needs_a_name(url: str, there: str) -> None:
    """What ends in a slash is a folder; everything else is the file itself."""
    location = parse(url)
    named = location.named("log 1.zip")

    assert str(named) == there
    assert named.path == location.path or location.is_folder or "?" in url


def test_a_query_is_no_folder() -> None:
    """A signed URL is used as it is, whatever it ends with."""
    location = parse("https://h/a?key=b/")

    assert location.named("log.zip") == location


def test_the_path_is_plain_for_a_file_server() -> None:
    """Without its first slash it is below the folder that one begins in (RFC 1738)."""
    assert parse("ftp://h/a%20b/c").plain_path == "a b/c"


def test_a_redirection_keeps_credentials_at_home() -> None:
    """They stay with host and port; the place may bring its own."""
    here = parse("https://anna:x@h/a/b")

    assert here.towards("c") == Location("https", "h", 443, "/a/c", "anna", "x")
    assert here.towards("https://other/c") == Location("https", "other", 443, "/c")
    assert here.towards("https://h:444/c") == Location("https", "h", 444, "/c")
    assert here.towards("https://bob@h/c") == Location("https", "h", 443, "/c", "bob")


@pytest.mark.parametrize(
    ("url", "reference", "goes"),
    [
        ("http://h/a", "https://h/a", True),
        ("https://h/a", "ftps://h/a", True),
        ("https://h/a", "http://h/a", False),
        ("http://h/a", "ftp://h/a", False),
        ("http://h/a", "file:///a", False),
    ],
)
def test_a_redirection_is_never_less_safe(url: str, reference: str, *, goes: bool) -> None:
    """The same scheme, or one inside TLS."""
    if goes:
        assert parse(url).towards(reference).safe
        return
    with pytest.raises(LocationError):
        parse(url).towards(reference)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("ftp://anna:secret@h/d", "ftp://***@h/d"),
        ("to ftp://anna:se@cret@h/d and http://bob@h2", "to ftp://***@h/d and http://***@h2"),
        (r'{"location":"ftp:\/\/a:secret@h\/d"}', r'{"location":"ftp:\/\/***@h\/d"}'),
        ("https://h/d?token=secret&x=y#z", "https://h/d?***#z"),
        ("https://a:secret@h/d?token=secret", "https://***@h/d?***"),
        ("mail anna@example.com? no", "mail anna@example.com? no"),
    ],
)
def test_texts_lose_the_secrets_of_their_urls(text: str, shown: str) -> None:
    """Credentials and queries go, wherever a URL stands, and the rest stays."""
    assert hidden(text) == shown
