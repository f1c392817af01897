"""Bodies of the routes for challenges."""

from collections.abc import Iterable
from datetime import datetime
from typing import Annotated, Self
from uuid import UUID

from pydantic import ConfigDict, Field, JsonValue, StringConstraints

from libs.common.edge.days import DayField
from libs.common.http import BodyIn, BodyOut
from libs.common.ids import OperationId, Prm
from libs.common.texts import AS_SEEN, LineField, RawLineField, ReasonField
from services.community.domain.challenges.challenge import (
    Challenge,
    ChallengeKind,
    ChallengeWindow,
    State,
)
from services.community.domain.challenges.effort import Outcome
from services.community.domain.challenges.standing import OwnResult, Ranked
from services.community.domain.gatherings.recurrence import Weekday
from services.community.domain.letters.challenges import OUTCOME_WORDS
from services.community.domain.messages.messages import Language
from services.community.schemas.fields import TextField

_StartText = Annotated[str, StringConstraints(pattern=r"^([01][0-9]|2[0-3]):[03]0$")]
_EndText = Annotated[str, StringConstraints(pattern=r"^(([01][0-9]|2[0-3]):[03]0|24:00)$")]
_NameField = Annotated[RawLineField, StringConstraints(max_length=40), AS_SEEN]
_WEEK: list[JsonValue] = ["MO", "TU", "WE", "TH", "FR"]
_TITLE = "La lessive à midi"


class WindowBody(BodyIn):
    """Hours of the local clock, on half-hours; two windows if they cross midnight."""

    start: _StartText = Field(examples=["11:00"])
    end: _EndText = Field(examples=["15:00"])

    def to_window(self) -> ChallengeWindow:
        return ChallengeWindow(_half_hour(self.start), _half_hour(self.end))

    @classmethod
    def of(cls, window: ChallengeWindow) -> Self:
        return cls(start=_clock(window.start), end=_clock(window.end))


def _half_hour(clock: str) -> int:
    hours, minutes = clock.split(":")
    return int(hours) * 2 + int(minutes) // 30


def _clock(half_hour: int) -> str:
    return f"{half_hour // 2:02}:{half_hour % 2 * 30:02}"


class ChallengeBody(BodyIn):
    """The content of a challenge: the same in requests and in answers."""

    title: LineField = Field(examples=[_TITLE])
    text: TextField = Field(examples=["Le toit de l’école produit le plus à midi."])
    kind: ChallengeKind = Field(
        description="`use_more`, `use_less`: energy in these hours, compared with the weeks before"
        " · `local_share`: the part of it that comes from the operation"
    )
    first_day: DayField = Field(examples=["2026-11-23"])
    last_day: DayField = Field(description="of the challenge itself", examples=["2026-11-29"])
    windows: list[WindowBody] = Field(
        min_length=1,
        max_length=8,
        description="the hours that count, in Europe/Paris; they do not overlap",
        examples=[[{"start": "11:00", "end": "15:00"}]],
    )
    weekdays: list[Weekday] = Field(
        min_length=1, max_length=7, description="that count", examples=[_WEEK]
    )
    target_percent: int = Field(
        ge=1,
        le=100,
        description="of the entrant's baseline; for `local_share`, percentage points above it",
        examples=[10],
    )
    baseline_weeks: int = Field(
        ge=1, le=12, description="before the first day, as the baseline of each", examples=[4]
    )
    freeze_after_days: int = Field(
        ge=0,
        le=60,
        description="days after the last day until the result is final at the latest: later values"
        " do not change it",
        examples=[10],
    )


class ChallengeIn(ChallengeBody):
    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "title": _TITLE,
                    "text": "Le toit de l’école produit le plus à midi.",
                    "kind": "use_more",
                    "first_day": "2026-11-23",
                    "last_day": "2026-11-29",
                    "windows": [{"start": "11:00", "end": "15:00"}],
                    "weekdays": _WEEK,
                    "target_percent": 10,
                    "baseline_weeks": 4,
                    "freeze_after_days": 10,
                }
            ]
        }
    )

    def to_challenge(self, operation_id: OperationId, challenge_id: UUID) -> Challenge:
        """Raises ChallengeUnfit."""
        windows = {"windows": [window.to_window() for window in self.windows]}
        return Challenge(id=challenge_id, operation_id=operation_id, **dict(self) | windows)


