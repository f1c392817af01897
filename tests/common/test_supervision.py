import asyncio

from libs.common.rounds.supervision import Loop, Supervisor
from tests.support.waiting import until


async def test_a_loop_that_falls_is_restarted_and_healthy_again() -> None:
    falls = 2

    async def body(loop: Loop) -> None:
        nonlocal falls
        if falls:
            falls -= 1
            raise ValueError("fell")
        loop.beat()
        await asyncio.sleep(3600)

    async with asyncio.TaskGroup() as tasks:
        supervisor = Supervisor(tasks)
        supervisor.run("body", body)
        [loop] = supervisor.loops

        async def falls_told() -> tuple[int, int]:
            return loop.restarts, loop.failures

        await until("two restarts, then health", falls_told, lambda seen: seen == (2, 0))
        supervisor.stop()

    assert loop.problem is None


async def test_a_loop_that_goes_on_falling_is_a_problem() -> None:
    async def body(_loop: Loop) -> None:
        raise ValueError("fell again")

    async with asyncio.TaskGroup() as tasks:
        supervisor = Supervisor(tasks)
        supervisor.run("body", body)
        [loop] = supervisor.loops

        async def problem() -> str | None:
            return loop.problem

        text = await until("the loop is a problem", problem)
        supervisor.stop()

    assert "ValueError" in text
