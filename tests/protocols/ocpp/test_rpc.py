from __future__ import annotations

import json
import random
from contextlib import suppress

import msgspec
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from laadpaal.protocols.ocpp import codec, rpc, v16, v201
from laadpaal.protocols.ocpp.errors import LocalProtocolError, RemoteProtocolError
from laadpaal.protocols.ocpp.version import V16, V201, Version

LANGUAGES = (v16.LANGUAGE, v201.LANGUAGE)


def raw(text: str) -> msgspec.Raw:
    """Return a payload."""
    return msgspec.Raw(text.encode())


def a_call(message_id: str = "id-1", action: str = "Heartbeat") -> rpc.Call:
    """Return one of our calls."""
    return rpc.Call(message_id, action, raw("{}"))


@pytest.mark.parametrize(
    "text",
    [
        '[2,"id","Reset",{"type":"Hard"}]',
        '[3,"id",{}]',
        '[4,"id","GenericError","why",{"a":1}]',
        '[2,"","DataTransfer",[1,"\u20ac]["]]',
    ],
)
@pytest.mark.parametrize("version", [V16, V201])
def test_a_frame_comes_back_as_it_was(text: str, version: Version) -> None:
    """Rendering what was parsed gives the same text, from str and from bytes."""
    assert text == rpc.render(rpc.parse(text, version))
    assert text == rpc.render(rpc.parse(text.encode(), version))


def test_a_null_payload_is_empty_in_16_only() -> None:
    """OCPP-J 1.6 accepts null for an empty payload; 2.0.1 does not."""
    assert rpc.render(rpc.parse('[2,"i","Heartbeat",null]', V16)) == '[2,"i","Heartbeat",{}]'
    assert rpc.render(rpc.parse('[3,"i",null]', V16)) == '[3,"i",{}]'
    assert rpc.render(rpc.parse('[3,"i",null]', V201)) == '[3,"i",null]'


@pytest.mark.parametrize("text", ['[4,"i","GenericError"]', '[4,"i","GenericError",""]'])
def test_a_short_callerror_is_understood(text: str) -> None:
    """A refusal without description or details is still a refusal."""
    frame = rpc.parse(text, V16)

    assert isinstance(frame, rpc.CallError)
    assert (frame.id, frame.code, frame.description) == ("i", "GenericError", "")
    assert bytes(frame.details) == b"{}"


# text, 1.6 code and id to answer, 2.0.1 code and id to answer
FORMATION, FRAMEWORK = "FormationViolation", "RpcFrameworkError"
UNSUPPORTED = "MessageTypeNotSupported"
NASTY: list[tuple[str | bytes, tuple[str, str | None], tuple[str, str | None]]] = [
    ("", (FORMATION, None), (FRAMEWORK, "-1")),
    ("nonsense", (FORMATION, None), (FRAMEWORK, "-1")),
    ("{}", (FORMATION, None), (FRAMEWORK, "-1")),
    ('"2"', (FORMATION, None), (FRAMEWORK, "-1")),
    ("[]", (FORMATION, None), (FRAMEWORK, "-1")),
    ("[2]", (FORMATION, None), (FRAMEWORK, "-1")),
    ("[7]", (FORMATION, None), (FRAMEWORK, "-1")),
    (b'[2,"i","H",{"a":"\xff"}]', (FORMATION, None), (FRAMEWORK, "-1")),
    (b'\xef\xbb\xbf[2,"i","H",{}]', (FORMATION, None), (FRAMEWORK, "-1")),
    ('[2,"i","H","\ud800"]', (FORMATION, None), (FRAMEWORK, "-1")),
    ('[2,"\\ud800","H",{}]', (FORMATION, None), (FRAMEWORK, "-1")),
    ('[2,"i","H",NaN]', (FORMATION, None), (FRAMEWORK, "-1")),
    ('[2,"i","H",-Infinity]', (FORMATION, None), (FRAMEWORK, "-1")),
    ('[2,"i","H",{}] [', (FORMATION, None), (FRAMEWORK, "-1")),
    ("[" * 100_000, (FORMATION, None), (FRAMEWORK, "-1")),
    ('[2,"i","H",' + "[" * 100_000, (FORMATION, None), (FRAMEWORK, "-1")),
    ('{"a":' * 5000 + "1" + "}" * 5000, (FORMATION, None), (FRAMEWORK, "-1")),
    ('[2,7,"H",{}]', (FORMATION, None), (FRAMEWORK, "-1")),
    ('[2,null,"H",{}]', (FORMATION, None), (FRAMEWORK, "-1")),
    (f'[2,"{"i" * 37}","H",{{}}]', (FORMATION, None), (FRAMEWORK, "-1")),
    ('[2,"i"]', (FORMATION, "i"), (FRAMEWORK, "i")),
    ('[2,"i","H"]', (FORMATION, "i"), (FRAMEWORK, "i")),
    ('[2,"i","H",{},{}]', (FORMATION, "i"), (FRAMEWORK, "i")),
    ('[2,"i",7,{}]', (FORMATION, "i"), (FRAMEWORK, "i")),
    ('[2,"i","H",' + "[" * 32 + "]" * 33, (FORMATION, "i"), ("FormatViolation", "i")),
    (
        '[2,"i","H",' + '{"]":' * 32 + "1" + "}" * 32 + "]",
        (FORMATION, "i"),
        ("FormatViolation", "i"),
    ),
    ('[3,"i"]', (FORMATION, None), (FRAMEWORK, None)),
    ('[3,"i",{},1]', (FORMATION, None), (FRAMEWORK, None)),
    ('[3,"i",' + "[" * 40 + "]" * 41, (FORMATION, None), ("FormatViolation", None)),
    ("[3,7,{}]", (FORMATION, None), (FRAMEWORK, None)),
    ('[4,"i"]', (FORMATION, None), (FRAMEWORK, None)),
    ('[4,"i",5,"",{}]', (FORMATION, None), (FRAMEWORK, None)),
    ('[7,"i",{}]', ("GenericError", None), (UNSUPPORTED, "i")),
    ('[2.0,"i","H",{}]', ("GenericError", None), (UNSUPPORTED, "i")),
    ('["2","i","H",{}]', ("GenericError", None), (UNSUPPORTED, "i")),
    ('[-2,"i","H",{}]', ("GenericError", None), (UNSUPPORTED, "i")),
    ('[null,"i","H",{}]', ("GenericError", None), (UNSUPPORTED, "i")),
    (f'[{"2" * 10_000},"i"]', ("GenericError", None), (UNSUPPORTED, "i")),
    ('[1e400,"i"]', ("GenericError", None), (UNSUPPORTED, "i")),
]


