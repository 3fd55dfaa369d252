"""What every table of a corpus's files is made of: a record that refuses unknown keys, and the kinds of its values."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

Id = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9._-]*$", max_length=120)]
Line = Annotated[str, StringConstraints(min_length=1, strip_whitespace=True)]
Sha256 = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
Count = Annotated[int, Field(ge=1, le=1_000_000_000)]
"""Paragraphs and code points: no text has more, and every program that reads an export can hold as much."""


class Record(BaseModel):
    """Base of every table: immutable, and an unknown key is an error."""

    model_config = ConfigDict(extra="forbid", frozen=True)
