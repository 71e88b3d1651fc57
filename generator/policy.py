"""What a browser may load for a page, as a Content-Security-Policy: what lies beside it, and nothing else.

No page has a script or a style inside it, and none may be framed, send a form or move its links elsewhere;
so what is written into a record can do nothing, even where it were to become markup.
"""

from __future__ import annotations

POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; font-src 'self'; "
    "connect-src 'self'; base-uri 'none'; form-action 'none'"
)
"""Stands in each page, as a site of files has no headers of its own."""

_INERT = "default-src 'none'; style-src 'unsafe-inline'; sandbox"
"""Pictures that could hold scripts do nothing when they are opened by themselves."""


def header_for(kind: str, page: str = POLICY) -> str:
    """Return the policy to send with a file of a kind; ``page`` is that of a page, which none may frame."""
    if kind == "text/html":
        return f"{page}; frame-ancestors 'none'"
    return _INERT if kind.endswith("xml") else "default-src 'none'; frame-ancestors 'none'"
