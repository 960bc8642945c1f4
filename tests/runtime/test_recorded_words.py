"""Every event and every request that there is comes out of a recording as it went in.

They are made from the types, so whoever adds one or a field of one need not think of it here.
"""

from __future__ import annotations

import asyncio
import logging
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from laadpaal.properties.values import Values
from laadpaal.runtime.recorder import LINES, Head, Recorder
from laadpaal.runtime.replay import replay
from laadpaal.runtime.secrets import masked, masked_saved
from laadpaal.runtime.turns import Asked, Item
from laadpaal.station.events import Event
from laadpaal.station.layout import Layout
from laadpaal.station.moment import Moment
from laadpaal.station.payment_words import PaymentCardPresented
from laadpaal.station.requests import Request
from laadpaal.station.saved import Saved
from tests.support.members import any_of

LOG = logging.getLogger("laadpaal.test")
EVENTS, REQUESTS = get_args(Event), get_args(Request)


def recorded(item: Item) -> object:
    """Return what a recording of one turn says that came in."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "flight.jsonl"
        recorder = Recorder(path, LOG)
        recorder.begin(Layout(), Values(), Saved())
        recorder.watch(item, Moment(1.0, 2.0))
        recorder.close()
        (turn,) = list(_lived(path))
    return turn


def _lived(path: Path) -> Any:
    """Yield what came in, without a station that would take it: most of it makes no sense."""
    path.write_bytes(path.read_bytes().partition(b"\n")[2])
    return (turn.item for turn in replay(path))


@pytest.mark.parametrize("kind", EVENTS, ids=lambda kind: kind.__name__)
@settings(max_examples=15, deadline=None)
@given(data=st.data())
def test_every_event(kind: type[Event], data: st.DataObject) -> None:
    """Whatever its fields hold; a payment card alone is told by a number."""
    event = data.draw(any_of(kind))
    shown = recorded(event)

    if isinstance(event, PaymentCardPresented):
        event = PaymentCardPresented(event.reader, "card 1")
    assert type(shown) is kind
    assert shown == event


@pytest.mark.parametrize("kind", REQUESTS, ids=lambda kind: kind.__name__)
@settings(max_examples=15, deadline=None)
@given(data=st.data())
def test_every_request(kind: type[Request], data: st.DataObject) -> None:
    """Whatever its fields hold, but for secrets."""
    request = data.draw(any_of(kind))
    loop = asyncio.new_event_loop()
    shown = recorded(Asked(request, loop.create_future()))
    loop.close()

    assert type(shown) is kind
    assert shown == masked(request)


@settings(max_examples=50, deadline=None)
@given(saved=any_of(Saved))
def test_all_that_a_life_begins_with(saved: Saved) -> None:
    """What storage kept is in its head, but for settings, which stand beside it, and secrets."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "flight.jsonl"
        recorder = Recorder(path, LOG)
        recorder.begin(Layout(), Values(), saved)
        recorder.close()
        head = LINES.decode(path.read_bytes())

    assert isinstance(head, Head)
    assert head.saved == masked_saved(saved)


def test_what_nobody_can_make_is_an_error() -> None:
    """So a field of a new type is not passed over."""
    with pytest.raises(TypeError, match="no value of <class 'object'>"):
        any_of(object)
