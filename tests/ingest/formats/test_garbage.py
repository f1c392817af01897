"""Files whose records are rubbish by the million: refused, with what is wrong, in little memory."""

import pytest

from services.ingest.formats import parse, verdicts
from services.ingest.formats.problems import FileMalformed
from tests.ingest.formats.files import r63, r63_row


def test_millions_of_tiny_lines_are_refused_before_they_become_a_table() -> None:
    header = r63([]).rstrip(b"\n")

    with pytest.raises(FileMalformed, match="too short to be records"):
        parse(header + b"\n1" * 2_000_000)


def test_more_bad_records_than_can_be_kept_refuse_the_file(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(verdicts, "MOST_REJECTED", 3)
    bad = [r63_row("yesterday", "478", prm="99000000000001") for _ in range(4)]

    with pytest.raises(FileMalformed, match="4 of 4 records"):
        parse(r63(bad))
