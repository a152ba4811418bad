"""How long the pages of the workbench take over a large study, really served, asked for one after another.

Run `python benchmarks/bench_pages.py [REVIEWS [PAGES]]` (1,000 reviews of 100 pages unless told; minutes to make).
For each page: the processor time the server spent on it and the time until the whole of it was there, the mean of
fifteen, and what it took the first time, with nothing counted yet; then the server's memory over further page views.
"""

from __future__ import annotations

import http.client
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import goldthread as gt
from goldthread.sample.make import make
from lines import Line, table
from measure import MEGABYTE, BenchmarkFailed, goldthread, memory, processors

BAR_MS = 150.0
ASKED = 15
VIEWS = 1000
_TICK = os.sysconf("SC_CLK_TCK")
PAGES = {
    "Study": "/",
    "Reviews": "/reviews",
    "Reviews, narrowed": "/reviews?review_type=SAR&outcome=death",
    "Reviews, searched": "/reviews?q=police",
    "Reviews, a phrase": "/reviews?q=%22risk+assessment%22",
    "Screening": "/screening/{review}",
    "Reader, coding": "/reviews/{review}?tab=coding",
    "Reader, case": "/reviews/{review}?tab=case",
    "Reader, one more page": "/reviews/{review}/sheet?doc={document}&page=50",
    "Evidence": "/evidence",
    "Evidence, narrowed": "/evidence?direction=missed&review_type=SCR",
    "Findings": "/findings",
    "a table": "/tables/T4",
    "a table of passages": "/tables/T12",
    "a matrix of reviews": "/tables/M1",
    "two fields crossed": "/crossing?rows=theme&columns=explanation",
    "three fields crossed": "/crossing?rows=theme&columns=explanation&panels=direction",
    "sub-themes together": "/crossing?rows=subtheme&columns=subtheme",
    "two fields, only deaths": "/crossing?rows=theme&columns=direction&where=outcome%3Ddeath",
    "Periods": "/periods?field=review_group",
    "a number's words": "/tables/T4/cell?row=death&column=child&basis=draft",
    "Briefing": "/briefing",
    "Codebook": "/codebook",
    "a code": "/codebook/codes/{theme}",
    "effect of a limit": "/amend?kind=set_limit&criterion=in_period&rule=1&limit=2016-07-01",
    "effect of a late limit": "/amend?kind=set_limit&criterion=in_period&rule=1&limit=2018-01-01",
    "effect of a reason moved": "/amend?kind=place_reason&reason=no_police_learning&before=out_of_date",
    "Quality": "/quality",
    "Recommendations": "/quality/recommendations",
    "Plan": "/plan",
    "Protocol": "/protocol",
}


@dataclass
class Server:
    """A served study: where it is, the cookie of somebody who came in, and its process."""

    host: str
    process: subprocess.Popen[str]
    cookie: str = ""

    def get(self, path: str) -> http.client.HTTPResponse:
        """Ask for a page and read it to its end."""
        connection = http.client.HTTPConnection(self.host, timeout=120)
        connection.request("GET", path, headers={"Cookie": self.cookie})
        answer = connection.getresponse()
        answer.read()
        connection.close()
        return answer

    def processor_seconds(self) -> float:
        """What the server has worked so far."""
        fields = Path(f"/proc/{self.process.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / _TICK


@contextmanager
def served(study: Path) -> Iterator[Server]:
    """The workbench of a study as a person starts it."""
    command = [sys.executable, "-m", "goldthread", "serve", str(study), "--port", "0", "--no-browser"]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as process:  # noqa: S603
        link = next(line for line in process.stderr or () if "token=" in line).removeprefix("Open: ").strip()
        server = Server(urlsplit(link).netloc, process)
        try:
            server.cookie = (_entered(server, link).getheader("set-cookie") or "").split(";")[0]
            yield server
        finally:
            process.terminate()


def _entered(server: Server, link: str) -> http.client.HTTPResponse:
    path = link.partition(server.host)[2]
    for _ in range(100):
        try:
            return server.get(path)
        except ConnectionError:
            time.sleep(0.1)
    raise BenchmarkFailed("the workbench did not start")


def large_study(scratch: Path, reviews: int, pages: int) -> Path:
    """A study of so many reviews of so many pages, suggested on."""
    sample = make(scratch / "load", reviews, formats=("pdf",), pages=pages, jobs=processors())
    study = scratch / "served"
    goldthread("init", study, "--protocol", "police-reviews")
    goldthread("add", study, sample.reports)
    goldthread("suggest", study)
    return study


def measure(scratch: Path, reviews: int, pages: int, views: int = VIEWS) -> list[Line]:
    """Every page over such a study."""
    return pages_of(large_study(scratch, reviews, pages), views)


def pages_of(study: Path, views: int = VIEWS) -> list[Line]:
    """Every page over a study that is there."""
    with gt.open(study) as opened:
        told = [one for one in opened.reviews() if one.documents and any(each.theme for each in one.episodes)]
        passages = sum(len(one.episodes) for one in opened.reviews())
    asked = told[len(told) // 2]
    names = {
        "review": asked.review_id,
        "document": asked.documents[0].document_id,
        "theme": next(one.theme for one in asked.episodes if one.theme),
    }
    with served(study) as server:
        began = time.perf_counter()
        server.get(PAGES["a table"])
        about = f"{server.processor_seconds():.1f} s of processor time, starting and reading ahead included"
        first = Line("first table after the start", time.perf_counter() - began, "s", 1.0, about)
        lines = [line for name, path in PAGES.items() for line in _timed(server, name, path.format(**names))]
        held = _memory(server, [path.format(**names) for path in PAGES.values()], views)
    return [first, *lines, held, Line("passages in that study", passages, "")]


def _timed(server: Server, name: str, path: str) -> Iterator[Line]:
    worked, began = server.processor_seconds(), time.perf_counter()
    status = server.get(path).status
    if status != 200:
        raise BenchmarkFailed(f"{path} answered {status}")
    afresh = (server.processor_seconds() - worked) * 1000
    worked, began = server.processor_seconds(), time.perf_counter()
    for _ in range(ASKED):
        server.get(path)
    until = (time.perf_counter() - began) / ASKED * 1000
    spent = (server.processor_seconds() - worked) / ASKED * 1000
    yield Line(
        name,
        spent,
        "ms",
        BAR_MS,
        f"processor time of the server; {until:.0f} ms until there; {afresh:.0f} ms the first time",
    )


def _memory(server: Server, paths: list[str], views: int) -> Line:
    pid, held = server.process.pid, []
    for n in range(views):
        server.get(paths[n % len(paths)])
        if n in (views // 4, views - 1):
            held.append(memory(pid) / MEGABYTE)
    about = f"{held[0]:.0f} MB after {views // 4}, {held[1]:.0f} MB after {views}"
    return Line(f"memory over {views} page views", held[1] / held[0], "times", 1.2, about)


if __name__ == "__main__":
    many, pages_each = (*map(int, sys.argv[1:3]), *(1000, 100)[len(sys.argv) - 1 :])
    with tempfile.TemporaryDirectory(prefix="goldthread-pages-") as folder:
        print(table(measure(Path(folder), many, pages_each)))
