"""The demonstration's files, read with nothing of the platform's."""

import csv
import gzip
import io
import json
import zipfile
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

from libs.common.calendar import PARIS

FILES = Path(__file__).parents[2] / "services/demo/files"
STEP = timedelta(minutes=30)


@dataclass
class Curve:
    """One point in one file, as it was read."""

    watts: dict[datetime, int] = field(default_factory=dict)  # by start, UTC
    records: int = 0

    def record(self, end: datetime, power_w: str) -> None:
        self.watts[end.astimezone(UTC) - STEP] = int(power_w)
        self.records += 1


@cache
def cooperative() -> Any:  # noqa: ANN401 — a test reads the document as it is
    return json.loads((FILES / "cooperative.json").read_text(encoding="utf-8"))


def all_names() -> list[str]:
    return [name for operation in cooperative()["operations"] for name in operation["files"]]


def points(direction: str) -> list[Any]:
    return [
        point
        for operation in cooperative()["operations"]
        for point in operation["participations"]
        if point["direction"] == direction
    ]


@cache
def curves() -> dict[tuple[str, str], Curve]:
    """Every curve by PRM and direction; no point is in two files."""
    curves_by_point: dict[tuple[str, str], Curve] = {}
    for name in all_names():
        for key, curve in read(name).items():
            assert key not in curves_by_point
            curves_by_point[key] = curve
    return curves_by_point


def productions() -> dict[str, dict[datetime, int]]:
    return {prm: c.watts for (prm, direction), c in curves().items() if direction == "production"}


def centre_h(watts: dict[datetime, int]) -> float:
    """The clock hour around which the energy lies."""
    clocks = [start.astimezone(PARIS) for start in watts]
    weighted = [
        (clock.hour + clock.minute / 60 + 0.25) * power_w
        for clock, power_w in zip(clocks, watts.values(), strict=True)
    ]
    return sum(weighted) / sum(watts.values())


def content(name: str) -> str:
    """The text inside a compressed file."""
    raw = next(FILES.rglob(name)).read_bytes()
    if name.endswith(".gz"):
        return gzip.decompress(raw).decode("utf-8-sig")
    with zipfile.ZipFile(io.BytesIO(raw)) as archive:
        (member,) = archive.namelist()
        return archive.read(member).decode("utf-8")


@cache
def read(name: str) -> dict[tuple[str, str], Curve]:
    """The curves of one file, by PRM and direction; read with nothing of the platform's."""
    if name.startswith("ENEDIS_R63"):
        return read_r63(content(name))
    if name.startswith("ERDF_R50"):
        return read_r50(content(name))
    return read_hdm(content(name))


def read_r63(text: str) -> dict[tuple[str, str], Curve]:
    curves_by_point: dict[tuple[str, str], Curve] = {}
    seen: set[tuple[str, str]] = set()
    for row in csv.DictReader(io.StringIO(text), delimiter=";"):
        assert (row["Nature"], row["Pas"], row["Unité"]) == ("B", "PT30M", "W")
        prm, stamp = row["Identifiant PRM"], row["Horodate"]
        direction = {"CONS": "consumption", "PROD": "production"}[row["Grandeur métier"]]
        # The stamps are naive: the second 02:00 of the 25th is the one in winter time.
        fold = (prm, stamp) in seen
        seen.add((prm, stamp))
        end = datetime.fromisoformat(stamp).replace(tzinfo=PARIS, fold=fold)
        curves_by_point.setdefault((prm, direction), Curve()).record(end, row["Valeur"])
    return curves_by_point


def read_r50(text: str) -> dict[tuple[str, str], Curve]:
    curves_by_point: dict[tuple[str, str], Curve] = {}
    for point in ET.fromstring(text).iter("PRM"):  # noqa: S314 — our own file
        curve = curves_by_point.setdefault((point.findtext("Id_PRM", ""), "consumption"), Curve())
        for step in point.iter("PDC"):
            assert step.findtext("IV") == "0"
            curve.record(datetime.fromisoformat(step.findtext("H", "")), step.findtext("V", ""))
    return curves_by_point


def read_hdm(text: str) -> dict[tuple[str, str], Curve]:
    names, values, _, *rows = text.splitlines()
    head = dict(zip(names.split(";"), values.split(";"), strict=True))
    assert head["Grandeur metier"] == "Consommation"
    curve = Curve()
    for row in rows:
        stamp, power_w = row.split(";")
        curve.record(datetime.fromisoformat(stamp), power_w)
    return {(head["Identifiant PRM"], "consumption"): curve}
