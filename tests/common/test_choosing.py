"""Which journeys a gate tries: main ones, those that a change reaches, a fifth of the others."""

import json
import sys
from datetime import date, timedelta

import pytest

from tests.support.places import ROOT

sys.path.append(str(ROOT / "web"))
import choosing  # a script beside what it tries

_DAY = date(2026, 12, 7)
_TEXTS = {
    "web/src/main.tsx": "import { makeRouter } from './router';",
    "web/src/router.tsx": "const month = lazy(() => import('./pages/Month'), 'Month');",
    "web/src/pages/Month.tsx": "import { monthQuery } from '../queries/months';",
    "web/src/queries/months.ts": "import type { A } from './a';\nget('/months/{month}');",
    "web/src/queries/a.ts": "export const a = 1;",
    "web/tests/journeys/month.test.ts": "import { test } from './visitor';",
    "web/tests/journeys/visitor.ts": "import {\n  words,\n} from '../../src/messages/shell';",
    "web/src/messages/shell.ts": "export { both } from './both';",
    "web/src/messages/both.ts": "",
}


def test_a_journey_reaches_what_it_imports_and_the_pages_that_it_has_opened() -> None:
    reached = choosing.Sources(_TEXTS).reached_by("month", ["Month", "vendor"])

    assert reached == {*_TEXTS, "*"} - {"web/src/queries/a.ts"}


def test_what_never_ran_reaches_everything() -> None:
    assert choosing.Sources(_TEXTS).reached_by("month", None) == {*_TEXTS, "*"}


@pytest.mark.parametrize(
    ("path", "stale"),
    [
        ("web/src/pages/Month.tsx", {"web/src/pages/Month.tsx"}),
        ("web/package-lock.json", {"*"}),
        ("web/tests/unit/month.test.ts", set()),
        ("web/README.md", set()),
        ("docs/build/testing.md", set()),
        ("services/billing/domain/rounding.py", set()),
    ],
)
def test_a_changed_file_is_a_module_or_for_all_or_no_matter_of_the_page(
    path: str, stale: set[str]
) -> None:
    assert choosing.Sources(_TEXTS).changed_by({path}) == stale


def test_a_changed_route_reaches_what_asks_it() -> None:
    stale = choosing.Sources.read().changed_by({"services/billing/api/prices/prices.py"})

    assert any(path.startswith("web/src/queries/") for path in stale)


def test_each_journey_runs_within_five_days_and_the_main_ones_on_each() -> None:
    days = [choosing.choose(_DAY + timedelta(days=number), set()) for number in range(5)]

    assert set(choosing.units()) == {unit for choice in days for unit in choice.reasons}
    for choice in days:
        assert set(choosing.MAIN.values()) <= set(choice.reasons)
        assert set(choice.reasons).isdisjoint(choice.left_out)
        assert len(choice.reasons) < len(choosing.units()) / 3


def test_what_each_journey_reaches_is_known() -> None:
    """Else it runs in each gate: a whole `make web-journeys` notes it."""
    reached = json.loads(choosing.REACHED.read_text())

    assert set(reached) == set(choosing.units())
