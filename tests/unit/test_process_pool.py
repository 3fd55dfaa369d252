"""Lines compiled by several processes: the same index as one makes alone, and nobody left behind."""

from __future__ import annotations

import gzip
import json
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from zeroline.corpus.problems import CorpusError
from zeroline.index import process_pool, records, summary
from zeroline.index.cache import CacheError, build, cache_folder
from zeroline.index.filter import NONE, Filter
from zeroline.index.reader import Index

if sys.platform == "win32":
    pytest.skip("processes are looked into as only POSIX lets one", allow_module_level=True)

HEAD = """[corpus]
format = 1
id = "bridge"
title = "A bridge, made up"
version = "1"

[[stance]]
id = "mend"
label = "mend"

[[stance]]
id = "toll"
label = "toll"

[[topic]]
id = "planks"
label = "Planks and nails"

[[speaker]]
id = "ferryman"
name = "Ferryman"
"""
TABLES = """
[[source]]
id = "gazette"
title = "Gazette"
date = "2030-03"

[[event]]
id = "flood"
date = "2030-01-20"
title = "A flood"
asserted_by = "gazette"
source = "gazette"

[[statement]]
id = "spoken"
speaker = "ferryman"
source = "gazette"
attribution = "direct"
date = "2030-01-05"
paraphrase = "Boats will do."
"""
OTHER = {"mend": "toll", "toll": "mend"}
LINES = 240


