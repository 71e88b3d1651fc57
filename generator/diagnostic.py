"""What is wrong, as data: a rule, a place and the words that fill the rule's sentence.

Text, JSON, GitHub, GitLab and SARIF are renderings of these values (``generator.report``).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum

from generator.text import Place

Translate = Callable[[str], str]


class Severity(StrEnum):
    """How much a diagnostic weighs: an error fails ``remit check``, a warning only under ``--strict``."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Rule:
    """One kind of fault. ``message`` and ``help`` are sentences with ``{names}`` to fill."""

    code: str
    """Kebab-case; the same in the message, in ``--skip`` and in the reference."""
    severity: Severity
    message: str
    """What is, and what was expected: lower case, no full stop."""
    help: str = ""
    """What to type."""


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One fault at one place."""

    rule: Rule
    place: Place
    args: tuple[tuple[str, str], ...] = ()
    help: str | None = None
    """Another remedy than the rule's own, where one is known (a near miss, say); already filled in."""
    related: tuple[Place, ...] = ()
    """Other places that take part: the first of two duplicates."""

    @property
    def code(self) -> str:
        """Return the rule's code."""
        return self.rule.code

    @property
    def severity(self) -> Severity:
        """Return the rule's severity."""
        return self.rule.severity

    def message(self, translate: Translate = str) -> str:
        """Return the sentence, filled in."""
        return translate(self.rule.message).format(**dict(self.args))

    def remedy(self, translate: Translate = str) -> str:
        """Return what to type, or an empty string."""
        if self.help is not None:
            return self.help
        return translate(self.rule.help).format(**dict(self.args))


def ordered(diagnostics: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
    """Return diagnostics by place, each once."""
    return tuple(sorted(dict.fromkeys(diagnostics), key=lambda d: (d.place, d.code, d.args)))