@pytest.mark.parametrize("row", range(len(NASTY)))
def test_a_nasty_frame_is_refused_as_its_version_says(row: int) -> None:
    """Each broken frame has its code, and an answer only where the version has one."""
    text, *expected = NASTY[row]

    for version, (code, answer_to) in zip((V16, V201), expected, strict=True):
        with pytest.raises(RemoteProtocolError) as caught:
            rpc.parse(text, version)

        assert (code, answer_to) == (caught.value.code, caught.value.message_id)


def test_a_frame_of_the_greatest_size_and_depth_passes() -> None:
    """The limits themselves are allowed; brackets in texts do not count."""
    deepest = '[2,"i","H",' + "[" * 31 + '"[[[\\"[[]"' + "]" * 32
    wide = '[2,"i","H",[' + '{"a":["]"]},' * 100 + "{}]]"

    assert deepest == rpc.render(rpc.parse(deepest, V201))
    assert wide == rpc.render(rpc.parse(wide, V201, max_bytes=len(wide)))


def test_a_frame_that_is_too_long_is_refused_by_its_bytes() -> None:
    """The limit counts bytes of UTF-8, not characters."""
    text = '[2,"i","H","\u20ac"]'

    with pytest.raises(RemoteProtocolError) as caught:
        rpc.parse(text, V201, max_bytes=len(text))

    assert (caught.value.code, caught.value.message_id) == ("FormatViolation", "-1")


def test_of_a_key_given_twice_the_last_one_counts() -> None:
    """Duplicate keys are legal JSON; as with most parsers the last wins."""
    frame = rpc.parse('[2,"i","Reset",{"type":"Hard","type":"Soft"}]', V16)

    assert isinstance(frame, rpc.Call)
    assert v16.Reset(type=v16.ResetType.Soft) == codec.decode_call(
        v16.LANGUAGE, frame.action, frame.payload
    )


def swallow(text: str | bytes) -> None:
    """Parse as both versions, and read the payload too; only our own error may come out."""
    for language in LANGUAGES:
        with suppress(RemoteProtocolError):
            frame = rpc.parse(text, language.version)
            if isinstance(frame, rpc.Call):
                codec.decode_call(language, frame.action, frame.payload)


@given(st.binary(max_size=200))
@example(b"\x00")
def test_no_bytes_escape(noise: bytes) -> None:
    """Random bytes end in a frame or in RemoteProtocolError, never in anything else."""
    swallow(noise)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(st.characters(codec=None)),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
)


@given(st.lists(st.sampled_from([2, 3, 4, "i", "Reset", "DataTransfer"]) | JSON, max_size=6))
@settings(deadline=None)
def test_no_json_escapes(pieces: list[object]) -> None:
    """Random JSON, with NaN and half surrogates, is no exception."""
    swallow(json.dumps(pieces))
    swallow(json.dumps(pieces, ensure_ascii=False))


