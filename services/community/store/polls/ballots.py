"""Queries of ballots."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import delete, insert, select, text
from sqlalchemy.dialects.postgresql import insert as upsert
from sqlalchemy.ext.asyncio import AsyncSession

from services.community.domain.polls.choices import Choice
from services.community.domain.polls.seal import Ballot
from services.community.tables import BallotRow, MemberRow, PollVoterRow


async def save_named_ballot(session: AsyncSession, voter: PollVoterRow, choice: Choice) -> None:
    """Cast the voter's ballot, or replace the one cast before."""
    adding = upsert(BallotRow).values(
        poll_id=voter.poll_id,
        member_id=voter.member_id,
        weight=voter.weight,
        choice=choice.content,
    )
    await session.execute(
        adding.on_conflict_do_update(
            index_elements=["poll_id", "member_id"], set_={"choice": adding.excluded.choice}
        )
    )


async def add_secret_ballot(
    session: AsyncSession, poll_id: UUID, choice: Choice, *, receipt_sha256: str
) -> None:
    """Add a ballot of one vote, without its voter; its id is random and it has no time."""
    await session.execute(
        insert(BallotRow).values(
            poll_id=poll_id, receipt_sha256=receipt_sha256, weight=1, choice=choice.content
        )
    )


async def list_ballots(
    session: AsyncSession,
    poll_id: UUID,
    *,
    after: UUID | str | None = None,
    limit: int | None = None,
) -> Sequence[tuple[Ballot, str | None]]:
    """List ballots with their voters' names; by voter, secret ones by their random hash.

    after: a voter or a hash, itself left out.
    """
    query = (
        select(BallotRow, MemberRow.name)
        .outerjoin(MemberRow, MemberRow.id == BallotRow.member_id)
        .where(BallotRow.poll_id == poll_id)
        .order_by(BallotRow.member_id, BallotRow.receipt_sha256)
        .limit(limit)
    )
    if isinstance(after, UUID):
        query = query.where(BallotRow.member_id > after)
    elif after is not None:
        query = query.where(BallotRow.receipt_sha256 > after)
    return [(_ballot(row), name) for row, name in await session.execute(query)]


def _ballot(row: BallotRow) -> Ballot:
    return Ballot(
        member_id=row.member_id,
        receipt_sha256=row.receipt_sha256,
        weight=row.weight,
        choice=Choice.of(row.choice),
    )


async def shuffle_ballots(session: AsyncSession, poll_id: UUID) -> None:
    """Rewrite all ballots, in random order and in one transaction.

    A row reveals the transaction that wrote it (xmin) and lies beside rows written before it; a
    ballot had both in common with the mark that its voter has voted.
    """
    rewrite = text("""
        WITH taken AS (DELETE FROM ballot WHERE poll_id = :poll_id RETURNING *)
        INSERT INTO ballot (poll_id, receipt_sha256, weight, choice)
        SELECT poll_id, receipt_sha256, weight, choice FROM taken ORDER BY gen_random_uuid()
    """)
    await session.execute(rewrite, {"poll_id": poll_id})


async def delete_ballots(session: AsyncSession, poll_id: UUID) -> None:
    await session.execute(delete(BallotRow).where(BallotRow.poll_id == poll_id))
