"""Every line of the log has a number that it keeps, over files, restarts and power cuts."""

from __future__ import annotations

import logging
from pathlib import Path

import pytest

from laadpaal.ports.log import Written
from laadpaal.runtime.log_file import STRIDE, LogFile


def opened(path: Path, *, max_bytes: int = 400, keep: int = 3) -> LogFile:
    """Return the log in a folder."""
    path.touch()
    return LogFile(path, lambda: max_bytes, keep)


def say(log: LogFile, *texts: str) -> None:
    """Write lines; a text may hold several."""
    for text in texts:
        log.handle(logging.LogRecord("s", logging.INFO, "x.py", 1, text, None, None))


def test_lines_are_read_by_number_from_whichever_file(tmp_path: Path) -> None:
    """Those that are left, and nothing beside them."""
    log = opened(tmp_path / "log", max_bytes=2000)
    say(log, *(f"line {number}" for number in range(1500)))
    span = log.span()
    whole = log.read(0, 2000)
    part = log.read(span.start + 3, 300)
    log.close()
    assert 0 < span.start < 1000
    assert span.stop == 1500
    assert whole == tuple(Written(number, f"line {number}") for number in span)
    assert part == whole[3:303]
    assert log.read(1500, 10) == ()
    assert len(list(tmp_path.iterdir())) == 4


def test_another_size_counts_from_the_next_line_on(tmp_path: Path) -> None:
    """Also where the file is larger already, and no line is lost."""
    log = opened(tmp_path / "log", max_bytes=2000)
    say(log, *("x" * 99 for _ in range(15)))
    assert len(list(tmp_path.iterdir())) == 1

    log.max_bytes = lambda: 500
    say(log, *("y" * 99 for _ in range(6)))

    sizes = sorted(file.stat().st_size for file in tmp_path.iterdir())
    assert sizes == [100, 500, 1500]
    assert len(log.read(0, 99)) == 21
    log.close()


def test_numbers_go_on_after_a_restart(tmp_path: Path) -> None:
    """A file that was full, one that was not, and one of another size."""
    for run in range(5):
        log = opened(tmp_path / "log")
        assert log.span().stop == run * 30
        say(log, *(f"{run * 30 + number}" for number in range(30)))
        assert all(it.text == str(it.number) for it in log.read(0, 1000))
        log.close()


def test_a_text_of_several_lines_has_as_many_numbers(tmp_path: Path) -> None:
    """Also where it stands over a mark."""
    log = opened(tmp_path / "log", max_bytes=100_000)
    say(log, "a\nb\nc", *[f"{number}" for number in range(STRIDE)], "ü\nz")
    assert [it.text for it in log.read(0, 4)] == ["a", "b", "c", "0"]
    assert [it.text for it in log.read(STRIDE + 2, 9)] == [f"{STRIDE - 1}", "ü", "z"]
    log.close()


def test_a_torn_line_ends_where_it_was_torn(tmp_path: Path) -> None:
    """What is written after a power cut is a line of its own."""
    (tmp_path / "log").write_bytes(b"whole\ntor")
    log = opened(tmp_path / "log")
    say(log, "next")
    assert [it.text for it in log.read(0, 9)] == ["whole", "tor", "next"]
    log.close()


@pytest.mark.parametrize("fails", [False, True])
def test_a_power_cut_while_a_file_is_set_aside_numbers_nothing_anew(
    tmp_path: Path, *, fails: bool
) -> None:
    """Before the file was renamed, and after it but before there is a new one."""
    log = opened(tmp_path / "log", max_bytes=10_000)
    say(log, *(f"{number}" for number in range(10)))
    log.close()
    if fails:
        (tmp_path / "log").rename(tmp_path / "log-000000000000")
    again = opened(tmp_path / "log")
    say(again, "10")
    assert [it.text for it in again.read(0, 99)] == [f"{number}" for number in range(11)]
    again.close()


def test_files_of_an_earlier_release_are_numbered(tmp_path: Path) -> None:
    """The highest of their names is the oldest."""
    for name, text in (("log.2", "0\n1\n"), ("log.1", "2\n"), ("log", "3\n")):
        (tmp_path / name).write_text(text)
    log = opened(tmp_path / "log")
    assert [it.text for it in log.read(0, 9)] == ["0", "1", "2", "3"]
    assert log.span() == range(4)
    log.close()


def test_who_follows_hears_each_line(tmp_path: Path) -> None:
    """With the number by which it can be read."""
    log = opened(tmp_path / "log")
    heard: list[Written] = []
    log.followers.append(heard.append)
    say(log, "a\nb", "c")
    assert heard == [Written(0, "a"), Written(1, "b"), Written(2, "c")]
    assert tuple(heard) == log.read(0, 9)
    log.close()


def test_what_cannot_be_written_ends_nobody(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A disk that fails is told on the console."""
    log = opened(tmp_path / "log")
    log._file.close()
    say(log, "lost")
    assert "lost" in capsys.readouterr().err
    assert log.read(0, 9) == ()
    log.close()
