"""When a document was published, by its heading or its name."""

from datetime import UTC, datetime

import pytest

from services.ingest.formats import parse
from services.ingest.formats.publication import of_name
from tests.ingest.formats.files import pdc, r4x_of, r4x_point, r50, utc

CREATED = "<Date_Creation>2026-11-02T08:30:00+01:00</Date_Creation>"


def test_the_heading_of_an_r50_says_when_it_was_published() -> None:
    content = r50([pdc("2026-10-25T00:30:00+02:00")])
    dated = content.replace(b"<Pas_Publication>", CREATED.encode() + b"<Pas_Publication>")

    assert parse(dated)[0].published_at == utc("2026-11-02T07:30")
    assert parse(content)[0].published_at is None


def test_the_heading_of_an_r4x_says_when_it_was_published() -> None:
    content = r4x_of([r4x_point("2026-10-25T00:30:00+02:00")])

    dated = content.replace(b"<Nature_De", CREATED.encode() + b"<Nature_De")

    assert parse(dated)[0].published_at == utc("2026-11-02T07:30")


@pytest.mark.parametrize(
    "created", ["yesterday, I think", "2026-11-02T08:30:00", "9999-12-31T23:59:59-23:59"]
)
def test_a_heading_that_cannot_be_read_says_nothing(created: str) -> None:
    content = r50([pdc("2026-10-25T00:30:00+02:00")]).replace(
        b"<Pas_Publication>", f"<Date_Creation>{created}</Date_Creation><Pas_Publication>".encode()
    )

    assert parse(content)[0].published_at is None


@pytest.mark.parametrize(
    ("name", "published_at"),
    [
        (
            "ENEDIS_R63_P_CdC_M0DEMOA1_00001_20261102083000.zip",
            datetime(2026, 11, 2, 7, 30, tzinfo=UTC),
        ),
        (
            "deep/ERDF_R50_17X_A_B_00001_Q_00001_00001_20260702083000.xml",
            datetime(2026, 7, 2, 6, 30, tzinfo=UTC),
        ),
        ("ENEDIS_R63_P_CdC_M0DEMOA1_00001_20261302083000.zip", None),
        ("ENEDIS_R63_P_CdC_M0DEMOA1_00001.zip", None),
        ("holidays_20261102083000.csv", None),
        ("", None),
    ],
)
def test_the_names_of_the_dso_end_with_when(name: str, published_at: datetime | None) -> None:
    assert of_name(name) == published_at
