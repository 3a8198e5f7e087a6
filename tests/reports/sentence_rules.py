"""Rules that every sentence of a report keeps, whatever its figures: companions of a percentage, words of caution."""

import re
from collections.abc import Iterator

from vemas_analytics.model.document import ChartRef, Document, FactsBlock, ListBlock, Paragraph, TableBlock

_LEVEL = re.compile(r"(Schwankungs\u00ad?bereiche?s?( des Ausfalls)? \(?95\s%\)?|95% intervals?|[Ii]nterval \(95%\))")
_PERCENT = re.compile(r"\d\s?%")
_RANGE = re.compile(r"\d\s?%?\s(bis|to)\s[−+]?\d[\d,.]*\s?%")
_BOUND = re.compile(r"(mindestens|höchstens|at least|at most) \d")
_NUMBER = re.compile(r"\bn\s[=≥]\s\d")
_WINDOW = re.compile(r"\b(Monat|Monaten|month|months)\b")
_ROWS = re.compile(
    r"der gelesenen Zeilen|der Vorgänge haben keine Regionsangabe|rows read|records have no region|of the rows"
)
_CAUSE = re.compile(
    r"\b(Wirkung|Effekt|verursacht\w*|bewirkt\w*|(?<!took )(?<!taking )(?<!take )effects?|caused)\b", re.IGNORECASE
)
_DENIED = re.compile(r"\b(kein\w*|nicht|noch|not|no|nor|whether|ob|welcher|Über|what|cannot|which)\b", re.IGNORECASE)
_SENTENCE = re.compile(r"(?<=[a-zäöüß)\]%0-9]\.) (?=[A-ZÄÖÜ„“‘])")


def sentences(text: str) -> list[str]:
    """Return the sentences of a paragraph."""
    return _SENTENCE.split(text)


def breaches(text: str) -> list[str]:
    """Return what is wrong with a paragraph: each breach with its sentence."""
    found = []
    for sentence in sentences(text):
        rest = _LEVEL.sub("", sentence)
        if _PERCENT.search(rest) and not _ROWS.search(sentence):
            if not (_RANGE.search(rest) or _BOUND.search(rest)):
                found.append(f"percentage without interval: {sentence}")
            if not _NUMBER.search(rest):
                found.append(f"percentage without n: {sentence}")
            if not _WINDOW.search(rest):
                found.append(f"percentage without window: {sentence}")
        if re.search(r"signifikan|significan", sentence, re.IGNORECASE):
            found.append(f"'significant' says nothing: {sentence}")
        if _CAUSE.search(sentence) and not _DENIED.search(sentence):
            found.append(f"called an effect: {sentence}")
        if re.search(r"[−-]100\s?%", rest) and not _RANGE.search(rest):
            found.append(f"fell by all of it: {sentence}")
        if "{" in sentence or "  " in sentence or sentence.endswith(" ."):
            found.append(f"badly put together: {sentence}")
    return found


def has_percent(text: str) -> bool:
    """Tell whether a text has a percentage other than the level of an interval."""
    return _PERCENT.search(_LEVEL.sub("", text)) is not None


def texts_of(document: Document) -> Iterator[str]:
    """Yield every piece of running text that a document shows."""
    for section in document.sections:
        yield section.heading
        for block in section.blocks:
            if isinstance(block, Paragraph):
                yield block.text
            elif isinstance(block, ListBlock):
                yield from block.items
            elif isinstance(block, FactsBlock):
                yield from (value for _, value in block.items)
            elif isinstance(block, ChartRef):
                yield from (block.title, block.message, block.alt)
            elif isinstance(block, TableBlock):
                yield from (block.title, block.scope, *block.notes)
    yield from document.notes
    yield from (meaning for _, meaning in document.glossary)
