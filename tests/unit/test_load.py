"""Loading a corpus: what is right loads whole, what is wrong is named with file, line, key and mend."""

import os
import shutil
import subprocess
import sys
from functools import partial
from pathlib import Path

import pytest

from zeroline.corpus import bundled as bundled_module
from zeroline.corpus.bundled import bundled, resolve
from zeroline.corpus.load import load, study_files
from zeroline.corpus.problems import CorpusError, Problem, nearest

SMALL = Path(__file__).parent.parent / "fixtures" / "corpora" / "small"
CORPUS = '[corpus]\nid = "x"\ntitle = "X"\nversion = "1"\n'
SPEAKER = '[[speaker]]\nid = "a"\nname = "A"\n'


@pytest.fixture
def small(tmp_path: Path) -> Path:
    return Path(shutil.copytree(SMALL, tmp_path / "small"))


def corpus(folder: Path, **files: str) -> Path:
    """A corpus of the given files (``more`` is more.toml) beside a right corpus.toml."""
    folder.mkdir(exist_ok=True)
    for name, text in {"corpus": CORPUS, **files}.items():
        (folder / f"{name}.toml").write_text(text, encoding="utf-8")
    return folder


def said(folder: Path) -> list[str]:
    """What loading a corpus complains of, a line each."""
    with pytest.raises(CorpusError) as wrong:
        load(folder)
    assert wrong.value.problems
    assert str(wrong.value).split("\n") == [str(problem) for problem in wrong.value.problems]
    return [str(problem) for problem in wrong.value.problems]


# What is right


def test_the_small_corpus_loads_whole_and_in_order() -> None:
    study = load(SMALL)
    assert study.corpus.id == "small"
    assert [stance.id for stance in study.stance] == ["keep", "lease", "close"]
    assert [speaker.id for speaker in study.speaker] == ["oda-brum", "ilko-soliany", "tessaly-vane", "perrin-quill"]
    assert (len(study.statement), len(study.event), len(study.source)) == (10, 5, 2)
    mixed = study.statement[2]
    assert [(p.stance, p.force, p.otherwise) for p in mixed.positions] == [
        ("lease", "conditional", "keep"),
        ("keep", "hypothetical", None),
    ]
    assert study.speaker[3].callsign == "[/]"
    assert study.statement[1].excerpt == "Oil is dear [laughter] and I still say keep it"


def test_files_are_read_by_name_after_corpus_toml(tmp_path: Path) -> None:
    corpus(tmp_path, b=SPEAKER, a=SPEAKER.replace('"a"', '"b"'), corpus=CORPUS + SPEAKER.replace('"a"', '"c"'))
    assert [speaker.id for speaker in load(tmp_path).speaker] == ["c", "b", "a"]


def test_a_byte_order_mark_and_windows_line_ends_are_taken(tmp_path: Path) -> None:
    corpus(tmp_path)
    (tmp_path / "corpus.toml").write_bytes(b"\xef\xbb\xbf" + CORPUS.replace("\n", "\r\n").encode())
    (tmp_path / "more.toml").write_bytes(b"\xef\xbb\xbf" + (SPEAKER + "unt = 1\n").replace("\n", "\r\n").encode())
    assert said(tmp_path) == ["more.toml:4: unt: unknown key; did you mean “unit”?"]
    (tmp_path / "more.toml").unlink()
    assert load(tmp_path).corpus.title == "X"


def test_hidden_files_folders_and_other_files_are_left_alone(tmp_path: Path) -> None:
    corpus(tmp_path, **{"._more": "\0", ".#lock": "x"})
    (tmp_path / "folder.toml").mkdir()
    (tmp_path / "notes.md").write_text("= [[")
    (tmp_path / "deeper").mkdir()
    (tmp_path / "deeper" / "x.toml").write_text("= [[")
    assert load(tmp_path).corpus.id == "x"


def test_study_files_are_the_toml_files_and_the_texts(small: Path) -> None:
    (small / "notes.md").write_text("no part of it")
    (small / "sources" / "notes.md").write_text("no part of it")
    assert [path.relative_to(small).as_posix() for path in study_files(small)] == [
        "corpus.toml",
        "events.toml",
        "sources/harbour-hearing.txt",
        "speakers.toml",
        "statements.toml",
    ]
    assert study_files(small / "nowhere") == []
    assert study_files(small / "corpus.toml") == []


def test_the_bundled_corpus_loads() -> None:
    study = load(bundled())
    assert study.corpus.title
    assert study.statement


