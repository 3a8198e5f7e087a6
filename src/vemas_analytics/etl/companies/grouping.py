"""Spellings of one side into companies: by rule where there is no doubt, by decision where a person said so."""

from collections.abc import Iterable, Mapping, Sequence
from itertools import combinations
from typing import Final

from vemas_analytics.errors import ConfigError
from vemas_analytics.etl.companies.decisions import FILE_NAME, Decision
from vemas_analytics.reference.company_names import Side, read_company_name
from vemas_analytics.reference.phrases import Phrase, joined, phrase
from vemas_analytics.reference.romanised_names import (
    is_cyrillic,
    may_spell,
    readings,
    reads_as,
    share_reading,
    skeleton,
)

_SURE_LENGTH: Final = 6
"""Letters from which a name proper is long enough for two Latin spellings to meet by transliteration alone."""

_MOST_COMPARED: Final = 400
"""Names of one skeleton above which none are compared: they have too little left to tell them apart."""


class Partition:
    """Things in groups that can be joined (union-find); the smallest thing stands for its group."""

    def __init__(self, things: Iterable[str]) -> None:
        self._parent = {thing: thing for thing in things}

    def find(self, thing: str) -> str:
        """Return the thing that stands for a group."""
        root = thing
        while self._parent[root] != root:
            root = self._parent[root]
        while self._parent[thing] != root:
            self._parent[thing], thing = root, self._parent[thing]
        return root

    def join(self, first: str, second: str) -> None:
        """Make one group of two."""
        low, high = sorted((self.find(first), self.find(second)))
        self._parent[high] = low

    def groups(self) -> list[list[str]]:
        """Return all groups, sorted, each sorted."""
        found: dict[str, list[str]] = {}
        for thing in sorted(self._parent):
            found.setdefault(self.find(thing), []).append(thing)
        return list(found.values())


def group_spellings(
    spellings: Sequence[str], side: Side, decisions: Sequence[Decision], ruled: Sequence[Sequence[str]] | None = None
) -> list[list[str]]:
    """Return the spellings of each company of one side.

    Joined by rule are spellings whose names proper are equal, or on the Russian side spell one Cyrillic name, and
    whose legal forms are equal or stated by only some; where several forms occur, each is a company of its own and
    spellings without a form stay apart. Decisions then part or join.

    Parameters
    ----------
    spellings : sequence of str
        Distinct; names of decisions that do not occur are among them.
    side : {"saxon", "russian"}
    decisions : sequence of Decision
        Of this side.
    ruled : sequence of sequence of str, optional
        What `rule_groups` gave for these spellings, where it is known already.

    Raises
    ------
    ConfigError
        When decisions contradict each other.
    """
    partition = Partition(spellings)
    apart = [(item.name_a, item.name_b) for item in decisions if item.verdict == "different"]
    for group in rule_groups(spellings, side) if ruled is None else ruled:
        for part in _parted(group, side, apart):
            for spelling in part[1:]:
                partition.join(part[0], spelling)
    for item in decisions:
        if item.verdict == "same":
            partition.join(item.name_a, item.name_b)
    _refuse_contradictions(partition, decisions)
    return partition.groups()


def rule_groups(spellings: Iterable[str], side: Side) -> list[list[str]]:
    """Return the spellings that are one company beyond doubt, whatever anyone decided."""
    by_core: dict[str, list[str]] = {}
    for spelling in sorted(spellings):
        by_core.setdefault(read_company_name(spelling, side).core, []).append(spelling)
    found: list[list[str]] = []
    for cores in same_cores(sorted(by_core), side):
        by_form: dict[str, list[str]] = {}
        for core in cores:
            for spelling in by_core[core]:
                by_form.setdefault(read_company_name(spelling, side).form, []).append(spelling)
        if len([form for form in by_form if form]) <= 1:
            found.append(sorted(item for group in by_form.values() for item in group))
        else:
            found += [sorted(group) for group in by_form.values()]
    return sorted(found)


def same_cores(cores: Sequence[str], side: Side) -> list[list[str]]:
    """Return the names proper that spell one name; on the Saxon side each alone."""
    if side != "russian":
        return [[core] for core in cores]
    blocks: dict[tuple[str, int], list[str]] = {}
    for core in cores:
        blocks.setdefault((skeleton(core), core.count(" ")), []).append(core)
    partition = Partition(cores)
    for block in blocks.values():
        if 1 < len(block) <= _MOST_COMPARED:
            _join_block(block, partition)
    return partition.groups()


