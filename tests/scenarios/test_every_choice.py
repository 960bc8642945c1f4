"""Every choice of start and stop points, with a power cut somewhere: each story is whole."""

from __future__ import annotations

from collections import defaultdict
from itertools import count

import pytest

from laadpaal.properties.values import Values
from laadpaal.station import actions as a
from laadpaal.station import events as e
from laadpaal.station import requests as r
from laadpaal.station.answers import Accepted
from laadpaal.station.measurement import Measurement
from laadpaal.station.moment import Moment
from laadpaal.station.notices import DurableNotice
from laadpaal.station.saved import restored
from laadpaal.station.station import Station
from laadpaal.station.step import Step
from laadpaal.station.words import Pilot, Token, TokenStatus, Verdict
from tests.csms.v201.scene import World as Csms
from tests.csms.v201.scene import make_world
from tests.support.disk import MemoryDisk
from tests.support.points import EQUIPPED, STARTS, STOPS, Points, settings_of
from tests.support.promises import assert_saved, assert_whole
from tests.support.world import NOON, SIGNED

CARD = Token("A1")
GOOD = Verdict(TokenStatus.ACCEPTED)
DAY = (
    "drive in",
    "plug",
    "card",
    "measure",
    "charge",
    "wait",
    "suspend",
    "charge",
    "wait",
    "card",
    "unplug",
    "drive off",
)


class Sweep:
    """A station whose power can be cut, and one day at its first EVSE."""

    def __init__(self, start: Points, stop: Points) -> None:
        self.disk = MemoryDisk()
        self.now = Moment(0.0, NOON)
        self.ids = (f"tx-{number}" for number in count(1))
        self.told: dict[str, list[DurableNotice]] = defaultdict(list)
        self.closed = False
        self.energy_wh = 100.0
        self.boot()
        for row_id, text in settings_of(start, stop).items():
            self.ask(r.WriteSetting(row_id, text))

    def boot(self) -> None:
        """Start with what the disk has kept."""
        values = Values()
        assert restored(values, self.disk.saved()) == []
        self.station = Station(EQUIPPED, values, self.ids, self.disk.saved())
        self.closed = False
        self.tell(e.PoweredUp())
        self.tell(e.CsmsOnline())
        self.measure()

    def ask(self, request: r.Request) -> None:
        """Ask for something that must be done."""
        answer, step = self.station.ask(request, self.now)
        assert answer == Accepted()
        self.take(step)

    def tell(self, event: e.Event) -> None:
        """Let something happen."""
        self.take(self.station.handle(event, self.now))

    def take(self, step: Step) -> None:
        """Keep what must be kept, and do what hardware must."""
        self.disk.apply(step.records, step.durable)
        for notice in step.durable:
            self.told[notice.transaction].append(notice)
        for action in step.actions:
            match action:
                case a.LockPlug(evse, connector) | a.UnlockPlug(evse, connector):
                    self.tell(e.LockMoved(evse, connector, isinstance(action, a.LockPlug)))
                case a.CloseContactor(1) | a.OpenContactor(1):
                    self.closed = isinstance(action, a.CloseContactor)
                case a.OfferCurrent(1, None) if self.station.view().evses[0].pilot is Pilot.C:
                    self.tell(e.PilotChanged(1, Pilot.B))
                case _:
                    pass

    def measure(self) -> None:
        """Let the meter answer."""
        lines_v = (230.0, 230.0, 230.0)
        self.tell(e.MeterRead(1, Measurement(self.energy_wh, lines_v, signed=SIGNED)))

    def do(self, step: str) -> None:
        """Let one step of the day happen, and look at what must always be true."""
        match step:
            case "drive in" | "drive off":
                self.tell(e.BayChanged(1, occupied=step == "drive in"))
            case "plug":
                self.tell(e.CablePlugged(1, 1, 32.0))
                self.tell(e.PilotChanged(1, Pilot.B))
            case "card":
                self.tell(e.CardPresented(1, CARD))
                self.tell(e.TokenJudged(CARD, GOOD))
            case "measure":
                self.measure()
            case "charge" | "suspend":
                self.tell(e.PilotChanged(1, Pilot.C if step == "charge" else Pilot.B))
            case "wait":
                self.now = Moment(self.now.mono + 70.0, self.now.utc + 70.0)
                self.energy_wh += 10.0 * self.closed
                self.take(self.station.tick(self.now))
                self.measure()
            case _:
                self.tell(e.PilotChanged(1, Pilot.A))
                self.tell(e.CableUnplugged(1))
        self.look()

    def look(self) -> None:
        """See that stories are whole, and that energy flows where somebody may have it."""
        here = self.station.view().evses[0]
        if self.closed:
            assert here.transaction
            assert here.transaction.authorized
            assert here.pilot is Pilot.C
        for id_, story in self.told.items():
            assert_whole(story, seen_open=bool(here.transaction and here.transaction.id == id_))


def assert_spoken(story: list[DurableNotice], csms: Csms) -> None:
    """Have each story be one of 2.0.1 too: begun once, ended once, every event numbered (E01)."""
    told = [csms.report(notice) for notice in story]
    kinds = ["Started", *["Updated"] * (len(told) - 2), "Ended"]
    assert [event["eventType"] for event in told] == kinds
    assert [event["seqNo"] for event in told] == list(range(len(told)))
    assert len({event["transactionInfo"]["transactionId"] for event in told}) == 1
    assert told[-1]["transactionInfo"]["stoppedReason"]
    places = [event["evse"] for event in told if "connectorId" in event.get("evse", ())]
    assert len(places) <= 1


@pytest.mark.parametrize("start", STARTS, ids=",".join)
def test_a_cut_in_every_choice(start: Points) -> None:
    """One start, one end, no number missing, and nothing lost with the power."""
    csms = make_world()
    for number, stop in enumerate(STOPS, STARTS.index(start)):
        sweep = Sweep(start, stop)
        for place, step in enumerate(DAY):
            if place == number % len(DAY):
                assert_saved(sweep.station, Values(), sweep.disk.saved())
                sweep.boot()
            sweep.do(step)
        for step in DAY:
            sweep.do(step)

        assert sweep.told
        for story in sweep.told.values():
            assert_spoken(story, csms)
        assert sweep.station.view().evses[0].transaction is None
