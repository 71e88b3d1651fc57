"""The words that fill the sentences of diagnostics, in the language of the site.

Reading and checking speak English: what they find travels as plain words, which may hold names in
backticks or quotes and numbers. Here those words are known as patterns, ``{}`` where such a part stands.
What the YAML and TOML parsers say of a file stays in their own words.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from generator.words import N_

PHRASES: frozenset[str] = frozenset(
    (
        # What stands there and what should.
        N_("text"),
        N_("nothing"),
        N_("one value"),
        N_("a list"),
        N_("a list of entries"),
        N_("a mapping"),
        N_("number"),
        N_("whole number"),
        N_("no date"),
        N_("no number"),
        N_("plain"),
        N_("punctuation"),
        N_("{} or {}"),
        N_("{} and {}"),
        N_("a UTF-16 mark"),
        N_("blank space"),
        N_("the invisible character U+{}"),
        N_("aliases"),
        N_("anchors"),
        N_("tags"),
        N_("merge keys"),
        N_("directives and further documents"),
        N_("a key must be a plain word"),
        N_("nested too deeply"),
        N_("a symbolic link"),
        N_("a pipe"),
        N_("a socket"),
        N_("a device"),
        N_("its name is not UTF-8"),
        # What YAML stumbles over.
        N_("a tab where YAML wants spaces"),
        N_("a quote that is not closed"),
        N_("a bracket that is not closed, or a comma that is missing"),
        N_("a line without a colon"),
        N_("no space after the colon"),
        N_("a colon in a text without quotes"),
        N_("a text cannot begin with {}"),
        N_("indented below a key that has its value already"),
        N_("a key of {} characters"),
        N_("{} below the line that closes the front matter"),
        # Ids and references.
        N_("it is empty"),
        N_("it has {} characters"),
        N_("it holds {}"),
        N_("it holds the character U+{}"),
        N_("it begins or ends with a dot"),
        N_("some systems cannot have a file of that name"),
        N_("{} is the name of a list's page"),
        N_("a person or team"),
        N_("a proposal"),
        N_("a record"),
        N_("the record"),
        N_("a delegation"),
        N_("a cycle"),
        N_("a team"),
        N_("a person"),
        N_("the delegation's id"),
        N_("the cycle's id"),
        N_("the team's id"),
        N_("the person's id"),
        N_("a person's id, {}, or {}"),
        N_("the retrospective's id, a dot and the proposal's id, as in {}"),
        N_("delegation"),
        N_("checkin"),
        N_("feedback"),
        N_("meeting"),
        N_("evaluation"),
        N_("retrospective"),
        N_("cycle"),
        N_("team"),
        N_("person"),
        N_("record"),
        N_("milestone"),
        N_("milestones"),
        N_("metric"),
        N_("criterion"),
        N_("criteria"),
        N_("checkpoint"),
        N_("authority"),
        N_("plan"),
        N_("change"),
        N_("issue"),
        N_("response"),
        N_("restated"),
        N_("decision"),
        N_("action"),
        N_("score"),
        N_("development"),
        N_("proposal"),
        N_("toolreview"),
        N_("away"),
        # Files of metrics.
        N_("there is no file {} beside the record"),
        N_("the files of {} metrics are read, not those of {}"),
        # Remedies.
        N_("did you mean {}?"),
        N_("write {}"),
        N_("put text that holds a comma into quotes"),
        N_("put the text into quotes"),
        N_("indent with spaces"),
        N_("close the quote on the same line"),
        N_("add {} where it ends"),
        N_("begin it below the first letter of the line above"),
        N_("use at most {}; a text stands after the colon"),
        N_("move it above the first closing {}"),
        N_("add it to the delegation first"),
        N_("write the earlier retrospective first"),
        N_("put the text into quotes: {}"),
        N_("rename the file, or add an `id:` of letters, digits, `-`, `_` and `.`"),
        # Settings.
        N_("no setting {}"),
        N_("no setting {}; did you mean {}?"),
        N_("{} wants text in quotes"),
        N_("{} wants an address, as in {}"),
        N_("{} wants a list, as in [{}, {}]"),
        N_("no time zone {}; write it as in {}"),
        N_("{} is no date; write it as YYYY-MM-DD"),
        N_("no weekday {}; write it as in {}"),
        N_("at least one day of the week must be worked"),
        N_("the character U+{} is not allowed"),
        N_("{} bytes, more than the {} that settings may have"),
    )
)
"""Every pattern that is translated."""

_PART = re.compile(r'`[^`]*`|“[^”]*”|"[^"]*"|(?<=U\+)[0-9A-F]{4,6}|\b\d+\b')

WORDED = frozenset(
    [
        "what",
        "why",
        "expected",
        "found",
        "kind",
        "mark",
        "ascii",
        "problem",
        "example",
        "path",
        "to",
        "now",
        "type",
        "feature",
        "byte",
    ]
)
"""The parts of a diagnostic's sentence that hold such words; the others hold what somebody wrote."""


def phrase(text: str, gettext: Callable[[str], str]) -> str:
    """Return the words of a diagnostic in another language, or as they are where they are not known."""
    if text in PHRASES:
        return gettext(text)
    parts = _PART.findall(text)
    pattern = _PART.sub("{}", text)
    if parts and pattern in PHRASES:
        return gettext(pattern).format(*parts)
    return text
