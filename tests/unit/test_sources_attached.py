"""A corpus with its copies, as the screen uses it: places, paragraphs, skeleton, decisions, what is kept."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest

from zeroline.bookmarks.model import Bookmark, Snapshot
from zeroline.corpus.load import load
from zeroline.corpus.passages import SourceText
from zeroline.export import FORMATS, Options, with_passages
from zeroline.sources import attached, store
from zeroline.sources.attached import Attached
from zeroline.sources.attaching import attach
from zeroline.sources.decisions import decisions
from zeroline.sources.errors import SourceError
from zeroline.sources.fingerprint import fingerprint, write
from zeroline.sources.passages_sought import gather
from zeroline.sources.reading import read_bytes, read_file

FIXTURES = Path(__file__).resolve().parents[1] / "fixtures"
POST = FIXTURES / "texts" / "gull-post.txt"


@pytest.fixture
def corpus(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The small corpus, with anchors for the text it does not carry; nothing is attached."""
    monkeypatch.setenv("ZEROLINE_DATA", str(tmp_path / "data"))
    monkeypatch.setenv("ZEROLINE_CACHE", str(tmp_path / "cache"))
    folder = Path(shutil.copytree(FIXTURES / "corpora" / "small", tmp_path / "corpus"))
    study = load(folder)
    wanted = gather(study, folder)["gull-post"]
    write(study, folder, fingerprint(wanted, SourceText(POST.read_text(encoding="utf-8"))).prints, wanted.needs)
    return folder


def edited(corpus: Path) -> Attached:
    """With a copy in which one word of the passage is another."""
    text = POST.read_text(encoding="utf-8").replace("being drawn up", "being torn up")
    attach(corpus, read_bytes(text.encode(), "edited.txt"))
    return attached.open(corpus)


def test_nothing_attached_is_a_skeleton(corpus: Path) -> None:
    assert attached.find(corpus) is None
    found = attached.build(corpus)
    assert found.of("vane-2").state == "no source" and found.of("nobody-1").state == "no source"
    assert found.text("gull-post") is None and found.passage("vane-2") is None and found.proven("vane-2") is None
    view = found.view("gull-post")
    assert view is not None and view.copy is None and view.trouble == ""
    assert [p.number for p in view.skeleton()] == [1, 2, 3, 4]
    assert [s.id for p in view.skeleton() for s in p.statements] == ["vane-2"]
    carried = found.view("hearing")
    assert carried is not None and carried.copy is not None and carried.copy.kind == "carried"
    assert {p.number: p.heading for p in carried.skeleton() if p.heading} == {7: "Second sitting"}
    assert found.passage("brum-1") == "A dark rock drowns people, so the lamp stays lit,"
    around, start, end = found.in_paragraph("brum-1") or ("", 0, 0)
    assert around.startswith("Oda Brûm") and around[start:end] == found.passage("brum-1")


def test_what_was_worked_out_is_kept_until_something_changes(corpus: Path) -> None:
    attached.build(corpus)
    kept = attached.find(corpus)
    assert kept is not None and kept.of("brum-1").state == "verbatim"
    attach(corpus, read_file(POST))
    kept = attached.find(corpus)
    assert kept is not None and kept.of("vane-2").state == "verbatim"
    assert kept.proven("vane-2") == kept.passage("vane-2") != ""
    store.detach("small", "gull-post")
    assert attached.find(corpus) is None
    attached.build(corpus)
    statements = corpus / "statements.toml"
    statements.write_text(statements.read_text(encoding="utf-8") + "\n# a line more\n", encoding="utf-8")
    assert attached.find(corpus) is None
    kept_file = next((corpus.parent / "cache").rglob(attached.FILE))
    kept_file.write_bytes(b"{")
    assert attached.find(corpus) is None and attached.open(corpus).of("brum-1").state == "verbatim"


def test_a_decision_is_kept_with_who_and_when(corpus: Path) -> None:
    found = edited(corpus)
    it = found.of("vane-2")
    assert it.state == "proposed" and it.proposal is not None and it.proposal.decision is None
    assert "torn" in (found.passage("vane-2") or "") and found.proven("vane-2") is None
    found.decide("vane-2", "accepted", by="ada")
    for now in (found, attached.find(corpus), attached.build(corpus)):
        assert now is not None
        proposal = now.of("vane-2").proposal
        assert proposal is not None and proposal.decision is not None
        assert (now.of("vane-2").state, proposal.decision.verdict, proposal.decision.by) == (
            "proposed", "accepted", "ada",
        )  # fmt: skip
        assert proposal.decision.at.endswith("Z") and now.proven("vane-2") == now.passage("vane-2")
    found.decide("vane-2", "refused")
    again = attached.build(corpus)
    assert again.of("vane-2").state == "orphan" and again.of("vane-2").proposal is not None
    assert again.proven("vane-2") is None
    (decision,) = decisions("small").values()
    assert decision.by != "" and decision.verdict == "refused"
    found.decide("vane-2", None)
    assert decisions("small") == {} and attached.build(corpus).of("vane-2").state == "proposed"


