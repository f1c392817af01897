"""What an early end, another process or the disk leaves of the watched folder's files."""

import sys
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from services.ingest.commands.deliveries.inbox import FileStuck
from services.ingest.store.deliveries.deliveries import try_lock_inbox
from tests.community.coop import new_prm
from tests.ingest.delivering import pushed
from tests.ingest.inbox.watched import Watched, deliveries_named, new_curve
from tests.support.waiting import until


class _PowerCut(BaseException):
    pass


class _Cutter:
    """Ends a process, for all it can tell, right before one of its moves on the disk."""

    def __init__(self) -> None:
        self.folder = ""
        self.left: int | None = None
        self.was_cut = False
        sys.addaudithook(self._hook)

    def arm(self, folder: Path, after: int) -> None:
        self.folder, self.left, self.was_cut = str(folder), after, False

    def disarm(self) -> None:
        self.left = None

    def _hook(self, event: str, arguments: tuple[object, ...]) -> None:
        if self.left is None or event not in {"os.rename", "os.mkdir", "os.rmdir", "open"}:
            return
        if not str(arguments[0]).startswith(self.folder):
            return
        if self.left == 0:
            self.left, self.was_cut = None, True
            raise _PowerCut
        self.left -= 1


@pytest.fixture(scope="module")
def cutter() -> _Cutter:
    return _Cutter()  # for good: an audit hook cannot be removed


@pytest.fixture
def _always_disarmed(cutter: _Cutter) -> Iterator[None]:
    yield
    cutter.disarm()


@pytest.mark.usefixtures("_always_disarmed")
async def test_an_end_before_any_step_loses_nothing_and_doubles_nothing(
    cutter: _Cutter, watched: Watched, operator: httpx.AsyncClient
) -> None:
    steps = 0
    while True:
        name, content, bad = f"{new_prm()}.csv", new_curve(), new_prm().encode()
        watched.put(name, content)
        watched.put(f"bad-{name}", bad)
        await watched.look()
        cutter.arm(watched.folder, after=steps)
        try:
            await watched.look()
        except _PowerCut:
            pass
        finally:
            cutter.disarm()
        watched.restart()
        await watched.look_twice()

        files = watched.files()
        assert files.pop(f"archive/{name}") == content
        assert files.pop(f"rejected/bad-{name}") == bad
        assert watched.problem(f"bad-{name}")["status"] == 415
        assert len(await deliveries_named(operator, name)) == 1
        assert not [path for path in files if name in path and not path.endswith("problem.json")]
        assert list((watched.folder / ".taking").iterdir()) == []
        if not cutter.was_cut:
            break
        steps += 1
    assert steps > 10  # each of the moves above was one


async def test_an_end_between_the_commit_and_the_move_is_made_good(
    watched: Watched, operator: httpx.AsyncClient
) -> None:
    name, content = f"{new_prm()}.csv", new_curve()
    pushed_before = await pushed(operator, content, name)
    claim = watched.folder / ".taking" / "0123456789abcdef"
    claim.mkdir(parents=True)
    (claim / name).write_bytes(content)
    (watched.folder / ".taking" / "empty").mkdir()

    await watched.look()

    assert set(watched.files()) == {f"archive/{name}"}
    assert list((watched.folder / ".taking").iterdir()) == []
    again = await operator.get(f"/ingest/deliveries/{pushed_before['id']}")
    assert again.json()["counts"] == pushed_before["counts"]


async def test_two_processes_never_take_the_same_file(watched: Watched) -> None:
    watched.put("a.csv", new_curve())
    await watched.look()

    async with watched.platform.database("ingest") as database, database.transaction() as other:
        await until("nobody looks into the inbox", lambda: try_lock_inbox(other))
        await watched.look()
        assert set(watched.files()) == {"a.csv"}
    await watched.look()

    assert set(watched.files()) == {"archive/a.csv"}


async def test_a_file_that_cannot_be_moved_stops_no_other_and_shows(
    watched: Watched, operator: httpx.AsyncClient
) -> None:
    name, content = f"{new_prm()}.csv", new_curve()
    watched.put(name, content)
    watched.put("z.pdf", b"no curve")
    (watched.folder / "archive").symlink_to("nowhere")
    await watched.look()

    with pytest.raises(FileStuck):
        await watched.look()

    assert "rejected/z.pdf" in watched.files()
    (watched.folder / "archive").unlink()
    await watched.look()
    assert watched.files()[f"archive/{name}"] == content
    assert len(await deliveries_named(operator, name)) == 1


@pytest.mark.parametrize("name", [".taking", "archive", "rejected"])
async def test_nothing_is_moved_through_a_link(
    watched: Watched, tmp_path_factory: pytest.TempPathFactory, name: str
) -> None:
    elsewhere = tmp_path_factory.mktemp("elsewhere")
    (watched.folder / name).symlink_to(elsewhere)
    watched.put("a.csv", new_curve() if name == "archive" else b"no curve")

    with pytest.raises((FileStuck, OSError)):
        await watched.look_twice()

    assert list(elsewhere.iterdir()) == []
    assert [path.rsplit("/")[-1] for path in watched.files()] == ["a.csv"]


async def test_a_folder_that_is_not_there_is_a_failure_that_shows(watched: Watched) -> None:
    watched.folder.rmdir()

    with pytest.raises(FileNotFoundError):
        await watched.look()

    assert not watched.folder.exists()
