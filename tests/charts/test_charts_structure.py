"""Drawings against their kept structure: a number that moves, a mark that goes, a word that changes is seen."""

import json
from functools import lru_cache

import numpy as np
import pytest
from keep_structure import KEPT, read_all

from vemas_analytics.charts import DRAWINGS
from vemas_analytics.model.names import LANGUAGES

THEN = json.loads(KEPT.read_text("utf-8"))
now = lru_cache(maxsize=1)(read_all)


def test_every_drawing_is_kept() -> None:
    assert sorted(THEN) == sorted(f"{drawing}.{language}" for drawing in DRAWINGS for language in LANGUAGES)


@pytest.mark.parametrize("name", sorted(THEN))
def test_words_and_marks_are_those_kept(name: str) -> None:
    found, kept = now()[name], THEN[name]
    assert found["words"] == kept["words"], "meant? python tests/charts/keep_structure.py"
    assert found["marks"] == kept["marks"], "meant? python tests/charts/keep_structure.py"
    # another build of the font library may move a word by a fraction of a millimetre
    assert np.abs(np.array(found["places"]) - np.array(kept["places"])).max() < 0.4
