"""How long it takes to find 500 statements in a source of 1 MB. Prints a table; run it on a quiet machine.

    python tests/benchmarks/verify.py [--statements 500] [--megabytes 1.0] [--seed 1]

The source is made up of words drawn as a language draws them (a few often, most seldom). Each line is another copy: the
same file, the same re-wrapped and re-quoted, one word changed in a tenth and in all of the passages, another text.
``cut`` is cutting the copy into words, ``find`` all the rest.
"""

from __future__ import annotations

import argparse
import random
import textwrap
import time
from collections import Counter

from zeroline.corpus.passages import SourceText, digest
from zeroline.sources.fingerprint import fingerprint
from zeroline.sources.ladder import anchor
from zeroline.sources.passages_sought import Need, Wanted
from zeroline.sources.words import Words


def vocabulary(dice: random.Random, size: int = 12_000) -> list[str]:
    """Made-up words, the first of them short."""
    syllables = [c + v for c in "bdfgklmnprstvz" for v in ("a", "e", "i", "o", "u", "ar", "en", "il")]
    words: dict[str, None] = {}
    while len(words) < size:
        words["".join(dice.choices(syllables, k=1 if len(words) < 80 else dice.choice((2, 2, 3, 4))))] = None
    return list(words)


def text(dice: random.Random, words: list[str], length: int) -> str:
    """A text of about so many characters: sentences, some of them quoted, in paragraphs."""
    weights = [1 / (n + 3) for n in range(len(words))]
    paragraphs, size = [], 0
    while size < length:
        sentences = []
        for _ in range(dice.randint(2, 6)):
            said = dice.choices(words, weights, k=dice.randint(6, 30))
            said[len(said) // 2] += dice.choice([",", "", " —", "’s"])
            sentence = " ".join(said).capitalize() + "."
            sentences.append(f"“{sentence}”" if dice.random() < 0.4 else sentence)
        paragraphs.append(" ".join(sentences))
        size += len(paragraphs[-1]) + 2
    return "\n\n".join(paragraphs)


def statements(dice: random.Random, source: str, count: int) -> Wanted:
    """So many sentences of a source, known only by their anchors."""
    needs, at = [], 0
    ends = [n for n, c in enumerate(source) if c == "."]
    for number, end in enumerate(sorted(dice.sample(range(1, len(ends)), count))):
        start = ends[end - 1] + 1
        while not source[start].isalpha():
            start += 1
        passage = source[start : ends[end] + 1]
        inner = passage.split()
        first = dice.randrange(max(len(inner) - 6, 1))
        need = Need(f"s-{number}", "", "direct", " ".join(inner[first : first + 6]), start, start + len(passage), 1)
        need.sha256, at = digest(passage), at + 1
        needs.append(need)
    wanted = Wanted("made-up", "", digest(source), None, [], None, needs)
    prints = fingerprint(wanted, SourceText(source)).prints
    for need in needs:
        need.print = prints[need.id]
    return wanted


def edited(dice: random.Random, source: str, wanted: Wanted, share: float) -> str:
    """The source with a word changed in a share of the passages."""
    for need in sorted(wanted.needs, key=lambda n: -n.start):
        if dice.random() < share:
            passage = source[need.start : need.end].split(" ")
            passage[dice.randrange(len(passage))] = "zebra"
            source = source[: need.start] + " ".join(passage) + source[need.end :]
    return source


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--statements", type=int, default=500)
    parser.add_argument("--megabytes", type=float, default=1.0)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    dice = random.Random(asked.seed)
    words = vocabulary(dice)
    source = text(dice, words, int(asked.megabytes * 1_000_000))
    wanted = statements(dice, source, asked.statements)
    wrapped = "\n\n".join(textwrap.fill(p, 70) for p in source.split("\n\n")).translate(str.maketrans("“”’", '""\''))
    copies = {
        "the same file": source,
        "with a line more": source + "\n\nPrinted on paper.",
        "re-wrapped, re-quoted": wrapped,
        "a tenth edited": edited(dice, source, wanted, 0.1),
        "all edited": edited(dice, source, wanted, 1.0),
        "another text": text(dice, words, len(source)),
    }
    print(f"{len(source):,} characters, {len(wanted.needs):,} statements")
    print(f"{'copy':<24}{'cut s':>8}{'find s':>8}{'all s':>8}  outcome")
    for name, copy in copies.items():
        own = SourceText(copy)
        begun = time.process_time()
        cut = 0.0
        if own.sha256 != wanted.sha256:
            Words(own.text)
            cut = time.process_time() - begun
        begun = time.process_time()
        found = anchor(wanted, own)
        whole = time.process_time() - begun
        counts = ", ".join(f"{n} {state}" for state, n in Counter(a.state for a in found).most_common())
        print(f"{name:<24}{cut:>8.2f}{whole - cut:>8.2f}{whole:>8.2f}  {counts}")


if __name__ == "__main__":
    main()