DAMAGE = [b"", b" ", b"[", b'"', b"\\", b"}", b"9" * 400]
REAL = [
    b'[2,"1","BootNotification",{"reason":"PowerUp","chargingStation":{"model":"M"}}]',
    b'[2,"7","DataTransfer",{"vendorId":"v","data":{"a":[1.5e3,"\\u00e9\xe2\x82\xac",null]}}]',
    b'[4,"7","GenericError","why",{"a":[true,false]}]',
]


def damaged(lots: random.Random) -> bytes:
    """Return a real frame with bytes changed, cut, doubled or inserted in one to four places."""
    frame = bytearray(lots.choice(REAL))
    for _ in range(lots.randint(1, 4)):
        start = lots.randint(0, len(frame))
        end = start + lots.randint(0, 6)
        frame[start:end] = lots.choice([*DAMAGE, lots.randbytes(2), frame[start:end] * 2])
    return bytes(frame)


def test_no_mutation_of_a_real_frame_escapes() -> None:
    """Four thousand damaged frames end in a frame or in RemoteProtocolError."""
    lots = random.Random(16)  # noqa: S311 -- no secret, a seed

    for _ in range(4000):
        swallow(damaged(lots))


def test_a_refusal_answers_the_call_or_nobody() -> None:
    """The CALLERROR carries the call's id; without an id nothing is answered."""
    unreadable = RemoteProtocolError("RpcFrameworkError", "no JSON", "-1")
    payload = RemoteProtocolError("TypeConstraintViolation", "text for a number")

    assert rpc.render(some(rpc.refusal(unreadable))) == '[4,"-1","RpcFrameworkError","no JSON",{}]'
    assert some(rpc.refusal(payload, "call-7")).id == "call-7"
    assert rpc.refusal(payload) is None


def some(answer: rpc.CallError | None) -> rpc.CallError:
    """Return the answer there must be."""
    assert answer is not None
    return answer


@pytest.mark.parametrize(
    "frame",
    [
        rpc.Call("i" * 37, "Heartbeat", raw("{}")),
        rpc.CallError("i", "GenericError", "x" * 256),
        rpc.CallError("i", "GenericError", "\ud800"),
    ],
)
def test_we_cannot_send_a_bad_frame(frame: rpc.Frame) -> None:
    """Our own frames obey the same limits."""
    with pytest.raises(LocalProtocolError):
        rpc.render(frame)


def test_an_answer_finds_its_call() -> None:
    """A result or error with the open call's id closes it."""
    conversation = rpc.Conversation()
    for answer in (rpc.CallResult("id-1", raw("{}")), rpc.CallError("id-1", "GenericError")):
        conversation.send(a_call(), now=0.0)

        heard = conversation.receive(answer)

        assert rpc.Answered(a_call(), answer) == heard
        assert conversation.waiting_for is None


def test_a_second_open_call_is_our_mistake() -> None:
    """One call at a time: the next waits for the answer."""
    conversation = rpc.Conversation()
    conversation.send(a_call(), now=0.0)

    with pytest.raises(LocalProtocolError):
        conversation.send(a_call("id-2"), now=1.0)

    assert a_call() == conversation.waiting_for


def test_the_peer_may_call_while_we_wait() -> None:
    """Incoming calls pass, even with the same id, and leave ours open."""
    conversation = rpc.Conversation()
    conversation.send(a_call(), now=0.0)
    theirs = a_call("id-1", "Reset")

    assert theirs is conversation.receive(theirs)
    assert a_call() == conversation.waiting_for


def test_unknown_and_doubled_answers_are_stray() -> None:
    """An answer nobody waits for is handed back as stray and changes nothing."""
    conversation = rpc.Conversation()
    answer, other = rpc.CallResult("id-1", raw("{}")), rpc.CallResult("id-9", raw("{}"))
    assert rpc.Stray(answer) == conversation.receive(answer)
    conversation.send(a_call(), now=0.0)

    assert rpc.Stray(other) == conversation.receive(other)
    assert isinstance(conversation.receive(answer), rpc.Answered)
    assert rpc.Stray(answer) == conversation.receive(answer)


def test_a_late_answer_is_stray() -> None:
    """At its timeout the call fails once; the answer that comes later is ignored."""
    conversation = rpc.Conversation()
    conversation.send(a_call(), now=100.0)

    assert conversation.expires_at(30.0) == 130.0
    assert conversation.expire(129.9, 30.0) is None
    assert a_call() == conversation.expire(130.0, 30.0)
    assert conversation.expire(131.0, 30.0) is None
    assert conversation.expires_at(30.0) is None
    answer = rpc.CallResult("id-1", raw("{}"))
    assert rpc.Stray(answer) == conversation.receive(answer)


def test_the_open_call_is_lost_with_the_connection() -> None:
    """When the link drops the open call is handed back, once."""
    conversation = rpc.Conversation()
    conversation.send(a_call(), now=0.0)

    assert a_call() == conversation.lose()
    assert conversation.lose() is None
