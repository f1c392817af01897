"""The file with the first password goes once that password is changed (M16), and not before."""

from pathlib import Path

import pytest

from libs.common.auth.principals import Rights
from libs.common.database import Database
from libs.common.settings import Settings
from services.community.commands import record_account
from services.community.commands.accounts.first_password import FirstPassword
from services.community.workers import workers
from tests.community.coop import PASSWORD

_FIRST = "made by the platform"
_STAFF = Rights.of_staff()


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "operator-password"
    path.write_text(_FIRST)
    return path


async def _record(
    database: Database,
    email: str,
    *,
    password: str,
    rights: Rights = _STAFF,
    disabled: bool = False,
) -> None:
    async with database.transaction() as session:
        await record_account(session, email, rights, password=password, disabled=disabled)


async def test_it_goes_once_the_password_is_changed_and_not_before(
    empty: Database, file: Path
) -> None:
    look = FirstPassword(file)
    await _record(empty, "operator@example.org", password=_FIRST)
    await look(empty)
    await look(empty)
    assert file.read_text() == _FIRST

    await _record(empty, "operator@example.org", password=PASSWORD)
    await look(empty)

    assert not file.exists()
    await look(empty)


async def test_it_goes_if_the_password_was_changed_while_nothing_ran(
    empty: Database, file: Path
) -> None:
    await _record(empty, "operator@example.org", password=PASSWORD)

    await FirstPassword(file)(empty)

    assert not file.exists()


async def test_it_stays_while_it_opens_an_account_of_staff_by_whatever_name(
    empty: Database, file: Path
) -> None:
    await _record(empty, "operator@example.org", password=_FIRST)
    await _record(empty, "chief@example.org", password=PASSWORD)

    await FirstPassword(file)(empty)

    assert file.exists()


async def test_it_stays_while_there_are_no_staff_who_could_log_in(
    empty: Database, file: Path
) -> None:
    """The next start makes the operator anew, with this password."""
    await _record(empty, "operator@example.org", password=PASSWORD, disabled=True)

    await FirstPassword(file)(empty)

    assert file.exists()


async def test_of_a_member_the_same_password_is_not_looked_for(empty: Database, file: Path) -> None:
    await _record(empty, "operator@example.org", password=PASSWORD)
    await _record(empty, "feed@example.org", password=_FIRST, rights=Rights.of_feed())

    await FirstPassword(file)(empty)

    assert not file.exists()


def test_only_a_platform_that_has_such_a_file_looks_after_it() -> None:
    name = "delete the first password"

    assert name not in workers(Settings())
    assert name in workers(Settings(first_password_file="data/operator-password"))
