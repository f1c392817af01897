"""The words of messages to people who ask to take part in an operation."""

from collections.abc import Mapping

from services.community.domain.letters.templates import Template, fill
from services.community.domain.messages.messages import Language, Letter, MessageKind

SIGN_UP_TEMPLATES: Mapping[tuple[MessageKind, Language], Template] = {
    (MessageKind.SIGN_UP, "fr"): Template(
        "Confirmez votre demande : {operation_name}",
        """\
Bonjour,

Quelqu’un a demandé, avec cette adresse, à participer à {operation_name}.
Si c’est vous, confirmez-le par ce lien ; l’organisateur verra alors votre demande :

{link}

Il expire le {expires_at}.
Si ce n’est pas vous, ignorez ce message : sans le lien, la demande est effacée.
""",
    ),
    (MessageKind.SIGN_UP, "en"): Template(
        "Confirm that you want to join {operation_name}",
        """\
Hello,

Somebody asked, with this address, to take part in {operation_name}.
If it was you, confirm it by this link; the organiser will then see what you asked for:

{link}

It expires on {expires_at}.
If it was not you, ignore this message: without the link, what was asked for is deleted.
""",
    ),
    (MessageKind.SIGN_UP_ACCEPTED, "fr"): Template(
        "{operation_name} : votre demande est acceptée",
        """\
Bonjour,

Votre demande de participer à {operation_name} est acceptée.
L’organisateur vous envoie l’accord de participation à signer.
""",
    ),
    (MessageKind.SIGN_UP_ACCEPTED, "en"): Template(
        "{operation_name}: you may join",
        """\
Hello,

You asked to take part in {operation_name}, and may do so.
The organiser will send you the participation agreement to sign.
""",
    ),
    (MessageKind.SIGN_UP_REFUSED, "fr"): Template(
        "{operation_name} : votre demande n’est pas acceptée",
        """\
Bonjour,

Votre demande de participer à {operation_name} n’est pas acceptée :

{reason}
""",
    ),
    (MessageKind.SIGN_UP_REFUSED, "en"): Template(
        "{operation_name}: you cannot join",
        """\
Hello,

You asked to take part in {operation_name}. That cannot be:

{reason}
""",
    ),
}


def write_sign_up_letter(
    kind: MessageKind, facts: Mapping[str, object], language: Language
) -> Letter:
    """facts: those named in the templates of the kind; never text from the form.

    Anybody may give an address that is not theirs: no words of theirs are sent there.
    """
    return fill(SIGN_UP_TEMPLATES[kind, language], facts, language)
