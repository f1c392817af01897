"""The requests that take a sharing key from a draft to the days on which it is in force."""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import Any
from uuid import NAMESPACE_URL, uuid5

_NOTICE = timedelta(days=30)

ApiRequest = tuple[str, str, Any]
"""Method, path and body."""


def key_requests(
    operation_id: str, valid_from: date, definition: Mapping[str, Any]
) -> Iterator[ApiRequest]:
    """Draft, approve, declare to the DSO in time, and activate a key; repeating changes nothing."""
    key_id = uuid5(NAMESPACE_URL, f"https://elocoop.coop/{operation_id}/keys/{valid_from}")
    path = f"/allocation/operations/{operation_id}/keys/{key_id}"
    draft = {"valid_from": str(valid_from), "valid_to": None, "definition": dict(definition)}
    yield "PUT", path, draft | {"poll_id": None, "title": None}
    yield "POST", f"{path}/approval", {}
    yield "POST", f"{path}/declaration", {"declared_on": str(valid_from - _NOTICE)}
    yield "POST", f"{path}/activation", None
