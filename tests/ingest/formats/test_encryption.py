"""Encrypted files: what opens them, and that nothing else does."""

import io
from collections.abc import Sequence
from datetime import UTC, datetime

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from libs.common.encryption.decryption_keys import DecryptionKey, read_keys
from services.ingest.formats import Decryption, FormatUnknown, check_supported, parse
from services.ingest.formats.files.encryption import decrypt
from services.ingest.formats.publication import of_name
from tests.ingest.formats.encrypting import SETTING, encrypt
from tests.ingest.formats.files import r63, r63_row, zipped

OLD, NEW = KEYS = read_keys(SETTING)
NOW = datetime(2026, 11, 25, tzinfo=UTC)
BEFORE, AFTER = datetime(2026, 6, 8, 21, 59, tzinfo=UTC), datetime(2026, 6, 8, 22, tzinfo=UTC)
R63 = r63([r63_row("2026-07-01 00:30:00")])

aes_128 = st.builds(
    DecryptionKey, st.binary(min_size=16, max_size=16), st.binary(min_size=16, max_size=16)
)
aes_256 = st.builds(DecryptionKey, st.binary(min_size=32, max_size=32))
keys = st.one_of(aes_128, aes_256)


def _zip() -> bytes:
    return zipped({"ENEDIS_R63_P_CdC_M0DEMOA1_00001_20261102083000.csv": R63})


def _decryption(keys: Sequence[DecryptionKey] = KEYS, at: datetime = NOW) -> Decryption:
    return Decryption(tuple(keys), at)


def _decrypted(encrypted: bytes, keys: Sequence[DecryptionKey]) -> bytes | None:
    """What the first key gives under which it ends in a right padding."""
    plain = decrypt(
        io.BytesIO(encrypted),
        _decryption(keys),
        may_begin=lambda _head: True,
        is_plain=lambda _file: True,
    )
    if plain is None:
        return None
    with plain:
        return plain.read()


def _check(content: bytes, decryption: Decryption) -> None:
    check_supported(io.BytesIO(content), decryption)


@given(st.binary(max_size=300), keys)
def test_what_is_encrypted_is_decrypted(content: bytes, key: DecryptionKey) -> None:
    encrypted = encrypt(content, key)

    assert _decrypted(encrypted, [key]) == content
    assert _decryption([key]).may_open(len(encrypted))


@pytest.mark.parametrize("key", KEYS)
@pytest.mark.parametrize("at", [BEFORE, AFTER])
def test_a_file_of_either_generation_is_read_on_both_sides_of_the_switch(
    key: DecryptionKey, at: datetime
) -> None:
    encrypted = encrypt(_zip(), key)

    _check(encrypted, _decryption(at=at))
    (parsed,) = parse(encrypted, _decryption(at=at))

    assert (parsed.format, parsed.record_count) == ("R63 CSV", 1)


def test_the_key_of_the_files_own_night_is_tried_first() -> None:
    last, first = (
        of_name(f"ENEDIS_R63B_Q_CdC_M0DEMOA1_00160_{stamp}.zip")
        for stamp in ("20260608235959", "20260609000000")
    )

    assert last
    assert first
    assert _decryption(at=last).keys_in_order == [OLD, NEW]
    assert _decryption(at=first).keys_in_order == [NEW, OLD]


@given(keys, keys, st.sampled_from([_zip(), R63]))
def test_a_wrong_key_opens_nothing(
    right: DecryptionKey, wrong: DecryptionKey, content: bytes
) -> None:
    # Under the right key a wrong IV spoils no more than the first block, and a zip has its CRC.
    assume(right.key != wrong.key)
    encrypted = encrypt(content, right)

    for refuse in (parse, _check):
        with pytest.raises(FormatUnknown, match=r"no key opens it\.$"):
            refuse(encrypted, _decryption([wrong]))
    assert len(parse(encrypted, _decryption([wrong, right]))) == 1


@given(st.sampled_from(KEYS), st.data())
def test_a_cut_file_is_not_opened(key: DecryptionKey, data: st.DataObject) -> None:
    encrypted = encrypt(_zip(), key)
    length = data.draw(st.integers(0, len(encrypted) - 1))

    with pytest.raises(FormatUnknown):
        parse(encrypted[:length], _decryption())


@given(st.binary(max_size=400))
def test_bytes_of_any_kind_are_refused_as_without_keys_or_as_closed(content: bytes) -> None:
    for refuse in (parse, _check):
        with pytest.raises(FormatUnknown):
            refuse(content, _decryption())


def test_a_wrong_key_with_a_right_padding_by_chance_opens_nothing() -> None:
    """One in 256 has one: whatever it makes of a file must still be a zip or a document."""
    encrypted = encrypt(R63, NEW)
    wrong = [DecryptionKey(number.to_bytes(32)) for number in range(2000)]
    by_chance = [key for key in wrong if _decrypted(encrypted, [key])]

    assert by_chance
    with pytest.raises(FormatUnknown, match="no key opens it"):
        parse(encrypted, _decryption(by_chance))


def test_a_file_that_is_not_encrypted_is_read_as_ever() -> None:
    for content in (R63, _zip()):
        padded = content + b"\n" * (-len(content) % 16)
        assert parse(padded, _decryption())[0].record_count == 1


def test_an_encrypted_file_without_a_key_is_of_no_known_format() -> None:
    with pytest.raises(FormatUnknown) as refusal:
        parse(encrypt(_zip(), NEW), _decryption([]))

    assert "key" not in refusal.value.detail


@pytest.mark.parametrize("key", KEYS)
def test_an_encrypted_document_without_a_zip_is_read(key: DecryptionKey) -> None:
    assert parse(encrypt(R63, key), _decryption())[0].format == "R63 CSV"
