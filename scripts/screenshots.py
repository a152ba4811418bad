"""Take a picture of every screen of the workbench at three widths, light and dark: `make screenshots`.

The study is made of generated reviews, some of them worked on, so that pictures show what a team would see. Pictures
go to `screenshots/`, which is not kept; `--docs` takes the two that the documentation shows.
"""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import uvicorn
from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

import goldthread as gt
from goldthread.protocol.amend.changes import MoveCode
from goldthread.sample.make import make
from goldthread.values import State
from goldthread.web.app import build
from goldthread.web.serving import LOOPBACK, listen
from goldthread.web.wiring import WARNED

ROOT = Path(__file__).resolve().parents[1]
OUT = ROOT / "screenshots"
PICTURES = ROOT / "docs/pictures"
WIDTHS = ((1360, 900), (820, 1100), (360, 740))
SCREENS = {
    "study": "/",
    "agreement": "/agreement",
    "reviews": "/reviews",
    "search": "/reviews?q=risk+assessment",
    "add": "/reviews/add",
    "screening": "/screening",
    "reader-coding": "/reviews/R00001?page=9&tab=coding",
    "reader-edit": "/reviews/R00001?tab=coding&edit=R00001-E006#item-episode-R00001-E006",
    "reader-both": "/reviews/R00001?page=9&view=both",
    "reader-case": "/reviews/R00001?page=3&tab=case&edit=age-1.",
    "reader-text": "/reviews/R00003?tab=recommendations",
    "reader-history": "/reviews/R00001?tab=history&find=police",
    "evidence": "/evidence?direction=missed",
    "findings": "/findings",
    "finding": "/findings/F1",
    "finding-new": "/findings/new",
    "tables": "/tables",
    "table": "/tables/T4",
    "heat-map": "/tables/P4?heat=1",
    "two-coders": "/reconciling",
    "periods": "/periods?field=outcome&dated=incident_date",
    "rates": "/rates?by=force&of=children",
    "populations": "/rates/populations",
    "funnel": "/tables/G1",
    "together": "/tables/C2",
    "crossing": "/crossing?rows=theme&columns=explanation&panels=direction",
    "crossing-empty": "/crossing",
    "crossing-refused": "/crossing?rows=theme&columns=force&where=force%3DNowhere",
    "cell": "/tables/T4/cell?row=death&column=child&basis=draft",
    "briefing": "/briefing",
    "briefing-writing": "/briefing?edit=about.text",
    "briefing-preview": "/briefing?view=preview&kind=themed",
    "briefing-claims": "/briefing/claims?list=1",
    "briefing-check": "/briefing/check",
    "codebook": "/codebook",
    "code": "/codebook/codes/risk_assessment_management",
    "split": "/codebook/split/risk_assessment_management",
    "effect": "/amend?kind=merge_codes&code=evidence_investigation&into=victim_engagement",
    "effect-screening": "/amend?kind=set_limit&criterion=in_period&rule=1&limit=2018-06-01",
    "amendments": "/amendments",
    "plan": "/plan",
    "quality": "/quality",
    "quality-without": "/quality/without?table=T4",
    "quality-recommendations": "/quality/recommendations",
    "plan-looked-at": "/plan?look=strategy-1",
    "protocol": "/protocol",
    "amend": "/protocol/amend/describe_reason?reason=out_of_date",
    "lost": "/nowhere",
    "warning": "/reviews/R00001?page=3",
}


def worked_on(folder: Path) -> gt.Study:
    """A study of generated reviews that somebody has begun to work on."""
    sample = make(folder / "reviews", reviews=24)
    study = gt.init(folder / "Autumn round", who="Ada")
    study.add(sample.reports)
    study.suggest()
    study.load_populations(ROOT / "docs/examples/populations/populations.csv")
    desk = study.desk
    for item in desk.catalogue()[:6]:
        if item.proposed:
            desk.decide(item.review_id, item.proposed.decision, item.proposed.reason, "")
    found = desk.review("R00001")
    judged = [one for one in found.episodes if one.item.theme]
    desk.settle("R00001", "episodes", [(one.key, one.stamp) for one in judged[:5]], State.CONFIRMED)
    study.amend(MoveCode(code="strategy_meetings", below="collaborative_working"), "meetings are joint work")
    values = [(one.key, one.stamp) for one in found.characteristics[:9]]
    desk.settle("R00001", "characteristics", values, State.CONFIRMED)
    short = [one for one in desk.review("R00001").episodes if one.item.direction == "missed"]
    for one, asked in zip(short, desk.review("R00001").recommendations[:2], strict=False):
        desk.link("R00001", (one.key, one.stamp), (asked.key, asked.stamp))
    make_findings(study, folder)
    found_by_two(folder / "Autumn round")
    return study


