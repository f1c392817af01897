"""Facts that are published again and again, by key: of two about the same, the later one counts.

Indexes, invoiced quantities and contract events are facts; readings have other rules, see
``merging``.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import polars as pl

from services.ingest.domain.deliveries.deliveries import RecordCounts


@dataclass(frozen=True)
class LaidFacts:
    """The changes that facts make to those that are stored.

    news: the columns of the facts — one row per key whose stored fact changes, or was published
    again later.
    """

    news: pl.DataFrame
    counts: RecordCounts


def lay_over(
    facts: pl.DataFrame, stored: pl.DataFrame, *, key: Sequence[str], value: Sequence[str]
) -> LaidFacts:
    """Keep the last published fact of each key; of two published together, the greater value.

    facts: any rows — the columns of key and value, published_us i64; a key may come several times.
    stored: one row per key at most — the same columns. What is stored in the end does not depend on
    the order in which facts come.
    """
    columns = [*key, *value, "published_us"]
    candidates = pl.concat(
        [
            facts.select(columns).with_columns(is_new=pl.lit(value=True)),
            stored.select(columns).with_columns(is_new=pl.lit(value=False)),
        ]
    )
    # Of two equal facts of the same time, the stored one is kept: the other is no news.
    last = candidates.sort(
        *key, "published_us", *value, "is_new", descending=[False] * (len(columns)) + [True]
    ).unique(key, keep="last", maintain_order=True)
    news = last.filter("is_new").drop("is_new")
    changed = _differing(news, stored, key=key, value=value)
    replaced = changed.join(stored, on=key, how="semi", nulls_equal=True)
    duplicate = facts.height - changed.height
    return LaidFacts(
        news=news,
        counts=RecordCounts(
            records=facts.height,
            accepted=changed.height,
            superseding=replaced.height,
            duplicate=duplicate,
            outdated=_differing(facts, last, key=key, value=value).height,
        ),
    )


def _differing(
    facts: pl.DataFrame, reference: pl.DataFrame, *, key: Sequence[str], value: Sequence[str]
) -> pl.DataFrame:
    """Return the facts that ``reference`` does not have with the same value."""
    return facts.join(reference, on=[*key, *value], how="anti", nulls_equal=True)
