"""Facts that are told again: the later published stands, whichever came first."""

from collections.abc import Sequence
from typing import NamedTuple

import polars as pl
from hypothesis import given
from hypothesis import strategies as st

from services.ingest.domain.facts.facts import LaidFacts, lay_over

SCHEMA = pl.Schema(
    {
        "name": pl.String(),
        "amount": pl.Int64(),
        "doubtful": pl.Boolean(),
        "published_us": pl.Int64(),
    }
)


class Told(NamedTuple):
    name: str
    amount: int
    doubtful: bool = False
    published_us: int = 1


def _frame(values: Sequence[Told]) -> pl.DataFrame:
    return pl.DataFrame(values, schema=SCHEMA, orient="row")


def _laid(values: Sequence[Told], stored: pl.DataFrame | None = None) -> LaidFacts:
    facts = _frame([]) if stored is None else stored
    return lay_over(_frame(values), facts, key=["name"], value=["amount", "doubtful"])


def _stored(files: Sequence[Sequence[Told]]) -> pl.DataFrame:
    stored = _frame([])
    for file in files:
        news = _laid(file, stored).news
        stored = pl.concat([stored.join(news, on="name", how="anti"), news])
    return stored.sort("name")


def test_what_is_new_is_accepted_and_what_is_known_is_duplicate() -> None:
    first = _laid([Told("a", 5), Told("b", 6), Told("b", 6)])
    again = _laid([Told("a", 5), Told("b", 6)], first.news)

    assert (first.counts.accepted, first.counts.duplicate) == (2, 1)
    assert (again.counts.accepted, again.counts.duplicate, again.news.height) == (0, 2, 0)


def test_a_later_publication_supersedes_and_an_older_one_is_outdated() -> None:
    stored = _frame([Told("a", 5, published_us=2)])

    later = _laid([Told("a", 4, published_us=3)], stored)
    older = _laid([Told("a", 9, published_us=1)], stored)

    assert (later.counts.accepted, later.counts.superseding) == (1, 1)
    assert later.news["amount"].to_list() == [4]
    assert (older.counts.duplicate, older.counts.outdated, older.news.height) == (1, 1, 0)


def test_what_is_published_again_is_renewed_and_counts_as_duplicate() -> None:
    stored = _frame([Told("a", 5, published_us=2)])

    again = _laid([Told("a", 5, published_us=4)], stored)

    assert (again.counts.accepted, again.counts.duplicate) == (0, 1)
    assert again.news["published_us"].to_list() == [4]


_FILES = st.lists(
    st.lists(
        st.builds(
            Told,
            st.sampled_from("abc"),
            st.integers(0, 2),
            st.booleans(),
            published_us=st.integers(1, 3),
        ),
        max_size=6,
    ),
    max_size=5,
)


@given(files=_FILES, data=st.data())
def test_the_order_in_which_facts_come_changes_nothing(
    files: list[list[Told]], data: st.DataObject
) -> None:
    shuffled = data.draw(st.permutations(files))

    assert _stored(files).equals(_stored([*shuffled, *files]))
    for name, fact in _last(files).items():
        assert _stored(files).filter(name=name).row(0) == fact


def _last(files: list[list[Told]]) -> dict[str, Told]:
    last: dict[str, Told] = {}
    for fact in (fact for file in files for fact in file):
        predecessor = last.get(fact.name, fact)
        last[fact.name] = max(
            predecessor, fact, key=lambda version: (version.published_us, *version[1:3])
        )
    return last
