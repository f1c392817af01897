"""Ports of this machine, taken before somebody listens there."""

import secrets
import socket
from contextlib import suppress

_LOOPBACK = "127.0.0.1"
# Linux gives connections ports from 32768 on (ip_local_port_range in ip(7)).
_FIRST, _END = 20_000, 32_768


def bound_socket(port: int = 0) -> socket.socket:
    """A socket at this port of the loopback, at any free one for 0; for a server to listen on.

    Raises OSError when somebody listens there.
    """
    return _bind(socket.socket(), port)


class KeptPort:
    """A port of the loopback that is ours while processes come and go that listen there.

    Between a look for a free port and a listener, anybody may take it; so we stay bound to it
    ourselves, until ``close()``. The kernel hands connections to sockets that listen only.
    """

    def __init__(self) -> None:
        self._place = _shared_socket(0)
        self.number = port_of(self._place)

    def socket(self) -> socket.socket:
        """One more at this port, for the next who listens."""
        return _shared_socket(self.number)

    def close(self) -> None:
        self._place.close()


def free_port() -> int:
    """A port of the loopback where nothing listens, for a program that takes no socket of ours.

    Below those that the kernel gives to connections: nobody comes upon it by chance.
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
    # Connections inherit it. asyncio sets it only on sockets that were made with the protocol's
    # number, and uvicorn takes a file descriptor for a Unix socket: each answer in two parts would
    # wait 40 ms for the caller's acknowledgement.
    unbound.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    try:
        unbound.bind((_LOOPBACK, port))
    except OSError:
        unbound.close()
        raise
    return unbound