class ChallengeOut(ChallengeBody, BodyOut):
    id: UUID
    operation_id: OperationId = Field(examples=["ACC00000101"])
    state: State = Field(description="`frozen`: the result is final")
    announced_at: datetime | None = Field(
        description="null: a draft, which members do not see", examples=["2026-11-16T18:00:00Z"]
    )
    cancelled_at: datetime | None = Field(examples=[None])
    cancelled_reason: str | None = Field(examples=[None])
    frozen_at: datetime | None = Field(examples=[None])

    @classmethod
    def of(cls, challenge: Challenge, **state: object) -> Self:
        windows = {"windows": [WindowBody.of(window) for window in challenge.windows]}
        return cls.model_validate({**vars(challenge), **windows, **state})


class ChallengeCancellationIn(BodyIn):
    reason: ReasonField = Field(examples=["The roof is being repaired that week."])


class EntryIn(BodyIn):
    shown_as: _NameField | None = Field(
        description="a name of your choice in the ranking, which others see; null: in no ranking",
        examples=["Les Tournesols"],
    )


class EntryOut(BodyOut):
    """A point that takes part, by a consent that ends with the challenge."""

    prm: Prm
    shown_as: str | None = Field(examples=["Les Tournesols"])
    entered_at: datetime
    consent_id: UUID = Field(description="withdrawing it leaves the challenge")


class OwnResultOut(BodyOut):
    """The result of the caller's point; efforts are positive where the challenge is met."""

    prm: Prm
    shown_as: str | None = Field(examples=["Les Tournesols"])
    outcome: Outcome = Field(
        description="`not_yet`: no day of the challenge is measured · `no_baseline`: too few days"
        " before it are"
    )
    in_words: str | None = Field(
        description="in the member's language, why there is no effort", examples=[None]
    )
    effort_permille: int | None = Field(
        description="thousandths of the baseline; for `local_share`, tenths of percentage points",
        examples=[142],
    )
    is_target_reached: bool | None = Field(examples=[True])
    days: int | None = Field(description="that count so far; null once frozen", examples=[3])
    actual_wmin: int | None = Field(
        description="used in these hours on these days, or shared; null once frozen",
        examples=[274_080],
    )
    expected_wmin: int | None = Field(
        description="the value expected from the weeks before, rounded; null once frozen",
        examples=[240_000],
    )

    @classmethod
    def of(cls, result: OwnResult, *, target_percent: int, language: Language) -> Self:
        permille = result.effort_permille
        return cls(
            **vars(result),
            in_words=OUTCOME_WORDS.get((result.outcome, language)),
            is_target_reached=None if permille is None else permille >= target_percent * 10,
        )


class RankOut(BodyOut):
    rank: int = Field(description="equal efforts share one", examples=[1])
    shown_as: str = Field(examples=["Les Tournesols"])
    effort_permille: int = Field(examples=[142])
    is_own: bool = Field(examples=[True])


class StandingOut(BodyOut):
    """The state of a challenge: provisional until it is frozen."""

    challenge_id: UUID
    is_final: bool = Field(examples=[False])
    entries: int = Field(description="how many points take part", examples=[14])
    target_percent: int = Field(examples=[10])
    group_effort_percent: int | None = Field(
        description="of all together, in whole percent; null: nothing is measured yet, or it is"
        " withheld",
        examples=[7],
    )
    is_group_withheld: bool = Field(
        description="it would be about too few others (`PRIVACY_LEAST_POINTS`)", examples=[False]
    )
    ranking: list[RankOut] = Field(
        description="by effort, of entrants with a name; the caller's points alone where the"
        " others are withheld"
    )
    is_ranking_withheld: bool = Field(
        description="the others in it are too few (`PRIVACY_LEAST_POINTS`)", examples=[False]
    )
    own: list[OwnResultOut] = Field(description="of the calling member, shown or not")


def rank_out(ranked: Iterable[Ranked], viewer: UUID | None) -> list[RankOut]:
    return [
        RankOut(
            rank=entry.rank,
            shown_as=entry.entrant.shown_as or "",
            effort_permille=entry.entrant.effort_permille or 0,
            is_own=entry.entrant.member_id == viewer,
        )
        for entry in ranked
    ]