@pytest.fixture(autouse=True)
def _cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ZEROLINE_CACHE", str(tmp_path / "cache"))


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Two processes even for a few lines; the ids of those that were started."""
    ids: list[int] = []
    start = subprocess.Popen

    def noted(command: list[str], **how: object) -> subprocess.Popen[bytes]:
        process: subprocess.Popen[bytes] = start(command, **how)  # type: ignore[call-overload]
        ids.append(process.pid)
        return process

    monkeypatch.setattr(process_pool.subprocess, "Popen", noted)
    monkeypatch.setattr(process_pool, "SHARE_LEAST", 1_000)
    monkeypatch.setattr(process_pool, "_cores", lambda: 2)
    return ids


def corpus_in(folder: Path, lines: list[object], head: str = HEAD + TABLES) -> Path:
    folder.mkdir(exist_ok=True)
    (folder / "corpus.toml").write_text(head, encoding="utf-8")
    text = "".join((line if isinstance(line, str) else json.dumps(line)) + "\n" for line in lines)
    (folder / "statements.jsonl").write_text(text, encoding="utf-8")
    return folder


def made(number: int, **more: object) -> dict[str, object]:
    """A line in which everything comes up now and then."""
    rng = random.Random(number)
    if number < LINES // 2 or number % 4:  # the rest name somebody whom an earlier share has told of
        line: dict[str, object] = {"speaker": {"id": f"p{number % 7}", "name": f"Nèighbour “{number % 7}”"}}
    else:
        line = {"speaker": rng.choice(["ferryman", "p3"])}
    line |= {"id": f"Say-{number}", "excerpt": f'the \\ "plank" nÚmber {number} ' + "again " * (number % 9)}
    if number % 5:
        line["date"] = rng.choice(
            ["2030-01-05", "2030-01", "2029-12-31", "2030-01-19/2030-01-21", "2031~", "0001-01-01"]
        )
    if number % 3:
        force = rng.choice(["unconditional", "conditional", "hypothetical"])
        position = {"stance": rng.choice(["mend", "toll"]), "force": force, "certainty": "low", "basis": "inferred"}
        line["positions"] = [position | {"rationale": "so said"}]
        if force == "conditional":
            line["positions"] = [
                line["positions"][0] | {"condition": "the river falls", "otherwise": OTHER[str(position["stance"])]}
            ]
    if number % 6 == 1:
        line |= {"topics": ["planks"], "places": ["far bank"], "note": "unsure", "paraphrase": "About a plank."}
    return line | more


def content(index: Index) -> dict[str, object]:
    """All that can be asked of an index."""
    wanted = [
        Filter(),
        Filter(stances=("mend",)),
        Filter(stances=(NONE,)),
        Filter(topics=("planks",)),
        Filter(since="2030"),
    ]
    queries = ["plank", "number 7", "speaker:neighbour", "speaker:ferryman", "condition:river", "has:note", "note:*"]
    queries += [
        "date:2030-01",
        "kind:event",
        "kind:statement",
        "attribution:direct",
        "force:conditional",
        "basis:stated",
    ]
    queries += ["id:say-17", "source:gazette", "place:bank", "topic:nails", "stance:toll.conditional", "condition:*"]
    wanted += [Filter(query=query) for query in queries]
    about = [index.speakers(), index.sources(), [index.facets(w) for w in wanted]]
    rows = {w.query or repr(w): index.page(w, limit=1_000).rows for w in wanted}
    return {"about": about, "rows": rows, "summary": (index.folder / summary.FILE).read_text()}


def files(index: Index) -> list[bytes]:
    return [(index.folder / name).read_bytes() for name in (records.FILE, records.STARTS)]


@pytest.mark.parametrize("kind", ["plain, with tables", "packed"])
def test_alone_and_together_make_the_same(tmp_path: Path, started: list[int], kind: str) -> None:
    lines: list[object] = [made(n) for n in range(LINES)]
    lines.insert(100, "   ")
    corpus = corpus_in(tmp_path / "bridge", lines, HEAD + TABLES * (kind != "packed"))
    file = corpus / "statements.jsonl"
    file.write_bytes(b"\xef\xbb\xbf" + file.read_bytes().replace(b"\n", b"\r\n").removesuffix(b"\r\n"))
    if kind == "packed":
        (corpus / "statements.jsonl.gz").write_bytes(gzip.compress(file.read_bytes()))
        file.unlink()
    together = build(corpus)
    assert len(started) == 2 and len(list((together.folder / "items").glob("*.store"))) >= 2
    assert not [p.name for p in together.folder.iterdir() if p.name.startswith(("items-", "ids-", "."))]
    found = content(together), files(together)
    with pytest.MonkeyPatch.context() as alone:
        alone.setattr(process_pool, "_cores", lambda: 1)
        by_one = build(corpus)
    assert len(started) == 2 and by_one.folder != together.folder
    assert (content(by_one), files(by_one)) == found
    assert by_one.count(Filter()) == LINES + 2 * (kind != "packed")


def test_ranks_are_those_of_time_and_then_of_the_file(tmp_path: Path, started: list[int]) -> None:
    lines = [made(n, date=f"2030-01-{1 + n * 7 % 28:02}") for n in range(LINES)]
    index = build(corpus_in(tmp_path / "bridge", list(lines)))
    rows = index.page(Filter(), limit=1_000).rows
    assert [row.seq for row in rows] == list(range(LINES + 2))
    in_time = sorted(lines, key=lambda line: str(line["date"]))
    assert [r.item["id"] for r in rows if r.item["id"].startswith("Say")] == [line["id"] for line in in_time]


@pytest.mark.parametrize(
    ("at", "bad", "words"),
    [
        (200, made(3), "statements.jsonl:201: the id “Say-3” stands twice"),
        (230, made(999, speaker="nobody"), "statements.jsonl:231: speaker: there is no speaker “nobody”"),
        (0, "{", "statements.jsonl:1: the line is no JSON"),
    ],
)
def test_what_is_wrong_in_any_share_is_said_with_its_line(
    tmp_path: Path, started: list[int], at: int, bad: object, words: str
) -> None:
    lines: list[object] = [made(n) for n in range(LINES)]
    lines[at:at] = [bad]
    corpus = corpus_in(tmp_path / "bridge", lines)
    with pytest.raises(CorpusError) as wrong:
        build(corpus)
    assert str(wrong.value).startswith(words) and "\n" not in str(wrong.value)
    assert nothing_left(corpus, started)


def test_a_speaker_told_of_only_later_is_unknown_before(tmp_path: Path, started: list[int]) -> None:
    lines: list[object] = [made(n) for n in range(LINES)]
    lines[10:10] = [made(999, speaker="late")]
    lines.append(made(1_000, speaker={"id": "late", "name": "Late"}))
    with pytest.raises(CorpusError, match=r"statements.jsonl:11: speaker: there is no speaker “late”"):
        build(corpus_in(tmp_path / "bridge", lines))


def test_whoever_stops_it_stops_all(tmp_path: Path, started: list[int]) -> None:
    corpus = corpus_in(tmp_path / "bridge", [made(n) for n in range(LINES)])

    def interrupt(done: int, total: int) -> None:
        if total:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        build(corpus, interrupt)
    assert len(started) == 2 and nothing_left(corpus, started)


def nothing_left(corpus: Path, processes: list[int]) -> bool:
    assert not any(alive(process) for process in processes)
    return list(cache_folder(corpus).iterdir()) == []


def alive(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    return True


@pytest.mark.parametrize("when", ["it starts", "it feeds"])
def test_one_that_is_killed_is_done_without(tmp_path: Path, started: list[int], when: str) -> None:
    corpus = corpus_in(tmp_path / "bridge", [made(n) for n in range(LINES)])
    killed = False

    def kill(done: int, total: int) -> None:
        nonlocal killed
        if not killed and bool(total) == (when == "it feeds"):
            killed = True
            os.kill(started[1], signal.SIGKILL)

    index = build(corpus, kill)
    assert killed and len(started) == 2
    assert not [p.name for p in index.folder.iterdir() if p.name.startswith("items-")]
    found = content(index)
    with pytest.MonkeyPatch.context() as alone:
        alone.setattr(process_pool, "_cores", lambda: 1)
        assert content(build(corpus)) == found


def test_where_no_process_can_be_started_it_goes_without(
    tmp_path: Path, started: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(process_pool.sys, "executable", str(tmp_path / "no-such-python"))
    index = build(corpus_in(tmp_path / "bridge", [made(n) for n in range(LINES)]))
    assert index.count(Filter()) == LINES + 2 and started == []


def test_few_lines_are_not_worth_a_process(tmp_path: Path) -> None:
    corpus = corpus_in(tmp_path / "bridge", [made(n) for n in range(LINES)])
    with pytest.MonkeyPatch.context() as many:
        many.setattr(process_pool, "_cores", lambda: 16)
        many.setattr(process_pool, "ProcessPool", None)
        assert build(corpus).count(Filter()) == LINES + 2


RUN = """
import sys, resource
from pathlib import Path
from zeroline.index import process_pool
process_pool.SHARE_LEAST, process_pool._cores = 1_000, lambda: 2
{before}
from zeroline.index.cache import build
build(Path({corpus!r}), {progress})
"""


def child(corpus: Path, tmp_path: Path, before: str = "", progress: str = "None") -> subprocess.Popen[str]:
    (tmp_path / "tmp").mkdir(exist_ok=True)
    code = RUN.format(before=before, corpus=str(corpus), progress=progress)
    return subprocess.Popen(
        [sys.executable, "-c", code],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "TMPDIR": str(tmp_path / "tmp")},
    )


def test_shares_that_do_not_fill_the_memory_have_it_in_large_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("GLIBC_TUNABLES", raising=False)
    assert (
        process_pool._how_to_start(process_pool.LARGE_PAGES_MOST)[1]["env"]["GLIBC_TUNABLES"]
        == process_pool.LARGE_PAGES
    )
    assert "GLIBC_TUNABLES" not in process_pool._how_to_start(process_pool.LARGE_PAGES_MOST + 1)[1]["env"]
    monkeypatch.setenv("GLIBC_TUNABLES", "glibc.malloc.check=0")  # what a user tells their C library counts
    assert process_pool._how_to_start(1)[1]["env"]["GLIBC_TUNABLES"] == "glibc.malloc.check=0"


ONE_FULL = """
start = process_pool.ProcessPool.__init__
def limited(self, *args):
    start(self, *args)
    resource.prlimit(self._processes[1].pid, resource.RLIMIT_FSIZE, (2_000, 2_000))
