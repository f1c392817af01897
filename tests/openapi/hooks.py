"""What schemathesis cannot know: which ids exist, and in which years things happen here."""

import json
import os
from datetime import date
from typing import Any
from zlib import crc32

import schemathesis
from hypothesis import strategies as st
from schemathesis.generation.meta import TestPhase

from tests.openapi.known_ids import KNOWN_IDS

_OWN = ("email", "session_id")
_known: dict[str, Any] = json.loads(os.environ.get(KNOWN_IDS, "{}"))

# What a mail server hands in is text, and so is a table.
schemathesis.serializer.alias("message/rfc822", "text/plain")
schemathesis.serializer.alias("text/csv", "text/plain")
schemathesis.openapi.format("date", st.dates(date(2026, 8, 1), date(2027, 1, 31)).map(str))


@schemathesis.hook
def before_call(
    _context: schemathesis.HookContext, case: schemathesis.Case[Any], _options: dict[str, Any]
) -> None:
    """Most well-formed requests are about what is there; what is deleted is not.

    Stateful ones follow what the service itself has told.
    """
    if case.meta is None:
        return
    if case.meta.phase.name is TestPhase.STATEFUL:
        # But not to the own session and account, without which it could ask for nothing more.
        kept = {name for name in _OWN if name in (case.path_parameters or {})}
        case.path_parameters.update({name: _known[name] for name in kept})
        return
    drawn = crc32(repr((case.path_parameters, case.query, case.body)).encode(errors="replace"))
    if case.meta.generation.mode.is_positive and case.method != "DELETE" and drawn % 4:
        for place in (case.path_parameters, case.query):
            place.update({name: _known[name] for name in place if name in _known})
