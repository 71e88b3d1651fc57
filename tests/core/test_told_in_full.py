"""What is told of everything that cannot be read: every sentence and remedy in full, and where it points.

The tables of the neighbouring tests give place and code; here the same inputs stand with all that a writer
is told of them. ``pytest --bless tests/core/test_told_in_full.py`` writes it anew: look at the difference.
"""

from __future__ import annotations

import pytest
import test_decode
import test_parse
import test_salvage
from goldens import FOLDER, bless, difference, held

from generator.decode import decode
from generator.diagnostic import Diagnostic
from generator.markdown import Markdown
from generator.nodes import Scalar
from generator.scalars import scalar
from generator.text import Source

MARKDOWN = Markdown()
MOST = 12
"""Faults of one input that are shown."""
WIDTH = 300
"""Characters of a line that are shown."""


def told(input_: object, faults: tuple[Diagnostic, ...]) -> str:
    """Return an input with what is wrong with it, each cut where it is long."""
    lines = [repr(input_)]
    assert all(d.place.root == 0 and d.place.path.endswith(".md") for d in faults)
    for fault in faults[:MOST]:
        place = fault.place
        lines.append(
            f"  {place.line}:{place.column}-{place.end} {fault.severity}[{fault.code}] {fault.message()}"
        )
        lines += [f"    = {fault.remedy()}"] if fault.remedy() else []
        lines += [f"    : {other.line}:{other.column}-{other.end}" for other in fault.related]
    lines += [f"  and {len(faults) - MOST} more"] if len(faults) > MOST else []
    return "\n".join(f"{line[:WIDTH]}…" if len(line) > WIDTH else line for line in lines)


def malformed() -> list[str]:
    """Tell what parsing says of headers that are none."""
    return [told(data, test_parse.read(data)[1]) for data, _ in test_parse.MALFORMED.values()]


def salvaged() -> list[str]:
    """Tell what else is said of a header that stops YAML."""
    headers = [f"---\n{header}\n---\n" for header, _ in test_salvage.BROKEN.values()]
    return [
        told(data, decode(Source(0, "delegations/api.md", data.encode()), MARKDOWN)[1]) for data in headers
    ]


def values() -> list[str]:
    """Tell what is said of texts that are none of their kind."""
    found = []
    for kind, text, _ in test_decode.VALUES:
        value, fault = scalar(Scalar(test_decode.PLACE, text), kind, "key")
        if fault:
            assert value is None
            found.append(f"{kind!r} {told(text, (fault,))}")
    return found


def records() -> list[str]:
    """Tell what is said of records that lack what they must have, or hold what they may not."""
    wrong = [(path, header) for path, header, _ in (*test_decode.LACKING, *test_decode.ELSEWHERE)]
    start = "title: A\nowner: ada\ndelegator: ben\n"
    wrong += [("delegations/a.md", start + lines) for lines, _ in test_decode.WRONG]
    wrong += [("delegations/a.md", start + lines) for lines in test_decode.GUARDED]
    found = []
    for path, header in wrong:
        record, faults = decode(Source(0, path, f"---\n{header}\n---\n".encode()), MARKDOWN)
        state = "left out" if record is None else "guarded" if record.guarded else "read"
        found.append(f"{path}, {state}: {told(header, faults)}")
    return found


@pytest.mark.parametrize("table", [malformed, salvaged, values, records], ids=lambda t: t.__name__)
def test_what_is_told_in_full(table, request):
    found = {f"{table.__name__}.txt": "\n\n".join(table()) + "\n"}
    folder = FOLDER / "told" / table.__name__
    if request.config.getoption("--bless"):
        bless(folder, found)
    if differs := difference(held(folder), found):
        pytest.fail(f"{differs}\nIf this is meant: pytest --bless tests/core/test_told_in_full.py")
