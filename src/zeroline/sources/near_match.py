"""Rung 4: the place in a copy that is nearly a passage, proposed to the reader and never taken without them.

Words that are rare in the copy, and runs of marks, vote for where the passage would begin; along the best of these it
is laid word by word (:mod:`zeroline.sources.align`). A place is proposed when enough of its words fit, when so much
agreement is not to be expected by chance in a text of that length, when it is clearly better than the next best, and
when it is not another statement's own, nor nearer another.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from math import log2
from typing import TYPE_CHECKING, NamedTuple

from zeroline.corpus.passages import SourceText, digest
from zeroline.sources.align import FITS, SKIPPED, Laid, lay
from zeroline.sources.context import FAVOUR, Beside, agreeing
from zeroline.sources.context_parts import sides, where
from zeroline.sources.context_sides import around
from zeroline.sources.difference import of_known, of_marks
from zeroline.sources.expected_place import ASTRAY
from zeroline.sources.known_passage import Known
from zeroline.sources.lookup import COMMON, RARE, Lookup
from zeroline.sources.model import Anchored, Part, Proposal
from zeroline.sources.torn_passages import LONG, SURELY, WHOLE, torn
from zeroline.sources.words import digest as digest_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from zeroline.sources.ladder import Taken
    from zeroline.sources.passages_sought import Need

SIMILAR = 0.6
"""At least so much of a passage's words must fit."""

MARGIN = 0.1
"""So much better than the next best place must the best be."""

BEYOND_CHANCE = 8.0
"""Bits of agreement a place must have more than the best of all places of the copy would have by chance."""

AROUND = 10.0
"""Bits it is worth that the words on one side of a place are those of the passage."""

WORTH_IT = 3.0
"""Bits that must speak for a place more than for the best of all by chance, for it to be looked at."""

CLEAR = 16.0
"""So many bits more than chance, of known words alone, and marks need not be looked up."""

CANDIDATES = 6
"""So many places are looked at."""

NOTHING = "nothing in the copy is near it"

_SHIFT = 4
"""Beginnings that lie closer together are one; a power of two of them are wider than any cluster."""


class Candidate(NamedTuple):
    """Words ``first`` up to ``last`` of a copy; tokens with the signs around; ``owned`` by another statement.

    ``fitting`` is how many of its words fit, ``bits`` what laying it so comes to (:mod:`zeroline.sources.align`).
    ``rank`` is the similarity, with a little for each side where what stands around the passage agrees.
    """

    similarity: float
    rank: float
    first: int
    last: int
    tokens: tuple[int, int]
    parts: list[Part]
    owned: bool
    fitting: int
    bits: float


