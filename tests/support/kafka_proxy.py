"""A proxy in front of a Kafka broker, that can lose an acknowledgement or be away."""

import asyncio
import ssl
from asyncio import StreamReader, StreamWriter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from urllib.parse import urlsplit

import pytest

_LOCAL_HOSTS = ("127.0.0.1", "localhost")
_PRODUCE = 0  # the API key of a produce request
_LENGTH = 4  # each request and each response comes after its length


class KafkaProxy:
    """Opened by ``kafka_proxy``."""

    def __init__(self, broker_port: int, tls: ssl.SSLContext | None) -> None:
        self._broker_port = broker_port
        self._tls = tls
        self._writers: set[StreamWriter] = set()
        self.port = 0
        self.away = False
        self.acks_to_lose = 0
        self.produce_requests = 0

    @property
    def url(self) -> str:
        return f"kafka://127.0.0.1:{self.port}"

    async def go_away(self) -> None:
        """Close all connections, and any that is opened until ``away`` is false again."""
        self.away = True
        for writer in list(self._writers):
            writer.close()

    async def serve(self, client: StreamReader, to_client: StreamWriter) -> None:
        if self.away:
            to_client.close()
            return
        broker, to_broker = await asyncio.open_connection(
            "127.0.0.1", self._broker_port, ssl=self._tls
        )
        self._writers |= {to_client, to_broker}
        lost: set[bytes] = set()
        try:
            async with asyncio.TaskGroup() as both_ways:
                both_ways.create_task(self._pass_requests(client, to_broker, lost))
                both_ways.create_task(self._pass_responses(broker, to_client, lost))
        except* (OSError, asyncio.IncompleteReadError):
            pass  # either side hung up
        finally:
            self._writers -= {to_client, to_broker}
            to_client.close()
            to_broker.close()

    async def _pass_requests(
        self, client: StreamReader, to_broker: StreamWriter, lost: set[bytes]
    ) -> None:
        while True:
            request = await _read(client)
            if int.from_bytes(request[0:2]) == _PRODUCE:
                self.produce_requests += 1
                if self.acks_to_lose:
                    self.acks_to_lose -= 1
                    lost.add(request[4:8])  # its correlation id
            await _write(to_broker, request)

    async def _pass_responses(
        self, broker: StreamReader, to_client: StreamWriter, lost: set[bytes]
    ) -> None:
        while True:
            response = await _read(broker)
            if response[0:4] in lost:
                raise ConnectionError("this acknowledgement gets lost")
            await _write(to_client, self._with_our_port(response))

    def _with_our_port(self, response: bytes) -> bytes:
        """Put us in the broker's place wherever it gives its address."""
        theirs, ours = self._broker_port.to_bytes(4), self.port.to_bytes(4)
        for host in _LOCAL_HOSTS:
            response = response.replace(host.encode() + theirs, host.encode() + ours)
        return response


@asynccontextmanager
async def kafka_proxy(broker_url: str, *, ca_file: str = "") -> AsyncIterator[KafkaProxy]:
    """Stand in front of a broker of this machine; skip the test when it is on another one.

    ca_file: of a broker that speaks TLS, which the proxy itself does not.
    """
    broker = urlsplit(broker_url.split(",", maxsplit=1)[0])
    if broker.hostname not in _LOCAL_HOSTS:
        pytest.skip(f"needs a Kafka on this machine, not {broker.hostname}")
    proxy = KafkaProxy(
        broker.port or 9092, ssl.create_default_context(cafile=ca_file) if ca_file else None
    )
    server = await asyncio.start_server(proxy.serve, "127.0.0.1", 0)
    proxy.port = server.sockets[0].getsockname()[1]
    try:
        yield proxy
    finally:
        await proxy.go_away()
        server.close()
        with suppress(TimeoutError):
            async with asyncio.timeout(5):
                await server.wait_closed()


async def _read(stream: StreamReader) -> bytes:
    length = await stream.readexactly(_LENGTH)
    return await stream.readexactly(int.from_bytes(length))


async def _write(stream: StreamWriter, content: bytes) -> None:
    stream.write(len(content).to_bytes(_LENGTH) + content)
    await stream.drain()
