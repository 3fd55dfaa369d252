"""The words of lines made ready: folded, as JSON has them, and how they begin.

Excerpts, which nearly all lines have, are done some hundred at once: in one call that costs a fraction of what it costs
one by one. Nothing stands between them but the ends of their lines: where one has such an end of its own, or a
backslash that may look like one, or is not plain text, only the others are done together.
"""

from __future__ import annotations

import msgspec

from zeroline.corpus.lines import Line
from zeroline.index.prefixes import begins, begins_of_lines
from zeroline.text.fold import fold

quoted = msgspec.json.Encoder().encode


def excerpts(lines: list[Line]) -> tuple[list[str], list[str]]:
    """Of the excerpt of each line what stands between the quotation marks of its JSON, and how its words begin."""
    if not lines:
        return [], []
    texts = [line.excerpt for line in lines]
    all = "\n".join(texts)
    if all.isascii() and "\\" not in all and all.count("\n") < len(texts):
        return _together(all)
    said, begun = _together("\n".join([text if _is_plain(text) else "" for text in texts]))
    for number, text in enumerate(texts):
        if not _is_plain(text):
            folded = fold(text)
            said[number], begun[number] = quoted(folded)[1:-1].decode(), begins(folded)
    return said, begun


def _is_plain(text: str) -> bool:
    return text.isascii() and "\\" not in text and "\n" not in text


def _together(text: str) -> tuple[list[str], list[str]]:
    folded = text.lower()
    return quoted(folded)[1:-1].decode().split("\\n"), begins_of_lines(folded)


def others(line: Line) -> tuple[str, str, str]:
    """What a line says beside its excerpt: as fields of JSON, codes, and how its words begin."""
    fields = codes = begun = ""
    for name, text in (("paraphrase", line.paraphrase), ("note", line.note)):
        if text:
            folded = fold(text)
            fields += f',"{name}":{quoted(folded).decode()}'
            codes += f" has:{name}"
            begun += begins(folded)
    if conditions := [fold(p.condition) for p in line.positions if p.condition]:
        fields += f',"condition":{quoted(conditions).decode()}'
        codes += " has:condition"
        begun += begins(" ".join(conditions))
    return fields, codes, begun
