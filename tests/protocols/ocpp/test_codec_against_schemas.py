from __future__ import annotations

import json
import random
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from laadpaal.protocols.ocpp import codec
from laadpaal.protocols.ocpp.errors import RemoteProtocolError
from tests.protocols.ocpp import schemas

ROOT = Path(__file__).resolve().parents[3]
CASES = schemas.cases()
GOOD, BROKEN = 14, 26
_SINCE_2 = {
    "FormatViolation",
    "OccurrenceConstraintViolation",
    "PropertyConstraintViolation",
    "ProtocolError",
    "TypeConstraintViolation",
}
CODES = {
    "v16": {
        "FormationViolation",
        "OccurenceConstraintViolation",
        "PropertyConstraintViolation",
        "ProtocolError",
        "TypeConstraintViolation",
    },
    "v201": _SINCE_2,
    "v21": _SINCE_2,
}


def refused(case: schemas.Case, text: str) -> str | None:
    """Return our error code, or None; what we take must mean the same when we say it again."""
    try:
        message = codec.decode_payload(case.language, case.action, text.encode(), case.direction)
    except RemoteProtocolError as error:
        return error.code
    again = bytes(codec.encode(message))
    assert json.loads(text, parse_int=float) == json.loads(again, parse_int=float)
    return None


def payloads(case: schemas.Case) -> list[str]:
    """Return good and broken payloads, the same ones in every run."""
    lots = random.Random(f"{case.version} {case.file}")  # noqa: S311 -- no secret, a seed
    good = [schemas.valid(case.schema, lots, full) for full in [0.0, 1.0] + [0.6] * (GOOD - 2)]
    broken = [schemas.broken(case.schema, lots.choice(good), lots) for _ in range(BROKEN)]
    return [json.dumps(one) for one in good + broken]


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.version}-{case.file}")
def test_we_accept_what_the_schema_accepts(case: schemas.Case) -> None:
    """The verdict on every good and broken payload is the official schema's."""
    texts = payloads(case)

    verdicts = [(text, schemas.schema_accepts(case, text)) for text in texts]

    assert all(verdict for _, verdict in verdicts[:GOOD])
    for text, verdict in verdicts:
        code = refused(case, text)
        assert verdict == (code is None), text[:2000]
        assert code is None or code in CODES[case.version]


def test_the_payloads_are_many_and_both_good_and_bad() -> None:
    """At least 6 000 payloads over all 386 messages, a third of them bad at the least."""
    verdicts = Counter(
        schemas.schema_accepts(case, text) for case in CASES for text in payloads(case)
    )

    assert len(CASES) == 386
    assert verdicts.total() >= 6000
    assert verdicts[False] >= verdicts.total() / 3
    assert verdicts[True] >= verdicts.total() / 3


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.version}-{case.file}")
def test_every_message_comes_back_equal(case: schemas.Case) -> None:
    """decode(encode(x)) is x, for every message with all of its fields."""
    lots = random.Random(case.file)  # noqa: S311 -- no secret, a seed
    text = json.dumps(schemas.valid(case.schema, lots, 1.0)).encode()
    kind = codec.kind_of(case.language, case.action, case.direction)

    message = codec.decode_type(case.language, kind, text)

    assert message == codec.decode_type(case.language, kind, codec.encode(message))
    assert case.action == codec.action_of(message)


def test_the_written_messages_are_current() -> None:
    """scripts/messages --check finds nothing to write."""
    command = [sys.executable, str(ROOT / "scripts/make_messages.py"), "--check"]

    done = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603 -- ours

    assert (done.stdout + done.stderr, done.returncode) == ("", 0)
