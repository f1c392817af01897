"""An enrolment: its state, its phase by the clock, and the steps that can follow."""

from collections.abc import Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import assert_never
from uuid import UUID

from libs.common.ids import Direction, OperationId, Prm
from services.community.domain.desk.conventions import Convention
from services.community.domain.desk.documents import DocumentKind
from services.community.domain.enrolments.problems import (
    ConditionsMissing,
    StepDayUnfit,
    StepNotNext,
)
from services.community.domain.enrolments.working_days import earliest_start
from services.community.domain.members.perimeter import Participation
from services.community.domain.members.registry import MemberKind


class EnrolmentState(StrEnum):
    """The result of the steps taken; the calendar adds to it, see ``EnrolmentPhase``."""

    PROSPECT = "prospect"
    SIGNED = "signed"
    DECLARED = "declared"
    LEAVING = "leaving"  # asked for, not declared to the DSO yet
    EXIT_DECLARED = "exit_declared"
    WITHDRAWN = "withdrawn"  # before its first day


TOLD = frozenset({EnrolmentState.DECLARED, EnrolmentState.LEAVING, EnrolmentState.EXIT_DECLARED})
"""The states in which it is in the perimeter."""


class EnrolmentPhase(StrEnum):
    PROSPECT = "prospect"
    SIGNED = "signed"
    DECLARED = "declared"
    ACTIVE = "active"
    LEAVING = "leaving"
    LEFT = "left"
    WITHDRAWN = "withdrawn"


class StepKind(StrEnum):
    ADD = "add"  # a prospect
    CHANGE = "change"  # the plan
    TAKE_OVER = "take_over"  # a participation recorded as existing
    SIGN = "sign"
    DECLARE = "declare"
    LEAVE = "leave"
    DECLARE_EXIT = "declare_exit"
    WITHDRAW = "withdraw"
    LOSE = "lose"  # the DSO ended the contract or handed it over


_ALLOWED: Mapping[EnrolmentPhase, tuple[StepKind, ...]] = {
    EnrolmentPhase.PROSPECT: (StepKind.SIGN, StepKind.WITHDRAW),
    EnrolmentPhase.SIGNED: (StepKind.DECLARE, StepKind.WITHDRAW),
    EnrolmentPhase.DECLARED: (StepKind.WITHDRAW,),
    EnrolmentPhase.ACTIVE: (StepKind.LEAVE,),
    EnrolmentPhase.LEAVING: (StepKind.LEAVE, StepKind.DECLARE_EXIT),
    EnrolmentPhase.LEFT: (),
    EnrolmentPhase.WITHDRAWN: (),
}


@dataclass(frozen=True, kw_only=True)
class Enrolment:
    """A point on its way through an operation over ``[valid_from, valid_to)``.

    The days are those planned and, once it is declared, those declared.
    """

    id: UUID
    operation_id: OperationId
    prm: Prm
    direction: Direction
    member_id: UUID
    valid_from: date
    valid_to: date | None = None
    state: EnrolmentState = EnrolmentState.PROSPECT

    def phase(self, today: date) -> EnrolmentPhase:
        match self.state:
            case EnrolmentState.DECLARED:
                return (
                    EnrolmentPhase.ACTIVE if self.valid_from <= today else EnrolmentPhase.DECLARED
                )
            case EnrolmentState.EXIT_DECLARED:
                is_over = self.valid_to is not None and self.valid_to <= today
                return EnrolmentPhase.LEFT if is_over else EnrolmentPhase.LEAVING
            case (
                EnrolmentState.PROSPECT
                | EnrolmentState.SIGNED
                | EnrolmentState.LEAVING
                | EnrolmentState.WITHDRAWN
            ):
                return EnrolmentPhase(self.state)
            case _:
                assert_never(self.state)

    def allowed(self, today: date) -> tuple[StepKind, ...]:
        """The steps that can follow."""
        return () if self.state == EnrolmentState.EXIT_DECLARED else _ALLOWED[self.phase(today)]

    @property
    def participation(self) -> Participation:
        """The participation that the perimeter has from its declaration on."""
        return Participation(
            prm=self.prm,
            direction=self.direction,
            member_id=self.member_id,
            valid_from=self.valid_from,
            valid_to=self.valid_to if self.state == EnrolmentState.EXIT_DECLARED else None,
        )


