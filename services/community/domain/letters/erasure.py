"""The words of messages to a member about a request to be erased."""

from collections.abc import Mapping

from services.community.domain.letters.templates import Template, fill
from services.community.domain.messages.messages import Language, Letter, MessageKind

ERASURE_TEMPLATES: Mapping[tuple[MessageKind, Language], Template] = {
    (MessageKind.ERASURE_WITHDRAWN, "fr"): Template(
        "Votre demande d’effacement a été retirée",
        """\
Bonjour,

La coopérative a retiré la demande d’effacer ce qu’elle garde de vous. Rien n’a été effacé.
Si ce n’est pas ce que vous voulez, demandez-le de nouveau sur la plateforme, ou écrivez-lui.
""",
    ),
    (MessageKind.ERASURE_WITHDRAWN, "en"): Template(
        "Your wish to be erased was withdrawn",
        """\
Hello,

The co-operative withdrew the wish to erase what it keeps of you. Nothing was erased.
If that is not what you want, ask for it again on the platform, or write to the co-operative.
""",
    ),
}


def write_withdrawal_letter(language: Language) -> Letter:
    return fill(ERASURE_TEMPLATES[MessageKind.ERASURE_WITHDRAWN, language], {}, language)