process_pool.ProcessPool.__init__ = limited
"""


@pytest.mark.parametrize("for_whom", ["all", "one that helps"])
def test_a_full_disk_is_said_and_nothing_half_made_stays(tmp_path: Path, for_whom: str) -> None:
    if for_whom != "all" and not sys.platform.startswith("linux"):
        pytest.skip("only Linux limits another process")
    corpus = corpus_in(tmp_path / "bridge", [made(n) for n in range(LINES)])
    before = build(corpus)
    corpus_in(corpus, [made(n) for n in range(LINES + 1)])
    room = (corpus / "statements.jsonl").stat().st_size - 1
    limit = f"resource.setrlimit(resource.RLIMIT_FSIZE, ({room}, {room}))"
    process = child(corpus, tmp_path, limit if for_whom == "all" else ONE_FULL)
    _, said = process.communicate(timeout=240)
    if for_whom != "all" and process.returncode == 0:  # it died before it could say a word, and was done without
        assert build(corpus).count(Filter()) == LINES + 3
        return
    assert process.returncode == 1 and CacheError.__name__ in said.splitlines()[-1], said
    assert "(File too large), nor anywhere else (File too large)" in said.splitlines()[-1]
    assert [p.name for p in cache_folder(corpus).glob("gen-*")] == [before.folder.name]
    assert list((tmp_path / "tmp").iterdir()) == []
    assert Index(before.folder).count(Filter()) == LINES + 2


def test_when_the_one_who_asked_is_killed_its_helpers_end(tmp_path: Path) -> None:
    corpus = corpus_in(tmp_path / "bridge", [made(n) for n in range(LINES)])
    slow = "import zeroline.index.stream as s, time\ntold = process_pool.ProcessPool.feed\n"
    slow += "def feed(self, plans, tell=None):\n"
    slow += "    print(*(p.pid for p in self._processes), flush=True)\n    time.sleep(60)\n"
    slow += "process_pool.ProcessPool.feed = feed\n"
    process = child(corpus, tmp_path, slow)
    assert process.stdout is not None
    helpers = [int(word) for word in process.stdout.readline().split()]
    assert len(helpers) == 2
    process.kill()
    process.communicate()
    assert eventually(lambda: not any(alive(helper) for helper in helpers))
    assert build(corpus).count(Filter()) == LINES + 2
    assert len(list(cache_folder(corpus).glob("gen-*"))) == 1


def test_ctrl_c_reaches_only_whoever_started_them(tmp_path: Path) -> None:
    corpus = corpus_in(tmp_path / "bridge", [made(n) for n in range(LINES)])
    slow = "import signal\nsignal.signal(signal.SIGINT, signal.default_int_handler)\n"
    slow += "def wait(self, wanted, tell):\n    print(*(p.pid for p in self._processes), flush=True)\n"
    slow += "    while True: self._answers.get()\nprocess_pool.ProcessPool._gather = wait\n"
    process = child(corpus, tmp_path, slow)
    assert process.stdout is not None
    helpers = [int(word) for word in process.stdout.readline().split()]
    assert all(os.getpgid(helper) != os.getpgid(process.pid) for helper in helpers)
    time.sleep(0.2)
    process.send_signal(signal.SIGINT)
    _, said = process.communicate(timeout=240)
    assert said.splitlines()[-1] == "KeyboardInterrupt" and nothing_left(corpus, helpers)


def eventually(true: Callable[[], bool], seconds: float = 20) -> bool:
    end = time.monotonic() + seconds
    while not true():
        if time.monotonic() > end:
            return False
        time.sleep(0.05)
    return True


def test_a_program_that_ends_while_a_thread_compiles_leaves_nothing(tmp_path: Path) -> None:
    corpus = corpus_in(tmp_path / "bridge", [made(n) for n in range(LINES)])
    quits = "import threading, zeroline.index.cache as c\nreal, began = c.build, threading.Event()\n"
    quits += "def feed(self, plans, tell=None):\n    print(*(p.pid for p in self._processes), flush=True)\n"
    quits += "    began.set()\n    threading.Event().wait()\nprocess_pool.ProcessPool.feed = feed\n"
    quits += "def build(*args):\n    threading.Thread(target=real, args=args, daemon=True).start()\n    began.wait()\n"
    quits += "c.build = build\n"
    process = child(corpus, tmp_path, quits)
    out, said = process.communicate(timeout=240)
    assert process.returncode == 0, said
    assert nothing_left(corpus, [int(word) for word in out.split()])


def test_segments_of_another_kind_are_not_joined(tmp_path: Path) -> None:
    from zeroline.index.schema import build_schema, build_table_schema
    from zeroline.index.segments import join
    from zeroline.index.writer import SMALL_HEAP, Writer

    for name, schema in (("items", build_schema()), ("other", build_table_schema())):
        Writer(tmp_path / name, schema, SMALL_HEAP).close()
    with pytest.raises(ValueError, match="other is no part of this index"):
        join(tmp_path / "items", [tmp_path / "other"])
    assert (tmp_path / "other" / "meta.json").exists()


def test_ids_are_compared_across_shares(tmp_path: Path) -> None:
    from zeroline.corpus.ids import Ids, any_twice, twice

    left, right = Ids(f"a{n}" for n in range(1_000)), Ids(f"b{n}" for n in range(1_000))
    left.write(tmp_path / "ids")
    left = Ids.read(tmp_path / "ids")
    assert not any_twice([left, right]) and sum(map(len, left.parts)) == 1_000
    right.add("a512")
    assert any_twice([left, right]) and not any_twice([right])
    right.add("b7")
    right.add("b7")
    assert any_twice([right]) and twice(right) == {hash("b7")} and twice(left) == set()
