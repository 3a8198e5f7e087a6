"""What a drawing is made of: words with their places and marks by kind, kept in a file to compare with.

``python tests/charts/keep_structure.py`` writes the file anew after a change that was meant.
"""

import json
import sys
from collections import Counter
from pathlib import Path

from matplotlib.collections import Collection
from matplotlib.figure import Figure
from matplotlib.patches import Patch

sys.path.insert(0, str(Path(__file__).parent))

from chart_findings import make_spec
from chart_labels import measure_labels

KEPT = Path(__file__).parent / "kept_structure.json"


def read_structure(figure: Figure) -> dict[str, object]:
    """Return the words, the millimetre where each begins, and how many marks of each kind there are."""
    axes = figure.axes[0]
    marks = Counter(type(patch).__name__ for patch in axes.patches if isinstance(patch, Patch))
    for item in axes.collections:
        assert isinstance(item, Collection)
        marks[f"in {type(item).__name__}"] += len(item.get_paths())
    labels = measure_labels(figure)
    return {
        "words": [label.text for label in labels],
        "places": [[round(label.left, 1), round(label.bottom, 1)] for label in labels],
        "marks": dict(sorted(marks.items())),
    }


def read_all() -> dict[str, dict[str, object]]:
    """Return the structure of the first strained case of every drawing in both languages."""
    from test_charts_awkward import CASES

    from vemas_analytics.charts import DRAWINGS
    from vemas_analytics.model.names import LANGUAGES

    found = {}
    for drawing in DRAWINGS:
        _, findings, changes = next(case for case in CASES.values() if case[0] == drawing)
        for language in LANGUAGES:
            figure = DRAWINGS[drawing](findings, make_spec(language, **changes))
            found[f"{drawing}.{language}"] = read_structure(figure)
    return found


if __name__ == "__main__":
    lines = (f"{json.dumps(name)}: {json.dumps(kept, ensure_ascii=False)}" for name, kept in read_all().items())
    KEPT.write_text("{\n" + ",\n".join(lines) + "\n}\n", encoding="utf-8")
