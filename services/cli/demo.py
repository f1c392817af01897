"""``elocoop demo``: the whole chain at work on a demonstration co-op."""

import socket
import time
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    TaskID,
    TextColumn,
    TimeElapsedColumn,
)

from libs.common.clock import Clock
from libs.common.http.web import Page
from libs.common.outgoing import open_client
from libs.common.ports import port_of
from libs.common.settings import Settings
from services.cli.ending import run
from services.cli.loading import load_app
from services.cli.processes import NAMES
from services.cli.running import NotStarted, Port, kept_secret, local_settings, running, take_port
from services.cli.serve import until_interrupted
from services.community.commands.accounts.passwords import give_password
from services.demo.api import Api, DemoFailed
from services.demo.cooperative import Cooperative, read_cooperative
from services.demo.load import (
    CASES,
    ClosedMonth,
    GivePassword,
    LogIns,
    People,
    Surroundings,
    load_year,
)
from services.demo.report import (
    balances_are_exact,
    print_first_month,
    print_log_ins,
    print_month,
    print_page,
)


def demo(
    once: Annotated[bool, typer.Option("--once", help="Stop after the tables.")] = False,
    port: Port = 8000,
) -> None:
    """Load a demonstration co-op, close its October 2026, and leave the platform running.

    Two operations, 46 meters, a year of the DSO's files, invoices and members' decisions;
    everything goes through the public HTTP APIs. Prints the page's address, the accounts for it,
    and each member's energy and bill. Running it again duplicates nothing. Exit status: 0, or 1
    when an energy balance is wrong or the chain did not finish.
    """
    raise typer.Exit(run(_demo(once=once, listener=take_port(port))))


async def _demo(*, once: bool, listener: socket.socket) -> int:
    console = Console()
    started_s = time.monotonic()
    settings = _settings(port_of(listener))
    cooperative = read_cooperative()
    app = load_app(NAMES, settings)

    async def give(email: str, password: str) -> None:
        await give_password(app.state.databases["community"], email, password)

    log_ins = _log_ins(settings, cooperative, give)
    shows_page = not once and bool(Page.find(settings.web_folder))
    try:
        _check_that_staff_log_in(settings)
        if not once:
            print_page(console, settings, log_ins, is_built=shows_page)
        console.print("Starting PostgreSQL and the four services…")
        async with running(app, listener):
            months = await _load(settings, cooperative, log_ins, console, shows_page=shows_page)
            for month in months:
                print_month(console, cooperative, month)
            console.print(f"Done in {time.monotonic() - started_s:.0f} s.")
            if not once:
                print_log_ins(console, settings, log_ins)
                await until_interrupted()
    except (DemoFailed, NotStarted) as failure:
        console.print(f"The demonstration stopped: {failure}", style="red")
        return 1
    return 0 if balances_are_exact(months) else 1


def _settings(port: int) -> Settings:
    settings = local_settings(port=port, log_level="WARNING")
    # The demonstration and all who try it send the public's forms from one address.
    return settings.model_copy(update={"requests_a_day_of_address": settings.requests_an_hour})


def _check_that_staff_log_in(settings: Settings) -> None:
    if settings.operator_password is None:
        raise DemoFailed("The operator's password was changed: give it as OPERATOR_PASSWORD.")


async def _load(
    settings: Settings,
    cooperative: Cooperative,
    log_ins: LogIns,
    console: Console,
    *,
    shows_page: bool,
) -> list[ClosedMonth]:
    assert settings.operator_password is not None
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
    )
    async with open_client(base_url=settings.public_url, silence_s=60) as client:
        operator = Api(client).as_account(
            settings.operator_email, settings.operator_password.get_secret_value()
        )
        with Progress(*columns, console=console) as bars:
            tasks: dict[str, TaskID] = {}

            def progress(stage: str, completed: int, total: int) -> None:
                if stage not in tasks:
                    tasks[stage] = bars.add_task(stage, total=total)
                bars.update(tasks[stage], completed=completed)

            def ready() -> None:
                if shows_page:
                    print_first_month(console, log_ins)

            people = People(operator, cooperative, log_ins)
            around = Surroundings(Clock().now, _mails(settings), ready)
            return await load_year(people, cooperative, progress, around)


def _mails(settings: Settings) -> Path | None:
    """Return the folder of e-mails, if there is one."""
    kind, _, path = settings.mail_url.partition(":")
    return Path(path) if kind == "folder" else None


def _log_ins(settings: Settings, cooperative: Cooperative, give: GivePassword) -> LogIns:
    household = next(member for member in cooperative.members if member.kind == "household")
    return LogIns(
        operator=settings.operator_email,
        organiser="organiser@example.org",
        member=household.email,
        feed="feed@example.org",
        password=kept_secret("demo-password"),
        give_password=give,
        cases=CASES,
    )
