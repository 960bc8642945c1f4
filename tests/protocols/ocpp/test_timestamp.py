from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from laadpaal.protocols.ocpp import timestamp
from laadpaal.protocols.ocpp.errors import LocalProtocolError


@pytest.mark.parametrize(
    ("text", "at"),
    [
        ("1970-01-01T00:00:00Z", 0.0),
        ("2020-10-27T09:05:02.621Z", 1603789502.621),
        ("2020-10-27T09:05:02.6Z", 1603789502.6),
        ("2020-10-27T09:05:02,621Z", 1603789502.621),
        ("2020-10-27T09:05:02.621123456789Z", 1603789502.621123456789),
        ("2020-10-27T09:05:02", 1603789502.0),
        ("2020-10-27 09:05:02", 1603789502.0),
        ("2020-10-27t09:05:02z", 1603789502.0),
        ("2020-10-27T10:05:02+01:00", 1603789502.0),
        ("2020-10-27T10:05:02+0100", 1603789502.0),
        ("2020-10-27T10:05:02+01", 1603789502.0),
        ("2020-10-27T03:35:02.5-05:30", 1603789502.5),
        ("2016-12-31T23:59:60Z", 1483228800.0),
        ("1969-12-31T23:59:59.5Z", -0.5),
        ("2024-02-29T00:00:00Z", 1709164800.0),
    ],
)
def test_every_spelling_of_an_instant_is_understood(text: str, at: float) -> None:
    """Offsets, fractions of any length, no zone (UTC), a leap second."""
    assert at == timestamp.parse(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "now",
        "2020-10-27",
        "2020-10-27T09:05Z",
        "2020-13-27T09:05:02Z",
        "2023-02-29T09:05:02Z",
        "2020-10-27T25:05:02Z",
        "2020-10-27T09:05:61Z",
        "2020-10-27T09:05:02.Z",
        "2020-10-27T09:05:02+24:00",
        "2020-10-27T09:05:02+01:60",
        "2020-10-27T09:05:02Z ",
        "2020-10-27T09:05:02Z\n",
        "0000-10-27T09:05:02Z",
        "\u0662\u0660\u0662\u0660-10-27T09:05:02Z",
        "2020-10-27T09:05:02." + "0" * 100 + "Z",
    ],
)
def test_what_is_no_instant_gets_a_clear_error(text: str) -> None:
    """The error names the text, cut to a sane length, and is a ValueError for who asks no more."""
    with pytest.raises(timestamp.TimestampError) as caught:
        timestamp.parse(text)

    assert isinstance(caught.value, ValueError)
    assert repr(text[:64])[:20] in str(caught.value)


@pytest.mark.parametrize(
    ("at", "text"),
    [
        (0.0, "1970-01-01T00:00:00.000Z"),
        (1603789502.621, "2020-10-27T09:05:02.621Z"),
        (1603789502.9996, "2020-10-27T09:05:03.000Z"),
        (-62135596800.0, "0001-01-01T00:00:00.000Z"),
        (-0.5, "1969-12-31T23:59:59.500Z"),
    ],
)
def test_we_write_milliseconds_in_utc(at: float, text: str) -> None:
    """Three fraction digits and a Z, whatever the instant."""
    assert text == timestamp.render(at)


@pytest.mark.parametrize("at", [float("nan"), float("inf"), 1e12, -1e12, 1e300])
def test_what_has_no_year_cannot_be_written(at: float) -> None:
    """An instant outside the years 1 to 9999 is a mistake of ours."""
    with pytest.raises(LocalProtocolError):
        timestamp.render(at)


@given(st.integers(-62_135_596_800_000, 253_402_300_799_999))
def test_an_instant_comes_back_to_the_millisecond(millis: int) -> None:
    """parse(render(x)) is x, for all the years there are."""
    assert millis == round(timestamp.parse(timestamp.render(millis / 1000)) * 1000)
