"""What is recorded is masked, bounded, mended after a power cut, and never in the station's way."""

from __future__ import annotations

import asyncio
import json
import logging
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from laadpaal.properties import comms
from laadpaal.properties.book import BOOK
from laadpaal.properties.charging import INSTALLATION_MAX
from laadpaal.properties.kinds import Hidden
from laadpaal.properties.rows import Setting
from laadpaal.properties.values import Values
from laadpaal.runtime.recorder import FlightError, Recorder, older
from laadpaal.runtime.replay import replay
from laadpaal.runtime.secrets import MASK, mask_of, masked
from laadpaal.runtime.turns import Asked, Item, Woken
from laadpaal.station.answers import Accepted, Refused
from laadpaal.station.carriage import FirmwareOrder, FirmwareUpdate, LogKind
from laadpaal.station.charging_profiles import Kind, Purpose, Source
from laadpaal.station.events import (
    CablePlugged,
    CardPresented,
    CsmsOnline,
    GridRead,
    PilotChanged,
    PoweredUp,
    PriorityGiven,
    TokenJudged,
)
from laadpaal.station.layout import GridLink, Layout
from laadpaal.station.limits import ClearExternalLimit, SetExternalLimit
from laadpaal.station.measurement import GridMeasurement
from laadpaal.station.moment import Moment
from laadpaal.station.network_profile import Apn, Generation, NetworkProfile, Vpn
from laadpaal.station.notices import LimitChanged
from laadpaal.station.records import ProfileInstalled, ProfileRemoved
from laadpaal.station.requests import (
    ChangeNetwork,
    InstallProfile,
    Request,
    StartCharging,
    StoreNetwork,
    UpdateFirmware,
    UploadLog,
    WriteLocalList,
    WriteSetting,
)
from laadpaal.station.saved import CachedToken, Saved
from laadpaal.station.words import By, Pilot, Token, TokenKind, TokenStatus, Verdict
from tests.support.profiles import profile
from tests.support.world import NOON, numbered

LOG = logging.getLogger("laadpaal.test")
PASSWORD = "correct horse battery staple"
URL = "ftp://anna:secret@example.com/d?token=secret"


def _head_bytes(folder: Path) -> int:
    """Return how long the head of a life is, which grows with what a station can be built of."""
    _begun(folder / "head.jsonl").close()
    return (folder / "head.jsonl").stat().st_size


def _begun(path: Path, most_bytes: int = 1_000_000, values: Values | None = None) -> Recorder:
    recorder = Recorder(path, LOG, most_bytes)
    recorder.begin(Layout(), values or Values(), Saved())
    return recorder


def _watch(recorder: Recorder, *items: Item) -> None:
    for number, item in enumerate(items):
        recorder.watch(item, Moment(float(number), NOON + number))


def _asked(request: Request) -> Asked:
    return Asked(request, asyncio.get_running_loop().create_future())


def _lines(path: Path) -> list[Any]:
    return [json.loads(line) for line in path.read_text().splitlines()]


async def test_what_is_watched_stands_in_the_file_at_once(tmp_path: Path) -> None:
    """Head, event, request, timer and id are a line each, before anything is closed."""
    recorder = _begun(tmp_path / "flight.jsonl")
    _watch(recorder, PoweredUp(), _asked(WriteSetting("2085_0", "60", By.REMOTE)), Woken())
    next(recorder.ids(numbered()))

    lines = _lines(tmp_path / "flight.jsonl")
    recorder.close()
    assert [line["is"] for line in lines] == ["life", "turn", "turn", "turn", "id"]
    assert [line.get("kind") for line in lines] == [None, "PoweredUp", "WriteSetting", None, None]
    assert lines[4]["id"] == "tx-1"


async def test_no_secret_is_written_down(tmp_path: Path) -> None:
    """Neither a password that is set nor one that is being written is in the file."""
    values = Values()
    values.put(comms.PASSWORD, Hidden(PASSWORD))
    recorder = _begun(tmp_path / "flight.jsonl", values=values)
    _watch(recorder, _asked(WriteSetting(comms.PASSWORD.id, PASSWORD + "!", By.REMOTE)))
    recorder.close()

    text = (tmp_path / "flight.jsonl").read_text()
    assert "horse" not in text
    assert MASK in text


