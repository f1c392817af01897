"""Surplus contracts of plants."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from decimal import Decimal

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncSession

from libs.common.database import lock_names
from libs.common.ids import Prm
from services.billing.domain.surplus.surplus_contracts import SurplusContract, SurplusKind
from services.billing.domain.surplus.yearly_caps import YearlyCap
from services.billing.tables import SurplusContractRow


async def map_contracts(
    session: AsyncSession, plants: Collection[Prm]
) -> dict[Prm, list[SurplusContract]]:
    """Contracts by plant, in the order of their days; plants without any are left out."""
    row = SurplusContractRow
    query = select(row).where(row.prm.in_(plants)).order_by(row.prm, row.valid_from)
    contracts: defaultdict[Prm, list[SurplusContract]] = defaultdict(list)
    for contract_row in await session.scalars(query):
        contracts[Prm(contract_row.prm)].append(_contract(contract_row))
    return dict(contracts)


async def replace_contracts(
    session: AsyncSession, prm: Prm, contracts: Sequence[SurplusContract]
) -> None:
    """Make these all contracts of the plant, under a lock against other replacements."""
    await lock_names(session, "surplus", [prm])
    await session.execute(delete(SurplusContractRow).where(SurplusContractRow.prm == prm))
    for contract in contracts:
        session.add(SurplusContractRow(prm=prm, **_values(contract)))
    await session.flush()


def _values(contract: SurplusContract) -> dict[str, object]:
    values = vars(contract) | {
        "prices_by_month": {
            month: f"{price:f}" for month, price in sorted(contract.prices_by_month.items())
        }
    }
    cap = values.pop("yearly_cap")
    if cap is not None:
        values |= {
            "cap_kwh": cap.energy_kwh,
            "cap_beyond_cents_per_kwh": cap.beyond_cents_per_kwh,
            "cap_since": cap.since,
        }
    return values


def _cap(row: SurplusContractRow) -> YearlyCap | None:
    if row.cap_kwh is None:
        return None
    assert row.cap_beyond_cents_per_kwh is not None
    assert row.cap_since is not None
    return YearlyCap(row.cap_kwh, row.cap_beyond_cents_per_kwh, row.cap_since)


def _contract(row: SurplusContractRow) -> SurplusContract:
    return SurplusContract(
        kind=SurplusKind(row.kind),
        valid_from=row.valid_from,
        valid_to=row.valid_to,
        buyer=row.buyer,
        number=row.number,
        price_cents_per_kwh=row.price_cents_per_kwh,
        coefficient=row.coefficient,
        prices_by_month={month: Decimal(price) for month, price in row.prices_by_month.items()},
        yearly_cap=_cap(row),
    )
