"""How long bodies take that are hard on a Markdown parser, as they grow: `make bench`.

A shape that takes twice as long at twice the size is fine; one that takes four times as long wants a bound.
"""

from __future__ import annotations

import sys
import time

from pathological import ALL

from generator.markdown import Markdown
from generator.text import Source

SIZES = (16, 32, 64)
"""In KiB."""


def main() -> None:
    """Print a row for each shape: the seconds at each size, the last growth, and what is told."""
    markdown = Markdown()
    width = max(map(len, ALL))
    line = f"{'':{width}} " + " ".join(f"{size:>4} KiB" for size in SIZES) + "  growth"
    sys.stdout.write(line + "\n")
    slowest = 0.0
    for name, shape in ALL.items():
        took, told = [], ""
        for size in SIZES:
            text = shape(size << 10)
            began = time.process_time()
            _, faults = markdown.render(text, Source(0, "delegations/api.md", b""))
            took.append(time.process_time() - began)
            told = " ".join(sorted({d.code for d in faults}))
        slowest = max(slowest, took[-1])
        growth = took[-1] / took[-2] if took[-2] > 0.05 else 1.0
        row = " ".join(f"{seconds:8.2f}" for seconds in took)
        sys.stdout.write(
            f"{name:{width}} {row}  {'' if growth < 1.5 else f'× {growth:.1f}':6} {told}".rstrip() + "\n"
        )
    sys.stdout.write(f"{len(ALL)} shapes; the slowest takes {slowest:.2f} s at {SIZES[-1]} KiB\n")


if __name__ == "__main__":
    main()
