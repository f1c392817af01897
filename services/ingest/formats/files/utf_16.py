"""Text in UTF-16, as some spreadsheet and Windows programs save it, converted to UTF-8.

Formats recognise and cut what they read by ASCII bytes, and so need not handle UTF-16.
"""

import codecs
import re
from typing import IO

_CODECS = {
    codecs.BOM_UTF16_LE: "utf-16-le",
    codecs.BOM_UTF16_BE: "utf-16-be",
    "<?".encode("utf-16-le"): "utf-16-le",
    "<?".encode("utf-16-be"): "utf-16-be",
}
"""By the first bytes: those of a byte-order mark, or of a declaration of XML without one."""

_MARK = "\ufeff"
_READ_AT_ONCE_BYTES = 1024**2
_DECLARED = re.compile(r"\A(<\?xml[^>]{0,200}?\bencoding\s{0,20}=\s{0,20}[\"'])[\w.-]{1,40}")


def codec_of(head: bytes) -> str | None:
    """Return the codec of UTF-16 that its first bytes show, else None."""
    return next((codec for begin, codec in _CODECS.items() if head.startswith(begin)), None)


def head_as_utf_8(head: bytes) -> bytes:
    """Return the same characters in UTF-8; anything that is not UTF-16 stays as it is."""
    codec = codec_of(head)
    return _encoded(head.decode(codec, "replace"), is_first=True) if codec else head


def write_as_utf_8(source: IO[bytes], codec: str, target: IO[bytes]) -> None:
    """Write the same characters, in pieces; damaged ones become U+FFFD.

    A declaration of XML then says UTF-8. Lines stay as they are.
    """
    decoder = codecs.getincrementaldecoder(codec)("replace")
    is_first, is_over = True, False
    while not is_over:
        piece = source.read(_READ_AT_ONCE_BYTES)
        is_over = not piece
        target.write(_encoded(decoder.decode(piece, final=is_over), is_first=is_first))
        is_first = False
    target.seek(0)


def _encoded(text: str, *, is_first: bool) -> bytes:
    if is_first:
        text = _DECLARED.sub(r"\1UTF-8", text.removeprefix(_MARK))
    return text.encode("utf-8", "replace")
