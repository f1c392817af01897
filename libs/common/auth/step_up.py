"""Step-up: actions for which the caller must have proved their identity recently."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any, TypeVar

from libs.common.auth.principals import Principal
from libs.common.errors import Problem
from libs.common.settings import Settings

_Endpoint = TypeVar("_Endpoint", bound=Callable[..., Any])


class StepUpNeeded(Problem):
    status, slug, title = 403, "step-up-needed", "Prove again who you are"
    example_detail = (
        "Send your password, or a code of your authenticator app, to POST /community/me/step-up."
    )


def needs_step_up(endpoint: _Endpoint) -> _Endpoint:
    """Declare that a route requires a password or code again; stands right above its function."""
    endpoint.__dict__["needs_step_up"] = True
    return endpoint


def wants_step_up(endpoint: Callable[..., Any]) -> bool:
    return "needs_step_up" in endpoint.__dict__


def check_stepped_up(caller: Principal, *, now: datetime, settings: Settings) -> None:
    """Check it for our own issuer; an external one has the passwords, and its own time limits.

    Raises StepUpNeeded.
    """
    if settings.auth_issuer:
        return
    at = caller.stepped_up_at
    if at is None or now - at > timedelta(minutes=settings.auth_step_up_minutes):
        raise StepUpNeeded
