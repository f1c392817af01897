"""Text in UTF-8, which a byte-order mark may begin, or in Latin-1 as older exports have it."""

BOM = b"\xef\xbb\xbf"


def text_of(content: bytes) -> str:
    """Decode UTF-8, or Latin-1 as older exports have it; never fails."""
    try:
        return content.decode()
    except UnicodeDecodeError:
        return content.decode("latin-1")
