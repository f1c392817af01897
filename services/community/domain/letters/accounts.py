"""The words of messages about a change of the account on which a seller is paid."""

from collections.abc import Mapping

from services.community.domain.letters.templates import Template, fill
from services.community.domain.messages.messages import Language, Letter, MessageKind

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
Qui peut le confirmer, ou le refuser, le fait ici : {url}
Si vous ne vous y attendiez pas, appelez aussi la coopérative avant cette date.
""",
    ),
    (MessageKind.ACCOUNT_CHANGE_ASKED, "en"): Template(
        "The account on which {seller_name} is paid is about to change",
        """\
Hello,

Another bank account was named on the platform for {seller_name}: it ends with {account_end}.
The current account ends with {former_account_end}.
Payments would be collected by {collector_name}.
It will be used from {good_from}, or once another person has confirmed it; until then nothing
changes.
Whoever may confirm or refuse it does so here: {url}
If you did not expect it, call the co-operative before then, too.
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
    (MessageKind.ACCOUNT_CHANGE_REFUSED, "fr"): Template(
        "Le compte sur lequel {seller_name} est payé ne change pas",
        """\
Bonjour,

Le compte bancaire qui finit par {account_end}, indiqué pour {seller_name}, a été refusé ou
retiré : il ne servira pas.
Le compte actuel, qui finit par {former_account_end}, reste en service.
Si cela vous étonne, appelez la coopérative.
""",
    ),
    (MessageKind.ACCOUNT_CHANGE_REFUSED, "en"): Template(
        "The account on which {seller_name} is paid does not change",
        """\
Hello,

The bank account that ends with {account_end}, named for {seller_name}, was refused or withdrawn:
it will not be used.
The current account, which ends with {former_account_end}, stays in use.
If this surprises you, call the co-operative.
""",
    ),
}


def write_account_letter(
    kind: MessageKind, facts: Mapping[str, object], language: Language
) -> Letter:
    return fill(ACCOUNT_TEMPLATES[kind, language], facts, language)
