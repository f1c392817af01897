"""The words of messages about a change of the account on which a seller is paid."""

from collections.abc import Mapping

from services.community.domain.letters.templates import Template, fill
from services.community.domain.messages import Language, Letter, MessageKind

ACCOUNT_TEMPLATES: Mapping[tuple[MessageKind, Language], Template] = {
    (MessageKind.ACCOUNT_CHANGE_ASKED, "fr"): Template(
        "Le compte sur lequel {seller_name} est payé va changer",
        """\
Bonjour,

Un autre compte bancaire a été indiqué sur la plateforme pour {seller_name} : il finit par
{account_end}.
Le compte actuel finit par {former_account_end}.
Les paiements seraient encaissés par {collector_name}.
Il servira à partir du {good_from}, ou dès qu’une autre personne l’aura confirmé ; d’ici là, rien
ne change.
Si vous ne vous y attendiez pas, appelez la coopérative avant cette date.
""",
    ),
    (MessageKind.ACCOUNT_CHANGE_ASKED, "en"): Template(
        "The account on which {seller_name} is paid is about to change",
        """\
Hello,

Another bank account was named on the platform for {seller_name}: it ends with {account_end}.
The account of now ends with {former_account_end}.
Payments would be collected by {collector_name}.
It is used from {good_from}, or once another person has confirmed it; until then nothing changes.
If you did not expect it, call the co-operative before then.
""",
    ),
    (MessageKind.ACCOUNT_CHANGED, "fr"): Template(
        "Le compte sur lequel {seller_name} est payé a changé",
        """\
Bonjour,

Désormais, {seller_name} est payé sur un compte bancaire qui finit par {account_end}.
L’ancien compte finit par {former_account_end}.
Les paiements sont encaissés par {collector_name}.
Si vous ne vous y attendiez pas, appelez la coopérative sans attendre.
""",
    ),
    (MessageKind.ACCOUNT_CHANGED, "en"): Template(
        "The account on which {seller_name} is paid has changed",
        """\
Hello,

From now on {seller_name} is paid on a bank account that ends with {account_end}.
The former account ends with {former_account_end}.
Payments are collected by {collector_name}.
If you did not expect it, call the co-operative at once.
""",
    ),
}


def write_account_letter(
    kind: MessageKind, facts: Mapping[str, object], language: Language
) -> Letter:
    return fill(ACCOUNT_TEMPLATES[kind, language], facts, language)
