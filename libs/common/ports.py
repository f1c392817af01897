"""Ports of this machine, reserved before a listener uses them."""

import secrets
import socket
from contextlib import suppress

_LOOPBACK = "127.0.0.1"
# Linux gives connections ports from 32768 on (ip_local_port_range in ip(7)).
_FIRST, _END = 20_000, 32_768


def bound_socket(port: int = 0) -> socket.socket:
    """Return a socket at this port of the loopback, or at any free one for 0; for a server.

    Raises OSError when the port is in use.
    """
    return _bind(socket.socket(), port)


class KeptPort:
    """A port of the loopback that stays ours while processes that listen there come and go.

    Between the search for a free port and a listener, anybody may take it; so we stay bound to it
    ourselves, until ``close()``. The kernel hands connections only to sockets that listen.
    """

    def __init__(self) -> None:
        self._place = _shared_socket(0)
        self.number = port_of(self._place)

    def socket(self) -> socket.socket:
        """Return one more socket at this port, for the next listener."""
        return _shared_socket(self.number)

    def close(self) -> None:
        self._place.close()


def free_port() -> int:
    """Return a free port of the loopback, for a program that does not accept a socket of ours.

    Below the kernel's ports for connections, so that nobody gets it by chance.
    """
    while True:
        with suppress(OSError), bound_socket(_FIRST + secrets.randbelow(_END - _FIRST)) as probe:
            return port_of(probe)


def port_of(bound: socket.socket) -> int:
    port: int = bound.getsockname()[1]
    return port


def _shared_socket(port: int) -> socket.socket:
    shared = socket.socket()
    shared.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
    return _bind(shared, port)


def _bind(unbound: socket.socket, port: int) -> socket.socket:
    unbound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    # Connections inherit it. asyncio sets it only on sockets created with the protocol's number,
    # and uvicorn takes a file descriptor for a Unix socket: each answer in two parts would wait
    # 40 ms for the caller's acknowledgement.
    unbound.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    try:
        unbound.bind((_LOOPBACK, port))
    except OSError:
        unbound.close()
        raise
    return unbound
