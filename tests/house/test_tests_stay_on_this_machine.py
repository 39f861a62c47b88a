"""A test that reaches for the network fails at once, naming the address; this machine is open to it."""

from __future__ import annotations

import socket

import pytest


@pytest.mark.parametrize("host", ["192.0.2.1", "court.example", "2001:db8::1"])
def test_an_address_elsewhere_is_refused_by_name(host: str) -> None:
    with pytest.raises(ConnectionRefusedError, match=host):
        socket.create_connection((host, 80), timeout=1)


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost"])
def test_this_machine_answers(host: str) -> None:
    with (
        socket.create_server(("127.0.0.1", 0)) as server,
        socket.create_connection((host, server.getsockname()[1]), timeout=5) as client,
    ):
        assert client.getpeername()[0] == "127.0.0.1"
