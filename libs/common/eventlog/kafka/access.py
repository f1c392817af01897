"""The log-in of each client of Kafka, and the rights that an administrator gives the others."""

import asyncio
import ssl
from collections.abc import Collection, Sequence
from functools import cache
from typing import Any, TypeAlias

from aiokafka.admin import AIOKafkaAdminClient
from aiokafka.errors import for_code
from aiokafka.protocol.admin import (
    CreateAclsRequest,
    CreateAclsRequest_v1,
    DeleteAclsRequest,
    DescribeAclsRequest,
)

from libs.common.eventlog import LogRights
from libs.common.settings.kafka import KafkaAccess

Acl: TypeAlias = tuple[int, str, int, str, str, int, int]
"""Kind and name of a resource, pattern type, user, host, operation, permission."""

# https://kafka.apache.org/protocol.html: codes of ResourceType, PatternType, AclOperation,
# AclPermissionType.
_ANY = 1
_TOPIC, _GROUP = 2, 3
_LITERAL = 3
_READ, _WRITE = 3, 4  # each also allows describing the resource
_ALLOW = 3
_EVERYWHERE = "*"

_TIMEOUT_S = 60
_PAUSE_S = 0.1


def client_options(bootstrap: str, access: KafkaAccess | None) -> dict[str, Any]:
    """Return the options that all clients of aiokafka share."""
    options: dict[str, Any] = {"bootstrap_servers": bootstrap}
    if access is None:
        return options
    return options | {
        "security_protocol": "SASL_SSL" if access.is_tls else "SASL_PLAINTEXT",
        "ssl_context": _tls(access.ca_file) if access.is_tls else None,
        "sasl_mechanism": access.mechanism,
        "sasl_plain_username": access.user,
        "sasl_plain_password": access.password.get_secret_value(),
    }


@cache
def _tls(ca_file: str) -> ssl.SSLContext:
    return ssl.create_default_context(cafile=ca_file or None)


async def grant(admin: AIOKafkaAdminClient, rights: Sequence[LogRights]) -> None:
    """Give these users these rights on the topics and groups, and no others on them.

    Returns when every broker applies them. Raises TimeoutError when one does not, KafkaError when
    we are no administrator.
    """
    required_acls = {acl for service_rights in rights for acl in _acls(service_rights)}
    names = {name for _, name, *_ in required_acls}
    users = {service_rights.user for service_rights in rights}
    existing_acls = await _find_acls(admin, await _any_node(admin), users, names)
    if created := sorted(required_acls - existing_acls):
        response = await admin._send_to_controller(_CreateAcls(created))  # noqa: SLF001
        for code, words in response.creation_responses:
            _raise_for(code, words)
    for acl in sorted(existing_acls - required_acls):
        response = await admin._send_to_controller(DeleteAclsRequest(*acl))  # noqa: SLF001
        for code, words, _ in response.filter_responses:
            _raise_for(code, words)
    await _wait_for_brokers(admin, required_acls, users, names)


def _acls(rights: LogRights) -> list[Acl]:
    allowed = [
        *((_TOPIC, topic, _WRITE) for topic in rights.appends),
        *((_TOPIC, topic, _READ) for topic in rights.reads),
        (_GROUP, rights.group, _READ),
    ]
    user = f"User:{rights.user}"
    return [
        (kind, name, _LITERAL, user, _EVERYWHERE, operation, _ALLOW)
        for kind, name, operation in allowed
    ]


async def _wait_for_brokers(
    admin: AIOKafkaAdminClient,
    required_acls: set[Acl],
    users: Collection[str],
    names: Collection[str],
) -> None:
    """Wait until each broker has the rules: the controller answers for itself, brokers lag."""
    try:
        async with asyncio.timeout(_TIMEOUT_S):
            for node in await _nodes(admin):
                while await _find_acls(admin, node, users, names) != required_acls:  # noqa: ASYNC110
                    await asyncio.sleep(_PAUSE_S)
    except TimeoutError as error:
        raise TimeoutError("a broker does not go by the new rules") from error


async def _find_acls(
    admin: AIOKafkaAdminClient, node: int, users: Collection[str], names: Collection[str]
) -> set[Acl]:
    """Return the rights of these users on these names, as this broker knows them."""
    existing_acls: set[Acl] = set()
    for user in users:
        request = DescribeAclsRequest(_ANY, None, _ANY, f"User:{user}", None, _ANY, _ANY)
        response = await admin._send_request_to_node(node, request)  # noqa: SLF001
        _raise_for(response.error_code, response.error_message)
        for kind, name, pattern, acls in response.resources:
            existing_acls |= {(kind, name, pattern, *acl) for acl in acls if name in names}
    return existing_acls


async def _any_node(admin: AIOKafkaAdminClient) -> int:
    return (await _nodes(admin))[0]


async def _nodes(admin: AIOKafkaAdminClient) -> list[int]:
    return [broker["node_id"] for broker in (await admin.describe_cluster())["brokers"]]


def _raise_for(code: int, words: str | None) -> None:
    if code:
        raise for_code(code)(words or "")


class _CreateAcls(CreateAclsRequest):  # type: ignore[misc] # aiokafka has no types
    """Creates many rules at once; aiokafka's own class creates one."""

    def __init__(self, acls: Sequence[Acl]) -> None:
        self._acls = acls

    def build(self, request_struct_class: type[CreateAclsRequest_v1]) -> CreateAclsRequest_v1:
        return request_struct_class(list(self._acls))
