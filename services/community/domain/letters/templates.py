"""Make a letter from a template and facts.

A line that names a missing fact is left out. Texts by other people are inserted as one line each:
they can add neither lines nor headers.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from string import Formatter

from libs.common.calendar import PARIS
from libs.common.french import unparted
from services.community.domain.messages.messages import Language, Letter


@dataclass(frozen=True)
class Template:
    """Words of one language, with the names of facts in braces; the subject is one line."""

    subject: str
    body: str


def fill(template: Template, facts: Mapping[str, object], language: Language) -> Letter:
    """Write days and amounts in the language's form; ``x_cents`` is ``x`` in the template.

    facts: None is unknown; the subject needs all facts that it names. Instants are in Paris time.
    """
    texts = {
        name.removesuffix("_cents"): _text(name, value, language)
        for name, value in facts.items()
        if value is not None
    }
    lines = template.body.splitlines()
    body = [line.format_map(texts) for line in lines if _names(line) <= texts.keys()]
    subject = template.subject.format_map(texts)
    return Letter(unparted(subject), unparted("\n".join([*body, ""])), language)


def _names(line: str) -> set[str]:
    """Return the facts that a line of a template needs."""
    return {name for _, name, _, _ in Formatter().parse(line) if name}


def _text(name: str, value: object, language: Language) -> str:
    if isinstance(value, datetime):
        local = value.astimezone(PARIS)
        at = "à" if language == "fr" else "at"
        return f"{_text(name, local.date(), language)} {at} {local:%H:%M}"
    if isinstance(value, date):
        return f"{value:%d/%m/%Y}" if language == "fr" else value.isoformat()
    if isinstance(value, int) and name.endswith("_cents"):
        return euros(value, language)
    return one_line(str(value))


def euros(amount_cents: int, language: Language) -> str:
    number = f"{Decimal(amount_cents).scaleb(-2):,.2f}"
    if language == "fr":
        number = number.replace(",", "\u202f").replace(".", ",")
    return f"{number}\u00a0{'€' if language == 'fr' else 'EUR'}"


def one_line(text: str) -> str:
    """Return the text without line breaks, control and invisible characters."""
    return " ".join(
        "".join(character if character.isprintable() else " " for character in text).split()
    )
