"""Whose load curves may be fetched, asked of many points at once."""

from sqlalchemy import event

from libs.common.ids import Prm
from services.ingest.store.privacy.consents import list_collectable
from tests.community.coop import new_prm
from tests.ingest.pulls.asking import CONSUMPTION, TODAY, Asking


async def test_only_points_whose_members_consent_may_be_fetched(asking: Asking) -> None:
    willing, also_willing, silent, left = (Prm(new_prm()) for _ in range(4))
    await asking.take_part((willing, CONSUMPTION), (also_willing, CONSUMPTION))
    await asking.take_part((silent, CONSUMPTION), with_consent=False)

    prms = [willing, also_willing, silent, left]
    async with (
        asking.ingest.platform.database("ingest") as database,
        database.transaction() as session,
    ):
        collectable = await list_collectable(session, prms, day=TODAY)
        of_none = await list_collectable(session, [], day=TODAY)

    assert collectable == {willing, also_willing}
    assert of_none == set()


async def test_many_points_take_as_many_queries_as_one(asking: Asking) -> None:
    prms = [Prm(new_prm()) for _ in range(50)]
    await asking.take_part(*((prm, CONSUMPTION) for prm in prms))
    counts = []

    async with asking.ingest.platform.database("ingest") as database:
        statements: list[str] = []
        event.listen(
            database.engine.sync_engine,
            "before_cursor_execute",
            lambda _connection, _cursor, statement, *_rest: statements.append(statement),
        )
        for asked in (prms[:1], prms):
            statements.clear()
            async with database.transaction() as session:
                assert await list_collectable(session, asked, day=TODAY) == set(asked)
            counts.append(len([statement for statement in statements if "FROM" in statement]))

    assert counts == [2, 2]
