"""Kafka for tests: librdkafka's mock cluster anywhere, Apache Kafka where it can be had.

The mock cluster runs inside the test process and knows one member per group only. A broker is
the one EVENT_LOG_URL names, or one we start with Java; without either, tests that need it skip.
"""

import ctypes
import os
import re
import secrets
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import confluent_kafka.cimpl
import pytest
from pydantic import SecretStr

from libs.common.settings import Settings
from libs.common.settings.kafka import KafkaAccess
from services.cli.processes import NAMES
from tests.support.certificates import new_authority
from tests.support.places import ROOT

_RUN = ROOT / "deploy" / "kafka" / "run.sh"
_KAFKA_DATA = ROOT / "data" / "kafka"
_START_TIMEOUT_S = 180
_NO_JARS = 69  # exit status of run.sh
_CERTIFICATE = "node.pem"  # with its key


class KafkaUnavailable(Exception):
    """There is no broker to test with, and why."""


@dataclass(frozen=True)
class Broker:
    """A Kafka of this machine, and who may log in there."""

    url: str
    ca_file: str
    passwords: Mapping[str, str]
    """Of the administrator, ``admin``, and of the services; empty: nobody logs in."""

    def access(self, user: str = "admin") -> KafkaAccess | None:
        if not self.passwords:
            return None
        return KafkaAccess(
            user=user,
            password=SecretStr(self.passwords[user]),
            mechanism="SCRAM-SHA-512",
            is_tls=True,
            ca_file=self.ca_file,
        )


@pytest.fixture(scope="session")
def kafka() -> Iterator[Broker]:
    """A broker of Apache Kafka; the test is skipped, with the reason, where there is none."""
    try:
        with real_kafka() as broker:
            yield broker
    except KafkaUnavailable as reason:
        pytest.skip(f"needs Apache Kafka: {reason}")


@pytest.fixture(scope="session")
def kafka_mock() -> Iterator["KafkaMock"]:
    with mock_kafka() as mock:
        yield mock


@contextmanager
def real_kafka() -> Iterator[Broker]:
    """Yield a broker: EVENT_LOG_URL's, or one of our own that is stopped at the end.

    Raises KafkaUnavailable when there is neither.
    """
    settings = Settings()
    if settings.event_log_url.startswith("kafka://"):
        passwords = {name: os.environ.get(f"{name.upper()}_PASSWORD", "") for name in NAMES}
        admin = {settings.kafka_user: settings.kafka_password.get_secret_value()}
        users = passwords | admin if settings.kafka_user else {}
        yield Broker(settings.event_log_url, settings.kafka_ca_file, users)
        return
    _require_java()
    _KAFKA_DATA.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="test-", dir=_KAFKA_DATA) as name:
        folder = Path(name)
        port, controller_port = _free_ports()
        broker = _new_broker(folder, port)
        process = _start(broker, folder, port, controller_port)
        try:
            _wait_until_ready(process, folder)
            yield broker
        finally:
            # Its storage goes too, so it need not stop gently; Maven may be its child.
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()


def _new_broker(folder: Path, port: int) -> Broker:
    authority = new_authority(folder / "certificates")
    parts = [file.read_bytes() for file in authority.sign("127.0.0.1")]
    (folder / _CERTIFICATE).write_bytes(b"".join(parts))
    passwords = {name: secrets.token_hex(8) for name in ("admin", *NAMES)}
    return Broker(f"kafka://127.0.0.1:{port}", str(authority.certificate), passwords)


def _start(
    broker: Broker, folder: Path, port: int, controller_port: int
) -> "subprocess.Popen[bytes]":
    passwords = {"KAFKA_ADMIN": "admin", **{name.upper(): name for name in NAMES}}
    for name in passwords.values():
        (folder / f"{name}-password").write_text(broker.passwords[name])
    environment = os.environ | {
        "KAFKA_DIR": str(folder),
        "KAFKA_PORT": str(port),
        "KAFKA_CONTROLLER_PORT": str(controller_port),
        "KAFKA_CERTIFICATE_FILE": str(folder / _CERTIFICATE),
        "KAFKA_CA_FILE": broker.ca_file,
        **{f"{start}_PASSWORD": "" for start in passwords},
        **{
            f"{start}_PASSWORD_FILE": str(folder / f"{name}-password")
            for start, name in passwords.items()
        },
    }
    with (folder / "output").open("wb") as output:
        return subprocess.Popen(
            [_RUN], env=environment, stdout=output, stderr=output, start_new_session=True
        )


