"""Who may come in to the workbench, and what a page may do."""

from __future__ import annotations

import re
import shutil
from urllib.parse import quote

import pytest

import goldthread as gt
from goldthread.errors import UsageError
from goldthread.web.app import SCREENS
from goldthread.web.serving import listen
from tests.web.visiting import Visitor


def test_the_link_opens_the_workbench_once_and_the_cookie_after_that(visitor: Visitor) -> None:
    stranger = Visitor(visitor.address, [visitor.links[0]])
    assert stranger.enter().status == 403
    assert visitor.get("/").status == 200
    assert len(visitor.links) == 2, "a new link is printed when the last was used"


def test_without_the_link_a_person_is_told_how_to_come_in(reader: Visitor) -> None:
    answer = Visitor(reader.address, []).get("/reviews")
    assert answer.status == 403
    assert "opens with the link that was printed" in answer.words("main")


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1", "127.0.0.1:1", "localhost.evil.example:80"])
def test_other_hosts_are_refused_even_with_the_cookie(reader: Visitor, host: str) -> None:
    assert reader.get("/", Host=host).status == 421


def test_a_form_without_its_token_changes_nothing(visitor: Visitor) -> None:
    answer = visitor.post("/screening/R00001/decide", {"decision": "included", "seen": ""})
    assert answer.status == 403
    assert "nothing was changed" in answer.words("main")
    assert "Not screened" in visitor.get("/reviews").words("#results")


def test_a_form_from_another_site_is_refused(visitor: Visitor) -> None:
    fields = {"decision": "included", "seen": "", "form_token": visitor.token()}
    assert visitor.post("/screening/R00001/decide", fields, Origin="https://evil.example").status == 403


def test_every_form_is_taken_through_the_check_of_its_token(visitor: Visitor) -> None:
    forms = [route for screen in SCREENS for route in screen if "POST" in (route.methods or ())]
    assert forms
    for route in forms:
        path = re.sub(r"\{\w+:int\}", "1", route.path).replace("{review_id}", "R00001").replace("{kind}", "practice")
        assert visitor.post(path, {"form_token": "guessed"}).status == 403, path


def test_pages_run_no_script_and_no_style_but_our_own_files(reader: Visitor) -> None:
    for path in ("/", "/reviews", "/screening", "/reviews/R00001", "/reviews/add"):
        answer = reader.get(path)
        policy = answer.headers["content-security-policy"]
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy
        assert "<style" not in answer.text
        assert " style=" not in answer.text
        assert all(script.attributes.get("src") for script in answer.page.css("script"))


@pytest.mark.parametrize("written", ["²", "-1", "9" * 5000, "😀"])
def test_a_number_that_is_none_is_never_a_fault_of_ours(reader: Visitor, written: str) -> None:
    for path in ("/reviews?at=", "/reviews/R00001?page=", "/evidence?first=", "/briefing?fewest=", "/rates?per="):
        assert reader.get(path + quote(written)).status == 200
    token = reader.token()
    for path in ("/reviews/R00001/value", "/reviews/apart", "/screening/sample"):
        sent = reader.post(path, {"form_token": token, "subject_no": written, "n": written, "size": written})
        assert sent.status == 400
        assert "Go back" in sent.words("main")
    for path in ("/screening/R00001/vote", "/screening/R00001/resolve"):
        assert reader.post(path, {"form_token": token, "decision": written}).status == 400
    given = {"form_token": token, "field": "outcome", "missing": written}
    assert reader.post("/reviews/R00001/value", given).status == 400
    given = {"form_token": token, "doc": "D00001", "start": written, "end": written}
    assert reader.post("/reviews/R00001/recommend", given).status == 400


def test_a_form_that_cannot_be_taken_in_is_answered_on_a_page(reader: Visitor) -> None:
    part = '--x\r\nContent-Disposition: form-data; name="files"; filename="{}.pdf"\r\n\r\n%PDF\r\n'
    many = "".join(part.format(n) for n in range(2001)) + "--x--\r\n"
    for body, kind in (("", "multipart/form-data"), (many, "multipart/form-data; boundary=x")):
        answer = reader.ask("POST", "/reviews/add", body.encode(), {"Content-Type": kind})
        assert answer.status == 400
        assert "at most 2,000 files at once" in answer.words("main")


def test_a_fault_of_ours_is_told_as_one_and_the_next_page_is_served(visitor: Visitor, study: gt.Study) -> None:
    shutil.rmtree(study.folder / "originals")
    (study.folder / "cache").write_text("not a folder")
    answer = visitor.get(f"/pictures/{'0' * 64}/1-full.jpg")
    assert answer.status in (400, 500)
    assert "Go back" in answer.words("main")
    assert visitor.get("/").status == 200


def test_a_port_in_use_is_named() -> None:
    taken = listen(0, 0)
    taken.listen()
    try:
        with pytest.raises(UsageError, match="is in use"):
            listen(taken.getsockname()[1], 0)
    finally:
        taken.close()
