"""Days to explain: homes and a roof with the same power all day."""

from datetime import date

from libs.common.ids import Direction, OperationId, Prm
from services.allocation.domain.curves import Block, starts_of_day
from services.allocation.domain.days import DayFacts, decide_day
from services.allocation.domain.keys import DefaultDynamic, SharingKey
from services.allocation.domain.perimeter import Participant
from services.allocation.domain.share_frames import StepShares

ROOF, BARN = Prm("99000000000091"), Prm("99000000000092")
ANNA, BRUNO, CLARA = Prm("99000000000001"), Prm("99000000000002"), Prm("99000000000003")
DAY = date(2026, 10, 12)

_DEFAULT = DefaultDynamic()


def day_facts(
    day: date, homes: dict[Prm, int], *, roof: int | None = 900, key: SharingKey | None = _DEFAULT
) -> DayFacts:
    """Homes and a roof with the same power, in watts, all day."""
    powers = {Participant(prm, Direction.CONSUMPTION): power for prm, power in homes.items()}
    if roof is not None:
        powers[Participant(ROOF, Direction.PRODUCTION)] = roof
    steps = len(starts_of_day(day, 30))
    return DayFacts(
        operation_id=OperationId("ACC00000001"),
        day=day,
        step_min=30,
        participants=sorted(powers),
        blocks={who: [Block(30, [power] * steps)] for who, power in powers.items()},
        key=key,
    )


def stored_shares(facts: DayFacts) -> list[StepShares]:
    decided = decide_day(facts, known_hash=None)
    assert decided is not None
    return [
        StepShares(
            facts.day, share.producer, share.consumer, facts.step_min, share.energy_wmin.tolist()
        )
        for share in decided.shares
    ]