async def test_no_code_is_written_down(tmp_path: Path) -> None:
    """Codes are told apart by a number, wherever they stand; cards are written as they are."""
    path = tmp_path / "flight.jsonl"
    one, other, card = (Token(text, TokenKind.KEY_CODE) for text in ("4711a", 'q"47\\11', "X"))
    good = Verdict(TokenStatus.ACCEPTED)
    recorder = Recorder(path, LOG, 1_000_000)
    recorder.begin(Layout(), Values(), Saved(tokens=(CachedToken(other, good, NOON),)))
    again = Token("4711A", TokenKind.KEY_CODE)
    listed = WriteLocalList(1, full=True, entries=((other, good), (card.kindless, None)))
    _watch(recorder, CardPresented(0, one), _asked(listed), TokenJudged(again, good))
    recorder.close()

    assert "47" not in path.read_text().replace(str(int(NOON)), "")
    presented, asked, judged = (turn.item for turn in replay(path))
    first, second = (Token(f"code {n}", TokenKind.KEY_CODE) for n in (2, 1))
    assert presented == CardPresented(0, first)
    assert asked == replace(listed, entries=((second, good), (card.kindless, None)))
    assert judged == TokenJudged(first, good)


async def test_no_credentials_of_a_url_are_written_down(tmp_path: Path) -> None:
    """Neither of what is asked for nor of what an update remembers; the rest of it is."""
    order = FirmwareOrder(URL, NOON, id=7)
    recorder = Recorder(tmp_path / "flight.jsonl", LOG, 1_000_000)
    recorder.begin(Layout(), Values(), Saved(firmware=FirmwareUpdate(order)))
    _watch(
        recorder, _asked(UpdateFirmware(order)), _asked(UploadLog(LogKind.DIAGNOSTICS, URL, id=8))
    )
    recorder.close()

    text = (tmp_path / "flight.jsonl").read_text()
    assert "secret" not in text
    assert text.count("ftp://***@example.com/d?***") == 3
    replayed = [turn.item for turn in replay(tmp_path / "flight.jsonl")]
    assert [getattr(item, "order", item) for item in replayed] == [
        replace(order, location="ftp://***@example.com/d?***"),
        UploadLog(LogKind.DIAGNOSTICS, "ftp://***@example.com/d?***", id=8),
    ]


async def test_no_secret_of_a_network_profile_is_written_down(tmp_path: Path) -> None:
    """Neither of what is stored nor of what was; whoever refused it then refuses it again."""
    apn = Apn("internet", "PAP", "anna", "hush-1", "hush-2")
    vpn = Vpn("IPSec", "vpn.example", "anna", "hush-3", "hush-4")
    bare = NetworkProfile(Generation.FIRST, "ws://csms.example", 1, 30)
    profile = replace(bare, url="ws://anna:hush-5@csms.example", apn=apn, vpn=vpn)
    recorder = Recorder(tmp_path / "flight.jsonl", LOG, 1_000_000)
    saved = Saved(networks={1: None, 2: replace(profile, url=bare.url), 3: bare})
    recorder.begin(Layout(), Values(), saved)
    moved = ChangeNetwork(3, url="ws://moved.example", timeout_s=20)
    wishes: tuple[Request, ...] = (
        StoreNetwork(2, profile),
        StoreNetwork(3, bare),
        ChangeNetwork(3, url=profile.url),
        moved,
    )
    _watch(recorder, *map(_asked, wishes))
    recorder.close()

    assert "hush" not in (tmp_path / "flight.jsonl").read_text()
    told = list(replay(tmp_path / "flight.jsonl"))
    assert [type(turn.answer) for turn in told] == [Refused, Accepted, Refused, Accepted]
    assert (told[1].item, told[3].item) == (StoreNetwork(3, bare), moved)


@pytest.mark.parametrize("row", [r for r in BOOK if isinstance(r, Setting) and r.secret])
def test_the_mask_is_answered_like_what_it_stands_for(row: Setting[Any]) -> None:
    """A secret that is accepted is masked by a value, and one that is refused by none."""
    low, high = int(row.kind.low or 0), int(row.kind.high or 0)
    shown = [masked(WriteSetting(row.id, "1" * size, By.REMOTE)) for size in (low, high)]

    texts = [request.text for request in shown if isinstance(request, WriteSetting)]
    assert texts == [mask_of(row)] * 2
    refused = masked(WriteSetting(row.id, "1" * (high + 1), By.REMOTE))
    assert isinstance(refused, WriteSetting)
    assert refused.text == "*" * (high + 1)
    row.kind.parse(mask_of(row))


