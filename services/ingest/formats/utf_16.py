"""Text in UTF-16, as some programs of spreadsheets and of Windows save it, made UTF-8.

So that formats, which tell and cut what they read by bytes that ASCII has, need not know of it.
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
    """None for anything but UTF-16 that says so by its first bytes."""
    return next((codec for begin, codec in _CODECS.items() if head.startswith(begin)), None)


def head_as_utf_8(head: bytes) -> bytes:
    """The same characters; what is in no UTF-16 as it is."""
    codec = codec_of(head)
    return _encoded(head.decode(codec, "replace"), is_first=True) if codec else head


def write_as_utf_8(source: IO[bytes], codec: str, target: IO[bytes]) -> None:
    """The same characters, in pieces; those that are damaged become U+FFFD.

    A declaration of XML says UTF-8 then. Lines stay as they are.
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
