"""How the energy was shared, and from which plants it came, in words."""

from dataclasses import replace
from datetime import date

import pytest

from services.billing.documents.facts import DocumentFacts, read_facts
from services.billing.documents.sharing import keys_in_words, plants_in_words
from services.billing.domain.invoices.settled_months import KeyOfDays
from services.billing.domain.prices.sales import NamedPlant
from services.billing.domain.wordings import Language
from tests.billing.documents.examples import BARN, ROOF, household
from tests.support.places import ROOT

_KINDS = ("default_dynamic", "static", "static_redistribute", "dynamic", "full_dynamic", "priority")
_OCTOBER = (date(2026, 10, 1), date(2026, 11, 1))


def shared_by(*keys: KeyOfDays) -> DocumentFacts:
    return replace(read_facts(household()), keys=keys)


@pytest.mark.parametrize("language", Language)
def test_each_kind_of_key_has_a_sentence_of_its_own(language: Language) -> None:
    sentences = {
        kind: list(keys_in_words(shared_by(KeyOfDays(kind, *_OCTOBER)), language))
        for kind in _KINDS
    }

    assert all(len(words) == 1 for words in sentences.values())
    assert len({words[0] for words in sentences.values()}) == len(_KINDS)


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("kind", _KINDS)
def test_the_page_says_the_same_of_a_kind_of_key(kind: str, language: Language) -> None:
    (sentence,) = keys_in_words(shared_by(KeyOfDays(kind, *_OCTOBER)), language)
    page = (ROOT / "web/src/messages/key.ts").read_text()

    assert f"'{sentence}".replace("\u00a0", " ") in page.replace("\u00a0", " ")


def test_several_keys_say_on_which_days() -> None:
    changed = date(2026, 10, 16)
    facts = shared_by(
        KeyOfDays("default_dynamic", _OCTOBER[0], changed),
        KeyOfDays("priority", changed, _OCTOBER[1]),
    )

    first, second = keys_in_words(facts, Language.FRENCH)

    assert first.startswith("Du 01/10/2026 au 15/10/2026\u00a0: à chaque demi-heure")
    assert second.startswith("Du 16/10/2026 au 31/10/2026\u00a0: les consommateurs sont servis")


def test_a_kind_that_came_later_is_not_put_in_words() -> None:
    assert list(keys_in_words(shared_by(KeyOfDays("auction", *_OCTOBER)), Language.FRENCH)) == []


def test_plants_are_named_with_their_kind_and_point() -> None:
    plants = [NamedPlant(ROOF, "Toit du lavoir", "solar"), NamedPlant(BARN, None, None)]
    facts = replace(read_facts(household()), plants=plants)

    assert list(plants_in_words(facts, Language.FRENCH)) == [
        f"L’énergie vient de\u00a0: Toit du lavoir (solaire, PRM\u00a0{ROOF}), PRM\u00a0{BARN}."
    ]


def test_plants_of_which_nobody_said_anything_are_in_the_lines_only() -> None:
    facts = replace(read_facts(household()), plants=[NamedPlant(ROOF, None, None)])

    assert list(plants_in_words(facts, Language.ENGLISH)) == []
