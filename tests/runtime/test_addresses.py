"""What the machine is called."""

from __future__ import annotations

import ipaddress
import socket

from laadpaal.runtime.addresses import addresses, names


def test_the_loopback_is_always_among_them() -> None:
    """Whatever network there is, or none."""
    found = names()

    assert found.hosts[-1] == "localhost"
    assert found.addresses[-1] == "127.0.0.1"
    assert socket.gethostname() in found.hosts


def test_addresses_are_those_of_the_interfaces() -> None:
    """Each can be bound to, so each is ours; the loopback's own are left out."""
    for one in addresses():
        assert not ipaddress.ip_address(one).is_loopback
        with socket.create_server((one, 0)):
            pass