def _require_java() -> None:
    if not shutil.which("java"):
        raise KafkaUnavailable("EVENT_LOG_URL names none, and there is no java")
    answer = subprocess.run(["java", "-version"], capture_output=True, text=True, check=True)  # noqa: S607
    version = re.search(r'version "(\d+)', answer.stderr)
    if not version or int(version[1]) < 17:
        raise KafkaUnavailable("EVENT_LOG_URL names none, and java is older than 17")
    if not (shutil.which("mvn") or (_KAFKA_DATA / "libs").exists()):
        raise KafkaUnavailable("EVENT_LOG_URL names none, and there is no mvn to fetch its jars")


def _free_ports() -> tuple[int, int]:
    with socket.socket() as listener, socket.socket() as other:
        listener.bind(("127.0.0.1", 0))
        other.bind(("127.0.0.1", 0))
        return listener.getsockname()[1], other.getsockname()[1]


def _wait_until_ready(process: "subprocess.Popen[bytes]", folder: Path) -> None:
    log, output = folder / "kafka.log", folder / "output"
    deadline = time.monotonic() + _START_TIMEOUT_S
    while process.poll() is None and time.monotonic() < deadline:
        # Its port opens a little before it takes requests, so we read its log.
        if log.exists() and "Kafka Server started" in log.read_text():
            return
        time.sleep(0.1)
    still_fetching = process.returncode is None and not log.exists()
    if still_fetching or process.returncode == _NO_JARS:
        raise KafkaUnavailable("its jars could not be fetched from Maven Central")
    message = f"Kafka did not start: {output.read_text()[-2000:]}"
    raise RuntimeError(message)


class KafkaMock:
    """librdkafka's mock cluster, by its C interface (rdkafka_mock.h).

    The Python binding starts one too, but leaves no way to create topics, and has every member
    wait three seconds to join.
    """

    def __init__(self, librdkafka: ctypes.CDLL, cluster: ctypes.c_void_p) -> None:
        self._librdkafka = librdkafka
        self._cluster = cluster
        self._topics: set[str] = set()
        bootstraps: bytes = librdkafka.rd_kafka_mock_cluster_bootstraps(cluster)
        self.url = f"kafka://{bootstraps.decode()}"

    def create_topic(self, topic: str, *, partitions: int) -> None:
        if topic not in self._topics:
            self._topics.add(topic)
            error = self._librdkafka.rd_kafka_mock_topic_create(
                self._cluster, topic.encode(), partitions, 1
            )
            assert not error, f"the mock cluster refused topic {topic}: error {error}"


@contextmanager
def mock_kafka() -> Iterator[KafkaMock]:
    librdkafka = ctypes.CDLL(confluent_kafka.cimpl.__file__)  # which is linked with it
    librdkafka.rd_kafka_conf_new.restype = ctypes.c_void_p
    librdkafka.rd_kafka_new.restype = ctypes.c_void_p
    librdkafka.rd_kafka_mock_cluster_new.restype = ctypes.c_void_p
    librdkafka.rd_kafka_mock_cluster_bootstraps.restype = ctypes.c_char_p
    producer, no_message = 0, (None, 0)
    conf = ctypes.c_void_p(librdkafka.rd_kafka_conf_new())
    librdkafka.rd_kafka_conf_set(conf, b"log_level", b"2", *no_message)
    handle = ctypes.c_void_p(librdkafka.rd_kafka_new(producer, conf, *no_message))
    cluster = ctypes.c_void_p(librdkafka.rd_kafka_mock_cluster_new(handle, 1))
    librdkafka.rd_kafka_mock_group_initial_rebalance_delay_ms(cluster, 0)
    try:
        yield KafkaMock(librdkafka, cluster)
    finally:
        librdkafka.rd_kafka_mock_cluster_destroy(cluster)
        librdkafka.rd_kafka_destroy(handle)
