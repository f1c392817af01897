"""The inputs of a day of a settlement, as bytes that outlive the next correction."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any

import numpy as np

from libs.common.ids import Direction, OperationId, Prm
from services.allocation.domain.curves import Block
from services.allocation.domain.days import DayFacts
from services.allocation.domain.keys import Dynamic, FullDynamic, SharingKey, parse_key
from services.allocation.domain.keys.bases import DayBasis
from services.allocation.domain.keys.coefficients import Coefficients
from services.allocation.domain.keys.policy import MissingReadings
from services.allocation.domain.keys.timeline import Definition, Timeline, definition_on
from services.allocation.domain.perimeter import Participant
from services.allocation.domain.settlements.content import canonical_json, hash_content

INPUTS_VERSION = 1

_OWN_SHARES = "own_shares"
_KEY = "key"

Revisions = Mapping[tuple[Participant, int], int]
"""Revision of the readings of a point at a step."""


@dataclass(frozen=True)
class FrozenInput:
    """Canonical JSON, named by its hash: equal inputs are stored once.

    A key is an input of its own, and a day names the hash of its key; the coefficients of the key
    for the day are with the day.
    """

    content: str

    @cached_property
    def hash(self) -> str:
        return hash_content(self.content)


Frozen = Mapping[str, FrozenInput]
"""By the hash under which they were stored."""


@dataclass(frozen=True)
class SettlementInputs:
    """The names of all inputs of a settlement."""

    perimeter_revision: int
    days: Mapping[date, str] = field(default_factory=dict)
    keys: Sequence[str] = ()
    dso_days: Mapping[date, str] = field(default_factory=dict)
    dso_month: str | None = None
    """Beside ``dso_days`` it only gives the tariff classes."""
    bases: Mapping[date, DayBasis] = field(default_factory=dict)
    """Of days that something else than the key in force has shared."""

    @property
    def hashes(self) -> set[str]:
        months = [] if self.dso_month is None else [self.dso_month]
        return {*self.days.values(), *self.keys, *self.dso_days.values(), *months}

    @property
    def is_by_month(self) -> bool:
        """Whether the DSO's energies of the month decide."""
        return self.dso_month is not None and not self.dso_days

    @property
    def by_step(self) -> Mapping[date, str]:
        """The days whose inputs give shares step by step."""
        return {} if self.is_by_month else {**self.days, **self.dso_days}


def freeze_month(
    days: Sequence[DayFacts],
    *,
    perimeter_revision: int,
    timeline: Timeline,
    revisions: Mapping[date, Revisions],
) -> tuple[SettlementInputs, list[FrozenInput]]:
    """Return the names of everything that these days depend on, and the inputs themselves."""
    keys: dict[str, FrozenInput] = {}
    frozen: dict[date, FrozenInput] = {}
    for facts in days:
        definition = definition_on(timeline, facts.day)
        key = freeze_key(definition) if definition is not None else None
        if key is not None:
            keys[key.hash] = key
        frozen[facts.day] = freeze_day(
            facts,
            key_hash=key.hash if key is not None else None,
            revisions=revisions.get(facts.day, {}),
        )
    names = SettlementInputs(
        perimeter_revision=perimeter_revision,
        days={day: day_input.hash for day, day_input in frozen.items()},
        keys=sorted(keys),
        bases={facts.day: facts.basis for facts in days if facts.basis is not None},
    )
    return names, [*keys.values(), *frozen.values()]


def freeze_key(definition: Definition) -> FrozenInput:
    return write_frozen(_KEY, {"definition": definition})


def freeze_day(facts: DayFacts, *, key_hash: str | None, revisions: Revisions) -> FrozenInput:
    """Freeze everything that ``decide_day`` depends on, and the revisions of the readings.

    The operation and the member are left out: neither changes a share.
    """
    points = [
        {
            "prm": participant.prm,
            "direction": participant.direction,
            "blocks": [
                {**vars(block), "revision": revisions[participant, block.step_min]}
                for block in sorted(
                    facts.blocks.get(participant, ()), key=lambda block: block.step_min
                )
            ],
        }
        for participant in sorted(facts.participants)
    ]
    return write_frozen(
        _OWN_SHARES,
        {
            "day": facts.day.isoformat(),
            "step_min": facts.step_min,
            "missing_readings": facts.missing_readings,
            "key": key_hash,
            "coefficients": _coefficients(facts.key),
            "points": points,
            **({} if facts.basis is None else {"basis": vars(facts.basis)}),
        },
    )


def _coefficients(key: SharingKey | None) -> dict[str, object] | None:
    if not isinstance(key, Dynamic | FullDynamic):
        return None
    coefficients = key.coefficients
    return {
        "starts_epoch_min": coefficients.starts_epoch_min.tolist(),
        "producers": coefficients.producers,
        "consumers": coefficients.consumers,
        "share_billionths": coefficients.share_billionths.tolist(),
    }


def thaw_key(frozen: FrozenInput) -> Definition:
    definition: Definition = read_frozen(frozen, _KEY)["definition"]
    return definition


def thaw_day(
    operation_id: OperationId, frozen: FrozenInput, definitions: Mapping[str, Definition]
) -> DayFacts:
    """Thaw a day. definitions: of keys, by the hash by which days name them."""
    content = read_frozen(frozen, _OWN_SHARES)
    blocks = {
        Participant(Prm(point["prm"]), Direction(point["direction"])): [
            Block(**{name: value for name, value in block.items() if name != "revision"})
            for block in point["blocks"]
        ]
        for point in content["points"]
    }
    return DayFacts(
        operation_id=operation_id,
        day=date.fromisoformat(content["day"]),
        step_min=content["step_min"],
        participants=list(blocks),
        blocks=blocks,
        key=_thaw_key_of_day(content, definitions),
        missing_readings=MissingReadings(content["missing_readings"]),
    )


def _thaw_key_of_day(
    content: Mapping[str, Any], definitions: Mapping[str, Definition]
) -> SharingKey | None:
    if content["key"] is None:
        return None
    frozen = content["coefficients"]
    coefficients = frozen and Coefficients(
        starts_epoch_min=np.array(frozen["starts_epoch_min"], dtype=np.int64),
        producers=tuple(frozen["producers"]),
        consumers=tuple(frozen["consumers"]),
        share_billionths=np.array(frozen["share_billionths"], dtype=np.int64).reshape(
            len(frozen["producers"]), len(frozen["consumers"]), len(frozen["starts_epoch_min"])
        ),
    )
    return parse_key(definitions[content["key"]], coefficients=coefficients)


def write_frozen(kind: str, content: Mapping[str, object]) -> FrozenInput:
    return FrozenInput(canonical_json({"version": INPUTS_VERSION, "kind": kind, **content}))


def read_frozen(frozen: FrozenInput, kind: str) -> dict[str, Any]:
    content: dict[str, Any] = json.loads(frozen.content)
    assert content["version"] == INPUTS_VERSION, f"inputs of version {content['version']}"
    assert content["kind"] == kind, f"a frozen {content['kind']} in place of a {kind}"
    return content


def points_by_step(frozen: FrozenInput) -> set[Prm]:
    """Return the points whose half-hours are in the input, our own or the DSO's."""
    content = json.loads(frozen.content)
    return {point["prm"] for name in ("points", "curves") for point in content.get(name, ())}
