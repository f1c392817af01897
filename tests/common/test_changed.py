"""The tests nearest to a change are chosen, and what is left out is told."""

import pytest

from tests.support.changed import Choice, Sources, choose, read_costs
from tests.support.places import ROOT


@pytest.fixture(scope="module")
def sources() -> Sources:
    return Sources()


@pytest.mark.parametrize(
    ("path", "file"),
    [
        ("services/billing/domain/gifts.py", "tests.billing.test_gifts"),  # by its route
        ("services/billing/api/gifts.py", "tests.billing.test_gifts"),
        (
            "services/allocation/domain/curves.py",
            "tests.allocation.domain.test_curves",
        ),
        ("libs/common/http/body_limits.py", "tests.common.test_body_limits"),
        ("tests/billing/test_gifts.py", "tests.billing.test_gifts"),
        ("tests/access/conftest.py", "tests.access.test_roles"),
        ("docs/use/first-operation.md", "tests.system.test_first_operation"),
    ],
)
def test_a_change_chooses_the_tests_beside_it(sources: Sources, path: str, file: str) -> None:
    assert (ROOT / path).is_file()

    assert file in choose(sources, {path}, {}).chosen


def test_the_tests_of_another_service_are_not_reached(sources: Sources) -> None:
    choice = choose(sources, {"services/ingest/formats/publication.py"}, {})

    assert "tests.ingest.formats.test_publication" in choice.chosen
    assert "tests.billing.domain.test_fees" not in {*choice.chosen, *choice.left_out}


def test_the_nearest_are_chosen_as_long_as_there_is_time(sources: Sources) -> None:
    choice = choose(sources, {"libs/common/calendar.py"}, read_costs())

    assert max(choice.chosen.values()) <= min(choice.left_out.values())
    assert f"over: {len(choice.left_out)} files" in "\n".join(choice.lines())


def test_one_that_takes_all_the_time_is_tried_alone(sources: Sources) -> None:
    costs_s = {f"tests/billing/{name}.py": 1e6 for name in ("test_gifts", "test_prices")}
    changed = {"tests/billing/test_gifts.py", "tests/billing/test_prices.py"}

    assert list(choose(sources, changed, costs_s).chosen) == ["tests.billing.test_gifts"]


def test_a_change_that_nobody_knows_is_told(sources: Sources) -> None:
    path = "web/src/{}.css".format("absent")  # whole, this file would name it

    choice = choose(sources, {path}, {})

    assert choice == Choice({}, {}, choice.unreached_count, (path,))
    assert f"not known whom it reaches: {path}" in list(choice.lines())