class Near:
    """Looks for passages in one copy. ``taken`` are the places that are statements' for certain."""

    def __init__(self, copy: SourceText, lookup: Lookup, taken: list[Taken], beside: Beside) -> None:
        self._beside = beside
        self._copy, self.lookup, self._words = copy, lookup, lookup.words
        self._taken = sorted(taken)
        self._starts = [it.start for it in self._taken]
        self.ranks: dict[str, float] = {}
        self._longest = max((it.end - it.start for it in taken), default=0)

    def look(self, need: Need, known: Known | None, places: Sequence[int] = ()) -> Anchored:
        """The place proposed for a passage that no surer rung has found, or an orphan that says why.

        With ``places`` only near these words.
        """
        if known is None:
            return Anchored(need.id, "orphan", why=_unknown(need))
        if not self._words.places:
            return Anchored(need.id, "orphan", why="the copy has no words")
        candidates = self._expected(need, known, places) if places else self._candidates(need, known)
        found = sorted(candidates, key=lambda c: -c.rank)
        free = [c for c in found if not c.owned]
        if not free or free[0].similarity < SIMILAR:
            near = " but another statement's own" if found and found[0].similarity >= SIMILAR else ""
            return Anchored(need.id, "orphan", why=f"{NOTHING}{near}")
        best = free[0]
        others = [c for c in free[1:] if not _overlap(best, c)]
        margin = best.rank - others[0].rank if others else best.similarity
        start, end = self._words.span(*best.tokens)
        if margin < MARGIN:
            first, second = sorted(
                (self._copy.paragraph(start), self._copy.paragraph(self._words.span(*others[0].tokens)[0]))
            )
            return Anchored(need.id, "orphan", why=f"places in paragraphs {first} and {second} are about equally near")
        self.ranks[need.id] = best.rank
        proposal = Proposal(round(best.similarity, 3), round(margin, 3), best.parts, "", only=not others)
        wording = self._copy.text[start:end]
        why = _said(best, proposal.similarity, self._copy.text)
        if all(part.kind == "same" for part in best.parts):
            proposal.words = "verbatim" if digest(wording) == need.sha256 else "normalised"
        judged = around(need, self._beside, *best.tokens, twins=False)
        if judged is not None and "differs" in judged:
            differing = sides(judged, need, self._beside, *best.tokens)
            proposal.before, proposal.after, proposal.found = (
                differing.before,
                differing.after,
                differing.found(wording),
            )
            why += f"; {where(judged)}"
        proposal.found = proposal.found or digest(wording)
        return Anchored(need.id, "proposed", start, end, self._copy.paragraph(start), why, proposal)

    # --- where it may be -----------------------------------------------------------------------------------------

    def _candidates(self, need: Need, known: Known) -> list[Candidate]:
        votes: dict[int, float] = defaultdict(float)
        self._by_words(known.words, votes)
        by_words = max(votes.values(), default=0) >= log2(len(self._words.places) + 1) + CLEAR
        if not by_words:
            self._by_marks(known.marks, votes)
        found = []
        clusters = _clusters(votes, log2(len(self._words.places) + 1) + WORTH_IT)
        for low, high in clusters:
            laid = lay(known, self._words, low, high, self.lookup.bits)
            if candidate := self._judge(need, known, laid):
                found.append(candidate)
        if len(known.words) >= LONG and max((c.similarity for c in found), default=0) < WHOLE:
            enough = max((c.bits for c in found), default=0) + SURELY
            if by_words:
                self._by_marks(known.marks, votes)
            for laid in torn(known, self._words, votes, self.lookup.bits):
                candidate = self._judge(need, known, laid) if laid.bits > enough else None
                if candidate and candidate.fitting >= WHOLE * len(known.words):
                    rank = candidate.rank - candidate.similarity + candidate.fitting / len(known.words)
                    found.append(candidate._replace(similarity=max(candidate.similarity, SIMILAR), rank=rank))
        return found

    def _expected(self, need: Need, known: Known, places: Sequence[int]) -> list[Candidate]:
        laid = (lay(known, self._words, at - ASTRAY, at + ASTRAY, self.lookup.bits) for at in places)
        judged = filter(None, (self._judge(need, known, it) for it in laid))
        return [candidate for candidate in judged if candidate.rank > candidate.similarity]

    def _by_words(self, wanted: list[str | None], votes: dict[int, float]) -> None:
        """Votes of known words, alone where they are rare, else two by two."""
        lookup = self.lookup
        for at, word in enumerate(wanted):
            many = lookup.counts.get(word, 0) if word is not None else 0
            if word is None or not 0 < many <= COMMON:
                continue
            weight = lookup.bits(word)
            following = wanted[at + 1] if at + 1 < len(wanted) else None
            beside = lookup.pairs.get((word, following), ()) if following is not None else ()
            if beside and following is not None:
                both = weight + lookup.bits(following)
                for place in beside:
                    votes[place - at] += both
            if many <= RARE:
                for place in lookup.where[word]:
                    if place not in beside:
                        votes[place - at] += weight

    def _by_marks(self, marks: str, votes: dict[int, float]) -> None:
        """Votes of runs of marks; of a run longer than is looked up, each further mark counts once."""
        length, runs = self.lookup.run_length, self.lookup.runs
        last: set[int] = set()
        for at in range(len(marks) - length + 1):
            starts = [place - at for place in runs.get(marks[at : at + length], ())[:RARE]]
            for start in starts:
                votes[start] += FITS if start in last else FITS * length
            last = set(starts)

    def _judge(self, need: Need, known: Known, laid: Laid | None) -> Candidate | None:
        """What a passage that is laid so comes to; None when it may be chance."""
        if laid is None:
            return None
        first, last = laid.pairs[0][1], laid.pairs[-1][1] + 1
        tokens = self._tokens(need, first, last)
        agree = agreeing(need.print, self._words, *tokens)
        if laid.bits + AROUND * agree < log2(len(self._words.places) + 1) + BEYOND_CHANCE:
            return None
        if known.text is not None:
            parts, fitting = of_known(known.text, self._words, laid, *tokens)
        else:
            parts, fitting = of_marks(known, self._words, laid)
            exact = need.print.exact if need.print is not None else ""
            if exact and any(digest_of(way) == exact for way in self._words.readings(*tokens)):
                parts = [Part("same", *self._words.span(*tokens))]
        similarity = fitting / max(len(known.words), last - first)
        if any(part.kind != "same" for part in parts):
            similarity = min(similarity, 0.99)  # all the words may fit, and the signs or capitals not
        owned = self.is_taken(need, self._words.span(*tokens))
        return Candidate(similarity, similarity + FAVOUR * agree, first, last, tokens, parts, owned, fitting, laid.bits)

    def _tokens(self, need: Need, first: int, last: int) -> tuple[int, int]:
        """The tokens of words, with as many signs before and behind as the passage has, where signs stand there."""
        start, end = self._words.places[first], self._words.places[last - 1] + 1
        head, tail = (need.print.head, need.print.tail) if need.print else (0, 0)
        before = self._words.places[first - 1] + 1 if first else 0
        behind = self._words.places[last] if last < len(self._words.places) else len(self._words)
        return max(start - head, before), min(end + tail, behind)

    def is_taken(self, need: Need, span: tuple[int, int]) -> bool:
        """Whether half of a place is, for certain, of statements that have nothing in common with this one."""
        shared = 0
        low, high = bisect_left(self._starts, span[0] - self._longest), bisect_left(self._starts, span[1])
        for start, end, locator in self._taken[low:high]:
            apart = need.start < 0 or locator[0] < 0 or locator[1] <= need.start or need.end <= locator[0]
            if apart and start < span[1] and span[0] < end:
                shared += min(end, span[1]) - max(start, span[0])
        return shared * 2 >= span[1] - span[0]


