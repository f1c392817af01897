"""The envelope in which answers of Enedis' ACC API are delivered, and how they are decoded.

An answer does not state its operation, whether it is definitive, or when it was asked for; the
envelope, which the puller adds, does: docs/use/acc-api.md.
"""

import json
import re
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal, InvalidOperation
from enum import StrEnum

from libs.common.ids import OPERATION_PATTERN
from services.ingest.domain.texts import storable
from services.ingest.formats.files.utf_8 import BOM, text_of
from services.ingest.formats.problems import FileMalformed, FormatUnknown

SOURCE = "enedis-acc"
MAX_BYTES = 12 * 1024**2
"""Decoding takes twenty times as much at worst; a month of one point has less than 1 MB."""

_BEGINNING = re.compile(rb'\s*\{\s*"source"\s*:\s*"' + SOURCE.encode() + rb'"')
_MOST_EXPONENT = 30
_MEMBERS = {"source", "operation", "resource", "retrieved_at", "period", "body"}
_OF_PERIOD = {"start", "end"}


class AccResource(StrEnum):
    """The resources by their names in the API; the provisional ones are an inference of ours."""

    PERIMETER = "perimeter"
    DEFINITIVE_LOAD_CURVES = "definitive_load_curves"
    PROVISIONAL_LOAD_CURVES = "provisional_load_curves"
    DEFINITIVE_ACTIVE_ENERGY = "definitive_active_energy"
    PROVISIONAL_ACTIVE_ENERGY = "provisional_active_energy"

    @property
    def is_definitive(self) -> bool:
        return self in {AccResource.DEFINITIVE_LOAD_CURVES, AccResource.DEFINITIVE_ACTIVE_ENERGY}


@dataclass(frozen=True)
class AccEnvelope:
    """One answer; numbers in its body are texts as the API wrote them, without exponents."""

    operation_id: str
    resource: AccResource
    retrieved_at: datetime | None
    start: str  # of the period that was asked for; empty if the envelope does not state it
    end: str
    body: object
    unknown: AbstractSet[str]  # members of the envelope that it should not have


def recognises(head: bytes) -> bool:
    """Return whether the first member is that of an envelope."""
    return bool(_BEGINNING.match(head.removeprefix(BOM)))


def open_envelope(content: bytes) -> AccEnvelope:
    """Open an envelope. Raises FileMalformed, and FormatUnknown for an unknown resource."""
    envelope = members(_decode(content))
    operation_id = text(envelope.get("operation"))
    if not re.match(OPERATION_PATTERN, operation_id, re.ASCII):
        raise FileMalformed("The envelope's `operation` is not ACC and 8 digits.")
    resource = text(envelope.get("resource"))
    if resource not in set(AccResource):
        raise FormatUnknown(f"The envelope's `resource` is none of: {', '.join(AccResource)}.")
    period = members(envelope.get("period"))
    return AccEnvelope(
        operation_id=operation_id,
        resource=AccResource(resource),
        retrieved_at=instant(text(envelope.get("retrieved_at"))),
        start=text(period.get("start")),
        end=text(period.get("end")),
        body=envelope.get("body"),
        unknown=(envelope.keys() - _MEMBERS) | (period.keys() - _OF_PERIOD),
    )


def members(value: object) -> dict[str, object]:
    """Return the members of an object; anything else has none."""
    return value if isinstance(value, dict) else {}


def elements(value: object) -> list[object]:
    """Return the elements of an array; an object is an array of one, anything else has none."""
    if isinstance(value, list):
        return value
    return [value] if isinstance(value, dict) else []


def text(value: object) -> str:
    """Return a string or a number as it was written; anything else is empty."""
    return storable(value).strip() if isinstance(value, str) else ""


def instant(stamp: str) -> datetime | None:
    """Return the instant of a stamp; None if it is impossible or has no offset."""
    try:
        moment = datetime.fromisoformat(stamp)
        return moment.astimezone(UTC) if moment.tzinfo else None
    except (ValueError, OverflowError):
        return None


def _decode(content: bytes) -> object:
    if len(content) > MAX_BYTES:
        raise FileMalformed(
            f"It has more than {MAX_BYTES // 1024**2} MiB: ask the API for fewer points or days."
        )
    try:
        return json.loads(
            text_of(content.removeprefix(BOM)),
            parse_int=str,
            parse_float=_plain,
            parse_constant=str,
        )
    except ValueError as error:
        where = f" in line {error.lineno}" if isinstance(error, json.JSONDecodeError) else ""
        raise FileMalformed(f"It is no JSON: it is damaged{where}.") from error
    except RecursionError as error:
        raise FileMalformed("Its objects are nested too deep.") from error


def _plain(number: str) -> str:
    """Return ``4.78E+2`` without its exponent; an unreasonable number stays as it is."""
    if "e" not in number.lower():
        return number
    try:
        exact = Decimal(number)
    except InvalidOperation:
        return number
    is_small = abs(exact.adjusted()) < _MOST_EXPONENT
    return format(exact, "f") if is_small and len(number) < _MOST_EXPONENT else number
