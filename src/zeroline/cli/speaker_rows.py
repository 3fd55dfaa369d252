"""Speakers as rows of a table and as flat rows of CSV."""

from __future__ import annotations

from typing import TYPE_CHECKING

from zeroline.cli import stance_signs
from zeroline.cli.item_rows import SEPARATOR, name_words, style_of
from zeroline.cli.table import Cell, Column, Part
from zeroline.index.filter import FORCE_WORDS
from zeroline.text.positions import primary_forces

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from zeroline.index.reader import Index
    from zeroline.records import SpeakerRecord, StanceCount

COLUMNS = (
    Column("Id"),
    Column("Name"),
    Column("Kind", optional=True),
    Column("Unit, role", reading=True),
    Column("Placed", optional=True),
    Column("Stances"),
    Column("Said", optional=True),
)

FIELDS = (
    "id", "name", "variants", "callsign", "unit", "role", "kind", "placed", "placed_note", "stances", "statements",
    "primary", "primary_forces", "primary_rationale", "no_primary", "note",
)  # fmt: skip


def stance_parts(index: Index, speaker: SpeakerRecord) -> list[Part]:
    """A speaker's derived stances, each force by itself: "▲ hold 3", "△ hold 1 on a condition"."""
    parts = []
    for sign, count, force, number in stance_ways(index, speaker):
        words = "" if force == "unconditional" else f" {FORCE_WORDS[force]}"
        label = index.stance_label(count["stance"])
        parts.append(Part(f"{sign} {label} {number:,}{words}", style_of(index, count["stance"])))
    return parts or [Part(stance_signs.none())]


def stance_ways(index: Index, speaker: SpeakerRecord) -> Iterator[tuple[str, StanceCount, str, int]]:
    """Each stance with each force a speaker takes it with: its sign, the counts, the force, how often."""
    for count in speaker["stances"]:
        numbers = {f: count[f] for f in ("unconditional", "conditional", "hypothetical")}
        for force, number in numbers.items():
            if number:
                yield stance_signs.sign(index, count["stance"], force == "unconditional"), count, force, number


def hedged_count(count: StanceCount) -> int:
    """How often a stance is taken under a condition or as a hypothesis (a statement that does both counts twice)."""
    return count["conditional"] + count["hypothetical"]


def kind_label(index: Index, kind: str) -> str:
    """The label of a kind of speaker, which is a plural."""
    return dict(index.summary.kinds).get(kind, kind)


def row(index: Index, it: SpeakerRecord) -> Sequence[Cell]:
    """A row of :data:`COLUMNS`."""
    name = name_words({"id": it["id"], "name": it["name"], "callsign": it["callsign"], "unit": None})
    about = ", ".join(part for part in (it["unit"], it["role"]) if part)
    placed = (it["placed"]["name"] if it["placed"] else None) or "not said"
    return it["id"], name, it["kind"], about, placed, stance_parts(index, it), f"{it['statements']:,}"


def flat(it: SpeakerRecord) -> Sequence[object]:
    """A flat row of :data:`FIELDS`; several values of one field are parted by " | "."""
    placed, primary = it["placed"], it["primary"]
    stances = (
        f"{count['stance']} {force}: {number}"
        for count in it["stances"]
        for force, number in (
            ("unconditional", count["unconditional"]),
            ("conditional", count["conditional"]),
            ("hypothetical", count["hypothetical"]),
        )
        if number
    )
    return (
        it["id"], it["name"], SEPARATOR.join(it["variants"]), it["callsign"] or "", it["unit"] or "", it["role"] or "",
        it["kind"], (placed["place"] if placed else None) or "", placed["note"] if placed else "",
        SEPARATOR.join(stances), it["statements"], primary["stance"] if primary else "",
        SEPARATOR.join(primary_forces(it)), primary["rationale"] if primary else "", it["no_primary"], it["note"],
    )  # fmt: skip


def as_record(it: SpeakerRecord) -> SpeakerRecord:
    """The record as it is given to others: without ``ordinal``, which means something inside one index only.

    A main stance is given with the forces it is taken with: alone it would make a conditional speaker a plain one.
    """
    told = it.copy()
    told.pop("ordinal", None)
    if primary := told["primary"]:
        told["primary"] = {**primary, "forces": primary_forces(it)}
    return told
