"""Settings: how a process and Kafka authenticate each other."""

from dataclasses import dataclass
from ipaddress import ip_address
from typing import Literal, Self

from pydantic import Field, SecretStr, model_validator
from pydantic_settings import BaseSettings


@dataclass(frozen=True)
class KafkaAccess:
    """A user's log-in; over TLS, which checks the certificate and the name, or in the clear."""

    user: str
    password: SecretStr
    mechanism: str
    is_tls: bool
    ca_file: str
    """Empty: the authorities of the system."""


class KafkaSettings(BaseSettings):
    """Unused while the event log is in PostgreSQL."""

    event_log_url: str = Field(
        "database:",
        description="kafka://host:port,…[/prefix] or database: (the log is in PostgreSQL)",
    )
    kafka_user: str = Field("", description="of this process at Kafka: the service's name")
    kafka_password: SecretStr = SecretStr("")
    kafka_sasl_mechanism: Literal["SCRAM-SHA-512", "SCRAM-SHA-256", "PLAIN"] = "SCRAM-SHA-512"
    kafka_security_protocol: Literal["SASL_SSL", "SASL_PLAINTEXT", "PLAINTEXT"] = Field(
        "SASL_SSL",
        description="SASL_PLAINTEXT, PLAINTEXT (nobody logs in): only on a network without others",
    )
    kafka_ca_file: str = Field(
        "", description="certificate of the authority that signed Kafka's; empty: the system's"
    )

    @property
    def kafka_access(self) -> KafkaAccess | None:
        """None if nobody logs in."""
        if not self.kafka_user:
            return None
        return KafkaAccess(
            user=self.kafka_user,
            password=self.kafka_password,
            mechanism=self.kafka_sasl_mechanism,
            is_tls=self.kafka_security_protocol == "SASL_SSL",
            ca_file=self.kafka_ca_file,
        )

    @model_validator(mode="after")
    def _check_kafka(self) -> Self:
        if bool(self.kafka_user) != bool(self.kafka_password.get_secret_value()):
            raise ValueError("set both KAFKA_USER and KAFKA_PASSWORD, or none")
        is_open = self.kafka_security_protocol == "PLAINTEXT"
        if self.kafka_user and is_open:
            raise ValueError(
                "with KAFKA_USER, KAFKA_SECURITY_PROTOCOL is SASL_SSL (or SASL_PLAINTEXT)"
            )
        if not self.kafka_user and not is_open and not self._is_kafka_here():
            raise ValueError(
                "Kafka is on another machine: set KAFKA_USER and KAFKA_PASSWORD; or, where nobody"
                " else is on the network, KAFKA_SECURITY_PROTOCOL=PLAINTEXT"
            )
        return self

    def _is_kafka_here(self) -> bool:
        """Return whether all servers are on the loopback, or there are none."""
        scheme, _, address = self.event_log_url.partition("://")
        servers = address.partition("/")[0].split(",") if scheme == "kafka" else []
        return all(map(_is_loopback, servers))


def _is_loopback(server: str) -> bool:
    host = server.rpartition(":")[0].strip("[]") or server
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False
