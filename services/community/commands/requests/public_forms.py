"""Count what the public sends, so that nobody can close its forms to everybody else."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Self

import structlog
from sqlalchemy.ext.asyncio import AsyncSession

from libs.common.calendar import local_day
from libs.common.settings import Settings
from services.community.commands.messages.messages import write_message
from services.community.domain.addresses import hash_address, site_of
from services.community.domain.letters.requests import write_form_letter
from services.community.domain.messages.messages import MessageKind
from services.community.domain.requests.problems import FormFull, TooManyRequests
from services.community.store import senders
from services.community.store.accounts.accounts import list_staff
from services.community.store.accounts.log_in_links import find_language

_log = structlog.get_logger(__name__)
_HOUR = timedelta(hours=1)
_NETWORKS_OF_A_SITE = 4
"""A block of flats may share a site; one sender may also hold it all."""


class PublicForm(StrEnum):
    REQUEST = "request"
    SIGN_UP = "sign-up"


@dataclass(frozen=True)
class FormLimits:
    """a_day_of_address: for all forms together. an_hour: for each form, from everybody."""

    a_day_of_address: int
    an_hour: int

    @classmethod
    def of(cls, settings: Settings) -> Self:
        return cls(settings.requests_a_day_of_address, settings.requests_an_hour)


async def count_sent(
    session: AsyncSession, form: PublicForm, now: datetime, client_host: str, limits: FormLimits
) -> None:
    """Count a request; refused ones roll back, and do not count. Staff are notified of a full hour.

    Raises TooManyRequests, FormFull.
    """
    day = local_day(now)
    key = await senders.get_address_key(session, day)
    limit_by_place = {client_host: limits.a_day_of_address}
    if site := site_of(client_host):
        limit_by_place[site] = limits.a_day_of_address * _NETWORKS_OF_A_SITE
    for place, limit in limit_by_place.items():
        if await senders.count_request(session, day, hash_address(key, place)) > limit:
            raise TooManyRequests
    count = await senders.count_request(session, day, _bucket(form, now))
    wait = _HOUR - (now - _hour_of(now))
    if count > limits.an_hour:
        raise FormFull(
            f"Others have sent many: try again in {wait.seconds // 60 + 1} minutes.",
            retry_after_s=int(wait.total_seconds()) + 1,
        )
    if count == limits.an_hour:
        await _notify_staff(session, form, now + wait, limits)


async def forget_confirmed(session: AsyncSession, form: PublicForm, sent_at: datetime) -> None:
    """Free its place in the hour: the address proved to be somebody's."""
    await senders.uncount_request(session, local_day(sent_at), _bucket(form, sent_at))


def _bucket(form: PublicForm, now: datetime) -> str:
    return f"{form} {_hour_of(now):%Y-%m-%dT%H}"


def _hour_of(now: datetime) -> datetime:
    return now.replace(minute=0, second=0, microsecond=0)


async def _notify_staff(
    session: AsyncSession, form: PublicForm, until: datetime, limits: FormLimits
) -> None:
    _log.warning("a public form is full for this hour", form=form, an_hour=limits.an_hour)
    kind, facts = MessageKind.FORM_FULL, {"an_hour": limits.an_hour, "until": until}
    for account in await list_staff(session):
        letter = write_form_letter(facts, await find_language(session, account))
        await write_message(session, letter, to=account.email, kind=kind)
