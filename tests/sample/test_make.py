"""The sample as a whole: what is in it, that it repeats itself exactly, and that it scales."""

from __future__ import annotations

import csv
import hashlib
import json
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

import pytest

from goldthread.errors import UsageError
from goldthread.protocol.load import load
from goldthread.protocol.vocabulary import field_values, permitted
from goldthread.sample.case import role_of
from goldthread.sample.make import make
from goldthread.sample.report import FICTIONAL
from goldthread.sample.truth import KnownReview, Truth
from goldthread.sources.registers import read_register
from tests.sample.conftest import folded, pdf_pages, words_of

GAZETTEERS = {"force", "board", "local_authority"}


def prints(folder: Path) -> dict[str, str]:
    return {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def test_the_same_seed_gives_the_same_bytes_and_another_seed_other_ones(tmp_path: Path, sample: Truth) -> None:
    make(tmp_path / "again")
    assert prints(tmp_path / "again") == prints(sample.folder)
    make(tmp_path / "other", reviews=3, seed=2)
    other = prints(tmp_path / "other")
    assert not set(other.values()) & set(prints(sample.folder).values())


def test_two_processes_make_what_one_makes(tmp_path: Path) -> None:
    make(tmp_path / "one", reviews=80, light=True)
    make(tmp_path / "two", reviews=80, light=True, jobs=2)
    assert prints(tmp_path / "one") == prints(tmp_path / "two")


def test_every_part_of_the_cast_appears_once_in_two_rounds(sample: Truth) -> None:
    parts = Counter(known.part for known in sample)
    assert parts.pop("ordinary") == 10
    assert set(parts.values()) == {1}
    assert {known.round for known in sample} == {"2019-Q3", "2019-Q4"}
    assert {"/".join(known.types) for known in sample} == {"SCR", "LCSPR", "CPR", "SAR", "APR", "DHR", "SCR/DHR"}
    assert {file.format for known in sample for file in known.files} == {"pdf", "docx", "html"}


def test_the_answers_are_not_among_the_reports(sample: Truth) -> None:
    listed = {file.name for known in sample for file in known.files}
    assert {path.name for path in sample.reports.iterdir()} == {*listed, "register.csv"}
    assert sample.path.parent == sample.folder != sample.reports


def test_the_register_names_every_file_with_its_review(sample: Truth) -> None:
    with sample.register.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    assert list(rows[0]) == ["file", "review", "title", "type", "source", "publication_date", "url", "round"]
    told = [(file.name, known.review, known.round) for known in sample for file in known.files]
    assert [(row["file"], row["review"], row["round"]) for row in rows] == told
    assert len(rows) == sample.files == sample.reviews + 1
    assert all((sample.reports / row["file"]).is_file() for row in rows)


def test_the_register_is_one_that_add_understands(sample: Truth) -> None:
    register = read_register(sample.register, load("police-reviews"))
    assert register.problems == ()
    found = [(entry.reference, entry.review_types, entry.source, entry.round) for entry in register.entries]
    assert found == [(known.review, known.types, known.source, known.round) for known in sample]
    assert [len(entry.files) for entry in register.entries] == [len(known.files) for known in sample]


def test_a_run_that_was_stopped_leaves_no_sample_and_can_be_made_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Stopped(Exception):
        pass

    def stop(self: Path, data: bytes) -> int:
        raise Stopped

    with monkeypatch.context() as patch:
        patch.setattr(Path, "write_bytes", stop)
        with pytest.raises(Stopped):
            make(tmp_path, reviews=2, light=True)
    assert not (tmp_path / "truth.json").exists()
    assert make(tmp_path, reviews=2, light=True).files == 2


def test_every_page_of_every_readable_pdf_says_it_is_fictional(sample: Truth) -> None:
    seen = 0
    for known in sample:
        for file in known.files:
            if file.format == "pdf" and not file.fault:
                pages = pdf_pages(sample.reports / file.name)
                assert all(folded(FICTIONAL) in folded(page) for page in pages), file.name
                seen += len(pages)
    assert seen > 200


def test_pages_are_as_many_as_a_published_review_has(sample: Truth) -> None:
    sizes = {
        known.review: len(pdf_pages(sample.reports / known.files[0].name))
        for known in sample
        if known.files[0].format == "pdf" and not known.files[0].fault and known.part != "too_brief"
    }
    assert all(9 <= size <= 62 for size in sizes.values()), sizes
    assert sum(size > 50 for size in sizes.values()) == 1
    for known in sample:
        if known.review in sizes:
            wanted = role_of(int(known.review[2:]) - 1).pages
            assert abs(sizes[known.review] - wanted) <= 0.15 * wanted + 1


def test_every_sentence_of_the_truth_is_in_the_text(sample: Truth) -> None:
    quotes = 0
    for known in sample:
        file = known.files[0]
        if file.fault in ("corrupt", "scanned", "encrypted"):
            continue
        text = folded(words_of(sample.reports / file.name, file.format))
        for quote in spoken(known):
            assert folded(quote) in text, (known.review, quote)
            quotes += 1
    assert quotes > 900


def spoken(known: KnownReview) -> list[str]:
    told = [value.quote for value in known.characteristics if value.quote]
    return told + [item.quote for item in known.practice] + [item.text for item in known.recommendations]


def test_an_executive_summary_repeats_the_recommendations_of_its_report(sample: Truth) -> None:
    known = next(known for known in sample if len(known.files) > 1)
    assert [file.part for file in known.files] == ["report", "summary"]
    text = folded(words_of(sample.reports / known.files[1].name, "pdf"))
    assert known.recommendations
    assert all(folded(asked.text) in text for asked in known.recommendations)


def test_the_truth_speaks_the_protocols_language(sample: Truth) -> None:
    protocol = load("police-reviews")
    book = protocol.codebook
    for known in sample:
        assert set(known.types) <= set(protocol.review_type_by_id)
        assert known.source in {source.id for source in protocol.sources}
        assert known.reason in {"", *protocol.reason_by_id}
        for value in known.characteristics:
            allowed = field_values(value.field, protocol)
            assert value.value is None or allowed is None or value.value in allowed, value
        for item in known.practice:
            assert item.direction in {direction.id for direction in book.directions}
            assert item.explanation in {why.id for why in book.explanations}
            assert item.theme in {"", *(theme.id for theme in book.themes)}
        for asked in known.recommendations:
            assert asked.addressee in (permitted("addressee", protocol) or ())
            assert asked.scope in (permitted("scope", protocol) or ())


def test_values_and_missing_never_stand_together_and_all_five_kinds_of_missing_occur(tmp_path: Path) -> None:
    kinds = set()
    for known in make(tmp_path, reviews=120, light=True):
        for value in known.characteristics:
            assert (value.value is None) != (value.missing is None)
            kinds.add(value.missing)
    assert kinds >= {None, "not_stated", "withheld", "unclear", "not_applicable"}


def test_what_cannot_be_read_is_not_sought(reviews: dict[str, KnownReview]) -> None:
    for part in ("corrupt", "encrypted"):
        known = reviews[part]
        assert known.reason == "document_not_available"
        assert {value.missing for value in known.characteristics} == {"not_sought"}


@pytest.mark.parametrize(
    ("part", "state", "reason"),
    [
        ("no_police", "excluded", "no_police_involvement"),
        ("post_incident", "excluded", "post_incident_only"),
        ("post_incident_learning", "included", ""),
        ("no_police_learning", "excluded", "no_police_learning"),
        ("out_of_date", "excluded", "out_of_date"),
        ("date_unclear", "excluded", "date_unclear"),
        ("out_of_jurisdiction", "excluded", "out_of_jurisdiction"),
        ("too_brief", "excluded", "too_brief"),
        ("duplicate", "excluded", "duplicate"),
        ("near_duplicate", "excluded", "duplicate"),
        ("mistyped", "included", ""),
        ("scanned", "maybe", ""),
        ("ordinary", "included", ""),
    ],
)
def test_each_part_ends_in_its_screening_state(
    reviews: dict[str, KnownReview], part: str, state: str, reason: str
) -> None:
    assert (reviews[part].state, reviews[part].reason) == (state, reason)


def value_of(known: KnownReview, field: str) -> tuple[str | None, str | None]:
    return next((item.value, item.missing) for item in known.characteristics if item.field == field)


def test_the_facts_bear_out_the_screening_state(reviews: dict[str, KnownReview]) -> None:
    assert (value_of(reviews["out_of_date"], "incident_date")[0] or "") < "2016-01-01"
    assert (value_of(reviews["ordinary"], "incident_date")[0] or "") > "2016-01-01"
    assert value_of(reviews["date_unclear"], "incident_date") == (None, "withheld")
    assert value_of(reviews["out_of_jurisdiction"], "nation")[0] == "scotland"
    assert value_of(reviews["no_police"], "police_involved")[0] == "none"
    assert value_of(reviews["post_incident"], "police_involved")[0] == "only_after"
    assert value_of(reviews["post_incident"], "police_practice")[0] == "false"
    assert value_of(reviews["post_incident_learning"], "police_practice")[0] == "true"
    assert value_of(reviews["no_police_learning"], "police_practice")[0] == "false"
    assert value_of(reviews["too_brief"], "police_involved") == (None, "not_stated")


def test_a_review_without_police_never_mentions_police_practice(
    sample: Truth, reviews: dict[str, KnownReview]
) -> None:
    known = reviews["no_police"]
    assert {item.actor for item in known.practice}.isdisjoint({"police"})
    text = words_of(sample.reports / known.files[0].name, "pdf")
    assert "Officers" not in text
    assert "Constabulary" not in text


def test_a_withheld_date_is_nowhere_in_the_report(sample: Truth, reviews: dict[str, KnownReview]) -> None:
    known = reviews["date_unclear"]
    text = words_of(sample.reports / known.files[0].name, known.files[0].format)
    body = text.split("1 Introduction", 1)[1].split("Appendix B", 1)[0]
    assert not [year for year in ("2014", "2015", "2016", "2017", "2018") if year in body]


def test_sibling_groups_have_several_subjects(reviews: dict[str, KnownReview]) -> None:
    ages = [value for value in reviews["out_of_date"].characteristics if value.field == "age"]
    assert [value.subject_no for value in ages] == [1, 2, 3]


def test_only_the_formats_asked_for_are_written(tmp_path: Path) -> None:
    truth = make(tmp_path, reviews=3, formats=("html",))
    assert {file.format for known in truth for file in known.files} == {"html"}


def test_a_folder_that_holds_a_sample_is_left_alone(sample: Truth) -> None:
    before = prints(sample.folder)
    with pytest.raises(UsageError, match="already"):
        make(sample.folder)
    assert prints(sample.folder) == before


@pytest.mark.parametrize("wrong", [{"formats": ("odt",)}, {"formats": ()}, {"reviews": 0}, {"pages": 0}, {"jobs": 0}])
def test_a_wrong_wish_is_refused_before_anything_is_written(tmp_path: Path, wrong: dict[str, object]) -> None:
    with pytest.raises(UsageError):
        make(tmp_path / "new", **wrong)  # type: ignore[arg-type]
    assert not (tmp_path / "new").exists()


def test_a_thousand_light_reviews_come_quickly_and_each_has_a_file_of_its_own(tmp_path: Path) -> None:
    start = time.perf_counter()
    truth = make(tmp_path, reviews=1000, light=True)
    assert 1000 / (time.perf_counter() - start) >= 200 / 4  # four times slower than measured alone: shared machine
    names = [file.name for known in truth for file in known.files]
    assert len(set(names)) == truth.files == 1000
    assert {Path(name).suffix for name in names} == {".txt", ".html"}


def test_light_reviews_still_hold_their_truth(tmp_path: Path) -> None:
    for known in make(tmp_path, reviews=48, light=True):
        file = known.files[0]
        text = folded(words_of(tmp_path / "reports" / file.name, file.format))
        assert folded(FICTIONAL) in text
        assert all(folded(quote) in text for quote in spoken(known)), known.review


MEMORY = """
import resource, sys
from pathlib import Path
from goldthread.sample.make import make
make(Path(sys.argv[1]), reviews=int(sys.argv[2]), light=True)
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
"""


def peak_kilobytes(folder: Path, reviews: int) -> int:
    done = subprocess.run(
        [sys.executable, "-c", MEMORY, str(folder), str(reviews)], capture_output=True, text=True, check=True
    )
    return int(done.stdout)


def test_memory_does_not_grow_with_the_number_of_reviews(tmp_path: Path) -> None:
    few, many = peak_kilobytes(tmp_path / "few", 50), peak_kilobytes(tmp_path / "many", 1000)
    assert many - few < 12_000


@pytest.mark.parametrize("pages", [1, 40])
def test_long_pdfs_have_the_pages_asked_for_and_hold_their_truth(tmp_path: Path, pages: int) -> None:
    for known in make(tmp_path, reviews=4, pages=pages):
        found = pdf_pages(tmp_path / "reports" / known.files[0].name)
        assert len(found) == pages or (pages == 1 and len(found) <= 4)
        assert all(FICTIONAL in page for page in found)
        text = folded("\n".join(page.replace(FICTIONAL, "") for page in found))
        assert all(folded(quote) in text for quote in spoken(known))


def test_the_truth_is_one_json_document_that_says_what_it_is(sample: Truth) -> None:
    whole = json.loads(sample.path.read_text(encoding="utf-8"))
    assert whole["fictional"] is True
    assert whole["seed"] == 1
    assert len(whole["reviews"]) == sample.reviews == 24
