"""Make a corpus of any size to measure on: python tests/benchmarks/generate.py COUNT FOLDER [--seed 7]

Words are made up and their frequencies fall as in a language (Zipf); 20,000 speakers speak unequally often over ten
years; a third of the statements takes no stance, a quarter of the rest takes one on a condition. The same seed gives
the same bytes.
"""

from __future__ import annotations

import argparse
import random
from datetime import date
from pathlib import Path

CORPUS = """[corpus]
format = 1
id = "benchmark-{count}"
title = "Made-up statements for measuring"
version = "1"

[[stance]]
id = "hold"
label = "hold"
key = 1
shape = "up"
colour = "sky"

[[stance]]
id = "trade"
label = "trade"
key = 2
shape = "diamond"
colour = "orange"

[[stance]]
id = "withdraw"
label = "withdraw"
key = 3
shape = "down"
colour = "purple"

{topics}
"""
SPEAKERS, TOPICS, WORDS, POOL = 20_000, 40, 30_000, 1_000_000
DAYS = 3_650
STANCES = ("hold", "trade", "withdraw")
FORCES = ("unconditional", "unconditional", "conditional", "hypothetical")


def vocabulary(rng: random.Random) -> list[str]:
    """Made-up words, each once."""
    words: dict[str, None] = {}
    while len(words) < WORDS:
        syllables = (rng.choice("bcdfghklmnprstvz") + rng.choice("aeiou") for _ in range(rng.randint(2, 4)))
        words["".join(syllables)] = None
    return list(words)


def position(number: int, pool: list[str], at: int) -> str:
    """The position of a statement as JSON, "" for one that takes none."""
    if not number % 3:
        return ""
    force = FORCES[number // 3 % 4]
    condition = f', "condition": "the {pool[at]} {pool[at + 1]} holds"' if force == "conditional" else ""
    return (
        f', "positions": [{{"stance": "{STANCES[number * 7 % 11 % 3]}", "force": "{force}"{condition}, '
        f'"certainty": "high", "basis": "stated", "rationale": "made up"}}]'
    )


def generate(count: int, folder: Path, seed: int) -> None:
    """Write ``corpus.toml`` and ``statements.jsonl`` into ``folder``."""
    rng = random.Random(seed)
    words = vocabulary(rng)
    pool = rng.choices(words, [1 / (rank + 3) for rank in range(WORDS)], k=POOL)
    people = rng.choices(range(SPEAKERS), [1 / (rank + 20) for rank in range(SPEAKERS)], k=min(count, POOL))
    starts = [rng.randrange(POOL - 40) for _ in range(min(count, POOL))]
    names = [f"{rng.choice(words).capitalize()} {words[n].capitalize()}" for n in range(SPEAKERS)]
    first = date(2015, 1, 1).toordinal()
    days = [date.fromordinal(first + day).isoformat() for day in range(DAYS)]
    topics = "\n".join(f'[[topic]]\nid = "topic-{n}"\nlabel = "{words[n]}"\n' for n in range(TOPICS))
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "corpus.toml").write_text(CORPUS.format(count=count, topics=topics), encoding="utf-8")
    with (folder / "statements.jsonl").open("w", encoding="utf-8", buffering=1 << 20) as file:
        for number in range(count):
            turn = number % len(starts)
            at = (starts[turn] + number // len(starts) * 17) % (POOL - 40)
            who = people[turn]
            file.write(
                f'{{"id": "s{number:08d}", "speaker": {{"id": "p{who:05d}", "name": "{names[who]}"}}, '
                f'"date": "{days[number * DAYS // count]}", "excerpt": "{" ".join(pool[at : at + 8 + number % 25])}", '
                f'"topics": ["topic-{number * 31 % TOPICS}"]{position(number, pool, at)}}}\n'
            )


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("count", type=int)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--seed", type=int, default=7)
    arguments = parser.parse_args()
    generate(arguments.count, arguments.folder, arguments.seed)
