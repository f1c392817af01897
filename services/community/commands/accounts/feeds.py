"""Make feeds, change their secrets, and give them tokens."""

from datetime import date, datetime, timedelta
from uuid import UUID, uuid4

from sqlalchemy.ext.asyncio import AsyncSession

from libs.common.auth.principals import Rights
from libs.common.calendar import day_start, local_day
from libs.common.clock import now_in
from services.community.commands.accounts.sessions import Tokens, TokenTerms
from services.community.commands.accounts.signing_keys import get_signing_key
from services.community.credentials import hash_secret, new_secret, sign_token
from services.community.domain.problems import FeedExpiryRefused
from services.community.store.accounts import feeds as feed_store
from services.community.tables import FeedRow, FeedSecretRow

LONGEST_DAYS = 400


async def make_feed(
    session: AsyncSession, name: str, *, by: str, expires_on: date
) -> tuple[FeedRow, str]:
    """Return the feed and its secret, which is not kept. Raises FeedExpiryRefused."""
    now = now_in(session)
    row = FeedRow(id=uuid4(), name=name, made_at=now, made_by=by)
    await feed_store.add(session, row)
    return row, await _add_secret(session, row.id, 1, expires_on=expires_on, now=now)


async def change_secret(
    session: AsyncSession, feed_id: UUID, *, expires_on: date, former_until: date
) -> tuple[FeedRow, str]:
    """Add a secret; the former ones stay valid until that day begins, so that no file waits.

    Raises FeedUnknown, FeedExpiryRefused.
    """
    now = now_in(session)
    row = await feed_store.lock_feed(session, feed_id)
    former_secrets = await feed_store.list_secrets(session, [feed_id])
    for secret in former_secrets:
        secret.expires_at = min(secret.expires_at, max(now, day_start(former_until)))
    number = former_secrets[-1].number + 1
    return row, await _add_secret(session, feed_id, number, expires_on=expires_on, now=now)


async def revoke_feed(session: AsyncSession, feed_id: UUID) -> None:
    """Raises FeedUnknown."""
    row = await feed_store.lock_feed(session, feed_id)
    row.revoked_at = now_in(session)
    await session.flush()


async def log_feed_in(
    session: AsyncSession, feed_id: UUID | None, secret: str, *, terms: TokenTerms
) -> Tokens | None:
    """Return an access token, or None if refused.

    There is no session: the client holds the secret.
    """
    now = now_in(session)
    feed_and_secret = await feed_store.find_feed_of_secret(session, hash_secret(secret), now=now)
    if feed_and_secret is None or feed_and_secret[0].id != feed_id:
        return None
    row, secret_row = feed_and_secret
    row.last_used_on = local_day(now)
    await session.flush()
    life = min(terms.life, secret_row.expires_at - now)
    access_token = sign_token(
        await get_signing_key(session, terms.keys),
        issuer=terms.issuer,
        audience=terms.audience,
        now=now,
        life=life,
        account_id=row.id,
        session_id=row.id,  # listed as revoked when the feed is
        rights=Rights.of_feed(),
    )
    return Tokens(access_token, life)


async def _add_secret(
    session: AsyncSession, feed_id: UUID, number: int, *, expires_on: date, now: datetime
) -> str:
    days = (expires_on - local_day(now)) / timedelta(days=1)
    if not 1 <= days <= LONGEST_DAYS:
        raise FeedExpiryRefused
    secret = new_secret()
    row = FeedSecretRow(
        feed_id=feed_id,
        number=number,
        secret_sha256=hash_secret(secret),
        made_at=now,
        expires_at=day_start(expires_on),
    )
    await feed_store.add(session, row)
    return secret