def test_files_are_the_owners_alone(tmp_path: Path) -> None:
    """Also one that was not, for the cards of the cache are in it."""
    path = tmp_path / "flight.jsonl"
    path.touch(0o644)
    _begun(path).close()

    assert path.stat().st_mode & 0o777 == 0o600


async def test_a_charging_profile_is_told_again(tmp_path: Path) -> None:
    """One that was restored, one that is set, one of a start, and a limit from outside."""
    recorder = Recorder(tmp_path / "flight.jsonl", LOG)
    recorder.begin(Layout(), Values(), Saved(profiles=(profile(1, 9.5),)))
    later = profile(1, 8, (60, 7), kind=Kind.ABSOLUTE, starts_at=NOON, valid_to=NOON + 90)
    start = StartCharging(1, Token("A1"), profile=profile(3, evse=0, purpose=Purpose.TX))
    limit = SetExternalLimit(Source.EMS, 0, profile().schedules[0])
    release = ClearExternalLimit(Source.EMS, 0)
    wishes = (InstallProfile(later), start, limit, release)
    _watch(recorder, PoweredUp(), *(_asked(wish) for wish in wishes), PriorityGiven("tx-1", 2))
    recorder.close()

    turns = list(replay(tmp_path / "flight.jsonl"))
    assert [turn.item for turn in turns] == [PoweredUp(), *wishes, PriorityGiven("tx-1", 2)]
    assert LimitChanged(1, 9.5, "TxDefaultProfile 1") in turns[0].step.notices
    assert turns[1].step.records == [ProfileRemoved(1), ProfileInstalled(later)]


@pytest.mark.parametrize(
    "said",
    [
        GridMeasurement((11.04, -3.5, 0.0)),
        GridMeasurement((11.04, 7.0, 0.0), (2500.0, -40.0, 0.0), (229.5, 231.0, 230.1)),
    ],
)
async def test_what_the_house_takes_is_told_again(tmp_path: Path, said: GridMeasurement) -> None:
    """The same measurement, with what a meter may leave out, leaves the same again."""
    values = Values({(INSTALLATION_MAX.id, 0): 25.0})
    recorder = Recorder(tmp_path / "flight.jsonl", LOG)
    recorder.begin(Layout(grid=GridLink.P1), values, Saved())
    comes = (CablePlugged(1, 1, 32.0), PilotChanged(1, Pilot.B), CardPresented(1, Token("A1")))
    judged = TokenJudged(Token("A1"), Verdict(TokenStatus.ACCEPTED))
    _watch(recorder, PoweredUp(), CsmsOnline(), *comes, judged, GridRead(said))
    recorder.close()

    *_, heard = replay(tmp_path / "flight.jsonl")
    assert heard.item == GridRead(said)
    assert heard.step.notices == [LimitChanged(1, 13.4, "house fuse L1")]


def test_the_bound_also_holds_within_one_life(tmp_path: Path) -> None:
    """Two files, neither longer than allowed, hold the end of the life without a gap."""
    path = tmp_path / "flight.jsonl"
    recorder = _begun(path, most_bytes=2000)
    _watch(recorder, *(CardPresented(0, Token(f"{n:08X}")) for n in range(100)))
    recorder.close()

    assert sorted(tmp_path.iterdir()) == [older(path), path]
    assert all(part.stat().st_size <= 2000 for part in tmp_path.iterdir())
    assert all(part.stat().st_mode & 0o777 == 0o600 for part in tmp_path.iterdir())
    cards = [int(line["what"]["token"]["value"], 16) for line in _lines(older(path)) + _lines(path)]
    assert cards == list(range(cards[0], 100))


def test_a_half_written_line_is_cut_off_before_the_next_life(tmp_path: Path) -> None:
    """The power went while a line was written, and the next head still stands on its own."""
    path = tmp_path / "flight.jsonl"
    recorder = _begun(path)
    _watch(recorder, PoweredUp())
    recorder.close()
    with path.open("ab") as file:
        file.write(b'{"is":"turn","at":{"mo\0\0\0')
    _begun(path).close()

    assert [line["is"] for line in _lines(path)] == ["life", "turn", "life"]


