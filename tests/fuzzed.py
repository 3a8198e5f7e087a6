"""Counts of the inputs that fuzzing tried, by what they were tried on; `conftest` prints them at the end of a run."""

import os
from collections import Counter

INPUTS: Counter[str] = Counter()


def effort(examples: int) -> int:
    """Return how many examples to try: as given, or times ``VEMAS_FUZZ`` (``VEMAS_FUZZ=50`` is the deep profile)."""
    return examples * max(1, int(os.environ.get("VEMAS_FUZZ", "1")))
