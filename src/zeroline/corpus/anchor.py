"""What finds a passage in a copy of its source: the table ``[[anchor]]`` of ``anchors.toml`` as a pydantic model."""

from __future__ import annotations

from typing import Annotated, Self

from pydantic import Field, StringConstraints, model_validator

from zeroline.corpus.base import Count, Record

Beside = Annotated[str, StringConstraints(pattern=r"^(([1-3]?[0-9]|40)( [0-9a-f]{4}){1,2})?$")]
Less = Annotated[
    str, StringConstraints(pattern=r"^(passages?|sentence|paragraph) ([1-3]?[0-9]|40)( [0-9a-f]{4}){1,2}$")
]


class Anchor(Record):
    """What finds a statement's passage in a copy that is not quite the text coded: ``[[anchor]]``.

    ``zeroline fingerprint`` makes it of a text that the corpus does not carry: hashes of the passage's ``exact`` words
    and signs and of its ``plain`` words, how many ``words`` it has (and signs at its ``head`` and ``tail``), ``at``
    which of them the excerpt begins, three bits for each pair of words (``marks``), and hashes of the words ``before``
    and ``after`` it. ``lead`` and ``trail`` are how many words before and behind it must agree, and hashes of them;
    ``lead_less`` and ``trail_less`` the same as it would be without a passage, sentence or paragraph beside it;
    ``quoted`` says that it stands in quotation marks, ``named`` how many words off its speaker is named, with hashes of
    that name and of the words beside it. Files written before there were these have none.
    """

    id: Annotated[str, StringConstraints(min_length=1, max_length=120)]
    exact: Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{32}$")]
    plain: Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{32}$")]
    words: Count
    head: int = Field(default=0, ge=0, le=1_000)
    tail: int = Field(default=0, ge=0, le=1_000)
    at: int | None = Field(default=None, ge=0, le=1_000_000_000)
    marks: Annotated[str, StringConstraints(pattern=r"^[0-7]*$")]
    before: Annotated[str, StringConstraints(pattern=r"^([0-9a-f]{4})?$")] = ""
    after: Annotated[str, StringConstraints(pattern=r"^([0-9a-f]{4})?$")] = ""
    lead: Beside = ""
    trail: Beside = ""
    lead_less: tuple[Less, ...] = Field(default=(), max_length=20)
    trail_less: tuple[Less, ...] = Field(default=(), max_length=20)
    quoted: bool = False
    named: Annotated[str, StringConstraints(pattern=r"^([+-]\d{1,4} [0-9a-f]{8} ([0-9a-f]{4}|-))?$")] = ""

    @model_validator(mode="after")
    def _a_mark_for_each_pair(self) -> Self:
        if len(self.marks) != self.words - 1:
            raise ValueError(f"{self.words} words have {self.words - 1} `marks`, not {len(self.marks)}")
        return self
