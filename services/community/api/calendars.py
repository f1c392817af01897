"""Routes for calendar feeds: secret addresses for calendar programs, and the calendars there."""

from hashlib import sha256
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Header, Path, Request, Response

from libs.common.auth.principals import Principal
from libs.common.auth.tokens import TokenFirstRoute
from libs.common.clock import now_in
from libs.common.edge.callers import AnyPerson
from libs.common.http import file_response, problems
from services.community import access
from services.community.api.dependencies import Session
from services.community.commands import calendars as commands
from services.community.domain.calendars import (
    AccountElsewhere,
    CalendarFeedUnknown,
    CalendarUnknown,
    TooManyCalendarFeeds,
)
from services.community.formats.calendars import MEDIA_TYPE
from services.community.schemas.calendars import (
    CalendarFeedIn,
    CalendarFeedOut,
    NewCalendarFeedOut,
)
from services.community.store import calendars as store

router = APIRouter(route_class=TokenFirstRoute)
_FEEDS = "/me/calendar-feeds"
_EXAMPLE = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Elocoop//Elocoop//FR\r\nEND:VCALENDAR\r\n"


@router.post(
    _FEEDS,
    summary="Create a calendar feed",
    status_code=201,
    responses=problems(AccountElsewhere, TooManyCalendarFeeds),
)
async def post_feed(
    request: Request, caller: AnyPerson, body: CalendarFeedIn, session: Session
) -> NewCalendarFeedOut:
    """Return an address to subscribe to in a calendar program, which cannot log in.

    The address is a secret, shown only once. It shows what your account may see at the time of
    reading, until you revoke it or the account is disabled. `account-elsewhere`: another issuer
    gives the tokens, so your rights are unknown here without one.
    """
    feed, secret = await commands.add_feed(session, _account_id_of(caller), label=body.label)
    url = f"{request.app.state.settings.public_url}/community/calendars/{secret}.ics"
    return NewCalendarFeedOut.model_validate(vars(feed) | {"url": url})


@router.get(
    _FEEDS,
    summary="List my calendar feeds",
    responses=problems(AccountElsewhere),
)
async def list_feeds(caller: AnyPerson, session: Session) -> list[CalendarFeedOut]:
    """Oldest first, without their addresses; at most ten."""
    feeds = await store.list_feeds(session, _account_id_of(caller))
    return [CalendarFeedOut.model_validate(feed) for feed in feeds]


@router.delete(
    f"{_FEEDS}/{{feed_id}}",
    summary="Revoke a calendar feed",
    status_code=204,
    responses=problems(AccountElsewhere, CalendarFeedUnknown),
)
async def delete_feed(caller: AnyPerson, feed_id: UUID, session: Session) -> None:
    """Its address answers 404 from now on; programs keep what they have read."""
    await store.delete_feed(session, _account_id_of(caller), feed_id)


@router.get(
    "/calendars/{secret}.ics",
    summary="Read a calendar",
    response_class=Response,
    responses={
        **file_response("iCalendar (RFC 5545)", {"text/calendar": _EXAMPLE}),
        304: {"description": "Nothing has changed since the ETag that you sent"},
        **problems(CalendarUnknown),
    },
)
async def read_calendar(
    secret: Annotated[str, Path(max_length=200, examples=["q2Zb-of-your-own-feed-9sE"])],
    session: Session,
    if_none_match: Annotated[str | None, Header(description="the ETag you have")] = None,
) -> Response:
    """For calendar programs: the secret in the address is all that they need.

    It holds what ended in the last three months and all that is to come, with the polls to vote in,
    or for staff and organisers those of their operations. Ask again after an hour, with
    `If-None-Match`.
    """
    content = await commands.read_calendar(session, secret, now=now_in(session))
    headers = {
        "ETag": f'"{sha256(content).hexdigest()}"',
        "Cache-Control": "private, no-cache",  # kept by the program, and asked for again
    }
    if headers["ETag"] in (if_none_match or ""):
        return Response(status_code=304, headers=headers)
    return Response(content, media_type=MEDIA_TYPE, headers=headers)


def _account_id_of(caller: Principal) -> UUID:
    """Raises AccountElsewhere for a caller whom another issuer identifies by another kind of id."""
    account_id = access.find_own_account_id(caller)
    if account_id is None:
        raise AccountElsewhere
    return account_id
