"""How well the search finds: 470 questions over 62 short texts, written by people who had not seen how it works.

The texts are made up over what chambers do; names in them are invented or those of public offices. Each question names
every text that answers it. The floors are those that the search promises on both databases.
"""

import json
from collections import defaultdict
from datetime import date
from itertools import chain
from pathlib import Path

import pytest

from search.index import Entry, put
from search.query import search

pytestmark = [pytest.mark.django_db, pytest.mark.indexed]

HERE = Path(__file__).parent / "quality"
RECALL, RECIPROCAL_RANK, EMPTY = 0.95, 0.93, 0.01
RECALL_OF_KINDS = {
    **dict.fromkeys(["hamza", "taa", "alef_yaa", "marks", "digits", "months", "latin", "phrase"], 0.97),
    **dict.fromkeys(["clitics", "typos", "names", "questions", "regions", "prefix", "sound_plural"], 0.9),
    "broken_plural": 0.85,
    "very_common": 0.85,
}


def read(name):
    return json.loads((HERE / name).read_text(encoding="utf-8"))


def test_what_readers_look_for_is_found():
    put(
        Entry("page", one["id"], one["title"], one["body"], date=date.fromisoformat(one["date"]))
        for one in read("documents.json")
    )
    recalls, ranks, missed, empty = defaultdict(list), [], [], []
    for query in read("queries.json"):
        wanted = set(query["relevant"])
        keys = [hit.object_id for hit in search(query["typed"], size=10, typing=query["is_prefix"]).hits]
        empty.append(not keys)
        recall = len(wanted & set(keys[:10])) / min(len(wanted), 10)
        recalls[query["kind"]].append(recall)
        ranks.append(next((1 / place for place, key in enumerate(keys, start=1) if key in wanted), 0))
        if recall < 1:
            missed.append(f"{query['typed']}: {recall:.2f}")
    assert recalls.keys() == RECALL_OF_KINDS.keys()
    low = {kind: mean(recalls[kind]) for kind, floor in RECALL_OF_KINDS.items() if mean(recalls[kind]) < floor}
    assert not low, "\n".join(missed)
    assert mean(list(chain.from_iterable(recalls.values()))) >= RECALL
    assert mean(ranks) >= RECIPROCAL_RANK
    assert mean(empty) <= EMPTY


def mean(values):
    return sum(values) / len(values)