def _join_block(block: Sequence[str], partition: Partition) -> None:
    """Join Latin names to the one Cyrillic name they can spell; among themselves where they share a reading."""
    cyrillic = [core for core in block if is_cyrillic(core)]
    free: list[str] = []
    for core in block:
        if is_cyrillic(core):
            continue
        spelt = [name for name in cyrillic if may_spell(core, name)]
        if not spelt:
            free.append(core)
        elif len(spelt) == 1 and len(core) >= (_SURE_LENGTH - 1 if reads_as(core, spelt[0]) else _SURE_LENGTH):
            partition.join(core, spelt[0])
    for group in _sharing([core for core in free if len(core) >= _SURE_LENGTH]):
        if share_reading(group):
            for core in group[1:]:
                partition.join(group[0], core)


def _sharing(cores: Sequence[str]) -> list[list[str]]:
    """Return the groups of Latin names in which each shares a reading with another one."""
    if len(cores) < 2:
        return []
    by_reading: dict[str, list[str]] = {}
    for core in cores:
        for reading in readings(core)[0]:
            by_reading.setdefault(reading, []).append(core)
    linked = Partition(cores)
    for alike in by_reading.values():
        for first, second in combinations(alike, 2):
            if linked.find(first) != linked.find(second) and share_reading((first, second)):
                linked.join(first, second)
    return [group for group in linked.groups() if len(group) > 1]


def _parted(group: Sequence[str], side: Side, apart: Sequence[tuple[str, str]]) -> list[list[str]]:
    """Return a rule's group in parts where a person said that two of its spellings are different companies."""
    members = set(group)
    wrong = [pair for pair in apart if members.issuperset(pair)]
    if not wrong:
        return [list(group)]
    exact: dict[tuple[str, str], list[str]] = {}
    for spelling in group:
        name = read_company_name(spelling, side)
        exact.setdefault((name.core, name.form), []).append(spelling)
    if any(set(part).issuperset(pair) for part in exact.values() for pair in wrong):
        return [[spelling] for spelling in group]
    return list(exact.values())


def _refuse_contradictions(partition: Partition, decisions: Sequence[Decision]) -> None:
    faults = []
    for item in decisions:
        if item.verdict == "different" and partition.find(item.name_a) == partition.find(item.name_b):
            root = partition.find(item.name_a)
            joining = [d.line for d in decisions if d.verdict == "same" and partition.find(d.name_a) == root]
            lines = ", ".join(map(str, joining))
            places = {"line": item.line, "a": item.name_a, "b": item.name_b, "lines": lines}
            faults.append(phrase("refusals.contradiction", **places))
    if faults:
        message = phrase("refusals.contradictions", file=FILE_NAME, faults=joined("; ", faults))
        raise ConfigError(message.en, message.de)


def choose_names(
    groups: Iterable[Sequence[str]], counts: Mapping[str, int], decisions: Sequence[Decision], preferred: frozenset[str]
) -> dict[str, str]:
    """Return spelling -> the name its company counts under.

    The name a decision gives, else one that an alias of vemas.toml leads to, else the most frequent spelling, the
    longest of these, the first of these in the alphabet.

    Parameters
    ----------
    counts : mapping of str to int
        How many records spell it so.
    preferred : frozenset of str
        Names that the aliases lead to.

    Raises
    ------
    ConfigError
        When decisions give one company two names.
    """
    given: dict[str, dict[str, int]] = {}
    for item in decisions:
        if item.canonical:
            given.setdefault(item.name_a, {})[item.canonical] = item.line
    chosen: dict[str, str] = {}
    for group in groups:
        names = {name: line for spelling in group for name, line in given.get(spelling, {}).items()}
        if len(names) > 1:
            told = [phrase("refusals.named_in_line", name=name, line=line) for name, line in names.items()]
            both = phrase("refusals.and")
            listed = Phrase(both.en.join(item.en for item in told), both.de.join(item.de for item in told))
            message = phrase("refusals.two_names", file=FILE_NAME, names=listed)
            raise ConfigError(message.en, message.de)
        occurring = [spelling for spelling in group if counts.get(spelling)] or list(group)
        pool = [spelling for spelling in occurring if spelling in preferred] or occurring
        best = min(pool, key=lambda spelling: (-counts.get(spelling, 0), -len(spelling), spelling))
        for spelling in group:
            chosen[spelling] = next(iter(names), best)
    return chosen
