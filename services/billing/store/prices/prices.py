"""Price lists."""

import asyncio
from collections.abc import Mapping, Sequence
from typing import Any, TypeVar

from pydantic import TypeAdapter
from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from libs.common.database import lock_names
from libs.common.ids import OperationId, Prm
from services.billing.domain.prices.price_list import (
    BuyerScope,
    DiscountEntry,
    FeeEntry,
    HourClass,
    MemberGroup,
    PriceEntry,
    PriceIndex,
    PriceList,
    UnknownHours,
)
from services.billing.tables import DiscountRow, FeeRow, PriceListRow, PriceRow

_LOCKED = "prices"
_Row = TypeVar("_Row", PriceRow, FeeRow, DiscountRow)

_groups = TypeAdapter(tuple[MemberGroup, ...])
_hour_classes = TypeAdapter(tuple[HourClass, ...])
_indexes = TypeAdapter(tuple[PriceIndex, ...])


async def lock_prices(session: AsyncSession, operation_id: OperationId) -> None:
    """Keep others from changing the operation's prices until the transaction ends."""
    await lock_names(session, _LOCKED, [operation_id])


async def list_prices(session: AsyncSession, operation_id: OperationId) -> PriceList:
    """The price list, perhaps empty, by producer and validity; entries for all producers first.

    Locked against changes until the transaction ends, as it is read in several statements.
    """
    key = func.hashtext(_LOCKED), func.hashtext(operation_id)
    await session.execute(select(func.pg_advisory_xact_lock_shared(*key)))
    defined = await session.get(PriceListRow, operation_id, populate_existing=True)
    rows = (
        await _list_rows(session, operation_id, PriceRow),
        await _list_rows(session, operation_id, FeeRow),
        await _list_rows(session, operation_id, DiscountRow),
    )
    # In a thread: a list may have thousands of entries, which are checked against one another.
    return await asyncio.to_thread(_price_list, defined.definitions if defined else {}, *rows)


def _price_list(
    definitions: Mapping[str, Any],
    prices: Sequence[PriceRow],
    fees: Sequence[FeeRow],
    discounts: Sequence[DiscountRow],
) -> PriceList:
    return PriceList(
        entries=tuple(map(_price, prices)),
        groups=_groups.validate_python(definitions.get("groups", ())),
        hour_classes=_hour_classes.validate_python(definitions.get("hour_classes", ())),
        indexes=_indexes.validate_python(definitions.get("indexes", ())),
        fees=tuple(map(_fee, fees)),
        discounts=tuple(map(_discount, discounts)),
        unknown_hours=UnknownHours(definitions.get("unknown_hours", UnknownHours.REFUSE)),
    )


async def replace_prices(
    session: AsyncSession, operation_id: OperationId, prices: PriceList
) -> None:
    """Replace the list, but keep the rows of unchanged entries: the audit log has only changes."""
    definitions = {
        "groups": _groups.dump_python(prices.groups, mode="json"),
        "hour_classes": _hour_classes.dump_python(prices.hour_classes, mode="json"),
        "indexes": _indexes.dump_python(prices.indexes, mode="json"),
        "unknown_hours": prices.unknown_hours,
    }
    await session.merge(PriceListRow(operation_id=operation_id, definitions=definitions))
    await _replace_rows(session, operation_id, PriceRow, prices.entries)
    await _replace_rows(session, operation_id, FeeRow, prices.fees)
    await _replace_rows(session, operation_id, DiscountRow, prices.discounts)
    await session.flush()


async def _replace_rows(
    session: AsyncSession,
    operation_id: OperationId,
    table: type[_Row],
    offers: Sequence[PriceEntry | FeeEntry | DiscountEntry],
) -> None:
    rows = [_fields(offer) for offer in offers]
    names = sorted(rows[0]) if rows else []
    new = {tuple(values[name] for name in names): values for values in rows}
    for row in await _list_rows(session, operation_id, table):
        if new.pop(tuple(getattr(row, name) for name in names), None) is None:
            await session.delete(row)
    # Delete before adding: two entries of one rank never share a day.
    await session.flush()
    session.add_all(table(operation_id=operation_id, **values) for values in new.values())


def _fields(offer: PriceEntry | FeeEntry | DiscountEntry) -> dict[str, object]:
    fields = dict(vars(offer))
    scope = fields.pop("scope")
    if "index" in fields:
        fields["price_index"] = fields.pop("index")
    return {**fields, "consumer": scope.consumer, "member_group": scope.group}


async def _list_rows(
    session: AsyncSession, operation_id: OperationId, row: type[_Row]
) -> Sequence[_Row]:
    order = (row.producer.nulls_first(), row.valid_from, row.consumer, row.member_group, row.id)
    query = select(row).where(row.operation_id == operation_id).order_by(*order)
    return (await session.scalars(query)).all()


def _price(row: PriceRow) -> PriceEntry:
    return PriceEntry(
        producer=_prm(row.producer),
        price_micro_eur_per_kwh=row.price_micro_eur_per_kwh,
        vat_rate=row.vat_rate,
        vat_mention=row.vat_mention,
        valid_from=row.valid_from,
        valid_to=row.valid_to,
        scope=_scope(row),
        hour_class=row.hour_class,
        index=row.price_index,
    )


def _fee(row: FeeRow) -> FeeEntry:
    return FeeEntry(
        name=row.name,
        producer=Prm(row.producer),
        micro_eur_per_month=row.micro_eur_per_month,
        vat_rate=row.vat_rate,
        vat_mention=row.vat_mention,
        valid_from=row.valid_from,
        valid_to=row.valid_to,
        scope=_scope(row),
        index=row.price_index,
    )


def _discount(row: DiscountRow) -> DiscountEntry:
    return DiscountEntry(
        name=row.name,
        producer=_prm(row.producer),
        percent=row.percent,
        micro_eur_per_kwh=row.micro_eur_per_kwh,
        valid_from=row.valid_from,
        valid_to=row.valid_to,
        scope=_scope(row),
    )


def _scope(row: PriceRow | FeeRow | DiscountRow) -> BuyerScope:
    return BuyerScope(_prm(row.consumer), row.member_group)


def _prm(text: str | None) -> Prm | None:
    return Prm(text) if text else None
