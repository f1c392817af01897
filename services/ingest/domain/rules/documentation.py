"""The text of docs/use/validation-rules.md.

Run ``uv run python -m services.ingest.domain.rules.documentation > docs/use/validation-rules.md``
after changing a rule or a code; a test fails when the document is stale.
"""

import sys
from collections.abc import Iterator

from services.ingest.domain.refusals import REFUSALS
from services.ingest.domain.rules import RULES, Rule

_INTRODUCTION = """\
# Validation rules

Generated from `services/ingest/domain/rules` and `domain/refusals.py`; do not edit.

Ingest looks at whole local days as they would be stored. What a rule finds is *flagged* (the
reading counts, and is marked), *quarantined* (the reading waits for somebody to decide), or left
alone (*off*). `GET /ingest/rules` lists the rules; the platform sets them by `PUT
/ingest/validation`, an operation's points by `PUT /ingest/operations/{operation_id}/validation`.
A setting may except points (`except_prms`). It holds for what comes from then on; `POST
…/flags/renewal` looks at stored readings again.

Flags are of the values that stand now. A changed day is looked at anew: the flags of a value that
was corrected go away, and the same readings once more change nothing.
"""
_REFUSALS = """\
## Codes of records that are no readings

These are always quarantined: nothing can be stored of them as they are. A `contradiction` can be
released, and then takes precedence over the reading that it contradicts; the others can be
corrected or discarded.

| code | what is wrong |
|---|---|
"""


def text() -> str:
    refusals = "".join(f"| `{code}` | {meaning} |\n" for code, meaning in REFUSALS.items())
    return "\n".join([_INTRODUCTION, *map(_section, RULES.values()), _REFUSALS + refusals])


def _section(rule: Rule) -> str:
    actions = ", ".join(rule.actions)
    return "\n".join(
        [
            f"## `{rule.code}`\n",
            f"{rule.title}. {rule.text}\n",
            f"By default: {rule.action}. Can be: {actions}.\n",
            *_parameters(rule),
        ]
    )


def _parameters(rule: Rule) -> Iterator[str]:
    if rule.parameters:
        rows = (
            f"| `{parameter.name}` | {parameter.default:,g} "
            f"| {parameter.least:,g} to {parameter.most:,g} | {parameter.text} |"
            for parameter in rule.parameters
        )
        yield "| parameter | default | from, to | meaning |\n|---|---|---|---|"
        yield "\n".join(rows) + "\n"


if __name__ == "__main__":
    sys.stdout.write(text())
