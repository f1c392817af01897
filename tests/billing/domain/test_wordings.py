"""The sentences of documents, in two languages."""

from string import Formatter

import pytest

from services.billing.domain.wordings import Language, MentionCode, worded


class _AnyFact(dict[str, str]):
    def __missing__(self, name: str) -> str:
        return f"<{name}>"


@pytest.mark.parametrize("code", list(MentionCode))
def test_a_mention_names_the_same_facts_in_every_language(code: MentionCode) -> None:
    french, english = (worded(code, _AnyFact(), language) for language in Language)
    assert french != english
    assert _facts(french) == _facts(english)


def _facts(sentence: str) -> set[str]:
    template = sentence.replace("<", "{").replace(">", "}")
    return {name for _, name, _, _ in Formatter().parse(template) if name}