def test_a_decision_outlives_the_copy_and_is_not_taken_for_another_wording(corpus: Path) -> None:
    edited(corpus).decide("vane-2", "accepted", by="ada")
    store.detach("small", "gull-post")
    assert (again := edited(corpus).of("vane-2").proposal) and again.decision and again.decision.by == "ada"
    text = POST.read_text(encoding="utf-8").replace("being drawn up", "being thrown up")
    attach(corpus, read_bytes(text.encode(), "other.txt"))
    other = attached.open(corpus).of("vane-2")
    assert other.state == "proposed" and other.proposal is not None and other.proposal.decision is None


def test_only_a_proposal_can_be_decided(corpus: Path) -> None:
    with pytest.raises(SourceError, match="nothing is proposed for this statement"):
        attached.build(corpus).decide("brum-1", "accepted")


def test_two_corpora_of_one_reader_do_not_meet(corpus: Path, tmp_path: Path) -> None:
    attach(corpus, read_file(POST))
    other = Path(shutil.copytree(corpus, tmp_path / "other"))
    main = other / "corpus.toml"
    main.write_text(main.read_text(encoding="utf-8").replace('id = "small"', 'id = "other"', 1), encoding="utf-8")
    assert attached.build(other).of("vane-2").state == "no source"
    attach(other, read_file(POST))
    store.detach("small", "gull-post")
    assert attached.build(other).of("vane-2").state == "verbatim", "the text they shared is still there"


def bookmark(corpus: Path, id: str) -> Bookmark:
    from zeroline.index.cache import open_index

    index = open_index(corpus)
    row = index.get(id)
    assert row is not None
    return Bookmark("small", id, "statement", snapshot=Snapshot(row.item, "Gull Harbour", "1.0", "cited"))


def test_an_export_has_the_passage_and_says_which_copy_it_is_from(corpus: Path) -> None:
    kept = bookmark(corpus, "vane-2")
    plain = Options(date(2031, 8, 1))
    assert with_passages(plain, [kept]) == plain, "nothing is attached"
    attach(corpus, read_file(POST))
    options = with_passages(plain, [kept])
    passage = "a lease was being drawn up, should the council find a tenant before winter"
    for name in ("md", "html", "json", "csv", "footnotes"):
        said = " ".join(b"".join(FORMATS[name].pieces([kept], options)).decode().split())
        assert passage in said, name
        assert "verbatim in paragraph 4 of gull-post.txt, attached" in said.replace("\\", ""), name
        assert passage not in b"".join(FORMATS[name].pieces([kept], plain)).decode(), name
    edited(corpus)
    assert with_passages(plain, [kept]) == plain, "what is only proposed is not used"
    attached.open(corpus).decide("vane-2", "accepted", by="Ada")
    (found,) = with_passages(plain, [kept]).passages.values()
    assert "torn up" in found.text and found.copy.startswith("proposed, accepted by Ada on")
    for name in ("md", "html", "json", "footnotes", "csv"):
        said = b"".join(FORMATS[name].pieces([kept], with_passages(plain, [kept]))).decode().replace("\\", "")
        assert ("differing from" if name == "csv" else "Differs from the coded passage; accepted by Ada on") in said, (
            name
        )
    markdown = b"".join(FORMATS["md"].pieces([kept], with_passages(plain, [kept]))).decode().splitlines()
    (marked,) = [line for line in markdown if "Differs from the coded passage" in line and line.startswith("> ")]
    assert markdown[markdown.index(marked) - 2].startswith("> a lease"), "the mark stands in the quotation"


def test_what_may_be_missing_beside_a_passage_is_the_same_with_and_without_anchors(corpus: Path) -> None:
    """A corpus that carries its text has no anchors file: it works out what one would say, when it is asked for."""
    wanted = gather(load(corpus), corpus)["hearing"]
    assert wanted.text is not None and len(wanted.needs) > 2
    prints = fingerprint(wanted, wanted.text).prints
    less = {need.id: (prints[need.id].lead_less, prints[need.id].trail_less) for need in wanted.needs}
    assert less == {need.id: need.less() for need in wanted.needs}
    assert any(before or after for before, after in less.values())
    write(load(corpus), corpus, prints, wanted.needs)
    kept = {anchor.id: (anchor.lead_less, anchor.trail_less) for anchor in load(corpus).anchor}
    assert {id: kept[id] for id in less} == less
