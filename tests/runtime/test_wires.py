"""The wired network is read from the kernel as anybody may."""

from __future__ import annotations

from pathlib import Path

import pytest

from laadpaal.ports.machine import NO_WIRE
from laadpaal.runtime import wires
from laadpaal.runtime.wires import Wires

ROUTES = """Iface\tDestination\tGateway\tFlags
ppp0\t00000000\t0101000A\t0003
lan0\t00000000\t0100A8C0\t0003
lan0\t0000A8C0\t00000000\t0001
"""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """Return a machine with a mobile network, a wired one that leads out, and one that does not."""
    for name, mac in (
        ("lo", "00:00:00:00:00:00"),
        ("ppp0", ""),
        ("aux0", "02:00:00:00:00:02"),
        ("lan0", "02:00:00:00:00:01"),
    ):
        folder = tmp_path / "sys/class/net" / name
        folder.mkdir(parents=True)
        (folder / "address").write_text(f"{mac}\n")
    (tmp_path / "proc/net").mkdir(parents=True)
    (tmp_path / "proc/net/route").write_text(ROUTES)
    (tmp_path / "etc").mkdir()
    resolvers = "# by hand\nsearch home\nnameserver 192.168.0.1\nnameserver 9.9.9.9\nnameserver\n"
    (tmp_path / "etc/resolv.conf").write_text(resolvers)
    return tmp_path


def answers(monkeypatch: pytest.MonkeyPatch, known: dict[str, str]) -> None:
    """Let the kernel know the addresses of these interfaces."""
    masks = dict.fromkeys(known, "255.255.255.0")
    kernel = {wires._ADDRESS: known, wires._NETMASK: masks}
    monkeypatch.setattr(wires, "_asked", lambda name, what: kernel[what].get(name, ""))


def test_the_way_out_comes_first(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Before other interfaces; the mobile network is none of the wires."""
    answers(monkeypatch, {"aux0": "10.1.2.3", "lan0": "192.168.0.7", "ppp0": "10.0.0.9"})
    wire = Wires(root).look()

    assert (wire.name, wire.mac, wire.address) == ("lan0", "02:00:00:00:00:01", "192.168.0.7")
    assert (wire.netmask, wire.gateway) == ("255.255.255.0", "192.168.0.1")
    assert wire.servers == ("192.168.0.1", "9.9.9.9")


def test_a_wire_that_leads_nowhere(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It has an address, and no gateway."""
    answers(monkeypatch, {"aux0": "10.1.2.3"})
    wire = Wires(root).look()

    assert (wire.name, wire.address, wire.gateway) == ("aux0", "10.1.2.3", "")


def test_a_wire_that_is_not_plugged(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It has a number of its own all the same."""
    answers(monkeypatch, {})

    assert Wires(root).look().mac == "02:00:00:00:00:01"
    assert Wires(root).look().address == ""


def test_a_machine_without_wires(tmp_path: Path) -> None:
    """Nothing is there to be read."""
    assert Wires(tmp_path).look() == NO_WIRE


def test_the_kernel_of_this_machine() -> None:
    """It knows the address of its loopback, and none of what does not exist."""
    assert wires._asked("lo", wires._ADDRESS) == "127.0.0.1"
    assert wires._asked("lo", wires._NETMASK) == "255.0.0.0"
    assert wires._asked("no-such-wire", wires._ADDRESS) == ""
    assert Wires().look().mac != "00:00:00:00:00:00"
