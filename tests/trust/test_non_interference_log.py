"""What a build says to those who see a record, but not all of it: worked cases."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.audience import read_audience
from generator.building import audience_diagnostics, read_content
from generator.project import project

FILES = {
    "people/ada.md": "---\ntitle: Ada\n---\n",
    "people/ben.md": "---\ntitle: Ben\n---\n",
    "delegations/api.md": "---\ntitle: API\nowner: ada\ndelegator: ben\n---\n",
}


def told(folder: Path, files: dict[str, str], audience: str) -> list[str]:
    """Return what is wrong with records in a folder, as far as an audience is told."""
    for path, text in {**FILES, **files}.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text, encoding="utf-8")
    content, whom = read_content([folder]), read_audience(audience)
    assert whom is not None
    return [f"{d.place} {d.code}" for d in audience_diagnostics(content, project(content.ledger, whom), whom)]


@pytest.mark.parametrize("wrong", ["9", "x", "ten"])
def test_a_wrong_value_for_the_line_is_told_to_the_line(tmp_path: Path, wrong: str) -> None:
    header = f"---\ndate: 2026-01-05\nprogress: 140\nconfidence: {wrong}\n---\n"
    files = {"checkins/api/x.md": header}
    code = "out-of-range" if wrong == "9" else "bad-number"
    assert told(tmp_path, files, "org") == ["checkins/api/x.md:3:11 out-of-range"]
    assert told(tmp_path, files, "person:ada") == [
        "checkins/api/x.md:3:11 out-of-range",
        f"checkins/api/x.md:4:13 {code}",
    ]


def test_a_wrong_change_of_readiness_is_told_to_the_line(tmp_path: Path) -> None:
    header = (
        "---\ntitle: API\nowner: ada\ndelegator: ben\nreadiness: D9\nchanges:\n"
        "  - {date: 2026-01-05, field: readiness, from: D1, to: D8}\n---\n"
    )
    files = {"delegations/api.md": header}
    assert told(tmp_path, files, "org") == []
    assert told(tmp_path, files, "person:ben") == [
        "delegations/api.md:5:12 bad-choice",
        "delegations/api.md:7:56 bad-choice",
    ]


def test_numbers_that_cannot_be_read_stop_nobody(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file beside a hidden delegation is not read for those who do not see that; no build ends over it."""
    hidden = "metrics: [{id: sold, file: sold.csv}]\nvisibility: pair\n"
    files = {
        "delegations/api.md": FILES["delegations/api.md"].replace("owner", f"{hidden}owner"),
        "delegations/sold.csv": "date,sold\n2026-01-05,1\n",
    }
    read_bytes = Path.read_bytes

    def refusing(path: Path) -> bytes:
        if path.suffix == ".csv":
            raise PermissionError(13, "Permission denied", str(path))
        return read_bytes(path)

    assert told(tmp_path, files, "person:ada") == []
    monkeypatch.setattr(Path, "read_bytes", refusing)
    assert told(tmp_path, files, "org") == []
    assert told(tmp_path, files, "person:ada") == ["delegations/api.md:3:28 metric-file"]
