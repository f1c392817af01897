"""The sharing of a document's energy, and the plants it came from, in words."""

from collections.abc import Iterator, Mapping
from datetime import timedelta

from services.billing.documents.facts import DocumentFacts
from services.billing.documents.words import short_date
from services.billing.domain.invoices.settled_months import KeyOfDays
from services.billing.domain.prices.sales import NamedPlant
from services.billing.domain.wordings import Language

# The page says more, after the same words: web/src/messages/key.ts.
_KEYS: Mapping[Language, Mapping[str, str]] = {
    Language.FRENCH: {
        "default_dynamic": (
            "À chaque demi-heure, la production est partagée selon ce que chacun consomme"
            " au même moment."
        ),
        "static": (
            "Chacun a une part fixe de la production, sans jamais recevoir plus que ce qu’il"
            " consomme\u00a0; ce que l’un laisse est le surplus des producteurs."
        ),
        "static_redistribute": (
            "Chacun a une part fixe de la production, sans jamais recevoir plus que ce qu’il"
            " consomme\u00a0; ce que l’un laisse est proposé aux autres."
        ),
        "dynamic": (
            "Chacun a une part de la production, qui change à chaque demi-heure selon les"
            " coefficients de l’opération, sans jamais recevoir plus que ce qu’il consomme."
        ),
        "full_dynamic": (
            "Chaque centrale est partagée à part, selon des coefficients de l’opération qui"
            " changent à chaque demi-heure\u00a0; personne ne reçoit plus que ce qu’il consomme."
        ),
        "priority": (
            "Les consommateurs sont servis par rang\u00a0: le premier d’abord, puis chaque rang se"
            " partage ce qui reste."
        ),
    },
    Language.ENGLISH: {
        "default_dynamic": (
            "In each half-hour, the production is shared in proportion to what each member uses"
            " then."
        ),
        "static": (
            "Each one has a fixed part of the production, and never gets more than they use; what"
            " one leaves is the surplus of the producers."
        ),
        "static_redistribute": (
            "Each one has a fixed part of the production, and never gets more than they use; what"
            " one leaves is offered to the others."
        ),
        "dynamic": (
            "Each one has a part of the production that changes with each half-hour, by"
            " coefficients of the operation, and never gets more than they use."
        ),
        "full_dynamic": (
            "Each plant is shared by itself, by coefficients of the operation that change with each"
            " half-hour; nobody gets more than they use."
        ),
        "priority": (
            "Consumers are served by rank: the first one first, then each rank shares what is left."
        ),
    },
}
_PLANTS: Mapping[Language, Mapping[str, str]] = {
    Language.FRENCH: {
        "from": "L’énergie vient de\u00a0: {plants}.",
        "days": "Du {first} au {last}\u00a0: {key}",
        "solar": "solaire",
        "wind": "éolien",
        "hydro": "hydraulique",
        "biomass": "biomasse",
    },
    Language.ENGLISH: {
        "from": "The energy comes from: {plants}.",
        "days": "{first} to {last}: {key}",
        "solar": "solar",
        "wind": "wind",
        "hydro": "hydro",
        "biomass": "biomass",
    },
}


def keys_in_words(facts: DocumentFacts, language: Language) -> Iterator[str]:
    """A sentence for each kind of key of the period, with its days where they are several."""
    sentences = _KEYS[language]
    for key in facts.keys:
        if sentence := sentences.get(key.kind):
            yield sentence if len(facts.keys) == 1 else _on_days(key, sentence, language)


def _on_days(key: KeyOfDays, sentence: str, language: Language) -> str:
    return _PLANTS[language]["days"].format(
        first=short_date(key.valid_from, language),
        last=short_date(key.valid_to - timedelta(days=1), language),
        key=f"{sentence[0].lower()}{sentence[1:]}",
    )


def plants_in_words(facts: DocumentFacts, language: Language) -> Iterator[str]:
    """One sentence with all plants; none where no plant has a name or a kind."""
    if any(plant.name or plant.kind for plant in facts.plants):
        plants = ", ".join(_plant(plant, language) for plant in facts.plants)
        yield _PLANTS[language]["from"].format(plants=plants)


def _plant(plant: NamedPlant, language: Language) -> str:
    kind = _PLANTS[language].get(plant.kind or "")
    point = f"PRM\u00a0{plant.prm}"
    if plant.name is None:
        return f"{point} ({kind})" if kind else point
    return f"{plant.name} ({', '.join(text for text in (kind, point) if text)})"
