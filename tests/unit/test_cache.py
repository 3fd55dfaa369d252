"""The cache of compiled indexes: whatever happens to it, the next run has a whole index."""

import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pytest

from zeroline.corpus.problems import CorpusError
from zeroline.index import cache, fingerprint, schema
from zeroline.index.cache import CURRENT, CacheError, build, cache_folder, find, open_index, still_fits
from zeroline.index.filter import Filter
from zeroline.index.generation import ABANDONED, Making
from zeroline.index.reader import Index

SMALL = Path(__file__).parents[1] / "fixtures" / "corpora" / "small"


@pytest.fixture
def corpus(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("ZEROLINE_CACHE", str(tmp_path / "cache"))
    return Path(shutil.copytree(SMALL, tmp_path / "small"))


def generations(corpus: Path) -> list[str]:
    return sorted(p.name for p in cache_folder(corpus).glob("gen-*"))


def current(corpus: Path) -> dict:
    return json.loads((cache_folder(corpus) / CURRENT).read_text())


def touch_all(corpus: Path) -> None:
    """Give every file another time, as a checkout does."""
    for path in corpus.rglob("*.*"):
        os.utime(path, ns=(1, path.stat().st_mtime_ns + 10**9))


def say(corpus: Path, title: str) -> None:
    """Change the corpus: its title now is another."""
    file = corpus / "corpus.toml"
    text = file.read_text()
    line = next(line for line in text.splitlines() if line.startswith("title"))
    file.write_text(text.replace(line, f'title = "{title}"', 1))


def whole(index: Index | None) -> bool:
    return index is not None and [len(list(index.each(Filter()))), len(index.speakers())] == [15, 4]


def test_built_once_then_found(corpus: Path) -> None:
    assert find(corpus) is None
    built = open_index(corpus)
    found = find(corpus)
    assert found is not None and found.looks_fresh and whole(found.index) and built.notice == found.index.notice == ""
    assert open_index(corpus).folder == built.folder == cache_folder(corpus) / generations(corpus)[0]
    assert sorted(p.name for p in cache_folder(corpus).iterdir()) == [CURRENT, built.folder.name]


def test_stale_by_time_only_still_fits_and_is_not_compiled_again(corpus: Path) -> None:
    built = build(corpus)
    touch_all(corpus)
    found = find(corpus)
    assert found is not None and not found.looks_fresh
    assert still_fits(corpus, found)
    again = find(corpus)
    assert again is not None and again.looks_fresh and again.index.folder == built.folder
    touch_all(corpus)
    assert open_index(corpus).folder == built.folder


@pytest.mark.parametrize("change", ["content", "same length", "added", "removed", "a text"])
def test_changed_content_is_compiled_anew(corpus: Path, change: str) -> None:
    (corpus / "more.toml").write_text('[[topic]]\nid = "tides"\nlabel = "tides"\n')
    built = build(corpus)
    match change:
        case "content":
            say(corpus, "Another title")
        case "same length":
            say(corpus, "Gull Harbour: keep, lease or close the damp?")
        case "added":
            (corpus / "extra.toml").write_text('[[topic]]\nid = "fog"\nlabel = "fog"\n')
        case "removed":
            (corpus / "more.toml").unlink()
        case "a text":
            (corpus / "sources" / "unused.txt").write_text("Nobody reads this.\n")
    found = find(corpus)
    assert found is not None and not found.looks_fresh and not still_fits(corpus, found)
    anew = open_index(corpus)
    assert anew.folder != built.folder and whole(anew)
    assert generations(corpus) == [anew.folder.name]
    assert find(corpus).looks_fresh  # type: ignore[union-attr]


def test_files_that_are_none_of_the_corpus_do_not_make_it_stale(corpus: Path) -> None:
    build(corpus)
    (corpus / "README.md").write_text("words")
    (corpus / ".#corpus.toml").symlink_to("nobody@nowhere.1")  # an editor's lock
    (corpus / "gone.toml~").write_text("words")
    (corpus / "folder.toml").mkdir()
    found = find(corpus)
    assert found is not None and found.looks_fresh
    assert fingerprint.take(corpus).files.keys() == found.fingerprint.files.keys()


def test_a_title_that_changes_shows(corpus: Path) -> None:
    build(corpus)
    say(corpus, "Another title")
    assert open_index(corpus).summary.title == "Another title"


def spoil(name: str, corpus: Path) -> None:
    home = cache_folder(corpus)
    generation = home / generations(corpus)[0]
    told = current(corpus)
    match name:
        case "garbage current":
            (home / CURRENT).write_bytes(b"\xff\x00garbage")
        case "empty current":
            (home / CURRENT).write_bytes(b"")
        case "current is a list":
            (home / CURRENT).write_text("[1, 2]")
        case "current is half":
            text = (home / CURRENT).read_text()
            (home / CURRENT).write_text(text[: len(text) // 2])
        case "current is a folder":
            (home / CURRENT).unlink()
            (home / CURRENT).mkdir()
        case "no current":
            (home / CURRENT).unlink()
        case "older format":
            (home / CURRENT).write_text(json.dumps(told | {"format": schema.FORMAT - 1}))
        case "newer format":
            (home / CURRENT).write_text(json.dumps(told | {"format": schema.FORMAT + 1}))
        case "another corpus":
            (home / CURRENT).write_text(json.dumps(told | {"corpus": "/elsewhere"}))
        case "odd fingerprint":
            (home / CURRENT).write_text(json.dumps(told | {"fingerprint": {"files": [1]}}))
        case "odd generation":
            (home / CURRENT).write_text(json.dumps(told | {"generation": 3}))
        case "generation gone":
            shutil.rmtree(generation)
        case "summary half":
            text = (generation / "summary.json").read_text()
            (generation / "summary.json").write_text(text[: len(text) // 2])
        case "summary of another shape":
            (generation / "summary.json").write_text("{}")
        case "summary gone":
            (generation / "summary.json").unlink()
        case "items gone":
            shutil.rmtree(generation / "items")
        case "tables gone":
            shutil.rmtree(generation / "tables")
        case "meta half":
            text = (generation / "items" / "meta.json").read_text()
            (generation / "items" / "meta.json").write_text(text[: len(text) // 2])
        case "meta garbage":
            (generation / "tables" / "meta.json").write_bytes(b"\xff")


@pytest.mark.parametrize(
    "fault",
    [
        "garbage current",
        "empty current",
        "current is a list",
        "current is half",
        "no current",
        "older format",
        "newer format",
        "another corpus",
        "odd fingerprint",
        "odd generation",
        "generation gone",
        "summary half",
        "summary of another shape",
        "summary gone",
        "items gone",
        "tables gone",
        "meta half",
        "meta garbage",
    ],
)
def test_a_spoilt_cache_mends_itself_without_a_word(
    corpus: Path, fault: str, capfd: pytest.CaptureFixture[str]
) -> None:
    build(corpus)
    spoil(fault, corpus)
    assert find(corpus) is None
    mended = open_index(corpus)
    assert whole(mended) and mended.notice == ""
    found = find(corpus)
    assert found is not None and found.looks_fresh and whole(found.index)
    assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize("part", ["items", "tables"])
@pytest.mark.parametrize("left", ["nothing", "half", "gone"])
def test_a_generation_that_lost_part_of_a_file_mends_itself(corpus: Path, part: str, left: str) -> None:
    build(corpus)
    (name,) = generations(corpus)
    segments = sorted((cache_folder(corpus) / name / part).glob("[0-9a-f]*.*"))
    assert segments
    for file in segments:
        kept = file.read_bytes()
        if left == "gone":
            file.unlink()
        else:
            file.write_bytes(kept[: len(kept) // 2 if left == "half" else 0])
        assert find(corpus) is None, file.name
        file.write_bytes(kept)
    assert find(corpus) is not None
    segments[0].unlink()
    assert whole(open_index(corpus))


def test_a_folder_where_current_should_be_does_no_harm(corpus: Path) -> None:
    build(corpus)
    spoil("current is a folder", corpus)
    assert find(corpus) is None
    index = open_index(corpus)  # it cannot be swapped in
    assert whole(index) and "compiled for this run only" in index.notice


def test_a_corpus_with_problems_leaves_the_index_in_use(corpus: Path) -> None:
    built = build(corpus)
    before = (cache_folder(corpus) / CURRENT).read_bytes()
    (corpus / "speakers.toml").write_text("[[speaker]]\nid = ")
    for _ in range(2):
        with pytest.raises(CorpusError):
            build(corpus)
        with pytest.raises(CorpusError):
            open_index(corpus)
    assert (cache_folder(corpus) / CURRENT).read_bytes() == before
    assert generations(corpus) == [built.folder.name]
    found = find(corpus)
    assert found is not None and not found.looks_fresh and whole(found.index)


@pytest.mark.parametrize("what", ["nothing", "a file"])
def test_a_folder_that_is_no_corpus_is_a_problem_of_the_corpus(corpus: Path, what: str) -> None:
    where = corpus / ("corpus.toml" if what == "a file" else "nowhere")
    assert find(where) is None
    with pytest.raises(CorpusError):
        open_index(where)
    assert generations(where) == []


def test_interrupted_it_leaves_nothing_behind(corpus: Path) -> None:
    built = build(corpus)
    say(corpus, "Another title")

    def interrupt(done: int, total: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        build(corpus, interrupt)
    assert generations(corpus) == [built.folder.name]
    assert sorted(p.name for p in cache_folder(corpus).iterdir()) == [CURRENT, built.folder.name]


@pytest.fixture
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of temporary files."""
    (tmp_path / "tmp").mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "tmp"))
    return tmp_path / "tmp"


@pytest.mark.parametrize("cannot", ["a file in the way", "read-only", "full"])
def test_where_nothing_can_be_kept_the_index_is_made_for_the_run(
    corpus: Path, tmp_path: Path, temporary: Path, monkeypatch: pytest.MonkeyPatch, cannot: str
) -> None:
    if cannot == "full":

        def no_space(*_: object) -> str:
            raise OSError(28, "No space left on device")

        monkeypatch.setattr(cache, "_swap_in", no_space)
        why = "No space left on device"
    elif cannot == "a file in the way":
        (tmp_path / "cache").write_text("")
        why = "Not a directory"
    else:
        make = tempfile.mkdtemp

        def read_only(prefix: str, dir: Path | None = None) -> str:
            if dir is not None:  # the superuser, as whom tests may run, may write everywhere
                raise PermissionError(13, "Permission denied")
            return make(prefix=prefix)

        monkeypatch.setattr(tempfile, "mkdtemp", read_only)
        why = "Permission denied"
    index = build(corpus)
    assert whole(index) and index.folder.is_relative_to(temporary)
    assert index.notice.startswith(f"the index cannot be kept in {cache_folder(corpus)} (") and why in index.notice
    assert index.notice.endswith("compiled for this run only; set ZEROLINE_CACHE to a folder that can be written")
    assert find(corpus) is None and generations(corpus) == []
    assert whole(open_index(corpus))


def test_what_was_made_for_the_run_goes_with_it(corpus: Path, tmp_path: Path, temporary: Path) -> None:
    (tmp_path / "cache").write_text("")
    run("from zeroline.index.cache import open_index; print(open_index(CORPUS).folder.exists())", corpus, temporary)
    assert list(temporary.iterdir()) == []


def test_where_nothing_can_be_written_at_all_it_is_said(
    corpus: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "cache").write_text("")
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "nowhere"))
    with pytest.raises(CacheError) as wrong:
        build(corpus)
    words = str(wrong.value)
    assert words.startswith(f"the index cannot be kept in {cache_folder(corpus)} (")
    assert words.endswith("nor anywhere else (No such file or directory); free some space or set ZEROLINE_CACHE")
    assert "\n" not in words


def test_an_index_in_a_cache_that_is_now_read_only_is_used(corpus: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    built = build(corpus)
    touch_all(corpus)

    def read_only(**_: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(tempfile, "mkstemp", read_only)
    index = open_index(corpus)
    assert index.folder == built.folder and index.notice == ""


def test_what_died_long_ago_is_cleared_away_and_what_is_being_made_is_not(corpus: Path) -> None:
    build(corpus)
    home = cache_folder(corpus)
    for name in ("gen-dead", "gen-busy"):
        (home / name).mkdir()
        (home / name / "summary.json").write_text("{}")
    (home / "current-dead.tmp").write_text("")
    long_ago = time.time() - ABANDONED - 10
    os.utime(home / "gen-dead", (long_ago, long_ago))
    os.utime(home / "current-dead.tmp", (long_ago, long_ago))
    built = build(corpus)
    assert generations(corpus) == sorted(["gen-busy", built.folder.name])
    assert not (home / "current-dead.tmp").exists()


def test_what_died_just_now_is_cleared_away_and_what_is_still_being_made_is_not(corpus: Path) -> None:
    home = build(corpus).folder.parent
    making = Making(home)
    died = "from zeroline.index.generation import Making; import os, pathlib; "
    died += "print(Making(pathlib.Path(HOME)).folder.name, flush=True); os._exit(9)"
    child = subprocess.run(
        [sys.executable, "-c", died.replace("HOME", repr(str(home)))], capture_output=True, text=True
    )
    assert child.stdout.strip() in generations(corpus)
    built = build(corpus)
    assert generations(corpus) == sorted([making.folder.name, built.folder.name])
    making.drop()
    assert sorted(p.name for p in home.iterdir()) == [CURRENT, built.folder.name]


def test_a_reader_of_the_old_generation_reads_on_after_the_swap(corpus: Path) -> None:
    old = build(corpus)
    say(corpus, "Another title")
    new = build(corpus)
    assert new.folder != old.folder and not old.folder.exists()
    assert whole(old) and old.summary.title != new.summary.title == "Another title"
    assert old.facets(Filter(query="lamp"), typing=True) == new.facets(Filter(query="lamp"), typing=True)
    assert old.source("hearing") == new.source("hearing")


@pytest.mark.parametrize("times", [1, 2, 5])
def test_swapped_while_it_was_being_opened(times: int, corpus: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    build(corpus)
    opened = []

    class Slow(Index):
        def __init__(self, folder: Path) -> None:
            opened.append(folder)
            if len(opened) <= times:  # between reading its name and opening it another process compiles
                monkeypatch.setattr(cache, "Index", Index)
                build(corpus)
                monkeypatch.setattr(cache, "Index", Slow)
            super().__init__(folder)

    monkeypatch.setattr(cache, "Index", Slow)
    found = find(corpus)
    assert len(opened) == times + 1 and found is not None and whole(found.index)


def test_one_that_is_being_deleted_gives_way_to_that_which_replaced_it(
    corpus: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    build(corpus)
    sizes, asked = cache._sizes, []

    def half_gone(generation: Path) -> dict[str, int]:
        asked.append(generation)
        if len(asked) > 1:
            return sizes(generation)
        build(corpus)
        return {}

    monkeypatch.setattr(cache, "_sizes", half_gone)
    found = find(corpus)
    assert found is not None and whole(found.index)


def test_one_that_cannot_be_opened_is_tried_but_once(corpus: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    build(corpus)
    opened = []

    def broken(folder: Path) -> Index:
        opened.append(folder)
        raise ValueError("damaged")

    monkeypatch.setattr(cache, "Index", broken)
    assert find(corpus) is None
    assert len(opened) == 1


def run(code: str, corpus: Path, temporary: Path | None = None) -> str:
    """Run lines of Python in a process of their own; CORPUS is the corpus."""
    process = start(code, corpus, temporary)
    out, err = process.communicate(timeout=60)
    assert process.returncode == 0, err
    return out


def start(code: str, corpus: Path, temporary: Path | None = None) -> "subprocess.Popen[str]":
    code = f"from pathlib import Path\nCORPUS = Path({str(corpus)!r})\n{code}"
    env = {**os.environ, **({"TMPDIR": str(temporary)} if temporary else {})}
    return subprocess.Popen(
        [sys.executable, "-c", code], env=env, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )


def test_processes_that_compile_at_once_all_end_with_a_whole_index(corpus: Path) -> None:
    code = """
import time, sys
from zeroline.index.cache import build, find
from zeroline.index.filter import Filter
from zeroline.corpus import check, load, models
from zeroline.index import compile
print("ready", flush=True)
sys.stdin.readline()
for _ in range(6):
    index = build(CORPUS)
    assert index.notice == "", index.notice
    assert len(list(index.each(Filter()))) == 15
    found = find(CORPUS)
    assert found is not None and found.looks_fresh and len(list(found.index.each(Filter()))) == 15
"""
    start_code = f"from pathlib import Path\nCORPUS = Path({str(corpus)!r})\n{code}"
    processes = [
        subprocess.Popen(
            [sys.executable, "-c", start_code],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for _ in range(3)
    ]
    for process in processes:
        assert process.stdout and process.stdout.readline() == "ready\n"
    for process in processes:
        assert process.stdin
        process.stdin.write("\n")
        process.stdin.flush()
    for process in processes:
        _, err = process.communicate(timeout=120)
        assert process.returncode == 0, err
    found = find(corpus)
    assert found is not None and found.looks_fresh and whole(found.index)


def test_a_fingerprint_is_the_same_after_json() -> None:
    taken = fingerprint.take(SMALL)
    assert fingerprint.Fingerprint.from_json(json.loads(json.dumps(taken.to_json()))) == taken
    assert set(taken.files) == {
        "corpus.toml",
        "events.toml",
        "speakers.toml",
        "statements.toml",
        "sources/harbour-hearing.txt",
    }


def test_each_corpus_folder_has_a_cache_folder_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ZEROLINE_CACHE", str(tmp_path / "cache"))
    for name in ("a", "b"):
        (tmp_path / name / "small").mkdir(parents=True)
    one, other = cache_folder(tmp_path / "a" / "small"), cache_folder(tmp_path / "b" / "small")
    assert one != other and one.parent == other.parent == tmp_path / "cache"
    monkeypatch.chdir(tmp_path / "a")
    assert cache_folder(Path("small")) == one
    monkeypatch.setenv("ZEROLINE_CACHE", "~no-such-user-at-all/x")
    assert cache.cache_home() == Path("~no-such-user-at-all/x")
    monkeypatch.delenv("ZEROLINE_CACHE")
    assert cache.cache_home().name == "zeroline"
