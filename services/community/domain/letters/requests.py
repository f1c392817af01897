"""The words of messages about requests for help to set up an operation."""

from collections.abc import Mapping

from services.community.domain.letters.templates import Template, fill
from services.community.domain.messages.messages import Language, Letter, MessageKind

REQUEST_TEMPLATES: Mapping[tuple[MessageKind, Language], Template] = {
    (MessageKind.REQUEST, "fr"): Template(
        "Votre demande est bien arrivée",
        """\
Bonjour,

Quelqu’un nous a demandé, avec cette adresse, de l’aide pour créer une opération.
Ce lien privé montre où en est la demande ; gardez-le, qui l’a peut la suivre :

{link}

Si ce n’est pas vous, ignorez ce message.
""",
    ),
    (MessageKind.REQUEST, "en"): Template(
        "We have got your request",
        """\
Hello,

Somebody asked us, with this address, for help to set an operation up.
This private link shows where the request is; keep it, whoever has it can follow it:

{link}

If it was not you, ignore this message.
""",
    ),
    (MessageKind.FORM_FULL, "fr"): Template(
        "Un formulaire public est fermé jusqu’au {until}",
        """\
Bonjour,

Plus de {an_hour} envois d’un formulaire public sont arrivés en une heure : il n’en prend plus
jusqu’au {until}.
Si ce n’est pas le succès de votre campagne, quelqu’un l’encombre : prévenez qui héberge la
plateforme.
""",
    ),
    (MessageKind.FORM_FULL, "en"): Template(
        "A public form is closed until {until}",
        """\
Hello,

More than {an_hour} of a public form came within an hour: it takes no more until {until}.
If that is not the success of your campaign, somebody floods it: tell who hosts the platform.
""",
    ),
}


def write_form_letter(facts: Mapping[str, object], language: Language) -> Letter:
    """To staff."""
    return fill(REQUEST_TEMPLATES[MessageKind.FORM_FULL, language], facts, language)


def write_request_letter(link: str, language: Language) -> Letter:
    """Send no words of the sender's: anybody may give an address that is not theirs."""
    return fill(REQUEST_TEMPLATES[MessageKind.REQUEST, language], {"link": link}, language)
