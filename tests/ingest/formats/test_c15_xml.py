"""C15: what happens to contracts."""

import pytest

from services.ingest.formats import FileMalformed, parse
from tests.ingest.formats.files import PRM, c15, c15_event, utc


def test_each_prm_of_a_c15_is_an_event_of_its_contract() -> None:
    events = [
        c15_event(PRM, "2026-10-12T00:00:00+02:00", "RES", collective="0"),
        c15_event(PRM, "2026-10-20T00:00:00+02:00", "MES", collective="", state="EN SERVICE"),
    ]

    (document,) = parse(c15(events))

    assert document.format == "C15 XML"
    assert document.contract_events.drop("position").rows() == [
        (PRM, utc("2026-10-11T22:00"), "RES", "A1B2C3", "consumer", "terminated"),
        (PRM, utc("2026-10-19T22:00"), "MES", "A1B2C3", "", "in_service"),
    ]


@pytest.mark.parametrize(
    ("event", "reason"),
    [
        (c15_event("123", "2026-10-12T00:00:00+02:00", "RES"), "14 digits"),
        (c15_event(PRM, "2026-10-12T00:00:00", "RES"), "offset"),
        (c15_event(PRM, "0001-01-01T00:00:00+02:00", "RES"), "impossible"),
        (c15_event(PRM, "2026-10-12T00:00:00+02:00", ""), "short word"),
        (c15_event(PRM, "2026-10-12T00:00:00+02:00", "R" * 99), "short word"),
        (c15_event(PRM, "2026-10-12T00:00:00+02:00", "RES", affair="a;b"), "short word"),
        (c15_event(PRM, "2026-10-12T00:00:00+02:00", "RES", collective="9"), "none of the"),
        (c15_event(PRM, "2026-10-12T00:00:00+02:00", "RES", state="?"), "none of the"),
    ],
)
def test_an_event_that_cannot_be_read_is_rejected(event: str, reason: str) -> None:
    (document,) = parse(c15([event]))

    assert document.contract_events.is_empty()
    assert reason in document.rejected[0].reason
    assert document.rejected[0].position == "line 5"


@pytest.mark.parametrize(
    "doctype",
    [
        "<!DOCTYPE C15>",
        '<!DOCTYPE C15 SYSTEM "file:///etc/passwd">',
        '<!DOCTYPE C15 [<!ENTITY a "9"><!ENTITY affair "&a;&a;&a;&a;">]>',
    ],
)
def test_a_doctype_is_refused_before_any_entity_is_read(doctype: str) -> None:
    content = c15([c15_event(PRM, "2026-10-12T00:00:00+02:00", "RES", affair="&affair;")])

    with pytest.raises(FileMalformed, match="DOCTYPE"):
        parse(content.replace(b"?>\n", f"?>\n{doctype}".encode()))
