"""Reading the fields of a price list, each with a refusal that names its place."""

import re
from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from datetime import date
from decimal import Decimal
from reprlib import repr as shortened
from typing import Any
from uuid import UUID

from libs.common.ids import PRM_PATTERN, Prm
from services.billing.domain.price_list.problems import PriceListMalformed

NAME_PATTERN = r"[^\x00-\x1f\x7f]{1,60}"
EURO_PATTERN = r"\d{1,6}(\.\d{1,6})?"
RATE_PATTERN = r"\d(\.\d{1,4})?"
PERCENT_PATTERN = r"\d{1,3}(\.\d{1,4})?"
COEFFICIENT_PATTERN = r"\d{1,3}(\.\d{1,6})?"
_MENTION_PATTERN = r"[^\x00-\x1f\x7f]{1,200}"
_DAY_PATTERN = r"\d{4}-\d\d-\d\d"


def read_object(
    value: object, what: str, *, required: AbstractSet[str], optional: AbstractSet[str]
) -> Mapping[str, Any]:
    if not isinstance(value, Mapping):
        raise PriceListMalformed(f"{what} is not an object.")
    if missing := sorted(required - set(value)):
        raise PriceListMalformed(f"{what} lacks {', '.join(missing)}.")
    if unknown := sorted(str(field) for field in set(value) - required - optional):
        raise PriceListMalformed(f"{what} has unknown fields: {', '.join(unknown)}.")
    return value


def read_list(value: object, what: str) -> Sequence[object]:
    if not isinstance(value, Sequence) or isinstance(value, str):
        raise PriceListMalformed(f"{what} are a list.")
    return value


def read_text(value: object, pattern: str, what: str) -> str:
    if not isinstance(value, str) or not re.fullmatch(pattern, value, re.ASCII):
        raise PriceListMalformed(f"The {what} is {shortened(value)}: not the expected text.")
    return value


def read_mention(value: object, what: str) -> str:
    return read_text(value, _MENTION_PATTERN, what)


def read_name(value: object, what: str) -> str:
    return read_text(value, NAME_PATTERN, what)


def read_prm(value: object, what: str) -> Prm:
    return Prm(read_text(value, PRM_PATTERN, what))


def read_decimal(value: object, pattern: str, what: str) -> Decimal:
    return Decimal(read_text(value, pattern, what))


def read_micro_eur(value: object, what: str) -> int:
    """Euros as decimal text, to millionths of a euro."""
    return int(read_decimal(value, EURO_PATTERN, what).scaleb(6))


def read_flag(value: object, what: str) -> bool:
    if not isinstance(value, bool):
        raise PriceListMalformed(f"The {what} is {shortened(value)}: write true or false.")
    return value


def read_day(value: object, what: str) -> date:
    text = read_text(value, _DAY_PATTERN, what)
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise PriceListMalformed(f"The {what} is {text}: no such day.") from error


def read_member_id(value: object, what: str) -> UUID:
    try:
        return UUID(read_text(value, r"[0-9a-fA-F-]{36}", what))
    except ValueError as error:
        raise PriceListMalformed(f"The {what} is {value}: no id of a member.") from error
