"""Imports point up: each module takes only from those before it; only the edge meets the world."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

import generator

PACKAGE = Path(generator.__file__).parent

LAYERS = (
    "generator",
    # Where values stand, what is wrong with them, what they may be.
    "generator.text",
    "generator.diagnostic",
    "generator.words",
    "generator.thresholds",
    "generator.rules",
    "generator.report",
    "generator.body",
    "generator.cadence",
    "generator.schema",
    "generator.nodes",
    "generator.record",
    # A file becomes a record.
    "generator.scalars",
    "generator.examples",
    "generator.layout",
    "generator.adjustments",
    "generator.slips",
    "generator.secrecy",
    "generator.fields",
    "generator.syntax",
    "generator.header",
    "generator.frontmatter",
    "generator.salvage",
    "generator.bounds",
    "generator.dialect",
    "generator.markdown",
    "generator.decode",
    "generator.settings",
    "generator.metrics",
    # Records are joined, and cut down to an audience.
    "generator.organisation",
    "generator.ledger",
    "generator.width",
    "generator.audience",
    "generator.project",
    "generator.reasons",
    # What is wrong, and where things stand.
    "generator.check",
    "generator.tracking",
    # What is shown.
    "generator.policy",
    "generator.pages",
    "generator.render",
    "generator.jsonschema",
    # The edge.
    "generator.exchange",
    "generator.publish",
    "generator.disk",
    "generator.building",
    "generator.scaffold",
    "generator.preview",
    "generator.serving",
    "generator.cli",
    "generator.__main__",
)
"""From the lowest up. A package is one layer: its modules may take from each other."""

EDGE = LAYERS[LAYERS.index("generator.exchange") :]
WORLD = {
    "os",
    "sys",
    "time",
    "subprocess",
    "socket",
    "shutil",
    "tempfile",
    "signal",
    "threading",
    "webbrowser",
}
CLOCKS = {("date", "today"), ("datetime", "now"), ("datetime", "today"), ("datetime", "utcnow")}


def module_of(path: Path) -> str:
    parts = path.relative_to(PACKAGE.parent).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def layer_of(module: str) -> str | None:
    """Return the layer a module belongs to: itself, or the package around it."""
    words = module.split(".")
    names = [".".join(words[:n]) for n in range(len(words), 1, -1)] or [module]
    return next((name for name in names if name in LAYERS), None)


def imported(tree: ast.AST) -> set[str]:
    """Return every module that a tree imports, inside functions as well."""
    found = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            # `from generator.check import bodies` may name a module or a value.
            found |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
    return found


def clocks(tree: ast.AST) -> list[str]:
    """Return the calls that read the clock."""
    return [
        f"{node.value.attr if isinstance(node.value, ast.Attribute) else node.value.id}.{node.attr}"
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute)
        and isinstance(node.value, ast.Attribute | ast.Name)
        and (node.value.attr if isinstance(node.value, ast.Attribute) else node.value.id, node.attr) in CLOCKS
    ]


def edges(modules: dict[str, ast.AST]) -> set[tuple[str, str]]:
    """Return who takes from whom, among modules of the package."""
    return {
        (module, other) for module, tree in modules.items() for other in imported(tree) if other in modules
    }


def downward(found: set[tuple[str, str]]) -> list[str]:
    """Return the imports that point the wrong way."""
    wrong = []
    for module, other in sorted(found):
        mine, theirs = layer_of(module), layer_of(other)
        if mine != theirs and (mine is None or theirs is None or LAYERS.index(theirs) > LAYERS.index(mine)):
            wrong.append(f"{module} imports {other}")
    return wrong


@pytest.fixture(scope="module")
def modules() -> dict[str, ast.AST]:
    return {module_of(path): ast.parse(path.read_text("utf-8")) for path in sorted(PACKAGE.rglob("*.py"))}


def test_every_module_has_its_layer(modules):
    assert [module for module in modules if layer_of(module) is None] == []
    assert {layer_of(module) for module in modules} == set(LAYERS)
    assert len(LAYERS) == len(set(LAYERS))


def test_imports_point_up(modules):
    found = edges(modules)
    assert {layer_of(module) for edge in found for module in edge} >= set(LAYERS) - {"generator.__main__"}
    assert len(found) > 100
    assert downward(found) == []


def test_only_the_edge_meets_the_world(modules):
    wrong = [
        f"{module} imports {name}"
        for module, tree in modules.items()
        if layer_of(module) not in EDGE
        for name in sorted(imported(tree))
        if name.partition(".")[0] in WORLD
    ]
    assert wrong == []
    assert any("os" in imported(tree) for tree in modules.values())


def test_only_the_edge_reads_the_clock(modules):
    reading = {module: clocks(tree) for module, tree in modules.items() if clocks(tree)}
    assert {module for module in reading if layer_of(module) not in EDGE} == set()
    assert reading


def test_the_tests_own_eyes():
    """What is forbidden is seen when it is there."""
    imports = "def f():\n    from generator.cli import main\n    import os.path\n"
    tree = ast.parse(f"{imports}    return dt.date.today(), datetime.now()\n")
    assert imported(tree) == {"generator.cli", "generator.cli.main", "os.path"}
    assert clocks(tree) == ["date.today", "datetime.now"]
    assert downward({("generator.text", "generator.cli"), ("generator.cli", "generator.text")}) == [
        "generator.text imports generator.cli"
    ]
    assert downward({("generator.check.terms", "generator.check.bodies")}) == []
    assert layer_of("generator.tracking.state") == "generator.tracking"
    assert layer_of("generator.elsewhere") is None
