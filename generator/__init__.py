"""Remit: records of delegated work in, a browsable site out.

The modules read as a pipeline; each imports only from those before it:

    sources → parse → decode → ledger → project → check / tracking → pages → render → publish
"""

__version__ = "0.1.0"
