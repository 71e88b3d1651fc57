"""Bodies: CommonMark with a little more, inert whatever is written, with holes for the reader's links."""

# ruff: noqa: E501 - tables of one line each

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.body import EMPTY, Hole, HoleKind
from generator.markdown import Markdown
from generator.text import Source

MARKDOWN = Markdown()
PATH = "delegations/api.md"


def render(text: str, line: int = 1):
    return MARKDOWN.render(text, Source(0, PATH, b""), line)


def flat(text: str) -> str:
    """Return the HTML with each hole shown as ``‹kind target|text›``."""
    body, _ = render(text)
    return "".join(
        part
        if isinstance(part, str)
        else f"‹{part.kind} {part.target}{'|' + part.text if part.text else ''}›"
        for part in body.parts
    )


def told(text: str, line: int = 1) -> list[str]:
    return [
        f"{d.place.line}:{d.place.column}-{d.place.end} {d.code} {dict(d.args)['value']}"
        for d in render(text, line)[1]
    ]


RENDERED = {
    "paragraphs": ("one\ntwo\n\nthree", "<p>one\ntwo</p>\n<p>three</p>"),
    "emphasis": ("*a* **b** ~~c~~ `d`", "<p><em>a</em> <strong>b</strong> <s>c</s> <code>d</code></p>"),
    "a hard break": ("a  \nb", "<p>a<br />\nb</p>"),
    "a list": ("- a\n- b", "<ul>\n<li>a</li>\n<li>b</li>\n</ul>"),
    "a numbered list": ("3. a\n4. b", '<ol start="3">\n<li>a</li>\n<li>b</li>\n</ol>'),
    "a quotation": ("> a", "<blockquote>\n<p>a</p>\n</blockquote>"),
    "a rule": ("a\n\n---\n\nb", "<p>a</p>\n<hr />\n<p>b</p>"),
    "entities": ("&copy; &lt;b&gt; & <", "<p>© &lt;b&gt; &amp; &lt;</p>"),
    "headings are counted as they nest": (
        "## A\n\n### B\n\nC\n===",
        "<h‹heading 0›>A</h‹heading 0›>\n<h‹heading 1›>B</h‹heading 1›>\n<h‹heading 0›>C</h‹heading 0›>",
    ),
    "one low heading": ("#### A", "<h‹heading 0›>A</h‹heading 0›>"),
    "a table": (
        "| a | b |\n|---|:-:|\n| 1 | **2** |",
        ('<div class="scroll" tabindex="0"><table>\n<thead>\n<tr>\n<th>a</th>\n<th class="to-center">b</th>\n'
        '</tr>\n</thead>\n<tbody>\n<tr>\n<td>1</td>\n<td class="to-center"><strong>2</strong></td>\n</tr>\n'
        "</tbody>\n</table></div>"),
    ),
    "tasks": (
        "- [ ] a\n- [x] b",
        ('<ul class="contains-task-list">\n<li class="task-list-item"><span class="task">☐</span> a</li>\n'
        '<li class="task-list-item"><span class="task">☑</span> b</li>\n</ul>'),
    ),
    "fenced code": (
        '```py "x\na < b\n```',
        '<pre tabindex="0"><code class="language-py">a &lt; b\n</code></pre>',
    ),
    "fenced code of a quoted language": (
        '```"><b>\na\n```',
        '<pre tabindex="0"><code class="language-&quot;&gt;&lt;b&gt;">a\n</code></pre>',
    ),
    "indented code": ("    a\n    b", '<pre tabindex="0"><code>a\nb\n</code></pre>'),
    "a link": (
        '[a](https://b.example/c?d=1&e "t\'s")',
        '<p><a href="https://b.example/c?d=1&amp;e" title="t&#x27;s" rel="noopener noreferrer">a</a></p>',
    ),
    "a link by mail": (
        "<mailto:a@b.example>",
        '<p><a href="mailto:a@b.example" rel="noopener noreferrer">mailto:a@b.example</a></p>',
    ),
    "a reference": (
        "[a][b]\n\n[b]: HTTPS://B.example",
        '<p><a href="HTTPS://B.example" rel="noopener noreferrer">a</a></p>',
    ),
    "a bare address": (
        "See https://b.example/c.",
        '<p>See <a href="https://b.example/c" rel="noopener noreferrer">https://b.example/c</a>.</p>',
    ),
    "an address ends before Chinese punctuation": (
        "见https://b.example/c，再看（https://d.example）。",
        ('<p>见<a href="https://b.example/c" rel="noopener noreferrer">https://b.example/c</a>，'
        '再看（<a href="https://d.example" rel="noopener noreferrer">https://d.example</a>）。</p>'),
    ),
    "no address without a scheme": ("www.b.example a@b.example 1.2.3.4", "<p>www.b.example a@b.example 1.2.3.4</p>"),
    "no address in code": ("`https://b.example`", "<p><code>https://b.example</code></p>"),
    "a file": ("[a *b*](files/my%20c.pdf)", "<p>‹file-open files/my c.pdf›a <em>b</em>‹file-close files/my c.pdf›</p>"),
    "two links": ("[a](b.pdf) [c](https://d.example)", '<p>‹file-open b.pdf›a‹file-close b.pdf› <a href="https://d.example" rel="noopener noreferrer">c</a></p>'),
    "a picture": ("![a *b*](c.png)", "<p>‹image c.png|a b›</p>"),
    "a picture in a link": ("[![a](b.png)](c.pdf)", "<p>‹file-open c.pdf›‹image b.png|a›‹file-close c.pdf›</p>"),
    "a remote picture": ("![a](https://b.example/c.png)", '<p><span class="left-out">a</span></p>'),
    "a remote picture without words": ("![](https://b.example/c.png)", '<p><span class="left-out">https://b.example/c.png</span></p>'),
    "records": ("[[launch]] [[ person:ada | Ada *L* ]]", "<p>‹record launch› ‹record person:ada|Ada *L*›</p>"),
    "records in tables": ("|a|\n|-|\n|[[b]]|", '<div class="scroll" tabindex="0"><table>\n<thead>\n<tr>\n<th>a</th>\n</tr>\n</thead>\n<tbody>\n<tr>\n<td>‹record b›</td>\n</tr>\n</tbody>\n</table></div>'),
    "no records in code": ("`[[a]]`\n\n    [[b]]\n\n```\n[[c]]\n```", '<p><code>[[a]]</code></p>\n<pre tabindex="0"><code>[[b]]\n</code></pre>\n<pre tabindex="0"><code>[[c]]\n</code></pre>'),
    "no record within a link": ("[a [[b]] c](d.pdf)", "<p>[a ‹record b› c](d.pdf)</p>"),
    "a bare address by mail": (
        "mailto:a@b.example，见 https://c.example",
        '<p><a href="mailto:a@b.example" rel="noopener noreferrer">mailto:a@b.example</a>，见 <a href="https://c.example" rel="noopener noreferrer">https://c.example</a></p>',
    ),
    "what is no record": ("[[]] [[ ]] [[a\nb]] [[a|]] \\[[c]]", "<p>[[]] [[ ]] [[a\nb]] [[a|]] [[c]]</p>"),
    "raw HTML is text": ("<div>\n<b>x</b>", "<p>&lt;div&gt;\n&lt;b&gt;x&lt;/b&gt;</p>"),
    "a comment is left out": ("a\n\n<!-- b\n\nc -->\n\nd", "<p>a</p>\n<p>d</p>"),
    "a comment within a line is left out": ("a <!-- b --> c", "<p>a  c</p>"),
    "a comment ends a paragraph": ("a\n<!-- b -->\nc", "<p>a</p>\n<p>c</p>"),
    "a comment that does not end is text": ("<!-- a\n\nb", "<p>&lt;!-- a</p>\n<p>b</p>"),
    "what follows a comment is kept": ("<!-- a --> b", "<p> b</p>"),
    "a comment in code is text": ("    <!-- a -->", '<pre tabindex="0"><code>&lt;!-- a --&gt;\n</code></pre>'),
    "no link within a link": (
        "[a <https://b.example> c](https://d.example)",
        '<p><a href="https://d.example" rel="noopener noreferrer">a https://b.example c</a></p>',
    ),
    "no link within a link to a file": ("[a <https://b.example>](c.pdf)", "<p>‹file-open c.pdf›a https://b.example‹file-close c.pdf›</p>"),
    "no control characters": ("a\x01b\x1b[2J\x7f\x85c\ufffed `\x02` [e](f%1b%00g.pdf)", "<p>a\ufffdb\ufffd[2J\ufffd\ufffdc\ufffdd <code>\ufffd</code> ‹file-open f\ufffd\ufffdg.pdf›e‹file-close f\ufffd\ufffdg.pdf›</p>"),
    "no holes forged by an address": (
        "[[a]] <https://b.example/%000%00> https://b.example/%000%00",
        ("<p>‹record a› "
        '<a href="https://b.example/%000%00" rel="noopener noreferrer">https://b.example/\ufffd0\ufffd</a> '
        '<a href="https://b.example/%000%00" rel="noopener noreferrer">https://b.example/\ufffd0\ufffd</a></p>'),
    ),
    "no forged holes": ("\x000\x00 &#0;0&#0;", "<p>\ufffd0\ufffd \ufffd0\ufffd</p>"),
}  # fmt: skip


