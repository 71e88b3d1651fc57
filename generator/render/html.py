"""HTML from page values. Templates only arrange; what a template needs worked out is a filter here."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

from generator import __version__
from generator.body import HoleKind
from generator.pages.sentences import Part, Sentence, said
from generator.pages.site import SECTIONS
from generator.pages.values import Filled, Link, Page, Prose, lang_of
from generator.policy import POLICY
from generator.render.charts import draw, sparkline, tally
from generator.render.language import Language
from generator.render.phrases import WORDED, phrase
from generator.words import LEVELS, Choice


def templates_folder() -> Path:
    """Return where the templates are: inside the installed package, or beside it in a checkout."""
    package = Path(__file__).parent.parent
    inside = package / "templates"
    return inside if inside.is_dir() else package.parent / "templates"


@dataclass(frozen=True, slots=True)
class SiteFacts:
    """What every page says of the site."""

    title: str
    today: dt.date
    locale: str
    audience: str


class Renderer:
    """Renders the pages of one site in one language."""

    def __init__(self, site: SiteFacts, folder: Path | None = None) -> None:
        self.site = site
        self.folder = folder or templates_folder()
        self.language = Language(site.locale)
        self._env = self._environment()
        self._up = ""
        """The way from the page that is rendered to the site's root."""
        self._quotes: dict[str, str] = {}
        self._assets = {name: data for name, data in self.assets().items()}  # noqa: C416 - read once
        self._version = {
            name: hashlib.blake2b(data, digest_size=4).hexdigest() for name, data in self._assets.items()
        }

    def page(self, page: Page) -> str:
        """Return a page's HTML."""
        self._up = "../" * page.path.count("/")
        template = self._env.get_template(page.template)
        return template.render(page=page, content=page.content, site=self.site, sections=SECTIONS) + "\n"

    def assets(self) -> dict[str, bytes]:
        """Return the site's style sheets, scripts and pictures, by path on the site."""
        folder = self.folder / "assets"
        return {
            f"assets/{path.relative_to(folder).as_posix()}": path.read_bytes()
            for path in sorted(folder.rglob("*"))
            if path.is_file()
        }

    def _environment(self) -> Environment:
        language = self.language
        env = Environment(
            loader=FileSystemLoader(self.folder),
            autoescape=True,
            trim_blocks=True,
            lstrip_blocks=True,
            undefined=StrictUndefined,
            extensions=["jinja2.ext.i18n", "jinja2.ext.do"],
        )
        env.policies["ext.i18n.trimmed"] = True
        env.install_gettext_callables(  # type: ignore[attr-defined]  # added by the extension
            language.gettext,
            language.ngettext,
            newstyle=True,
            pgettext=language.pgettext,
            npgettext=language.npgettext,
        )
        env.filters |= {
            "day": self._day(language.day),
            "short_day": self._day(language.short_day),
            "weekday": self._day(language.weekday),
            "number": language.number,
            "label": self._label,
            "say": self._say,
            "paragraphs": self._paragraphs,
            "prose": self._prose,
            "filled": self._filled,
            "sentence": self._sentence,
            "phrase": lambda text: phrase(text, language.gettext),
            "drawn": lambda figure, key: draw(figure, key, language, self._href, self.site.today),
            "sparkline": lambda values: sparkline(values, language),
            "tally": lambda value: tally(value, language),
        }
        env.globals |= {
            "a": self._link,
            "name": self._name,
            "href": self._href,
            "asset": self._asset,
            "level_name": lambda level: language.gettext(LEVELS[level - 1][1]),
            "weekday_name": language.weekday_name,
            "lang": language.tag,
            "version": __version__,
            "policy": Markup(POLICY),  # noqa: S704 - ours, with quotes that need no escape where it stands
        }
        return env

    # --- links ------------------------------------------------------------------------------------

    def _href(self, path: str) -> str:
        """Return a path of the site relative to the page that is rendered, so that it works from a disk."""
        if path.startswith("#"):
            return path
        return self._up + self._quoted(path)

    def _quoted(self, path: str) -> str:
        found = self._quotes.get(path)
        if found is None:
            target, hash_, fragment = path.partition("#")
            found = quote(target, safe="/~.-_") + hash_ + quote(fragment, safe="-_.~")
            self._quotes[path] = found
        return found

    def _asset(self, name: str) -> str:
        return f"{self._href(f'assets/{name}')}?v={self._version[f'assets/{name}']}"

    def _name(self, link: Link) -> Markup:
        """Return what a link is called: its text, or kind, day and what it is about."""
        if link.text:
            return self._say(link.text)
        kind = self._label(link.kind) if link.kind else ""
        day = self.language.day(link.date) if link.date else ""
        about = Markup(" · ") + self._say(link.about) if link.about else Markup("")
        called = Markup(escape(self.language.gettext("{kind}, {day}")))  # noqa: S704 - escaped here
        return called.format(kind=kind, day=day) + about

    def _link(self, link: Link | None, text: str = "") -> Markup:
        if link is None:
            return Markup("")
        shown = self._say(text) if text else self._name(link)
        if not link.href:
            return shown
        return Markup('<a href="{}">{}</a>').format(self._href(link.href), shown)

    # --- texts ------------------------------------------------------------------------------------

    def _label(self, choice: Choice | str) -> str:
        return self.language.gettext(choice.label if isinstance(choice, Choice) else choice)

    def _filled(self, sentence: str, args: Sequence[tuple[str, str]]) -> str:
        """Return the sentence of a diagnostic, filled in."""
        gettext = self.language.gettext
        words = {key: phrase(word, gettext) if key in WORDED else word for key, word in args}
        return gettext(sentence).format(**words)

    def _sentence(self, sentence: Sentence) -> Markup:
        """Return what a signal says; the records' own words are marked where their language differs."""
        return Markup("").join(self._part(p) for p in said(sentence, self.language, self.site.today))

    def _part(self, part: Part) -> Markup:
        if part.day:
            return Markup('<time datetime="{}">{}</time>').format(part.day.isoformat(), part.text)
        if part.quoted:
            return self._link(Link(part.text, part.href))
        return escape(part.text)

    def _say(self, text: str) -> Markup:
        """Return a text of the records, marked where it is in another language than the page."""
        lang = lang_of(text)
        if lang.split("-")[0] == self.language.tag.split("-")[0]:
            return Markup(escape(text))  # noqa: S704 - escaped here
        return Markup('<span lang="{}">{}</span>').format(lang, text)

    def _paragraphs(self, text: str) -> Markup:
        """Return plain text of several lines as paragraphs."""
        parts = [p.strip() for p in text.split("\n\n") if p.strip()]
        lines = (Markup("<br>").join(self._say(line) for line in p.split("\n")) for p in parts)
        return Markup("").join(Markup("<p>{}</p>").format(p) for p in lines)

    def _prose(self, prose: Prose, base: int = 3) -> Markup:
        """Return a body; its highest heading is of level ``base``."""
        if not prose:
            return Markup("")
        html = "".join(p if isinstance(p, str) else self._hole(p, base) for p in prose.parts)
        same = prose.lang.split("-")[0] == self.language.tag.split("-")[0]
        lang = Markup("") if same else Markup(' lang="{}"').format(prose.lang)
        # The parts were escaped when the body was rendered; what fills the holes is escaped below.
        return Markup('<div class="prose"{}>{}</div>').format(lang, Markup(html))  # noqa: S704

    def _hole(self, hole: Filled, base: int) -> str:
        match hole.kind:
            case HoleKind.HEADING:
                return str(min(6, base + int(hole.text)))
            case HoleKind.RECORD if hole.link:
                return str(self._link(hole.link, hole.text))
            case HoleKind.FILE_OPEN:
                return f'<a href="{escape(self._href(hole.href))}">' if hole.href else "<span>"
            case HoleKind.FILE_CLOSE:
                return "</a>" if hole.href else "</span>"
            case HoleKind.IMAGE if hole.href:
                return f'<img src="{escape(self._href(hole.href))}" alt="{escape(hole.text)}" loading="lazy">'
        return str(escape(hole.text))

    def _day(self, form: Any) -> Any:
        def shown(day: dt.date) -> Markup:
            return Markup('<time datetime="{}">{}</time>').format(day.isoformat(), form(day))

        return shown
