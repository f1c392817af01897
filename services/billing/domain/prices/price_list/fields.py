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
from services.billing.domain.prices.price_list.problems import PriceListMalformed

NAME_PATTERN = r"[^\x00-\x1f\x7f]{1,60}"
EURO_PATTERN = r"\d{1,6}(\.\d{1,6})?"
RATE_PATTERN = r"\d(\.\d{1,4})?"
PERCENT_PATTERN = r"\d{1,3}(\.\d{1,4})?"
COEFFICIENT_PATTERN = r"\d{1,3}(\.\d{1,6})?"
_MENTION_PATTERN = r"[^\x00-\x1f\x7f]{1,200}"
_DAY_PATTERN = r"\d{4}-\d\d-\d\d"


def read_object(
    value: object, subject: str, *, required: AbstractSet[str], optional: AbstractSet[str]
) -> Mapping[str, Any]:
    if not isinstance(value, Mapping):
        raise PriceListMalformed(f"{subject} is not an object.")
    if missing := sorted(required - set(value)):
        raise PriceListMalformed(f"{subject} lacks {', '.join(missing)}.")
    if unknown := sorted(str(field) for field in set(value) - required - optional):
        raise PriceListMalformed(f"{subject} has unknown fields: {', '.join(unknown)}.")
    return value


def read_list(value: object, subject: str) -> Sequence[object]:
    if not isinstance(value, Sequence) or isinstance(value, str):
        raise PriceListMalformed(f"{subject} are a list.")
    return value


def read_text(value: object, pattern: str, subject: str) -> str:
    if not isinstance(value, str) or not re.fullmatch(pattern, value, re.ASCII):
        raise PriceListMalformed(f"The {subject} is {shortened(value)}: not the expected text.")
    return value


def read_mention(value: object, subject: str) -> str:
    return read_text(value, _MENTION_PATTERN, subject)


def read_name(value: object, subject: str) -> str:
    return read_text(value, NAME_PATTERN, subject)


def read_prm(value: object, subject: str) -> Prm:
    return Prm(read_text(value, PRM_PATTERN, subject))


def read_decimal(value: object, pattern: str, subject: str) -> Decimal:
    return Decimal(read_text(value, pattern, subject))


def read_micro_eur(value: object, subject: str) -> int:
    """Euros as decimal text, to millionths of a euro."""
    return int(read_decimal(value, EURO_PATTERN, subject).scaleb(6))


def read_flag(value: object, subject: str) -> bool:
    if not isinstance(value, bool):
        raise PriceListMalformed(f"The {subject} is {shortened(value)}: write true or false.")
    return value


def read_day(value: object, subject: str) -> date:
    text = read_text(value, _DAY_PATTERN, subject)
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise PriceListMalformed(f"The {subject} is {text}: no such day.") from error


def read_member_id(value: object, subject: str) -> UUID:
    try:
        return UUID(read_text(value, r"[0-9a-fA-F-]{36}", subject))
    except ValueError as error:
        raise PriceListMalformed(f"The {subject} is {value}: no id of a member.") from error