@pytest.mark.parametrize(("text", "html"), RENDERED.values(), ids=RENDERED)
def test_what_is_written_becomes(text, html):
    assert flat(text) == html


def test_footnotes():
    html = flat("a[^1] b[^1]\n\n[^1]: c [[d]]")
    assert html.count('class="footnote-ref"') == 2
    assert "‹record d›" in html
    ids = re.findall(r'id="([^"]+)"', html)
    targets = re.findall(r'href="#([^"]+)"', html)
    assert set(targets) <= set(ids)
    # Two records on one page must not share their notes.
    assert ids
    assert all("delegations-api" in id_ for id_ in ids)


def test_a_note_within_a_link_leads_nowhere():
    html = flat("[a^[b]](https://b.example) c^[d]")
    assert html.startswith(
        '<p><a href="https://b.example" rel="noopener noreferrer">a<sup class="footnote-ref">'
        '<span id="fnref-delegations-api-1">[1]</span></sup></a> c<sup class="footnote-ref">'
        '<a href="#fn-delegations-api-2" id="fnref-delegations-api-2">[2]</a></sup></p>'
    )


def test_what_notes_are_called_is_never_long():
    path = "delegations/" + "a" * 200 + ".md"
    body, _ = MARKDOWN.render("a[^1]\n\n[^1]: b", Source(0, path, b""))
    ids = re.findall(r'id="fn-([^"]+)-1"', "".join(str(part) for part in body.parts))
    assert [len(name) for name in ids] == [24]


