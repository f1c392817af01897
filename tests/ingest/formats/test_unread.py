"""Files of the DSO that are not read: named, with what to ask for instead."""

import io
from datetime import UTC, datetime

import pytest

from libs.common.encryption.decryption_keys import DecryptionKey
from services.ingest.formats import FormatUnknown, check_supported, parse
from services.ingest.formats.files.encryption import Decryption
from tests.ingest.formats.encrypting import NEW_KEY

SENT_AT = datetime(2026, 11, 2, tzinfo=UTC)
_KEY = DecryptionKey(NEW_KEY)
_XML = '<?xml version="1.0" encoding="UTF-8"?>\n'
_HDM_INDEXES = (
    "Identifiant PRM;Type de donnees;Date de debut;Date de fin;Grandeur physique;"
    "Grandeur metier;Etape metier;Unite\n"
    "99111642617347;Index;20/10/2020;02/02/2022;Energie active;Consommation;Comptage Brut;\n"
    "Horodate;Type de releve;EAS F1\n2021-01-07T00:00:00+01:00;Arrêté quotidien;1061\n"
)

FLOWS = [
    (f"{_XML}<R15><PRM/></R15>", "flow R15", "ACC API"),
    (f"{_XML}<x:R17 xmlns:x='urn:x'/>", "flow R17", "R171"),
    (f"{_XML}<C12 version='1'><PRM/></C12>", "flow C12", "C15"),
    (f"{_XML}<F15></F15>", "flow F15", "load curves"),
    (f"{_XML}<F12></F12>", "flow F12", "load curves"),
    ('{"header": {"codeFlux": "R65"}, "mesures": []}', "flow R65", "R63"),
    ('{"header": {"codeFlux": "R66B"}, "mesures": []}', "flow R66B", "R63"),
    ('{"header": {"codeFlux": "C68"}, "mesures": []}', "flow C68", "R63"),
    (
        f"{_XML}<soapenv:Envelope xmlns:soapenv='urn:x'><soapenv:Body/></soapenv:Envelope>",
        "web service",
        "Courbe de charge",
    ),
    (_HDM_INDEXES, "'Index'", "Courbe de charge"),
]


@pytest.mark.parametrize(("text", "name", "instead"), FLOWS, ids=[flow[1] for flow in FLOWS])
def test_a_flow_that_is_not_read_is_named_with_what_to_ask_for_instead(
    text: str, name: str, instead: str
) -> None:
    with pytest.raises(FormatUnknown) as refusal:
        parse(text.encode())

    detail = refusal.value.detail
    assert name in detail
    assert instead in detail
    assert "none of" not in detail


@pytest.mark.parametrize(("text", "name"), [flow[:2] for flow in FLOWS[:-1]])
def test_it_is_named_at_first_sight_and_never_taken_for_an_encrypted_one(
    text: str, name: str
) -> None:
    content = text.encode() + b" " * (16 - len(text.encode()) % 16)  # whole blocks, as if encrypted
    for refuse in (
        lambda: check_supported(io.BytesIO(content)),
        lambda: parse(content, Decryption((_KEY,), SENT_AT)),
    ):
        with pytest.raises(FormatUnknown, match=name):
            refuse()
