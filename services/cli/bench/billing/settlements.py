"""Settled months of a co-op of any size, published on the event log as by allocation."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cached_property

from libs.common.calendar import Month
from libs.common.eventlog import Record
from libs.common.events.allocation import (
    DetailedPair,
    SettledPair,
    SettledPoint,
    SettlementClosed,
    SettlementDetailed,
)
from libs.common.events.base import Event
from libs.common.ids import Direction, OperationId, Prm
from services.demo.synthetic import Synthetic

_CLOSED_AT = datetime(2026, 11, 3, tzinfo=UTC)
_SUNRISE = 14  # the half-hour of 7:00
_SUN_WMIN = [4 * (26 * half - half**2) for half in range(1, 26)]
_COVERED_PERCENT = 40  # of what a home draws


@dataclass(frozen=True)
class Settlements:
    """The shares of the operations of ``shape`` in its month: the same in all of them."""

    shape: Synthetic

    @property
    def month(self) -> Month:
        return Month.parse(self.shape.month)

    @property
    def plants(self) -> range:
        return range(self.shape.plants)

    @property
    def homes(self) -> range:
        return range(self.shape.plants, self.shape.points)

    @property
    def document_count(self) -> int:
        """Every home buys from every plant, and each plant belongs to another member."""
        return self.shape.operations * len(self.plants) * len(self.homes)

    def records(self, number: int) -> list[Record]:
        """Return the records of the operation with this number: settlement, then half-hours."""
        return [_record(self._closed(number)), _record(self._detailed(number))]

    def _closed(self, number: int) -> SettlementClosed:
        operation_id = OperationId(self.shape.operation_id(number))
        return SettlementClosed(
            time=_CLOSED_AT,
            operation_id=operation_id,
            month=self.shape.month,
            number=1,
            status="provisional",
            content_hash=hashlib.sha256(operation_id.encode()).hexdigest(),
            pairs=[
                SettledPair(
                    producer=self._prm(number, plant),
                    consumer=self._prm(number, home),
                    energy_wmin=[sum(day_wmin) for day_wmin in half_hours],
                )
                for (plant, home), half_hours in self._shared_wmin.items()
            ],
            points=[self._point(number, point) for point in range(self.shape.points)],
        )

    def _point(self, number: int, point: int) -> SettledPoint:
        plant = point in self.plants
        shared_wmin = sum(
            sum(day_wmin)
            for pair, half_hours in self._shared_wmin.items()
            if point in pair
            for day_wmin in half_hours
        )
        return SettledPoint(
            prm=self._prm(number, point),
            direction=Direction.PRODUCTION if plant else Direction.CONSUMPTION,
            metered_wmin=shared_wmin * 100 // (100 if plant else _COVERED_PERCENT),
            shared_wmin=shared_wmin,
        )

    def _detailed(self, number: int) -> SettlementDetailed:
        days = len(self.month.days)
        return SettlementDetailed(
            time=_CLOSED_AT,
            operation_id=OperationId(self.shape.operation_id(number)),
            month=self.shape.month,
            number=1,
            part=1,
            parts=1,
            pairs=[
                # Data that are equal for all operations are not validated: millions of figures.
                DetailedPair.model_construct(
                    producer=self._prm(number, plant),
                    consumer=self._prm(number, home),
                    first_half_hour=[_SUNRISE] * days,
                    energy_wmin=half_hours,
                )
                for (plant, home), half_hours in self._shared_wmin.items()
            ],
        )

    def _prm(self, number: int, point: int) -> Prm:
        return Prm(self.shape.prm(number, point))

    @cached_property
    def _shared_wmin(self) -> Mapping[tuple[int, int], list[list[int]]]:
        """By plant and home: for each day, the half-hours of sun."""
        return {
            (plant, home): [_day_wmin(plant, home, day) for day in self.month.days]
            for plant in self.plants
            for home in self.homes
        }


def _day_wmin(plant: int, home: int, day: date) -> list[int]:
    weight = 3 + (home * 7 + day.day * 5) % 11
    return [(plant + 1) * weight * sun_wmin + home for sun_wmin in _SUN_WMIN]


def _record(event: Event) -> Record:
    attributes = {
        "id": str(event.id),
        "source": f"/{event.type.partition('.')[0]}",
        "type": event.type,
        "time": event.time.isoformat(),
    }
    value = event.model_dump_json().encode()
    return Record(topic=event.topic, key=event.key, value=value, headers=attributes)
