"""Every rule that content can break: the one table behind messages, ``--skip`` and the reference.

A message says what is and what was expected; the help says what to type.
"""

# ruff: noqa: E501 - the rules are a table: one line each

from __future__ import annotations

from generator.diagnostic import Diagnostic, Rule, Severity
from generator.text import Place
from generator.words import N_

QUOTED = 1000
"""Characters of the longest text that a message quotes."""

E, W = Severity.ERROR, Severity.WARNING

RULES: tuple[Rule, ...] = (
    # The file as such.
    Rule("not-a-file", E, N_("{what}, not a plain file: it was not opened"), N_("put the file itself here")),
    Rule("unreadable", E, N_("cannot be read: {why}"), N_("check the file and its permissions")),
    Rule(
        "file-too-large",
        E,
        N_("{size} bytes, more than the {limit} that a record may have"),
        N_("keep the record short and put long material into a file beside it"),
    ),
    Rule("not-utf8", E, N_("not UTF-8: byte {offset} is {byte}"), N_("save the file as UTF-8")),
    Rule("no-type", E, N_("nothing says what kind of record this is"), N_("move it below one of the folders {folders}, or add `type: delegation`")),
    # The header's frame.
    Rule("no-header", E, N_("no front matter: the first line is not `---`"), N_("begin the file with a line `---`, then the keys, then another `---`")),
    Rule("text-before-header", E, N_("{what} before the front matter"), N_("make `---` the very first characters of the file")),
    Rule("foreign-header", E, N_("{what} front matter; only YAML between `---` lines is read"), N_("write the keys as `title: …` between two lines `---`")),
    Rule("header-unclosed", E, N_("the front matter is not closed"), N_("add a line `---` after the last key")),
    Rule("header-closed-by-dots", E, N_("the front matter is closed by `...`"), N_("close it with `---`")),
    Rule("header-too-large", E, N_("front matter of {size} bytes, more than the {limit} that it may have"), N_("move long text into the body")),
    # The header's YAML.
    Rule("header-syntax", E, N_("not YAML: {problem}"), N_("write each key as `key: value`; quote text that holds `: ` or ` #`")),
    Rule("full-width", E, N_("full-width {mark} where YAML wants {ascii}"), N_("type `{line}`")),
    Rule("control-character", E, N_("the character {character} is not allowed in front matter"), N_("delete it; it is likely invisible in your editor")),
    Rule("yaml-feature", E, N_("YAML {feature} are not read"), N_("write the value out where it is used; put text that begins with `*` or `!` into quotes")),
    Rule("too-deep", E, N_("nested deeper than {limit} levels"), N_("use fewer levels, or write it in the body")),
    Rule("too-many-values", E, N_("more than {limit} keys and values in the front matter"), N_("divide it over several records, or write it in the body")),
    Rule("not-a-mapping", E, N_("expected `key: value` lines, found {found}"), N_("write each key as `key: value`")),
    Rule("duplicate-key", E, N_("key `{key}` stands twice; it stood in line {line} already"), N_("keep one of them")),
    # Keys and values.
    Rule("unknown-type", E, N_("no record type `{value}`"), N_("one of {types}")),
    Rule("unknown-key", E, N_("no key `{key}` in {article} {type}"), N_("the keys are {keys}; a key of your own begins with `x-`")),
    Rule("missing-key", E, N_("`{key}` is missing"), N_("add `{example}`")),
    Rule("empty-value", E, N_("`{key}` is empty"), N_("add `{example}`")),
    Rule("wrong-shape", E, N_("expected {expected}, found {found}"), N_("write `{example}`")),
    Rule("bad-date", E, N_("“{value}” is no date"), N_("write it as YYYY-MM-DD, as in `2026-03-02`")),
    Rule("no-such-day", E, N_("{value} is no day of the calendar"), N_("the last day of that month is {last}")),
    Rule("bad-number", E, N_("“{value}” is no {kind}"), N_("write digits, as in `{example}`")),
    Rule("out-of-range", E, N_("{value} is not between {low} and {high}"), N_("write a number from {low} to {high}")),
    Rule("bad-choice", E, N_("“{value}” is none of the values for `{key}`"), N_("one of {choices}")),
    Rule("bad-level", E, N_("“{value}” is no level of delegation"), N_("1 tell 告知, 2 sell 说服, 3 consult 征询, 4 agree 共识, 5 advise 建议, 6 inquire 询问, 7 delegate 全权授权")),
    Rule("bad-cadence", E, N_("“{value}” is no cadence"), N_("daily, weekly, biweekly, monthly, quarterly, `every 10 days`, `weekly on friday`, or none")),
    Rule("bad-id", E, N_("“{value}” cannot be an id: {why}"), N_("use letters, digits, `-`, `_` and `.`, at most 80 of them")),
    Rule("bad-reference", E, N_("“{value}” is no reference to {what}"), N_("write {example}")),
    Rule("bad-scale", E, N_("“{value}” is no scale"), N_("write the lowest and the highest score, as in `1-5`")),
    Rule("bad-change-field", E, N_("no key `{value}` in a delegation to have changed"), N_("name the key's path, as in `due`, `authority.level` or `milestones.beta.due`")),
    Rule("duplicate-entry", E, N_("`{id}` stands twice in `{key}`"), N_("give each entry an id of its own")),
    # The body.
    Rule("body-too-large", E, N_("a body of {size} characters, more than the {limit} that it may have: it is left out"), N_("keep the record short and put long material into a file beside it")),
    Rule("body-too-deep", E, N_("nested deeper than {limit} levels: the body is left out"), N_("use fewer levels of lists, quotations or emphasis")),
    Rule("table-too-large", E, N_("more than {limit} cells in tables: the body is left out"), N_("put the table into a file beside the record")),
    Rule("links-too-long", E, N_("links of more than {limit} characters together: the body is left out"), N_("shorten the addresses")),
    Rule("raw-html", W, N_("raw HTML is shown as text: {value}"), N_("write Markdown instead")),
    Rule("unsafe-link", W, N_("a link to “{value}” is shown as text"), N_("link to https://…, mailto:…, a file beside the record, or [[a record]]")),
    Rule("remote-image", W, N_("the remote picture {value} is left out"), N_("put the picture beside the record and name it here")),
    Rule("missing-file", W, N_("there is no file “{value}” beside the record"), N_("add the file, or link to [[the record]]")),
    Rule("file-kind", W, N_("files like “{value}” are not published"), N_("these are: {kinds}")),
    Rule("dangling-link", W, N_("[[{value}]] leads to no record"), N_("write the record's id, with its type where it is no delegation: [[person:ada]]")),
    # Records together.
    Rule("unknown-reference", E, N_("no {type} “{id}”"), N_("add {path}, or name one that is there")),
    Rule("duplicate-id", E, N_("the {type} “{id}” is also in {other}"), N_("rename one of the files, or give one of them an `id:` of its own")),
    Rule("reference-cycle", E, N_("`{key}` leads in a circle: {trail}"), N_("take one of these references out")),
    Rule("no-delegation", E, N_("nothing says which delegation this {type} belongs to"), N_("add `delegation: …`, or move the file into the delegation's folder")),
    Rule("no-subject", E, N_("neither `delegation` nor `cycle` says what is evaluated"), N_("add `delegation: …` or `cycle: …`")),
    Rule("owner-is-delegator", W, N_("owner and delegator are the same person"), N_("name who hands it over as `delegator`")),
    Rule("dates-reversed", E, N_("{late} ({late_day}) is before {early} ({early_day})"), N_("correct one of the two dates")),
    Rule("weights", E, N_("the weights of the {what} add up to {sum}, not 100"), N_("let them add up to 100, or leave them all out for equal weights")),
    Rule("change-mismatch", E, N_("the last change of `{field}` says {to}, but the record says {now}"), N_("set `{field}` to {to}, or add the change that is missing")),
    Rule("on-hold-unrecorded", E, N_("on hold, but no change says since when"), N_("add to changes: {{date: …, field: status, from: active, to: on_hold, why: …}}")),
    Rule("undated-end", W, N_("{status}, but `{key}` does not say since when: it counts for every day"), N_("add `{key}: YYYY-MM-DD`")),
    Rule("unknown-entry", E, N_("the delegation has no {what} “{id}”"), N_("one of {known}")),
    Rule("unknown-proposal", E, N_("no proposal “{id}” in an earlier retrospective"), N_("write the retrospective's id, a dot and the proposal's id: {known}")),
    Rule("unknown-threshold", E, N_("no threshold `{name}`"), N_("one of {known}")),
    Rule("too-many-named", E, N_("visibility `pair` is for exactly two named people; here are {count}"), N_("use `line`, or name two people")),
    Rule("hidden-checkin", W, N_("`{audience}` sees the delegation but not this check-in, which reads as missed there"), N_("leave `visibility` out and keep the file beside its delegation's, or narrow the delegation")),
    Rule("score-off-scale", E, N_("the score {score} is not on the scale {scale}"), N_("score within the scale, or say `scale: LOW-HIGH`")),
    Rule("unknown-rating", E, N_("no rating “{value}”"), N_("one of {known}")),
    Rule("metric-file", E, N_("{why}"), N_("put a CSV with a column `date` and a column `{id}` beside the record")),
    Rule("metric-value", E, N_("{what} in line {line} of {file}: “{value}”"), N_("write dates as YYYY-MM-DD and numbers in digits")),
    Rule("settings", E, N_("{problem}"), N_("see the settings in the README")),
)  # fmt: skip

_BY_CODE = {rule.code: rule for rule in RULES}


def broken(
    code: str,
    place: Place,
    *,
    help: str | None = None,  # noqa: A002 - named as in the messages
    related: tuple[Place, ...] = (),
    **args: object,
) -> Diagnostic:
    """Return the diagnostic for the rule ``code`` broken at ``place``; ``args`` fill its sentences.

    What is quoted from the file is cut where it is longer than anybody reads.
    """
    return Diagnostic(
        _BY_CODE[code], place, tuple((k, _cut(str(v))) for k, v in args.items()), help and _cut(help), related
    )


def _cut(text: str) -> str:
    return text if len(text) <= QUOTED else f"{text[:QUOTED]}…"


def did_you_mean(word: str | None) -> str | None:
    """Return the remedy that offers ``word``, or nothing where there is none to offer."""
    return f"did you mean `{word}`?" if word else None
