"""A fuzz target for reading, run by hand with atheris (a coverage-guided fuzzer), never by pytest.

In an environment that has atheris 3 and Remit's dependencies, from the root of the repository::

    PYTHONPATH=. python tests/trust/fuzz_reading.py -max_total_time=600 -rss_limit_mb=1024 -timeout=2

Whatever the bytes: a record or a located diagnostic, no exception, no place outside the file. The first byte
chooses the type of the record, the second whether the rest is the file or only its header.
"""

from __future__ import annotations

import sys

import atheris

with atheris.instrument_imports(include=["generator", "frontmatter", "yaml", "markdown_it"]):
    from generator.decode import decode
    from generator.ledger import build_ledger
    from generator.markdown import Markdown
    from generator.record import FOLDERS, TYPES
    from generator.report import as_text
    from generator.settings import Settings
    from generator.text import Source

MARKDOWN = Markdown()
PATHS = [f"{folder}/fuzz.md" for folder in FOLDERS]
WORDS = ("---\n", "...\n", *(of.type.value for of in TYPES))


def one(data: bytes) -> None:
    """Read one input."""
    if len(data) < 2:
        return
    path = PATHS[data[0] % len(PATHS)]
    whole = data[2:] if data[1] & 1 else b"---\n" + data[2:] + b"\n---\nText.\n"
    record, faults = decode(Source(0, path, whole), MARKDOWN)
    lines = whole.replace(b"\r\n", b"\n").replace(b"\r", b"\n").count(b"\n") + 1
    for fault in faults:
        assert 1 <= fault.place.line <= lines, fault
        assert 1 <= fault.place.column < fault.place.end, fault
        assert fault.message(), fault
    as_text(faults[:20], lambda place: place.path, lambda place: None)
    if record is not None:
        build_ledger([record], (Settings(),))
    elif not faults:
        assert b"---" not in whole[:3], "a header that is passed over"


def main() -> None:
    """Fuzz until stopped."""
    atheris.Setup(sys.argv, one)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