def test_resolve_is_the_folder_named_or_the_bundled_one(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("USERPROFILE", str(tmp_path))
    assert resolve(None) == bundled()
    assert resolve("here/there") == Path("here/there")
    assert resolve("~/study") == tmp_path / "study"
    assert resolve("~no-such-user-at-all/study") == Path("~no-such-user-at-all/study")


def test_bundled_prefers_the_wheels_copy_and_says_when_there_is_none(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    package = tmp_path / "site-packages" / "zeroline"
    monkeypatch.setattr(bundled_module, "_PACKAGE", package)
    with pytest.raises(CorpusError, match="the bundled corpus is missing; install Zeroline again"):
        bundled()
    checkout = tmp_path / "corpus" / "kursk"
    checkout.mkdir(parents=True)
    corpus(checkout)
    assert bundled() == checkout
    wheel = package / "bundled_corpora" / "kursk"
    wheel.mkdir(parents=True)
    corpus(wheel)
    assert bundled() == wheel


def test_finding_a_corpus_imports_nothing_heavy() -> None:
    code = (
        "import sys; from zeroline.corpus.bundled import resolve; from zeroline.corpus.load import study_files; "
        "from zeroline.corpus.problems import CorpusError; study_files(resolve(None)); "
        "sys.exit(', '.join({'pydantic', 'tomllib', 'edtf', 'textual'} & set(sys.modules)) or 0)"
    )
    done = subprocess.run([sys.executable, "-c", code], check=False, capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (0, "")


# No corpus at all


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    assert said(tmp_path / "nowhere") == [f"{tmp_path / 'nowhere'}: there is no such folder"]


def test_a_file_in_place_of_a_folder(small: Path) -> None:
    file = small / "corpus.toml"
    assert said(file) == [f"{file}: is a file, and a corpus is a folder; name the folder it is in: {small}"]


def test_a_folder_without_corpus_toml(tmp_path: Path) -> None:
    (tmp_path / "speakers.toml").write_text(SPEAKER)
    mend = "write a corpus.toml with a [corpus] table"
    assert said(tmp_path) == [f"{tmp_path}: has no corpus.toml, so it is no corpus; {mend}"]


def test_a_corpus_toml_without_the_corpus_table(tmp_path: Path) -> None:
    corpus(tmp_path, corpus=SPEAKER)
    mend = "begin it with [corpus], and give it id, title and version"
    assert said(tmp_path) == [f"corpus.toml: has no [corpus] table; {mend}"]


# Files that cannot be read


def test_a_file_that_cannot_be_opened(tmp_path: Path) -> None:
    corpus(tmp_path)
    (tmp_path / "gone.toml").symlink_to(tmp_path / "nowhere")
    assert said(tmp_path) == ["gone.toml: cannot be read: No such file or directory"]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes here")
def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    corpus(tmp_path)
    os.mkfifo(tmp_path / "pipe.toml")
    assert said(tmp_path) == ["pipe.toml: cannot be read: it is not a regular file"]


@pytest.mark.skipif(not hasattr(os, "geteuid"), reason="every file may be read here")
def test_a_file_that_may_not_be_read(tmp_path: Path, request: pytest.FixtureRequest) -> None:
    corpus(tmp_path, more=SPEAKER)
    (tmp_path / "more.toml").chmod(0)
    if root := os.geteuid() == 0:  # who may read everything: another user reads, and has to come through
        with pytest.raises(CorpusError):  # what has to be imported is: another user may not even read Python
            load(tmp_path / "nowhere")
        for folder in (tmp_path, *tmp_path.parents):
            if not folder.stat().st_mode & 0o001:
                request.addfinalizer(partial(folder.chmod, folder.stat().st_mode))
                folder.chmod(folder.stat().st_mode | 0o055)
        os.seteuid(65534)
    try:
        found = said(tmp_path)
    finally:
        if root:
            os.seteuid(0)
    assert found == ["more.toml: cannot be read: Permission denied"]


def test_a_file_that_is_not_utf8(tmp_path: Path) -> None:
    corpus(tmp_path)
    (tmp_path / "more.toml").write_bytes('[[speaker]]\nid = "a"\nname = "Brûm"\n'.encode("latin-1"))
    assert said(tmp_path) == ["more.toml:3: is not UTF-8 (byte 0xfb); save it as UTF-8"]


@pytest.mark.parametrize(
    ("text", "line", "says"),
    [
        ('[[speaker]]\nid = "a"\nname = A\n', 3, 'text stands in straight quotes: "…"'),
        ("[[speaker]]\nid = “a”\n", 2, 'text stands in straight quotes: "…"'),
        ('[[speaker]]\nid = "a\n"\n', 2, 'a text of several lines stands in three quotes: """…"""'),
        ('[[speaker]]\nid = "a"\nid = "b"\n', 3, "the same key stands twice in one table"),
        ('[[speaker]]\nnote = "C:\\Users"\n', 2, ""),
        ('[[speaker]]\nid "a"\n', 2, ""),
        ('[[speaker]]\nnote = """\nnever\nclosed\n', 4, "the file ends too soon"),
    ],
)
def test_a_syntax_error_has_its_line(tmp_path: Path, text: str, line: int, says: str) -> None:
    (problem,) = said(corpus(tmp_path, more=text))
    assert problem.startswith(f"more.toml:{line}: is not TOML: ")
    assert says in problem


def test_nesting_without_end_is_said_and_not_raised(tmp_path: Path) -> None:
    for deep in (f"a = {'[' * 50_000}{']' * 50_000}", f"a = {'{b=' * 50_000}1{'}' * 50_000}"):
        assert said(corpus(tmp_path, more=deep)) == [
            "more.toml: is nested too deeply to be read; no table needs such depth"
        ]


def test_nesting_that_toml_can_read_but_no_model_wants(tmp_path: Path) -> None:
    corpus(tmp_path, more=f"{SPEAKER}note = {'[' * 100}{']' * 100}\n{'.'.join('k' * 400)} = 1\n")
    assert said(tmp_path)[0] == "more.toml:4: note: must be text in quotes, not a list"
    assert said(tmp_path)[1].startswith("more.toml:5: k: unknown key")


def test_a_number_without_end_is_said_and_not_raised(tmp_path: Path) -> None:
    corpus(tmp_path, more=f"[[place]]\nlatitude = {'9' * 5000}\n")
    assert said(tmp_path) == ["more.toml: holds a number that is too long to be read"]


def test_one_broken_file_does_not_hide_the_others(tmp_path: Path) -> None:
    corpus(tmp_path, a="= 1\n", b="x = 1\n[[speaker]]\nid = 1\n")
    found = said(tmp_path)
    assert found[0].startswith("a.toml:1: is not TOML")
    assert found[1].startswith("b.toml:1: unknown key “x”")
    assert found[2:] == [
        "b.toml:2: name: is missing; add name = …",
        'b.toml:3: id: must be text in quotes, not 1; write id = "1"',
    ]


# Tables that are misplaced


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("\n[[statment]]\n", "more.toml:2: unknown table “statment”; did you mean “statement”?"),
        ('titel = "x"\n', "more.toml:1: unknown key “titel”"),
        ("\n\n[corpus]\n", "more.toml:3: [corpus] stands in corpus.toml, once; take it out here"),
        ("[speaker]\nid = 1\n", "more.toml:1: speaker is a list of tables; write [[speaker]], in double brackets"),
        ("speaker = [1]\n", "more.toml:1: speaker must be tables; write each as [[speaker]] and its keys below"),
        ('speaker = "x"\n', "more.toml:1: speaker must be tables; write each as [[speaker]] and its keys below"),
    ],
)
def test_a_table_that_cannot_stand_there(tmp_path: Path, text: str, says: str) -> None:
    (problem,) = said(corpus(tmp_path, more=text))
    assert problem.startswith(says)


def test_corpus_written_as_a_list(tmp_path: Path) -> None:
    corpus(tmp_path, corpus=CORPUS.replace("[corpus]", "[[corpus]]"))
    assert said(tmp_path) == ["corpus.toml:1: corpus is one table; write [corpus], in single brackets"]


# Problems


def test_a_problem_is_one_clear_line_that_a_terminal_may_have() -> None:
    problem = Problem("a.toml", 41, "positions[0].forcce", "unknown key", "did you mean “force”?")
    assert str(problem) == "a.toml:41: positions[0].forcce: unknown key; did you mean “force”?"
    assert str(Problem("a.toml", None, "", "is empty", "")) == "a.toml: is empty"
    assert str(Problem("a\x1b[2J.toml", 1, "b\nc", "d\u202e", "")) == "a␛[2J.toml:1: b c: d⟨U+202E⟩"


@pytest.mark.parametrize(
    ("word", "near"), [("Melnyk", "melnyk"), ("melnik", "melnyk"), ("Oda Brum", "oda-brum"), ("zzz", None), ("", None)]
)
def test_nearest(word: str, near: str | None) -> None:
    assert nearest(word, ["melnyk", "klim", "oda-brum"]) == near
