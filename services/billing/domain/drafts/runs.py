"""The states of a billing run, and its preview."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar

from libs.common.errors import Problem
from services.billing.domain.drafts.anomalies import Anomaly
from services.billing.domain.drafts.blockers import DraftsBlocked
from services.billing.domain.drafts.issue_blockers import IssueBlocked
from services.billing.domain.invoices.invoices import Invoice


class RunState(StrEnum):
    """waiting → review → issuing → issued; blocked and failed ones are run again."""

    WAITING = "waiting"
    REVIEW = "review"
    BLOCKED = "blocked"
    ISSUING = "issuing"
    ISSUED = "issued"
    FAILED = "failed"


class RunNotInReview(Problem):
    status, slug, title = 409, "run-not-in-review", "Only a run in review can be issued"
    example_detail = "This run is blocked: run it again."
    example_facts: ClassVar = {"state": "blocked"}


class RunUnderWay(Problem):
    status, slug, title = 409, "run-under-way", "This run cannot be run again now"
    example_detail = "This run is issuing."
    example_facts: ClassVar = {"state": "issuing"}


@dataclass(frozen=True)
class Preflight:
    """The preview of a run. ``blocked``: why it cannot be drafted, or its drafts not be issued."""

    blocked: DraftsBlocked | IssueBlocked | None = None
    documents: Sequence[Invoice] = ()
    anomalies: Sequence[Anomaly] = ()


def check_may_issue(state: RunState) -> None:
    """Raises RunNotInReview."""
    if state != RunState.REVIEW:
        raise RunNotInReview(f"This run is {state}.", state=state)


def check_may_run_again(state: RunState) -> None:
    """Check that the run is neither in progress nor issued. Raises RunUnderWay."""
    if state in {RunState.WAITING, RunState.ISSUING, RunState.ISSUED}:
        raise RunUnderWay(f"This run is {state}.", state=state)
