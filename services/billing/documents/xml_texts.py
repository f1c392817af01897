"""Text that XML can carry."""

import re

_NOT_XML = re.compile("[^\\t\\n\\r\\x20-\\ud7ff\\ue000-\\ufffd\\U00010000-\\U0010ffff]")


def xml_text(text: str) -> str:
    """The text without the characters that XML 1.0 forbids (production 2)."""
    return _NOT_XML.sub("", text)