@pytest.mark.parametrize("text", ["", "  \n\t\n", "\n"])
def test_nothing_is_nothing(text):
    assert render(text) == (EMPTY, ())
    assert not render(text)[0]


# Text that should never act; each is reported, on its line.
HOSTILE = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<svg/onload=alert(1)>",
    "<iframe src=javascript:alert(1)>",
    "<a href='javascript:alert(1)'>x</a>",
    "<style>*{display:none}</style>",
    "<?php x ?>",
    "<![CDATA[<script>alert(1)</script>]]>",
    "<!DOCTYPE x>",
    "[x](javascript:alert(1))",
    "[x](JaVaScRiPt:alert(1))",
    "[x](java&#10;script:alert(1))",
    "[x](&#106;avascript:alert(1))",
    "[x](\\javascript:alert(1))",
    "[x](data:text/html;base64,PHNjcmlwdD4=)",
    "[x](vbscript:x)",
    "[x](//evil.example/x)",
    "[x](\\\\\\\\evil.example\\\\x)",
    "[x](/etc/passwd)",
    "[x](smb://evil.example/x)",
    "[x](blob:https://evil.example/x)",
    "[x](file:///etc/passwd)",
    "[x](http:evil.example)",
    "[x](https:\\\\evil.example/x)",
    "[x](https:%5c%5cevil.example/x)",
    "![x](javascript:alert(1))",
    "![x](data:image/svg+xml;base64,PHN2Zz4=)",
    "![x](//evil.example/x.png)",
    "![x](https://evil.example/x.png)",
    "<javascript:alert(1)>",
    "[x]\n\n[x]: javascript:alert(1)",
]
TAGS = {
    "p", "a", "em", "strong", "s", "code", "pre", "ul", "ol", "li", "blockquote", "hr", "br", "table", "thead", "tbody",
    "tr", "th", "td", "div", "span", "sup", "section", "h",
}  # fmt: skip
ATTRIBUTES = {"href", "title", "rel", "class", "id", "start", "tabindex"}