def make_findings(study: gt.Study, folder: Path) -> None:
    """Three findings, one of which has lost evidence since, and a later plan that is not in use."""
    desk = study.desk.findings

    def passages(theme: str, direction: str, most: int) -> list[str]:
        return [one.episode_id for one in study.episodes(theme=theme, direction=direction)][:most]

    working, risk = "collaborative_working", "risk_assessment_management"
    desk.make(
        "Risk assessments are begun at the scene and not completed, so that the risk to others at home is not seen.",
        note="Read the reviews of this round again before it is printed.",
        supporting=passages(risk, "missed", 30),
        opposing=passages(risk, "good", 4),
        actions=["2.1.1", "2.2.1"],
    )
    desk.make(
        "What one agency knows reaches the police late or not at all.",
        supporting=passages(working, "missed", 14),
        opposing=passages(working, "good", 2),
        actions=["2.1.3"],
    )
    desk.make("Records leave out who was in the home.", supporting=passages("recording_researching", "missed", 3))
    lost = study.episodes(theme=risk, direction="missed")[0]
    study.reject(lost.review_id, "episodes", [lost.episode_id])
    plan = (ROOT / "docs/findings.md").read_text(encoding="utf-8").split("```toml")[1].split("```")[0]
    (folder / "strategy.toml").write_text(plan, encoding="utf-8")
    desk.load_plan(folder / "strategy.toml")


def found_by_two(folder: Path) -> None:
    """Have a second person code and screen something the first did, so that agreement is shown."""
    with gt.open(folder, who="Bea") as other:
        found = [one for one in other.desk.review("R00001").episodes if one.item.state is State.SUGGESTED]
        other.desk.settle("R00001", "episodes", [(one.key, one.stamp) for one in found[-4:]], State.CONFIRMED)
        other.desk.vote("R00001", "included", "")


@contextmanager
def served(study: gt.Study) -> Iterator[str]:
    """The link that opens the workbench of a study."""
    ours = listen(0, 0)
    links: list[str] = []
    application, here = build(study, f"http://{LOOPBACK}:{ours.getsockname()[1]}", links.append)
    here.keeper.new_link()
    server = uvicorn.Server(uvicorn.Config(application, log_level="error", lifespan="off"))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [ours]}, daemon=True)
    thread.start()
    yield links[-1]
    server.should_exit = True
    thread.join(10)
    here.paper.close()
    ours.close()


def settle(page: Page) -> None:
    """Wait until what the page fetches by itself is there."""
    page.wait_for_load_state("networkidle")
    page.wait_for_timeout(150)


def take(browser: Browser, link: str, names: list[str]) -> int:
    """Every screen at every width; returns how many pictures were taken."""
    shutil.rmtree(OUT, ignore_errors=True)
    address, cookies, taken = link.split("/open?")[0], list[Any](), 0
    for colours in ("light", "dark"):
        for width, height in WIDTHS:
            context = browser.new_context(viewport={"width": width, "height": height}, color_scheme=colours)
            page = context.new_page()
            if not cookies:
                page.goto(link)
                cookies = list(context.cookies())
            context.add_cookies(cookies)
            for name in names:
                if name != "warning":
                    context.add_cookies([{"name": WARNED, "value": "yes", "domain": LOOPBACK, "path": "/"}])
                else:
                    context.clear_cookies(name=WARNED)
                page.goto(address + SCREENS[name])
                settle(page)
                path = OUT / f"{width}-{colours}" / f"{name}.png"
                path.parent.mkdir(parents=True, exist_ok=True)
                page.screenshot(path=path)
                taken += 1
            context.close()
    return taken


def for_docs(browser: Browser, link: str) -> None:
    """The two pictures the documentation shows."""
    context = browser.new_context(viewport={"width": 1360, "height": 850})
    page = context.new_page()
    page.goto(link)
    for name, path in (("reader-coding", "reader"), ("screening", "screening")):
        context.add_cookies([{"name": WARNED, "value": "yes", "domain": LOOPBACK, "path": "/"}])
        page.goto(link.split("/open?")[0] + SCREENS[name])
        settle(page)
        picture = PICTURES / f"workbench-{path}.png"
        page.screenshot(path=picture)
        Image.open(picture).convert("RGB").quantize(220).save(picture, optimize=True)
    context.close()


def main() -> int:
    """Make the study, serve it, and take the pictures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("names", nargs="*", metavar="SCREEN", help=f"any of {', '.join(SCREENS)}; all by default")
    parser.add_argument("--docs", action="store_true", help="take the documentation's pictures instead")
    parser.add_argument("--study", type=Path, help="an existing study in place of a generated one")
    options = parser.parse_args()
    chromium = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    if chromium is None:
        print("no Chromium was found: apt-get install chromium", file=sys.stderr)
        return 2
    with tempfile.TemporaryDirectory(prefix="goldthread-pictures-") as scratch:
        study = gt.open(options.study) if options.study else worked_on(Path(scratch))
        with study, served(study) as link, sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
            if options.docs:
                for_docs(browser, link)
            else:
                print(f"{take(browser, link, options.names or list(SCREENS))} pictures in {OUT.name}/")
            browser.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
