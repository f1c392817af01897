"""Statements of producers' sales in a month, and of their plants' surplus."""

import asyncio
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from libs.common.calendar import Month
from libs.common.ids import OperationId, Prm
from services.billing.commands.surplus.surplus import map_plants
from services.billing.documents.rendering import render_statements
from services.billing.domain.invoices.invoices import Invoice, InvoiceState, OperationBlock
from services.billing.domain.prices.sales import Perimeter
from services.billing.domain.surplus.plants import PlantMonth
from services.billing.domain.surplus.producer_statements import (
    ProducerStatement,
    producer_statements,
)
from services.billing.domain.surplus.seller_statements import NothingSoldBy, seller_statements
from services.billing.domain.surplus.unsold_plants import UnsoldPlant, unsold_plants
from services.billing.domain.wordings import Language
from services.billing.store.copies import find_perimeter, get_parties
from services.billing.store.invoices.filters import InvoiceFilter
from services.billing.store.invoices.invoices import list_invoices, read_content
from services.billing.store.settlements import list_pairs

_NOBODY = Perimeter("", [])


@dataclass(frozen=True)
class _Facts:
    """The facts of a month: visible documents, plants, and the plants that sold nothing."""

    invoices: Sequence[Invoice]
    perimeter: Perimeter
    plants: Mapping[Prm, PlantMonth]
    unsold: Sequence[UnsoldPlant]


async def list_statements(
    session: AsyncSession, operation_id: OperationId, month: Month, *, seller_id: UUID | None
) -> list[ProducerStatement]:
    """A month's statements. seller_id: only this seller's, from issued invoices."""
    facts = await _load(session, operation_id, month, seller_id)
    return producer_statements(
        facts.invoices,
        month,
        participations=facts.perimeter.participations,
        plants=facts.plants,
        unsold=facts.unsold,
    )


async def print_statements(
    session: AsyncSession,
    operation_id: OperationId,
    month: Month,
    *,
    producer: Prm | None,
    seller_id: UUID | None,
    language: Language,
) -> bytes:
    """The PDF of a month's statements. seller_id: only this seller's, from issued invoices.

    Raises NothingSold.
    """
    facts = await _load(session, operation_id, month, seller_id)
    parties = await get_parties(session, {plant.owner_id for plant in facts.unsold})
    statements = seller_statements(
        facts.invoices,
        month,
        producer=producer,
        participations=facts.perimeter.participations,
        plants=facts.plants,
        without_sales=NothingSoldBy(
            OperationBlock(operation_id, facts.perimeter.name), facts.unsold, parties
        ),
    )
    return await asyncio.to_thread(render_statements, statements, language)


async def _load(
    session: AsyncSession, operation_id: OperationId, month: Month, seller_id: UUID | None
) -> _Facts:
    rows = await list_invoices(session, InvoiceFilter(operation_id=operation_id, month=month))
    invoices = [
        read_content(row)
        for row in rows
        if seller_id is None or (row.issuer_id == seller_id and row.state == InvoiceState.ISSUED)
    ]
    perimeter = await find_perimeter(session, operation_id) or _NOBODY
    plants = await map_plants(session, operation_id, month)
    sellers = _producers(invoices, month)
    rest = {prm: plant for prm, plant in plants.items() if prm not in sellers}
    pairs = await list_pairs(session, operation_id, month, rest) if rest else []
    unsold = unsold_plants(month, rest, pairs, perimeter.participations)
    shown = [plant for plant in unsold if seller_id in (None, plant.owner_id)]
    return _Facts(invoices, perimeter, plants, shown)


def _producers(invoices: Iterable[Invoice], month: Month) -> set[Prm]:
    lines = (line for invoice in invoices for line in invoice.lines)
    return {line.producer for line in lines if Month.of(line.valid_from) == month}
