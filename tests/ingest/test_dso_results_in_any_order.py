"""The same files, whatever their order and however often, store the same of the DSO's results."""

import random
from collections.abc import Sequence
from typing import Any

import httpx
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.community.coop import (
    given_operation,
    new_prm,
)
from tests.ingest.delivering import (
    pushed,
)
from tests.ingest.dso import results_of, zipped
from tests.ingest.formats.result_files import (
    curves_of,
    energies_of,
    enveloped,
    wide,
    wide_day,
)
from tests.support.curves import OCTOBER_DAY
from tests.support.platform import Platform

_CURVES = ("definitive_load_curves", "provisional_load_curves")


@settings(
    max_examples=4,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(order=st.randoms(use_true_random=False))
async def test_files_in_any_order_and_twice_store_the_same(
    platform: Platform, operator: httpx.AsyncClient, order: random.Random
) -> None:
    del platform
    operation_id, prm, roof = await given_operation(operator), new_prm(), new_prm()
    files = _files_of(operation_id, prm, roof)
    for name, content in files:
        await pushed(operator, content, name)
    expected = _masked(await results_of(operator, operation_id, "2026-10"), [prm, roof])
    other, prms = await given_operation(operator), [new_prm(), new_prm()]
    shuffled = [*_files_of(other, *prms), *_files_of(other, *prms)]
    order.shuffle(shuffled)
    await pushed(operator, zipped(shuffled[:3]), "some.zip")
    for name, content in shuffled[3:]:
        await pushed(operator, content, name)

    results = await results_of(operator, other, "2026-10")

    assert _masked(results, prms) == expected


def _files_of(operation_id: str, home: str, roof: str) -> list[tuple[str, bytes]]:
    """Results that contradict each other, each published at another time."""
    files = [
        (
            f"{number}.json",
            enveloped(
                _CURVES[number % 2],
                curves_of(day, {"autocons": 100 * number, "cons": 500}, prm=home),
                operation=operation_id,
                retrieved_at=f"2026-11-1{number}T06:00:00Z",
            ),
        )
        for number, day in enumerate([OCTOBER_DAY, OCTOBER_DAY, "2026-10-24", OCTOBER_DAY])
    ]
    name = f"ENEDIS_{operation_id}_{{}}_20261102083000.csv"
    files.append((name.format(1), wide(wide_day(OCTOBER_DAY, home=home, roof=roof))))
    energies = energies_of({"cons": {"P": 7}}, prm=home)
    for number, resource in enumerate(("provisional_active_energy", "definitive_active_energy")):
        content = enveloped(
            resource, energies, operation=operation_id, retrieved_at=f"2026-11-0{9 - number}T06:00Z"
        )
        files.append((f"energy-{number}.json", content))
    return files


def _masked(shown: Any, prms: Sequence[str]) -> object:  # noqa: ANN401 - JSON
    """Without what differs from one operation to the next, and without numbers of revisions."""
    names = {prm: f"point {number}" for number, prm in enumerate(prms)}
    kinds = {
        kind: sorted(
            ({**row, "prm": names[row["prm"]]} for row in shown[kind]),
            key=lambda row: (row["prm"], row["quantity"]),
        )
        for kind in ("curves", "energies")
    }
    return kinds | {"days": shown["days_without_curves"], "revised": set(shown["day_revisions"])}
