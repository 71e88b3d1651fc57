"""The costliest headers that fit into the limits, each with what is said of it.

``test_reading_limits.py`` holds what is said. How long each takes, and how much memory, is measured by hand,
each in a process of its own, start of Python included; one second of processor time and 200 MB is too much::

    PYTHONPATH=. python tests/trust/worst.py
"""

# ruff: noqa: E501 - tables of one line each

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator

from generator.frontmatter import HEADER_LIMIT

ROOM = HEADER_LIMIT - 400
SECONDS, MEGABYTES = 1, 200

DELEGATION = "title: A\nowner: ada\ndelegator: ben\n"
CHECKIN = "date: 2026-01-05\ndelegation: api\n"
EVALUATION = "date: 2026-01-05\nsubject: ada\nevaluator: ben\ncycle: q1\n"
FEEDBACK = "date: 2026-01-05\nfrom: ada\n"
RETROSPECTIVE = "date: 2026-01-05\ncycle: q1\n"

Worst = tuple[Callable[[], str], str]
"""Makes the header, and what is said of it: whether there is a record, then how often each code is told."""


def fill(unit: str, room: int = ROOM) -> str:
    """Repeat ``unit`` as often as it fits."""
    return unit * (room // len(unit.encode()))


def each(line: str, *, room: int = ROOM) -> Iterator[str]:
    """Yield ``line`` with another number in it each time, as often as it fits."""
    n = 0
    while room > 0:
        made = line.replace("#", f"{n:x}")
        room -= len(made.encode())
        n += 1
        if room > 0:
            yield made


def every(line: str, room: int = ROOM) -> str:
    """Return all that ``each`` yields."""
    return "".join(each(line, room=room))


def some(line: str, number: int) -> str:
    """Return ``line`` with the numbers from 0 in it."""
    return "".join(line.replace("#", f"{n:x}") for n in range(number))


# Within NODE_LIMIT, so that what comes after it is reached.
HEADERS: dict[str, Worst] = {
    # Nesting.
    "brackets without end": (lambda: f"{DELEGATION}x-a: {fill('[')}", "none: too-deep"),
    "braces without end": (lambda: f"{DELEGATION}x-a: {fill('{a: ')}", "none: too-deep"),
    "dashes without end": (lambda: f"{DELEGATION}x-a:\n{fill('- ')}", "none: too-deep"),
    "question marks without end": (lambda: fill("? "), "none: too-deep"),
    "mappings as keys": (lambda: fill("{? "), "none: too-deep"),
    # One token.
    "one word": (lambda: f"{DELEGATION}x-a: {fill('a')}", "record"),
    "one title": (lambda: f"owner: ada\ndelegator: ben\ntitle: {fill('a')}", "record"),
    "one title in Chinese": (lambda: f"owner: ada\ndelegator: ben\ntitle: {fill('中')}", "record"),
    "one quoted text of escapes": (lambda: f'{DELEGATION}goal: "{fill(chr(92) + "u4e2d")}"', "record"),
    "one quoted text of quotes": (lambda: f"{DELEGATION}goal: '{fill(chr(39) * 2)}'", "record"),
    "one text over lines": (lambda: f"{DELEGATION}goal: a\n{fill(' a' + chr(10))}", "record"),
    "one block of text": (lambda: f"{DELEGATION}goal: |\n{fill(' a' + chr(10))}", "record"),
    "one folded text": (lambda: f"{DELEGATION}goal: >\n{fill(' a' + chr(10) * 2)}", "record"),
    "one key": (lambda: f"{DELEGATION}? {fill('k')}\n: 1", "none: header-syntax"),
    "one tag": (lambda: f"a: !{fill('a')}", "none: yaml-feature"),
    "one tag of escapes": (lambda: f"a: !<{fill('%41')}>", "none: yaml-feature"),
    "one anchor": (lambda: f"a: &{fill('a')}", "none: yaml-feature"),
    "one directive": (lambda: f"%{fill('a')}", "none: header-syntax"),
    "comments": (lambda: DELEGATION + fill("#\n"), "record"),
    "blank lines": (lambda: DELEGATION + fill("\n"), "record"),
    # Many keys.
    "keys of their own": (lambda: DELEGATION + every("x-#: 1\n"), "none: too-many-values"),
    "keys of their own, as many as may be": (lambda: DELEGATION + some("x-#: 1\n", 9990), "record"),
    "unknown keys": (lambda: DELEGATION + some("k#: 1\n", 9990), "none: 1000 unknown-key"),
    "misspelt keys": (lambda: DELEGATION + some("titl-#: 1\n", 9990), "none: 1000 unknown-key"),
    "long misspelt keys": (
        lambda: DELEGATION + every(f"{'visibilit' * 22}#: 1\n"), "none: header-syntax",
    ),
    "keys as long as may be": (
        lambda: DELEGATION + every(f"{'visibilit' * 21}#: 1\n"), "none: 1000 unknown-key",
    ),
    "full-width keys": (lambda: DELEGATION + some("#：，: 1\n", 9990), "none: 1000 full-width"),
    "one key again and again": (
        lambda: DELEGATION + fill("a:\n"), "none: 9995 duplicate-key, too-many-values",
    ),
    "one key as often as may be": (
        lambda: DELEGATION + "title:\n" * 9990, "none: 9990 duplicate-key",
    ),
    "visibility again and again": (
        lambda: DELEGATION + "visibility: org\n" * 9990, "none: 9989 duplicate-key",
    ),
    "words in braces": (lambda: "{" + fill("a,") + "}", "none: 9998 duplicate-key, too-many-values"),
    "own keys within own keys": (
        lambda: f"{DELEGATION}x-a: {('{' + 'a' * 190 + ': ') * 17}[{'1,' * 19900}]{'}' * 17}",
        "record",
    ),
    # Many values.
    "90,000 tags": (lambda: f"{DELEGATION}tags: [{'a,' * 90000}]", "none: too-many-values"),
    "50,000 tags over lines": (
        lambda: f"{DELEGATION}tags:\n" + "- a\n" * 50000, "none: too-many-values",
    ),
    "tags, as many as may be": (lambda: f"{DELEGATION}tags: [{'a,' * 19900}]", "record"),
    "no references": (lambda: f"{DELEGATION}contributors: [{'a/,' * 19900}]", "none: 1000 bad-reference"),
    "unknown references": (lambda: f"{DELEGATION}contributors: [{some('a#,', 19900)}]", "record"),
    "lists of nothing": (lambda: f"{DELEGATION}tags: [{'[],' * 19900}]", "none: 1000 wrong-shape"),
    "milestones without an id": (
        lambda: f"{DELEGATION}milestones: [{'{},' * 19900}]", "none: 500 missing-key",
    ),
    "milestones": (lambda: f"{DELEGATION}milestones: [{some('{id: a#},', 6600)}]", "record"),
    "one milestone again and again": (
        lambda: f"{DELEGATION}milestones: [{'{id: a},' * 6600}]", "none: 1000 duplicate-entry",
    ),
    "methods that are none": (
        lambda: f"{DELEGATION}plan: {{methods: [{fill('chekin,')[: 7 * 19900]}]}}", "none: 1000 bad-choice",
    ),
    "long methods that are none": (
        lambda: f"{DELEGATION}plan: {{methods: [{('checki' * 40 + ',') * 1000}]}}", "none: 1000 bad-choice",
    ),
    "changes": (
        lambda: f"{DELEGATION}due: 2026-01-02\nchanges: "
        f"[{'{date: 2026-01-01, field: due, from: 2026-01-01, to: 2026-01-02},' * 2200}]",
        "record",
    ),
    "changes of nothing": (
        lambda: f"{DELEGATION}changes: [{'{date: 2026-01-01, field: delegato, to: 1},' * 2800}]",
        "none: 1000 bad-change-field",
    ),
    "one change of much": (
        lambda: f"{DELEGATION}changes: [{{date: 2026-01-01, field: depends_on, to: [{'a/,' * 19900}]}}]",
        "none: 1000 bad-reference",
    ),
    "a change with a path of dots": (
        lambda: f"{DELEGATION}changes: [{{date: 2026-01-01, field: milestones{fill('.')}, to: a}}]",
        "record: bad-change-field",
    ),
    "readings": (lambda: f"{CHECKIN}metrics: {{{some('a#: 1,', 9900)}}}", "record"),
    "readings that are no numbers": (
        lambda: f"{CHECKIN}metrics: {{{some('a#: b,', 9900)}}}", "none: 1000 bad-number",
    ),
    "one reading again and again": (
        lambda: f"{CHECKIN}metrics: {{{'a: 1,' * 9900}}}", "none: 9899 duplicate-key",
    ),
    "scores": (lambda: f"{EVALUATION}scores: {{{some('a#: {score: 1},', 4900)}}}", "record"),
    "scores with unknown keys": (
        lambda: f"{EVALUATION}scores: {{{some('a#: {scor: 1},', 4900)}}}",
        "none: 300 missing-key, 350 unknown-key",
    ),
    "a text that is a mapping": (
        lambda: f"{DELEGATION}goal: {{{some('visibilit#: 1,', 9900)}}}", "none: wrong-shape",
    ),
    # One value.
    "a status near none": (lambda: f"{DELEGATION}status: {fill('activ')}", "record: bad-choice"),
    "a type near none": (lambda: f"type: {fill('delegatio')}", "none: unknown-type"),
    "a date of digits": (lambda: f"{DELEGATION}due: {fill('2')}", "record: bad-date"),
    "a date of dates": (lambda: f"{DELEGATION}due: {fill('2026-02-30 ')}", "record: bad-date"),
    "a date of blanks": (lambda: f'{DELEGATION}due: "2026{fill(" ")}x"', "record: bad-date"),
    "a date that grows when made plain": (lambda: f"{DELEGATION}due: {fill('ﷺ')}", "record: bad-date"),
    "a number of digits": (lambda: f"{CHECKIN}progress: {fill('9')}", "record: bad-number"),
    "a number with an exponent": (lambda: f"{CHECKIN}progress: 1e{fill('9')}", "record: bad-number"),
    "a number of blanks and commas": (
        lambda: f'{DELEGATION}criteria: [{{id: a, weight: "{fill("1, ")}"}}]', "record: bad-number",
    ),
    "a cadence of words": (lambda: f"{DELEGATION}plan: {{cadence: {fill('every ')}}}", "record: bad-cadence"),
    "a cadence of one word": (lambda: f"{DELEGATION}plan: {{cadence: {fill('w')}}}", "record: bad-cadence"),
    "a scale of blanks": (lambda: f'{EVALUATION}scale: "1{fill(" ")}x"', "record: bad-scale"),
    "marks on one letter": (
        lambda: f"{DELEGATION}cycle: a{fill(chr(0x301) + chr(0x323))}", "record: bad-reference",
    ),
    "marks on one letter of an id": (
        lambda: f"{DELEGATION}id: a{fill(chr(0x301) + chr(0x323))}", "none: bad-id",
    ),
    "marks on one letter of a proof": (
        lambda: f"{EVALUATION}scores: {{a: {{score: 1, evidence: [a{fill(chr(0x301) + chr(0x323))}]}}}}", "record",
    ),
    "marks on one letter of somebody outside": (
        lambda: f'{FEEDBACK}to: "outside: a{fill(chr(0x301) + chr(0x323))}"', "record",
    ),
    # What is no YAML.
    "full-width colons": (lambda: fill("a：\n"), "none: full-width"),
    "full-width colons, as many as are looked at": (
        lambda: "a:\n b: 1\n" + " c：1\n" * 9000, "none: 6 full-width, 3 missing-key",
    ),
    "entries, as many as are looked at": (
        lambda: "title: @A\n" + some("zz#: 1\n", 490), "none: header-syntax, 2 missing-key, 490 unknown-key",
    ),
    "lost words": (
        lambda: "title: @A\na:\n" + every(" w# @\n", 60000),
        "none: header-syntax, 2 missing-key, unknown-key",
    ),
    "lost words near keys": (
        lambda: "title: @A\nb: @\n" + every(f" {'visibilit' * 3}# @\n", 60000),
        "none: 2 header-syntax, 2 missing-key",
    ),
    "brackets left open": (lambda: "title: @A\n" + "a: [\n" * 490, "none: 491 header-syntax, 2 missing-key"),
    "a bracket left open at the end": (lambda: f"{DELEGATION}tags: [{'a, ' * 19000}", "none: header-syntax"),
    "a slip after all the rest": (lambda: some("x-#: b\n", 9900) + "@", "none: header-syntax"),
    "full-width colons within an entry": (
        lambda: "title: @A\na:\n b: 1\n" + some(" c#：1\n", 3000),
        "none: 12 full-width, header-syntax, 2 missing-key",
    ),
    "a line of colons": (lambda: fill("a: "), "none: header-syntax"),
    "a line of full-width marks": (lambda: f"a: b: {fill('“')}", "none: header-syntax"),
    "dots for a key": (lambda: f"a{fill('.')}\n@", "none: not-a-mapping"),
    "blanks for a key": (lambda: f"{fill(' ')}\n@", "none: header-syntax"),
    "documents": (lambda: fill("--- a\n"), "none: yaml-feature"),
    "keys and values apart": (lambda: fill("? a\n: b\n"), "none: 9998 duplicate-key, too-many-values"),
}  # fmt: skip


def path_of(header: str) -> str:
    """Return where a header would stand."""
    starts = {
        EVALUATION: "evaluations/a.md",
        CHECKIN: "checkins/api/a.md",
        FEEDBACK: "feedback/a.md",
        RETROSPECTIVE: "retrospectives/a.md",
    }
    return next((path for start, path in starts.items() if header.startswith(start)), "delegations/a.md")


def said(name: str) -> str:
    """Read a header, and return what is said of it."""
    from collections import Counter  # noqa: PLC0415 - what is measured begins with what reading needs

    from generator.decode import decode  # noqa: PLC0415
    from generator.markdown import Markdown  # noqa: PLC0415
    from generator.text import Source  # noqa: PLC0415

    header = HEADERS[name][0]()
    data = f"---\n{header}\n---\nBody\n".encode()
    record, faults = decode(Source(0, path_of(header), data), Markdown())
    codes = Counter(fault.code for fault in faults)
    told = ", ".join(f"{n} {code}" if n > 1 else code for code, n in sorted(codes.items()))
    return ("record" if record else "none") + (f": {told}" if told else "")


def measured(name: str) -> tuple[float, float, int]:
    """Read a header in a process of its own; return its seconds of processor time, its peak in MB, its exit."""
    pid = os.fork()
    if pid == 0:
        os.execv(sys.executable, [sys.executable, __file__, name])
    _, status, used = os.wait4(pid, 0)
    return used.ru_utime + used.ru_stime, used.ru_maxrss / 1024, os.waitstatus_to_exitcode(status)


def main() -> int:
    """Read the header that is named, or measure all; the exit status is 1 where one takes too much."""
    if len(sys.argv) > 1:
        said(sys.argv[1])
        return 0
    over = False
    for name in HEADERS:
        seconds, megabytes, failed = measured(name)
        too_much = bool(failed) or seconds > SECONDS or megabytes > MEGABYTES
        over |= too_much
        sys.stdout.write(f"{seconds:6.2f} s {megabytes:6.0f} MB  {name}{'  TOO MUCH' if too_much else ''}\n")
    return int(over)


if __name__ == "__main__":
    sys.exit(main())
