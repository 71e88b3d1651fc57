"""What a file's path says of its record: the type, the id, and the delegation whose folder it lies in."""

from __future__ import annotations

import unicodedata

from generator.record import FOLDERS, Record


def folder_type(path: str) -> type[Record] | None:
    """Return the type that the nearest enclosing type folder stands for."""
    return next((FOLDERS[p] for p in reversed(path.split("/")[:-1]) if p in FOLDERS), None)


def id_of_path(path: str) -> str:
    """Return the id that a file's path gives: the names below the outermost type folder, joined by dots."""
    parts = path.split("/")
    stem, dot, _ = parts[-1].rpartition(".")
    parts[-1] = stem if dot and stem else parts[-1]
    outermost = next((n for n, p in enumerate(parts[:-1]) if p in FOLDERS), -1)
    names = [p for n, p in enumerate(parts[outermost + 1 :]) if p not in FOLDERS]
    if names and names[-1] == "index":
        names.pop()
    return unicodedata.normalize("NFC", ".".join(names))


def folder_of(path: str) -> str:
    """Return the folder of the delegation that a file lies in, or an empty string.

    ``delegations/launch/checkins/x.md`` lies in ``delegations/launch``; ``checkins/launch/x.md``
    in what ``launch`` names.
    """
    parts = path.split("/")
    inner = next((n for n in range(len(parts) - 2, -1, -1) if parts[n] in FOLDERS), -1)
    if inner > 1 and parts[inner] != "delegations" and "delegations" in parts[:inner]:
        at = parts.index("delegations")
        if inner > at + 1:
            return "/".join(parts[:inner])
    if inner >= 0 and parts[inner] != "delegations" and len(parts) == inner + 3:
        return parts[inner + 1]
    return ""