def part(needs: list[Need], found: list[Anchored], ranks: dict[str, float]) -> None:
    """Of statements proposed for the same words, which cannot be both, the worse is made an orphan; equals stay."""
    proposed = [n for n, it in enumerate(found) if it.state == "proposed"]
    # Each is set against those that begin before it ends; the best first, for one that falls takes nobody's place.
    proposed.sort(key=lambda n: found[n].start)
    starts = [found[n].start for n in proposed]
    longest = max((found[n].end - found[n].start for n in proposed), default=0)
    for number in sorted(proposed, key=lambda n: -ranks[found[n].id]):
        it, need = found[number], needs[number]
        if it.state != "proposed":
            continue
        low, high = bisect_left(starts, it.start - longest), bisect_left(starts, it.end)
        for other in proposed[low:high]:
            worse, its = found[other], needs[other]
            shared = min(worse.end, it.end) - max(worse.start, it.start)
            same = need.start < its.end and its.start < need.end if min(need.start, its.start) >= 0 else True
            half = shared * 2 >= min(worse.end - worse.start, it.end - it.start)
            if half and not same and worse.state == "proposed" and ranks[worse.id] < ranks[it.id]:
                why = f"{NOTHING} but what is nearer another statement"
                found[other] = Anchored(worse.id, "orphan", why=why)


def _unknown(need: Need) -> str:
    if need.sha256 is None:
        return "the corpus says neither where it stands nor any of its words"
    return "not there character for character, and the corpus has no anchor that would find it otherwise"


def _clusters(votes: dict[int, float], least: float) -> list[tuple[int, int]]:
    """The best beginnings voted for, those that lie close together as one; none that is weak beside the best,
    or has less than ``least`` bits for it: somewhere in a text so much speaks for anything.
    """
    around: defaultdict[int, float] = defaultdict(float)  # all that a cluster can come to lies in three of these
    for at, vote in votes.items():
        around[at >> _SHIFT] += vote
    sums = {at: around.get(at - 1, 0) + vote + around.get(at + 1, 0) for at, vote in around.items()}
    strong_enough = sorted(at for at in votes if sums[at >> _SHIFT] >= least)
    clusters: list[list[float]] = []
    for at in sorted(strong_enough, key=votes.__getitem__, reverse=True)[: 20 * CANDIDATES]:
        for near in clusters:
            if near[0] - _SHIFT <= at <= near[1] + _SHIFT:
                near[2] += votes[at]
                if votes[at] * 4 >= votes[int(near[0])] and near[1] - near[0] < 2 * _SHIFT:
                    near[0], near[1] = min(near[0], at), max(near[1], at)
                break
        else:
            if len(clusters) < 4 * CANDIDATES:
                clusters.append([at, at, votes[at]])
    clusters.sort(key=lambda c: -c[2])
    strong = clusters[0][2] if clusters else 0
    return [(int(low), int(high)) for low, high, sum_ in clusters[:CANDIDATES] if sum_ >= max(strong / 4, least)]


def _overlap(one: Candidate, other: Candidate) -> bool:
    return one.first < other.last and other.first < one.last


def _said(best: Candidate, similarity: float, copy: str) -> str:
    if all(part.kind == "same" for part in best.parts):
        return "the same words, but nothing around them agrees, and they may be another’s or chance"
    if any(part.kind == "signs" for part in best.parts):
        return "the same words; signs or capitals among them differ"
    if any(part.kind == "added" and len(copy[part.start : part.end].split()) > SKIPPED for part in best.parts):
        return f"{best.fitting} of its words fit, with others in their midst, as the head of a page would stand"
    return f"{similarity:.0%} of its words fit"
