"""Routes for feeds: programs that log in by themselves."""

from uuid import UUID

from fastapi import APIRouter, Response

from libs.common.auth.step_up import needs_step_up
from libs.common.auth.tokens import TokenFirstRoute
from libs.common.clock import now_in
from libs.common.edge.callers import Staff
from libs.common.http import problems
from services.community.api.dependencies import Session
from services.community.commands.accounts.feeds import change_secret, make_feed, revoke_feed
from services.community.domain.problems import FeedExpiryRefused, FeedUnknown
from services.community.schemas.accounts.feeds import FeedIn, FeedOut, FeedSecretOut, SecretIn
from services.community.store.accounts import feeds as feed_store

router = APIRouter(prefix="/feeds", route_class=TokenFirstRoute)


@router.post(
    "",
    summary="Create a feed",
    status_code=201,
    responses=problems(FeedExpiryRefused),
)
@needs_step_up
async def post_feed(caller: Staff, body: FeedIn, session: Session) -> FeedSecretOut:
    """Give a program a secret to log in with, valid for at most 400 days; staff only.

    It gets tokens with the role `feed` from `POST /community/token` with
    `grant_type=client_credentials`. The secret is shown only once.
    """
    row, secret = await make_feed(session, body.name, by=caller.subject, expires_on=body.expires_on)
    return FeedSecretOut(id=row.id, name=row.name, secret=secret, expires_on=body.expires_on)


@router.get("", summary="List feeds")
async def list_feeds(_caller: Staff, session: Session) -> list[FeedOut]:
    """Active feeds by name, without their secrets; staff only."""
    now = now_in(session)
    rows = await feed_store.list_feeds(session)
    secrets = await feed_store.list_secrets(session, [row.id for row in rows])
    return [
        FeedOut(
            id=row.id,
            name=row.name,
            made_at=row.made_at,
            last_used_on=row.last_used_on,
            secrets_until=[
                secret.expires_at
                for secret in secrets
                if secret.feed_id == row.id and secret.expires_at > now
            ],
        )
        for row in rows
    ]


@router.post(
    "/{feed_id}/secrets",
    summary="Add a secret to a feed",
    status_code=201,
    responses=problems(FeedUnknown, FeedExpiryRefused),
)
@needs_step_up
async def post_secret(
    _caller: Staff, feed_id: UUID, body: SecretIn, session: Session
) -> FeedSecretOut:
    """Former secrets work until `former_until`, so that no delivery waits; staff only."""
    row, secret = await change_secret(
        session, feed_id, expires_on=body.expires_on, former_until=body.former_until
    )
    return FeedSecretOut(id=row.id, name=row.name, secret=secret, expires_on=body.expires_on)


@router.delete(
    "/{feed_id}",
    summary="Revoke a feed",
    status_code=204,
    responses=problems(FeedUnknown),
)
async def delete_feed(_caller: Staff, feed_id: UUID, session: Session) -> Response:
    """Its secrets are refused at once, its tokens within two seconds; staff only."""
    await revoke_feed(session, feed_id)
    return Response(status_code=204)
