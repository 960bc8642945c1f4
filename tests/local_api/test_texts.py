"""What the page says: the same in each of its languages."""

from __future__ import annotations

import re

import pytest

from laadpaal.local_api import pages
from laadpaal.station.display import ScreenState
from laadpaal.station.lights import Light
from laadpaal.station.words import Connection, Status

FILES = {file.name: file.body.decode() for file in pages.page_files()}
ENGLISH = "texts-en.js"
LANGUAGES = sorted(name for name in FILES if name.startswith("texts-"))
LINE = re.compile(r'  "([^"]+)": "([^"]+)",')


def texts(name: str) -> dict[str, str]:
    """Return the texts of a language; each stands on a line of its own, and none twice."""
    body = FILES[name].partition("= {\n")[2].removesuffix("\n};\n")
    found = [LINE.fullmatch(line) for line in body.split("\n") if line]
    pairs = [(it[1], it[2]) for it in found if it]
    assert len(pairs) == len(found) == len(dict(pairs))
    return dict(pairs)


def gaps(text: str) -> list[str]:
    """Return what is filled into a text."""
    return sorted(re.findall(r"\{(\w+)\}", text))


@pytest.mark.parametrize("name", LANGUAGES)
def test_a_language_says_all_that_english_says(name: str) -> None:
    """With the same keys in the same order, and the same gaps in each text."""
    english, other = texts(ENGLISH), texts(name)

    assert list(other) == list(english)
    assert {key: gaps(text) for key, text in other.items()} == {
        key: gaps(text) for key, text in english.items()
    }


@pytest.mark.parametrize("name", LANGUAGES)
def test_each_language_can_be_chosen(name: str) -> None:
    """By its code, which has a name for people."""
    code = name.removeprefix("texts-").removesuffix(".js")

    assert f'from "/page/{name}"' in FILES["texts.js"]
    assert len(re.findall(rf"\b{code}: ", FILES["texts.js"])) == len(["text", "name"])


def test_every_word_of_the_station_is_said() -> None:
    """Each state of a connector, of what is plugged in, of a light and of the display."""
    named = {
        *(f"status.{it.value}" for it in Status),
        *(f"connection.{it.value}" for it in Connection),
        *(f"light.{it.name.lower().replace('_', ' ')}" for it in Light),
        *(f"screen.{it.name.lower().replace('_', ' ')}" for it in ScreenState),
    }
    kinds = ("status.", "connection.", "light.", "screen.")

    assert {key for key in texts(ENGLISH) if key.startswith(kinds)} == named


def test_the_page_asks_for_no_text_that_there_is_not() -> None:
    """What it names in full is there, in every part of it."""
    asked = {key for text in FILES.values() for key in re.findall(r'\bt\("([^"]+)"', text)}

    assert asked
    assert asked <= set(texts(ENGLISH))
