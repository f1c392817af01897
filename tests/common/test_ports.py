"""Sockets that are bound before a server gets them."""

import contextlib
import socket
from collections.abc import Callable

import pytest

from libs.common.ports import KeptPort, bound_socket, port_of


def _shared_socket() -> socket.socket:
    with contextlib.closing(KeptPort()) as place:
        return place.socket()


@pytest.mark.parametrize("bind", [bound_socket, _shared_socket])
def test_the_second_part_of_an_answer_waits_for_no_acknowledgement(
    bind: Callable[[], socket.socket],
) -> None:
    with bind() as listener:
        listener.listen()
        with socket.create_connection(("127.0.0.1", port_of(listener))):
            connection, _ = listener.accept()
            with connection:
                assert connection.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)
