"""Syntax: what YAML's errors mean in the terms of whoever wrote the line, and what to type instead."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

import yaml

from generator.diagnostic import Diagnostic
from generator.rules import broken
from generator.text import Place, Source

LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""Reads YAML's events, in C where that is there."""

WIDE_COLON = re.compile(r"^(\s*(?:-\s+)?[^\W\d][\w.-]*)\s*：\s*(.*)$")
_UNQUOTED = re.compile(r"^\s*((?:- )?[^\W\d][\w.-]*: )([^\"\[{&*!|>]+)$")
_ASCII_OF = str.maketrans("：，【】｛｝“”＃－", ':,[]{}""#-')
_OPENED = re.compile("simple key|quoted scalar|flow")


class HeaderFault(ValueError):  # noqa: N818 - what is wrong with content is a fault everywhere here
    """A header that cannot be split off or read. python-frontmatter expects a ``ValueError``."""

    def __init__(self, diagnostic: Diagnostic) -> None:
        super().__init__(diagnostic.message())
        self.diagnostic = diagnostic


@dataclass(frozen=True, slots=True)
class Stretch:
    """A header, or some lines of it."""

    source: Source
    text: str
    line: int = 2
    """The line of the file that it begins on."""

    def place(self, line: int, column: int) -> Place:
        """Return where a line and a column of the stretch, both from 0, are in the file."""
        return self.source.place(self.line + line, column + 1)


def wide_line(stretch: Stretch, index: int) -> Diagnostic | None:
    """Return a fault for a full-width colon at or just beside line ``index`` (from 0)."""
    lines = stretch.text.split("\n")
    for n in (index, index - 1, index + 1):
        if 0 <= n < len(lines) and (found := WIDE_COLON.match(lines[n])):
            line = f"{found[1].strip()}: {found[2]}".rstrip()
            place = stretch.place(n, lines[n].index("："))
            return broken("full-width", place, mark="“：”", ascii="“: ”", line=line)
    return None


def _stop(error: Any) -> tuple[int, int]:
    """Return the line and column, from 0, that an error is best shown at.

    YAML notices a bracket or quote left open, or a line without a colon, only lines later; what was
    being read then stands where it began.
    """
    problem, began = error.problem_mark, error.context_mark
    if began and began.line != problem.line and _OPENED.search(error.context):
        return began.line, began.column
    return problem.line, problem.column


def syntax_fault(stretch: Stretch, error: yaml.MarkedYAMLError) -> Diagnostic:
    """Return what a YAML error means to whoever wrote the line."""
    line, column = _stop(error)
    if wide := wide_line(stretch, line):
        return wide
    lines = stretch.text.split("\n")
    line = min(line, len(lines) - 1)
    typed = lines[line].translate(_ASCII_OF)
    if typed != lines[line] and _is_mapping(typed):
        at = next(n for n, c in enumerate(typed) if c != lines[line][n])
        wide_mark, mark = f"“{lines[line][at]}”", f"“{typed[at]}”"
        return broken("full-width", stretch.place(line, at), mark=wide_mark, ascii=mark, line=typed.strip())
    problem = str(error.problem)
    if problem.startswith("mapping values") and lines[line].find(":") == column:
        return _odd_line(stretch, lines, line)
    if problem.startswith("could not find expected"):
        return _no_key(stretch, lines[line], line)
    told, help_ = _slip(problem, lines[line], column)
    place = stretch.place(line, column)
    return broken("header-syntax", place, problem=told.replace("'", "`"), help=help_)


def _odd_line(stretch: Stretch, lines: list[str], line: int) -> Diagnostic:
    """Return what is wrong where YAML does not expect the first colon of a line."""
    above = next(
        (n for n in range(line - 1, -1, -1) if lines[n].strip() and lines[n].lstrip()[0] != "#"), line
    )
    if _indent(lines[line]) <= _indent(lines[above]):
        return _no_key(stretch, lines[above], above)
    return broken(
        "header-syntax",
        stretch.place(line, _indent(lines[line])),
        problem="indented below a key that has its value already",
        help="begin it below the first letter of the line above",
    )


def _no_key(stretch: Stretch, line: str, index: int) -> Diagnostic:
    """Return what is said of a line that names no key, which YAML notices in the next one."""
    word, colon, value = line.strip().partition(":")
    if not colon:
        word, _, value = line.strip().partition(" ")
    return broken(
        "header-syntax",
        stretch.place(index, _indent(line)),
        problem="no space after the colon" if colon else "a line without a colon",
        help=f"write `{word}: {value.strip() or '…'}`",
    )


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip(" "))


def _slip(problem: str, line: str, column: int) -> tuple[str, str | None]:
    """Return the problem in other words where it is a common slip, and how to mend it."""
    if problem.startswith("mapping values") and (found := _UNQUOTED.match(line)):
        told = "a colon in a text without quotes"
        return told, f'put the text into quotes: `{found[1]}"{found[2].strip()}"`'
    if problem.startswith("found character that cannot start"):
        if "\t" in line:
            return "a tab where YAML wants spaces", "indent with spaces"
        told = f"a text cannot begin with “{line[column : column + 1]}”"
        key, text = line[:column].strip(), line[column:].strip()
        plain = not set("'`") & set(text)
        return told, f"put the text into quotes: `{key} '{text}'`" if plain else "put the text into quotes"
    if "unexpected end of stream" in problem:
        return "a quote that is not closed", "close the quote on the same line"
    if problem.startswith("did not find expected ','"):
        told = "a bracket that is not closed, or a comma that is missing"
        return told, f"add `{problem[-2]}` where it ends"
    return problem, None


def _is_mapping(line: str) -> bool:
    """Tell whether a line alone would be read as keys with values."""
    try:
        events = list(yaml.parse(line, Loader=LOADER))
    except yaml.YAMLError:
        return False
    return any(isinstance(event, yaml.MappingStartEvent) for event in events)
