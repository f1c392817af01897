"""Try the page in a browser, on a platform with the demonstration's data: `make web-journeys`.

    python web/journeys.py               all journeys
    python web/journeys.py --chosen      those of a gate (choosing.py), today's or --day's
    python web/journeys.py --pictures    a picture of each page, width, theme: data/screenshots

CHROMIUM                a Chromium to try it with; else that of the PATH
ELOCOOP_DEMONSTRATION   a folder with a loaded demonstration (.ci/demonstration): a copy is tried

Whatever else follows is for Vitest. A journey that fails leaves its picture in data/screenshots.
"""

import argparse
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path

from build import ROOT, WEB, NotBuilt, build, find_node, install
from choosing import REACHED, Choice, changed_files, choose, units
from geocoder import geocoder

from libs.common.encryption.secret_keys import new_secret_key
from libs.common.ports import free_port
from libs.common.settings import get_settings

_SCREENSHOTS = ROOT / "data" / "screenshots"
_NAMES = ("chromium", "chromium-browser", "google-chrome")
_ELOCOOP = str(Path(sys.executable).with_name("elocoop"))
_LOADED = "Done in"
_SERVED = "Elocoop ("


def main() -> int:
    options, arguments = _options()
    chromium = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, _NAMES)), None)
    if chromium is None:
        print("The page cannot be tried: there is no Chromium. CHROMIUM=… names one.")
        return 1
    try:
        node, npm = find_node()
        install(node, npm, everything=True)
        build()
    except NotBuilt as why:
        print(f"The page cannot be tried: {why}")
        return 1
    shutil.rmtree(_SCREENSHOTS, ignore_errors=True)
    _SCREENSHOTS.mkdir(parents=True)
    choice = choose(options.day, changed_files()) if options.chosen else None
    if choice:
        _print(choice)
    vitest = str(WEB / "node_modules" / "vitest" / "vitest.mjs")
    tests = [node, vitest, "run", "--config", "vitest.journeys.config.ts", *arguments]
    with (
        tempfile.NamedTemporaryFile("r") as reached,
        geocoder() as geocoder_url,
        tempfile.TemporaryDirectory() as folder,
        tempfile.TemporaryDirectory() as strict_folder,
        tempfile.TemporaryDirectory() as empty_folder,
        _strict_platform(Path(strict_folder)) as strict,
        _empty_platform(Path(empty_folder)) as empty,
        _platform(Path(folder), geocoder_url) as platform,
    ):
        where = {
            "CHROMIUM": chromium,
            "SCREENSHOTS": str(_SCREENSHOTS),
            "PICTURES": "all" if options.pictures else "of failures",
            "REACHED": reached.name,
            "LEFT_OUT": json.dumps(choice.left_out if choice else []),
        }
        environment = os.environ | platform | strict | empty | where
        files = choice.files if choice else []
        status = subprocess.run([*tests, *files], cwd=WEB, env=environment, check=False).returncode
        if status == 0 and not choice and not arguments:
            _keep(reached.read())
        return status


def _options() -> tuple[argparse.Namespace, list[str]]:
    parser = argparse.ArgumentParser(description=__doc__, add_help=False)
    parser.add_argument("--chosen", action="store_true")
    parser.add_argument("--day", type=date.fromisoformat, default=datetime.now(UTC).date())
    parser.add_argument("--pictures", action="store_true")
    return parser.parse_known_args()


def _print(choice: Choice) -> None:
    count = len(choice.reasons)
    print(f"{count} of {len(units())} journeys, pages counted each:")
    for unit, reason in choice.reasons.items():
        print(f"  {unit}: {reason}")
    print(f"Left out: {', '.join(choice.left_out) or 'none'}", flush=True)


def _keep(lines: str) -> None:
    """Keep what each unit's browsers have loaded, for the next choices."""
    scripts: dict[str, set[str]] = {unit: set() for unit in units()}
    for line in lines.splitlines():
        unit, script = line.split("\t")
        scripts.get(unit, set()).add(script)
    text = json.dumps({unit: sorted(names) for unit, names in sorted(scripts.items())}, indent=1)
    if not REACHED.exists() or REACHED.read_text() != text + "\n":
        REACHED.write_text(text + "\n")
        print(f"{REACHED.relative_to(ROOT)} is of now: commit it.")


