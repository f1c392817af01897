"""A service finds its own lines of the audit log by an index, however long the log is."""

from sqlalchemy import text

from tests.support.platform import Platform


async def test_own_lines_are_found_by_the_service_in_an_index(platform: Platform) -> None:
    async with platform.database("billing") as database, database.transaction() as session:
        # Of few lines it would read all.
        for way in ("seqscan", "bitmapscan"):
            await session.execute(text(f"SET LOCAL enable_{way} = off"))
        query = text("EXPLAIN SELECT before FROM audit.change WHERE subject = 'wanted'")
        plan = "\n".join(await session.scalars(query))

    assert "(service = " in plan.partition("Index Cond: ")[2].partition("\n")[0]
