"""Build the same records as on other machines: run by test_reproducible.py in processes of its own.

The environment says the hash seed and the locale; the builds to do, with all else that differs, come as JSON.
"""

from __future__ import annotations

import json
import os
import random
import sys
import time
from pathlib import Path

from generator import building
from generator.cli import main

SHUFFLED, POOLS = [], []
LISTDIR, SCANDIR = os.listdir, os.scandir


class Scan:
    """A folder's entries in an order of its own."""

    def __init__(self, chance: random.Random, path: object = ".") -> None:
        with SCANDIR(path) as entries:
            self.entries = iter(mixed(chance, entries))

    def __iter__(self):
        return self.entries

    def __enter__(self):
        return self.entries

    def __exit__(self, *_: object) -> None:
        return None


class Pool(building.ProcessPoolExecutor):
    """A pool that is counted."""

    def __init__(self, workers: int) -> None:
        POOLS.append(workers)
        super().__init__(workers)


def on_disk(path: str) -> str:
    """Return a path as this process names it, whatever encoding it believes names to have."""
    return os.fsdecode(path.encode())


def mixed(chance: random.Random, entries):
    entries = list(entries)
    chance.shuffle(entries)
    SHUFFLED.append(len(entries))
    return entries


def build(
    content: str, day: str, out: str, zone: str, umask: int, order: int, jobs: int
) -> dict[str, object]:
    """Build in one such environment; return what shows that it was one."""
    SHUFFLED.clear()
    POOLS.clear()
    chance = random.Random(order)
    os.listdir = lambda path=".": mixed(chance, LISTDIR(path))
    os.scandir = lambda path=".": Scan(chance, path)
    os.environ["TZ"] = zone
    time.tzset()
    os.umask(umask)
    place = Path(on_disk(out))
    os.chdir(place.parent)
    words = [on_disk(content), "-o", place.name, "--as-of", day, "--audience", "full", "--locale", "zh_CN"]
    code = main(["build", *words, "--jobs", str(jobs)], standalone_mode=False)
    return {"code": code, "shuffled": sum(SHUFFLED), "pools": list(POOLS), "hour": time.strftime("%z")}


if __name__ == "__main__":
    building._TOGETHER = 5
    building.ProcessPoolExecutor = Pool
    done = [build(**environment) for environment in json.load(sys.stdin)]
    sys.stdout.write("\n" + json.dumps(done))
