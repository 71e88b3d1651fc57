"""What an audience may not see leaves no trace in what is built for it: not a byte, not a word of the log.

Pairs of made-up contents differ only in what is hidden from an audience. What is hidden is decided by an
oracle that knows the format and not Remit (``oracle``), so that a hole in the projection cannot hide itself.
A pair is one whose visible files are the same in both contents: to edit who manages whom, in a record that
is hidden itself, may rightly show or hide others, and such edits make no pair.
"""

from __future__ import annotations

import tempfile
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import pytest
from interference import Editor, build, differences, group, leaks
from made_contents import audiences, made
from oracle import Oracle

from generator.audience import read_audience, unknown_audience
from generator.building import processors, read_content
from generator.project import project

SEEDS, SIZE = range(12), 5
LONG_SEEDS, LONG_SIZE = range(1000, 3000), 5


def found_in(seed: int, size: int, folder: Path) -> Iterator[str]:
    """Yield what is wrong with the pairs of a seed; every third first one is built over a wider site."""
    pairs = group(seed, size)
    first = build(folder / "a", pairs[0].before, pairs[0].audience)
    for n, pair in enumerate(pairs):
        if wrong := leaks(pair, folder, first, after="full" if n == 0 and seed % 3 == 0 else ""):
            yield f"{pair}: {', '.join(wrong[:6])}"
    other = Editor(pairs[0].before, pairs[0].audience, seed).visible_change()
    if other != pairs[0].before and not differences(first, build(folder / "b", other, pairs[0].audience)):
        yield f"seed {seed} for {pairs[0].audience}: a change that it sees is not in its site"


@pytest.mark.parametrize("seed", SEEDS)
def test_what_is_hidden_leaves_no_trace(seed: int, tmp_path: Path) -> None:
    assert list(found_in(seed, SIZE, tmp_path)) == []


def test_there_are_sixty_pairs_of_all_kinds() -> None:
    """Each of them differs in something, for each kind of audience, and all kinds of edits are among them."""
    pairs = [pair for seed in SEEDS for pair in group(seed, SIZE)]
    circles = Counter(pair.audience.partition(":")[0] for pair in pairs)
    assert circles == {"public": 15, "org": 15, "team": 15, "person": 15}
    assert [str(pair) for pair in pairs if pair.before == pair.after] == []
    assert {edit for pair in pairs for edit in pair.edits} >= {
        *("add", "add_double", "add_person", "edit", "touch", "rename", "delete", "spoil", "mend"),
        *("misfile", "change_file", "line_value", "settings"),
    }
    types = {item.type for pair in pairs for item in pair.before.items}
    assert len(types) == 9


def told_apart(seed: int, folder: Path) -> Iterator[str]:
    """Yield in what the projection and the oracle differ, over all audiences of a content."""
    content = made(seed)
    content.write(folder)
    read = read_content([folder / "content", folder / "private"])
    oracle = Oracle(content)
    for word in audiences(content):
        audience = read_audience(word)
        assert audience is not None
        there = unknown_audience(read.ledger, audience) is None
        if there != oracle.exists(word):
            yield f"seed {seed}: {word} is {'' if there else 'not '}an audience"
        elif there:
            got = {(r.root, r.path) for r in project(read.ledger, audience).records}
            want = {item.key for item in oracle.visible(word)}
            yield from (f"seed {seed}: {word} sees {file}" for file in sorted(got - want))
            yield from (f"seed {seed}: {word} does not see {file}" for file in sorted(want - got))


@pytest.mark.parametrize("seeds", [range(n, n + 10) for n in range(0, 40, 10)])
def test_the_projection_is_what_the_oracle_says(seeds: range, tmp_path: Path) -> None:
    assert [wrong for seed in seeds for wrong in told_apart(seed, tmp_path)] == []


@pytest.mark.long
@pytest.mark.parametrize("seeds", [range(n, n + 100) for n in range(1000, 3000, 100)])
def test_the_projection_is_what_the_oracle_says_at_length(seeds: range, tmp_path: Path) -> None:
    assert [wrong for seed in seeds for wrong in told_apart(seed, tmp_path)] == []


def _found_in(seed: int) -> list[str]:
    with tempfile.TemporaryDirectory() as folder:
        return list(found_in(seed, LONG_SIZE, Path(folder)))


@pytest.mark.long
@pytest.mark.parametrize("seeds", [LONG_SEEDS[n : n + 100] for n in range(0, len(LONG_SEEDS), 100)])
def test_what_is_hidden_leaves_no_trace_in_ten_thousand_pairs(seeds: range) -> None:
    with ProcessPoolExecutor(processors()) as pool:
        assert [wrong for some in pool.map(_found_in, seeds) for wrong in some] == []
