"""The fields a column may be mapped to, what their columns are usually called, and the text of ``--map``."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from zeroline.corpus.problems import did_you_mean
from zeroline.importing.errors import ImportFault
from zeroline.importing.json_keys import in_list

FIELDS: dict[str, tuple[str, ...]] = {
    "text": (
        "text", "quote", "quotation", "excerpt", "tweet", "full_text", "body", "content", "statement", "message",
        "post", "comment", "comment_body", "comment_text", "selftext", "utterance", "sentence", "speech", "testimony",
        "transcript", "response", "answer", "passage", "verbatim", "argument", "claim",
    ),
    "speaker": (
        "speaker", "speaker_name", "author", "author_name", "name", "full_name", "user", "username", "user_name",
        "screen_name", "user_screen_name", "handle", "person", "respondent", "participant", "interviewee",
        "source_name", "said_by", "who", "witness", "account", "member", "author_id", "user_id", "speaker_id",
        "respondent_id", "participant_id",
    ),
    "date": (
        "date", "published", "published_at", "publication_date", "pub_date", "created_at", "created", "created_utc",
        "posted", "posted_at", "timestamp", "datetime", "date_time", "time", "when", "day", "said_on", "spoken_on",
        "interview_date", "year",
    ),
    "stance": ("stance", "label", "position", "opinion", "attitude", "sentiment", "polarity", "class"),
    "topic": ("topic", "topics", "target", "subject", "theme", "issue", "category", "tag", "tags", "keyword"),
    "id": ("id", "statement_id", "tweet_id", "id_str", "comment_id", "post_id", "message_id", "quote_id", "uuid"),
    "source": ("source", "outlet", "publication", "publisher", "newspaper", "journal", "document", "domain", "url"),
    "place": ("place", "places", "location", "city", "town", "village", "region"),
    "unit": ("unit", "party", "organisation", "organization", "org", "affiliation", "institution", "company"),
    "role": ("role", "job", "job_title", "occupation", "profession", "function", "rank"),
    "callsign": ("callsign", "call_sign", "nickname", "alias", "pseudonym"),
    "paraphrase": ("paraphrase", "summary", "gist", "abstract", "in_short"),
    "note": ("note", "notes", "remark", "remarks", "editorial_note"),
    "attribution": ("attribution",),
    "force": ("force", "stance_force", "position_force"),
    "condition": ("condition", "conditions", "proviso", "stance_condition", "condition_text"),
    "otherwise": ("otherwise", "fallback", "fall_back"),
    "certainty": ("certainty",),
    "basis": ("basis",),
    "rationale": ("rationale", "justification"),
}  # fmt: skip
"""Every field, with the names of columns that mean it, best first, as :func:`plain` gives them."""

MANY = frozenset({"topic", "place"})
"""Fields that hold several values, parted by “;” or “|”."""

POSITION = ("force", "condition", "otherwise", "certainty", "basis", "rationale")
"""Fields that say more of a position; of use only beside a stance."""

_ENTRY = re.compile(r",(?=\s*[a-z]+\s*=)")


def plain(name: str) -> str:
    """A column's name as it is compared: “Created At”, “createdAt” and “created-at” are created_at."""
    parted = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name.strip())
    return re.sub(r"[\W_]+", "_", parted.casefold()).strip("_")


def parse_map(texts: Iterable[str], columns: tuple[str, ...], *, open_ended: bool = False) -> dict[str, str]:
    """Field to column, from “speaker=author,text=quote”. Raises ImportFault naming what is wrong and the nearest right.

    A comma parts two entries only where a field and “=” follow, so a column's name may have commas. ``open_ended``:
    a column that is not among ``columns`` may yet come, as a key of JSON Lines behind the first rows may.
    """
    mapping: dict[str, str] = {}
    for entry in (part for text in texts for part in _ENTRY.split(text) if part.strip()):
        field, equals, column = (part.strip() for part in entry.partition("="))
        if not equals or not column:
            raise ImportFault(f"--map: “{entry.strip()}” is not FIELD=COLUMN, like text=quote", asks=True)
        if field not in FIELDS:
            mend = did_you_mean(field, FIELDS) or f"there are {', '.join(FIELDS)}"
            raise ImportFault(f"--map: there is no field “{field}”; {mend}", asks=True)
        if field in mapping:
            raise ImportFault(f"--map: “{field}” stands twice", asks=True)
        mapping[field] = _column(column, columns, open_ended)
    check(mapping, columns)
    return mapping


def check(mapping: Mapping[str, str], columns: tuple[str, ...]) -> None:
    """That a mapping can be used on these columns. Raises ImportFault."""
    if not has_words(mapping):
        raise ImportFault(f"no column is mapped to “text”; the columns are {listed(columns)}", asks=True)
    for column in mapping.values():
        if columns.count(column) > 1:
            where = " and ".join(str(n) for n, name in enumerate(columns, 1) if name == column)
            raise ImportFault(
                f"the column “{column}” stands more than once in the header (columns {where}); rename one"
            )
    lonely = [field for field in POSITION if field in mapping] if "stance" not in mapping else []
    if lonely:
        raise ImportFault(f"--map: “{lonely[0]}” says more of a stance, and no column is mapped to “stance”", asks=True)


def has_words(mapping: Mapping[str, str]) -> bool:
    """Whether a mapping has what a statement cannot do without: its text, or at least a paraphrase."""
    return "text" in mapping or "paraphrase" in mapping


def map_text(mapping: Mapping[str, str]) -> str:
    """The mapping as ``--map`` takes it."""
    return ",".join(f"{field}={column}" for field, column in mapping.items())


def listed(columns: tuple[str, ...], most: int = 20) -> str:
    """The columns as a message lists them."""
    more = f" and {len(columns) - most} more" if len(columns) > most else ""
    return ", ".join(f"“{column[:60]}”" for column in columns[:most]) + more


def _column(name: str, columns: tuple[str, ...], open_ended: bool) -> str:
    if name in columns:
        return name
    alike = [column for column in columns if plain(column) == plain(name)]
    if len(alike) == 1:
        return alike[0]
    if in_list(name) and open_ended:
        raise ImportFault(f"--map: “{name}” lies in a list, and cannot be mapped; write it as a column", asks=True)
    if open_ended:
        return name
    mend = did_you_mean(name, columns)
    if not mend or mend.startswith("use "):
        mend = f"the columns are {listed(columns)}"
    raise ImportFault(f"--map: the file has no column “{name}”; {mend}", asks=True)
