"""What members are told of plants: the power of those that are no household's."""

from datetime import date
from uuid import UUID

import pytest

from libs.common.ids import Direction, Prm
from services.allocation.domain.months.producers import Owner, Producer
from services.allocation.domain.perimeter import Participation

_COMPANY = Owner("company", "Soleils d’Aurelle")
_PUBLIC_BODY = Owner("public_body", "Commune de Pousselac")
_HOUSEHOLD = Owner("household", None)


@pytest.mark.parametrize(
    ("owner", "power_w", "told_w"),
    [
        (_COMPANY, 35_999, None),
        (_COMPANY, 36_000, 36_000),
        (_PUBLIC_BODY, 100_000, 100_000),
        (_COMPANY, None, None),
        (_HOUSEHOLD, 9_000, None),
        (_HOUSEHOLD, 36_000, None),
        (_HOUSEHOLD, 100_000, None),
        (None, 100_000, None),
    ],
)
def test_the_power_of_a_household_is_never_told(
    owner: Owner | None, power_w: int | None, told_w: int | None
) -> None:
    stay = Participation(
        prm=Prm("99220000000001"),
        direction=Direction.PRODUCTION,
        member_id=UUID(int=1),
        valid_from=date(2026, 10, 1),
        power_limit_w=power_w,
    )

    assert Producer(1, stay, owner).shown_power_w == told_w