def inert(html: str) -> None:
    """Assert that HTML holds our own elements alone, and leads only where links may."""
    for tag, rest in re.findall(r"<([^\s>/!]*)([^>]*)>", html):
        if not tag:
            continue
        assert tag in TAGS, tag
        names = re.findall(r'\s([^\s=]+)="[^"]*"', rest)
        assert re.sub(r'\s[^\s=]+="[^"]*"', "", rest).strip(" /") == "", rest
        assert set(names) <= ATTRIBUTES, names
    for address in re.findall(r'href="([^"]*)"', html):
        assert re.match(r"(?i)https?://|mailto:|#", address), address
    assert not re.search(r"<(?!/?[a-z])", html)


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_stays_text(text):
    html = re.sub(r"‹heading \d›|‹[^›]*›", "", flat(f"ok\n\n{text}"))
    inert(html)
    warnings = told(f"ok\n\n{text}", 11)
    if text not in {"<javascript:alert(1)>", "<svg/onload=alert(1)>"}:
        assert warnings
    assert all(int(w.partition(":")[0]) in {13, 15} for w in warnings)


@given(st.text(alphabet=st.sampled_from("<>!-[]()*_`~|#\\\"'&;:/= \n\tab1javscript.中\u202e"), max_size=80))
def test_any_text_stays_inert(text):
    body, faults = render(text, 5)
    html = "".join(part for part in body.parts if isinstance(part, str))
    inert(html)
    for fault in faults:
        assert 5 <= fault.place.line <= 5 + text.count("\n")
        assert fault.place.column < fault.place.end


TOLD = [
    ("a <b>c</b>", ["1:3-6 raw-html <b>", "1:7-11 raw-html </b>"]),
    ("a\rb\r\n<b>", ["3:1-4 raw-html <b>"]),
    ("<b>\n\n<b>", ["1:1-4 raw-html <b>", "3:1-4 raw-html <b>"]),
    (
        "a <b>\n> c\n> <b> <b>\n<b>",
        ["1:3-6 raw-html <b>", "3:3-6 raw-html <b>", "3:7-10 raw-html <b>", "4:1-4 raw-html <b>"],
    ),
    (
        "a ^[b <i> ![c](https://d.example/e.png)]",
        ["1:7-10 raw-html <i>", "1:16-39 remote-image https://d.example/e.png"],
    ),
    ("a\n\n| x |\n|---|\n| y |\n| <i> |", ["6:3-6 raw-html <i>"]),
    ("a <b\nc>", ["1:3-5 raw-html <b c>"]),
    ("a `<b>` <!-- <b> -->", []),
    ("a\n\n[b](javascript:c)", ["3:5-17 unsafe-link javascript:c"]),
    ("a\nb ![c](https://d.example/e.png)", ["2:8-31 remote-image https://d.example/e.png"]),
    ("a " + "<b " + "x" * 100 + ">", ["1:3-107 raw-html <b " + "x" * 76 + "…"]),
]


@pytest.mark.parametrize(("text", "expected"), TOLD, ids=range(len(TOLD)))
def test_where_it_is_told(text, expected):
    assert told(text) == expected


def test_holes_know_their_places():
    body, _ = render("a [[b]]\n\n- c ![d](e.png)\n- [f](g%20h.pdf) [[b]]\n", 7)
    assert [(h.kind.value, h.target, h.place and str(h.place)) for h in body.holes] == [
        ("record", "b", f"{PATH}:7:5"),
        ("image", "e.png", f"{PATH}:9:10"),
        ("file-open", "g h.pdf", f"{PATH}:10:7"),
        ("file-close", "g h.pdf", None),
        ("record", "b", f"{PATH}:10:20"),
    ]
    assert Hole(HoleKind.RECORD, "b").place is None


@pytest.mark.parametrize(
    ("text", "excerpt", "count"),
    [
        ("# A\n\nb *c* `d` [e](https://f.example)", "A b c d e", 5),
        ("[[launch]] [[person:ada]] [[x|the X]]", "launch ada the X", 4),
        ("![a picture](b.png)", "a picture", 2),
        ("今天开会，don't stop", "今天开会，don't stop", 6),
        ("a\nb  \nc", "a b c", 3),
        ("word " * 100, "word " * 43 + "word…", 100),
        ("字" * 300, "字" * 220 + "…", 300),
    ],
)
def test_first_words_and_count(text, excerpt, count):
    body, _ = render(text)
    assert (body.excerpt, body.words) == (excerpt, count)


def test_one_body_leaves_nothing_to_the_next():
    render("# a\n\n[[b]] <i> [c](d.pdf) [^1]\n\n[^1]: e")
    assert (
        flat("## a\n\n[b](c.pdf)")
        == "<h‹heading 0›>a</h‹heading 0›>\n<p>‹file-open c.pdf›b‹file-close c.pdf›</p>"
    )