@dataclass(frozen=True, kw_only=True)
class Step:
    """An action on a local day. valid_to: for leaving; reason: for withdrawing."""

    kind: StepKind
    day: date
    valid_to: date | None = None
    reason: str | None = None


@dataclass(frozen=True, kw_only=True)
class Circumstances:
    """The facts that conditions depend on.

    papers: kinds of the member's documents that are signed and valid on the first day.
    last_day: of the previous step, None for a new enrolment.
    """

    convention: Convention
    member_kind: MemberKind
    siren: str | None
    papers: AbstractSet[DocumentKind]
    last_day: date | None


def take(
    enrolment: Enrolment, step: Step, circumstances: Circumstances, *, today: date
) -> Enrolment:
    """Return the enrolment after the step.

    Raises StepNotNext, StepDayUnfit, ConditionsMissing with all that is missing.
    """
    allowed = enrolment.allowed(today)
    phase = enrolment.phase(today)
    if step.kind not in allowed:
        following = ", ".join(allowed) or "nothing"
        raise StepNotNext(
            f"The enrolment is {phase}; what can follow: {following}.",
            phase=phase,
            allowed=list(allowed),
        )
    if step.day > today:
        raise StepDayUnfit(f"{step.day} is to come: record the step on that day.")
    if circumstances.last_day is not None and step.day < circumstances.last_day:
        raise StepDayUnfit(f"The previous step was taken on {circumstances.last_day}.")
    result = _changed(enrolment, step)
    missing = dict(_missing(result, step, circumstances))
    if missing:
        raise ConditionsMissing(
            " ".join(missing.values()),
            conditions=[{"name": name, "what": sentence} for name, sentence in missing.items()],
        )
    return result


_STATES = {
    StepKind.SIGN: EnrolmentState.SIGNED,
    StepKind.DECLARE: EnrolmentState.DECLARED,
    StepKind.LEAVE: EnrolmentState.LEAVING,
    StepKind.DECLARE_EXIT: EnrolmentState.EXIT_DECLARED,
    StepKind.WITHDRAW: EnrolmentState.WITHDRAWN,
}


def _changed(enrolment: Enrolment, step: Step) -> Enrolment:
    valid_to = step.valid_to if step.kind == StepKind.LEAVE else enrolment.valid_to
    return replace(enrolment, state=_STATES[step.kind], valid_to=valid_to)


def _missing(
    enrolment: Enrolment, step: Step, circumstances: Circumstances
) -> Iterator[tuple[str, str]]:
    """Yield names and sentences of the conditions that do not hold."""
    convention = circumstances.convention
    match step.kind:
        case StepKind.SIGN:
            yield from _missing_papers(enrolment, circumstances)
        case StepKind.DECLARE:
            yield from _missing_papers(enrolment, circumstances)
            if (
                enrolment.direction == Direction.PRODUCTION
                and DocumentKind.SALE_CONTRACT not in circumstances.papers
            ):
                yield (
                    "sale-contract-signed",
                    f"No sale contract that is signed holds on {enrolment.valid_from}.",
                )
            notice = convention.entry_notice_working_days
            yield from _short_notice(step.day, notice, enrolment.valid_from)
        case StepKind.LEAVE | StepKind.DECLARE_EXIT:
            assert enrolment.valid_to is not None
            if enrolment.valid_to <= enrolment.valid_from:
                sentence = f"It leaves on {enrolment.valid_to}, before it takes part."
                yield "participation-begun", sentence
            notice = convention.exit_notice_working_days
            yield from _short_notice(step.day, notice, enrolment.valid_to)
        case _:
            pass


def _missing_papers(
    enrolment: Enrolment, circumstances: Circumstances
) -> Iterator[tuple[str, str]]:
    if circumstances.member_kind != "household" and circumstances.siren is None:
        yield "identity-complete", "The member is a company or public body: record its SIREN."
    if DocumentKind.PARTICIPATION_AGREEMENT not in circumstances.papers:
        yield (
            "agreement-signed",
            f"No participation agreement that is signed holds on {enrolment.valid_from}.",
        )


def _short_notice(day: date, notice_working_days: int, start: date) -> Iterator[tuple[str, str]]:
    earliest = earliest_start(day, notice_working_days)
    if start < earliest:
        sentence = (
            f"Declared on {day}, with a notice of {notice_working_days} working days, it takes"
            f" effect on {earliest} at the earliest, not on {start}."
        )
        yield "notice-kept", sentence
