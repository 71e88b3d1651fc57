"""The elements of a drawing. Numbers are rounded to 0.1 and words escaped; colours are left to classes."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

from markupsafe import Markup, escape

SIZE = 12
"""The height of letters, in units of the drawing; charts.css says the same."""

_UNFIT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
"""What no XML may hold, and what nobody can see."""
_NARROW = frozenset("iljtfrI.,:;'|!()[]{} `-·‘’")
_BROAD = frozenset("mwMW@%&—…")


def n(value: float) -> str:
    """Return a number as short as it can be written."""
    text = f"{value:.1f}".removesuffix(".0")
    return "0" if text == "-0" else text


def clean(words: str) -> str:
    """Return words on one line, without what no drawing can hold."""
    return _UNFIT.sub("", " ".join(words.split()))


@lru_cache(maxsize=4096)
def breadth(words: str, size: float = SIZE) -> float:
    """Return about how wide words are, rather too wide than too narrow; wide characters count double."""
    return sum(_em(c) for c in words) * size


def _em(char: str) -> float:
    if char in _NARROW:
        return 0.38
    if char in _BROAD:
        return 0.95
    if unicodedata.east_asian_width(char) in "WF":
        return 1.0
    if unicodedata.combining(char):
        return 0.0
    if char.isupper():
        return 0.7
    return 0.62


def shortened(words: str, room: float, size: float = SIZE) -> str:
    """Return words that fit into ``room``, with an ellipsis where some are left out."""
    words = clean(words)
    if breadth(words, size) <= room:
        return words
    left, kept = room - breadth("…", size), 0
    for char in words:
        left -= _em(char) * size
        if left < 0:
            break
        kept += 1
    while kept and unicodedata.combining(words[kept]):
        kept -= 1
    return words[:kept].rstrip() + "…"


def markup(parts: Iterable[str]) -> Markup:
    """Return finished elements as markup; every one of them is made by the functions here."""
    return Markup("".join(parts))  # noqa: S704 - words are escaped where an element is made


def attributes(**values: str | float) -> str:
    """Return attributes; those that are empty are left out, ``class_`` is written ``class``."""
    return "".join(
        f' {name.rstrip("_").replace("_", "-")}="{n(v) if isinstance(v, (int, float)) else escape(v)}"'
        for name, v in values.items()
        if v != ""
    )


def element(tag: str, inner: str = "", **values: str | float) -> str:
    """Return an element around ``inner``, or one that is empty."""
    if inner:
        return f"<{tag}{attributes(**values)}>{inner}</{tag}>"
    return f"<{tag}{attributes(**values)}/>"


def title(words: str, id_: str = "") -> str:
    """Return what is shown when a mark is pointed at."""
    return f"<title{attributes(id=id_)}>{escape(clean(words))}</title>"


def text(x: float, y: float, words: str, class_: str = "", anchor: str = "", lang: str = "") -> str:
    """Return words; ``anchor`` is ``middle`` or ``end`` where they do not begin at ``x``."""
    if not words:
        return ""
    return element("text", str(escape(words)), x=x, y=y, class_=class_, text_anchor=anchor, lang=lang)


def path(d: str, class_: str, words: str = "") -> str:
    """Return a path, with the words that are shown when it is pointed at."""
    return element("path", title(words) if words else "", d=d, class_=class_)


def rect(x: float, y: float, width: float, height: float, class_: str, words: str = "", rx: float = 0) -> str:
    """Return a rectangle; what is too thin to be seen is drawn a unit wide."""
    inner = title(words) if words else ""
    corner: str | float = rx or ""
    return element(
        "rect", inner, x=x, y=y, width=max(width, 1), height=max(height, 1), rx=corner, class_=class_
    )


def line(x1: float, y1: float, x2: float, y2: float, class_: str) -> str:
    """Return a line straight across or straight down, as a path."""
    return path(f"M{n(x1)} {n(y1)}{f'H{n(x2)}' if y1 == y2 else f'V{n(y2)}'}", class_)


def link(href: str, inner: str) -> str:
    """Return elements that lead somewhere, or the elements alone."""
    return element("a", inner, href=href) if href else inner


# --- shapes -------------------------------------------------------------------------------------------


def shape(name: str, x: float, y: float, r: float, class_: str, words: str = "") -> str:
    """Return one of the site's marks around a point: the same shapes as in remit.css, and a few more.

    ``dot``, ``ring``, ``half``, ``triangle``, ``diamond``, ``hollow`` (a diamond's outline), ``square``,
    ``bars`` and ``dash``.
    """
    if name in {"dot", "ring"}:
        inner = title(words) if words else ""
        return element("circle", inner, cx=x, cy=y, r=r, class_=f"{class_}{' c-open' * (name == 'ring')}")
    outline = " c-open" if name in {"hollow", "half"} else ""
    return path(_outline(name, x, y, r), class_ + outline, words) + (
        path(f"M{n(x - r)} {n(y)}a{n(r)} {n(r)} 0 0 0 {n(2 * r)} 0z", class_) if name == "half" else ""
    )


def _outline(name: str, x: float, y: float, r: float) -> str:
    match name:
        case "half":
            return f"M{n(x - r)} {n(y)}a{n(r)} {n(r)} 0 1 0 {n(2 * r)} 0a{n(r)} {n(r)} 0 1 0 {n(-2 * r)} 0z"
        case "triangle":
            return f"M{n(x)} {n(y - r)}l{n(r * 1.1)} {n(r * 1.9)}h{n(-r * 2.2)}z"
        case "diamond" | "hollow":
            d = r * 1.15
            return f"M{n(x)} {n(y - d)}l{n(d)} {n(d)}l{n(-d)} {n(d)}l{n(-d)} {n(-d)}z"
        case "square":
            return f"M{n(x - r)} {n(y - r)}h{n(2 * r)}v{n(2 * r)}h{n(-2 * r)}z"
        case "bars":
            bar = f"h{n(r * 0.6)}v{n(2 * r)}h{n(-r * 0.6)}z"
            return f"M{n(x - r * 0.8)} {n(y - r)}{bar}M{n(x + r * 0.2)} {n(y - r)}{bar}"
        case "dash":
            return f"M{n(x - r)} {n(y - r * 0.3)}h{n(2 * r)}v{n(r * 0.6)}h{n(-2 * r)}z"
    raise AssertionError(name)