@contextmanager
def _platform(folder: Path, geocoder_url: str) -> Iterator[dict[str, str]]:
    """Yield what the journeys have to know of a platform, as it has all its data."""
    port = free_port()
    settings = {
        "GEOCODER_URL": geocoder_url,
        # And no host: the page says that nobody gave it.
        "LEGAL_PUBLISHER": "Pousse-Soleil SCIC\n1 rue des Volts, 99110 Aurelle\n05 00 00 00 00",
        "CONTACT_EMAIL": "bonjour@example.org",
    }
    command, until = ["demo", "--port", str(port)], _LOADED
    if loaded := os.environ.get("ELOCOOP_DEMONSTRATION"):
        folder.chmod(0o755)  # PostgreSQL runs as somebody else
        subprocess.run(["cp", "-a", "--reflink=auto", f"{loaded}/data", folder], check=True)
        settings["LOG_LEVEL"] = "WARNING"
        # As `elocoop demo` runs it: all journeys send the public's forms from one address.
        settings["REQUESTS_A_DAY_OF_ADDRESS"] = str(get_settings().requests_an_hour)
        command, until = ["serve", "--port", str(port)], _SERVED
    with _running(folder, command, settings, until=until):
        yield {
            "PAGE_URL": f"http://127.0.0.1:{port}",
            "DEMO_PASSWORD": (folder / "data" / "demo-password").read_text(),
            "OPERATOR_PASSWORD": (folder / "data" / "operator-password").read_text(),
            "MAILS": str(folder / "data" / "mails"),
            "PYTHON": sys.executable,
            "DATABASE_FOLDER": str(folder / "data" / "postgres"),
        }


@contextmanager
def _strict_platform(folder: Path) -> Iterator[dict[str, str]]:
    """Another one, with nobody but staff, who do nothing without an authenticator app."""
    port = free_port()
    settings = {"AUTH_SECOND_FACTOR_ROLES": "operator", "SECRET_KEYS": new_secret_key()}
    with _running(folder, ["serve", "community", "--port", str(port)], settings, until=_SERVED):
        yield {
            "STRICT_URL": f"http://127.0.0.1:{port}",
            "STRICT_PASSWORD": (folder / "data" / "operator-password").read_text(),
        }


@contextmanager
def _empty_platform(folder: Path) -> Iterator[dict[str, str]]:
    """Another one, with nothing in it, by a clock that a journey sets."""
    port = free_port()
    clock = folder / "clock"
    clock.write_text("0")  # as this machine's
    # -P: the modules beside the script are not for all to import.
    command = [sys.executable, "-P", str(WEB / "by_clock.py"), str(clock)]
    arguments = ["serve", "--port", str(port)]
    with _running(folder, arguments, {}, until=_SERVED, command=command):
        yield {
            "EMPTY_URL": f"http://127.0.0.1:{port}",
            "EMPTY_PASSWORD": (folder / "data" / "operator-password").read_text(),
            "EMPTY_MAILS": str(folder / "data" / "mails"),
            "EMPTY_CLOCK": str(clock),
        }


@contextmanager
def _running(
    folder: Path,
    arguments: Sequence[str],
    settings: Mapping[str, str],
    *,
    until: str,
    command: Sequence[str] = (_ELOCOOP,),
) -> Iterator[None]:
    """Run the command in a folder, with the page; begin once a line that it prints begins so."""
    environment = {**os.environ, "WEB_FOLDER": str(WEB / "dist"), "PYTHONUNBUFFERED": "1"}
    with subprocess.Popen(
        [*command, *arguments],
        cwd=folder,
        env={**environment, **settings},
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        try:
            _wait_for(process, until)
            yield
        finally:
            process.send_signal(signal.SIGINT)
            process.communicate()


def _wait_for(process: subprocess.Popen[str], beginning: str) -> None:
    """Of a line that it prints; all lines until then are printed here too."""
    assert process.stdout is not None
    for line in process.stdout:
        print(line, end="", flush=True)
        if line.startswith(beginning):
            return
    raise SystemExit(f"The platform ended before it said {beginning!r}.")


if __name__ == "__main__":
    sys.exit(main())
