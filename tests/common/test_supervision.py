import asyncio

from libs.common.supervision import Loop, Supervisor


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
        async with asyncio.timeout(60):
            while loop.restarts < 2 or loop.failures:
                await asyncio.sleep(0.01)
        supervisor.stop()

    assert loop.problem is None


async def test_a_loop_that_goes_on_falling_is_a_problem() -> None:
    async def body(_loop: Loop) -> None:
        raise ValueError("fell again")

    async with asyncio.TaskGroup() as tasks:
        supervisor = Supervisor(tasks)
        supervisor.run("body", body)
        [loop] = supervisor.loops
        async with asyncio.timeout(60):
            while not loop.problem:
                await asyncio.sleep(0.01)
        supervisor.stop()

    assert "ValueError" in loop.problem