def test_a_file_that_cannot_be_made_stops_nobody(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """It is said once, and what follows is not recorded."""
    (tmp_path / "flight.jsonl").mkdir()
    recorder = _begun(tmp_path / "flight.jsonl")
    _watch(recorder, PoweredUp(), Woken())
    recorder.close()

    assert [r.levelname for r in caplog.records] == ["ERROR"]
    assert "flight recorder has stopped" in caplog.text


def test_a_full_disk_stops_nobody(caplog: pytest.LogCaptureFixture) -> None:
    """It is said once, and the station goes on."""
    recorder = Recorder(Path("/dev/full"), LOG)
    with Path("/dev/full").open("ab", buffering=0) as full:
        recorder._file = full
        _watch(recorder, PoweredUp(), Woken())

    assert [r.levelname for r in caplog.records] == ["ERROR"]
    assert "No space left" in caplog.text


def test_a_page_that_was_turned_is_replayed_with_the_older_one(tmp_path: Path) -> None:
    """The life goes on from the one file to the other."""
    path = tmp_path / "flight.jsonl"
    recorder = _begun(path, most_bytes=_head_bytes(tmp_path) + 300)
    _watch(recorder, PoweredUp(), *[Woken()] * 9)
    recorder.close()

    assert older(path).exists()
    assert [turn.life for turn in replay(path)] == [1] * 10


def test_a_life_without_beginning_is_only_read(tmp_path: Path) -> None:
    """What came in is told, what went out is not known, and the next life is lived."""
    path = tmp_path / "flight.jsonl"
    recorder = _begun(path, most_bytes=_head_bytes(tmp_path) + 200)
    _watch(recorder, *[PoweredUp()] * 3)
    recorder.begin(Layout(), Values(), Saved())
    _watch(recorder, PoweredUp())
    recorder.close()
    whole = [*_lines(older(path)), *_lines(path)] if older(path).exists() else _lines(path)
    older(path).unlink(missing_ok=True)  # with the first head
    path.write_text("".join(json.dumps(line) + "\n" for line in whole[1:]))

    turns = list(replay(path))
    assert [turn.life for turn in turns][-1] == 1
    lost = [turn for turn in turns if turn.life == 0]
    assert lost
    assert all(not turn.step.notices and turn.item == PoweredUp() for turn in lost)


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("garbage", "line 2: "),
        ('{"is":"turn","at":{"mono":1,"utc":1},"kind":"Teleported"}', "there is no Teleported"),
        ('{"is":"turn","at":{"mono":1,"utc":1},"kind":"MeterLost","what":{"evse":"x"}}', "MeterLo"),
        ('{"is":"dream"}', "line 2: "),
        ("\xff", "line 2: "),
    ],
)
def test_a_line_that_is_no_recording_is_refused(tmp_path: Path, line: str, says: str) -> None:
    """The error names the file, the line and the reason."""
    path = tmp_path / "flight.jsonl"
    _begun(path).close()
    with path.open("ab") as file:
        file.write(line.encode("latin-1") + b"\n")

    with pytest.raises(FlightError) as refused:
        list(replay(path))

    assert f"{path}, line 2: " in str(refused.value)
    assert says in str(refused.value)


def test_a_truncated_last_line_is_tolerated(tmp_path: Path) -> None:
    """The power went while it was written; what stands before it is lived."""
    path = tmp_path / "flight.jsonl"
    recorder = _begun(path)
    _watch(recorder, PoweredUp(), Woken())
    recorder.close()
    path.write_bytes(path.read_bytes()[:-7])

    assert [turn.item for turn in replay(path)] == [PoweredUp()]


@pytest.mark.parametrize(
    ("setting", "says"),
    [(["FFFF_0", 0, "1"], "FFFF_0 is not a setting"), (["2085_0", 0, "x"], "a setting has no")],
)
def test_a_head_with_a_wrong_setting_is_refused(
    tmp_path: Path, setting: list[object], says: str
) -> None:
    """A setting of another release, or a value that is none, is named."""
    path = tmp_path / "flight.jsonl"
    _begun(path).close()
    [head] = _lines(path)
    path.write_text(json.dumps(head | {"settings": [setting]}) + "\n")

    with pytest.raises(FlightError, match=f"line 1: {says}"):
        list(replay(path))


def test_what_cannot_be_read_is_refused(tmp_path: Path) -> None:
    """A missing file and a folder are named."""
    with pytest.raises(FlightError, match=r"none\.jsonl: No such file"):
        list(replay(tmp_path / "none.jsonl"))
    with pytest.raises(FlightError, match="Is a directory"):
        list(replay(tmp_path))


def test_an_empty_recording_is_no_turn(tmp_path: Path) -> None:
    """A file in which nothing was written yet is not wrong."""
    (tmp_path / "flight.jsonl").touch()

    assert list(replay(tmp_path / "flight.jsonl")) == []
