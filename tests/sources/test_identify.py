"""What a first page says of its document: type, title and date, and what it must not be taken to say."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pypdfium2
import pytest
from hypothesis import given
from hypothesis import strategies as st

from goldthread.protocol.load import load
from goldthread.protocol.model import Protocol
from goldthread.sources.dates import WRITTEN, iso_of
from goldthread.sources.identify import identify, publication_date


@pytest.mark.parametrize(
    ("page", "types"),
    [
        ("Serious Case Review\nChild AK", ("SCR",)),
        ("SERIOUS CASE\nREVIEW", ("SCR",)),
        ("Overview Report\nDomestic\u00a0Homicide Review", ("DHR",)),
        ("Safeguarding Adults Review\nMr D", ("SAR",)),
        ("Concise Child Practice Review\nRe: Child C", ("CPR",)),
        ("Local Child Safeguarding Practice Review", ("LCSPR",)),
        ("National Child Safeguarding Practice Review", ("CSPR",)),
        ("SCR: Child Q", ("SCR",)),
        ("Serious Case Review and Domestic Homicide Review", ("SCR", "DHR")),
        ("Joint Serious Case Review (SCR) and Safeguarding Adult Review (SAR)", ("SCR", "SAR")),
        ("SCR/DHR Overview", ("SCR", "DHR")),
        ("A combined Domestic Homicide Review / Safeguarding Adult Review", ("DHR", "SAR")),
        ("", ()),
        ("Annual report 2019", ()),
    ],
)
def test_the_title_page_names_the_type(reviews: Protocol, page: str, types: tuple[str, ...]) -> None:
    assert identify(page, "report.pdf", reviews).review_types == types


@pytest.mark.parametrize(
    ("page", "types"),
    [
        ("Local Child Safeguarding Practice Review\nThis LCSPR replaces the Serious Case Review.", ("LCSPR",)),
        ("This SCR replaces the DHR begun in 2014.", ("SCR",)),
        ("Safeguarding Adult Review\nformerly known as Serious Case Review", ("SAR",)),
        ("Safeguarding Adult Review\nA Domestic Homicide Review was held too.", ("SAR",)),
        ("Minutes of the Serious Case Review Sub-group", ()),
        ("Child Safeguarding Practice Review Panel\nAnnual report", ()),
        ("A decision not to hold it: there was no Domestic Homicide Review", ()),
        ("sar and dhr in small letters", ()),
        ("The descry and SARS outbreak", ()),
    ],
)
def test_a_type_named_in_passing_is_not_the_documents_own(
    reviews: Protocol, page: str, types: tuple[str, ...]
) -> None:
    assert identify(page, "report.pdf", reviews).review_types == types


@pytest.mark.parametrize(
    ("page", "name", "types"),
    [
        ("Learning report", "2019_SCR_Child-AK.pdf", ("SCR",)),
        ("Learning report", "dhr-overview.pdf", ("DHR",)),
        ("Domestic Homicide Review", "scr.pdf", ("DHR",)),
        ("", "folder/serious_case_review_q.pdf", ("SCR",)),
        ("Report on X\n" + "Words. " * 300 + "This Serious Case Review was begun in May.", "x.pdf", ("SCR",)),
        ("Report on X\n" + "Words. " * 300 + "This Serious Case Review was begun in May.", "sar_x.pdf", ("SAR",)),
    ],
)
def test_the_title_page_outweighs_the_name_and_the_name_what_is_said_in_passing(
    reviews: Protocol, page: str, name: str, types: tuple[str, ...]
) -> None:
    assert identify(page, name, reviews).review_types == types


@pytest.mark.parametrize(
    ("page", "date"),
    [
        ("Serious Case Review\nPublished: March 2019", "2019-03"),
        ("Review\n12 July 2024\nDear partnership", "2024-07-12"),
        ("Date of report: 2013-08-20\nCoroner: A", "2013-08-20"),
        ("A man was stopped - April 2017\nPublished: 2018-01-07", "2018-01-07"),
        ("Inspection dates: 8 – 12 July 2013\nPublished: 16 August 2013", "2013-08-16"),
        ("Report published 3 August 2015", "2015-08-03"),
        ("Into the death of M\nFebruary 2018", "2018-02"),
        ("who died on 3 May 2017", ""),
        ("Date of death: 3 May 2017", ""),
        ("Date of birth\n", ""),
        ("Review period: 1 May 2015 to 3 June 2016", ""),
        ("Inspection date: 6 July 2015", ""),
        ("Review Date: 05/10/2025", ""),
        ("Published: 31 February 2019", ""),
        ("", ""),
    ],
)
def test_the_date_is_that_of_publication_and_no_other(page: str, date: str) -> None:
    assert publication_date(page) == date


@pytest.mark.parametrize(
    ("page", "title"),
    [
        (
            "Norfolk Safeguarding Children Board\nSerious Case Review\nChild AK\nAuthor: A Writer\nMarch 2019",
            "Norfolk Safeguarding Children Board: Serious Case Review Child AK",
        ),
        (
            "1\nKent and Medway Safeguarding Adults Board\n\nSafeguarding Adults Review\n\nMr D\n\nLead Reviewer: W",
            "Safeguarding Adults Review: Mr D",
        ),
        (
            "12 July 2024\nA. Person, Director\nDear partnership\nJoint Serious Case Review and\n"
            "Domestic Homicide Review\nin respect of Family X\nThis report says",
            "Joint Serious Case Review and Domestic Homicide Review in respect of Family X",
        ),
        ("OFFICIAL\nSERIOUS CASE REVIEW\nOVERVIEW REPORT\n2 of 30", "SERIOUS CASE REVIEW OVERVIEW REPORT"),
        (
            "Home Affairs Committee\nPolice response to the \n2024 disorder",
            "Home Affairs Committee: Police response to the 2024 disorder",
        ),
        (
            "A man was hurt - Northshire Police, April 2017\nPublished: 2018-01-07\n\nOn 12 April",
            "A man was hurt - Northshire Police, April 2017",
        ),
        ("12\nwww.example.org\n3 May 2017\nConfidential", "My report on Q"),
        ("", "My report on Q"),
    ],
)
def test_the_title_is_what_the_first_page_prints_as_one(reviews: Protocol, page: str, title: str) -> None:
    assert identify(page, "in/My_report-on_Q.pdf", reviews).title == title


def test_a_very_long_title_is_cut_at_a_word(reviews: Protocol) -> None:
    title = identify("word " * 100, "x.pdf", reviews).title
    assert title.endswith("word…")
    assert len(title) <= 201


def test_a_word_broken_at_a_line_end_is_whole_in_the_title(reviews: Protocol) -> None:
    page = "Serious Case Re\u00ad\r\nview of Stoke-on\u00ad\r\nTrent"
    identity = identify(page, "x.pdf", reviews)
    assert (identity.title, identity.review_types) == ("Serious Case Review of Stoke-on-Trent", ("SCR",))


WHOLE = load("police-reviews")


@given(st.text(), st.text(min_size=1))
def test_no_page_and_no_name_breaks_it(page: str, name: str) -> None:
    identity = identify(page, name, WHOLE)
    assert "\n" not in identity.title
    assert set(identity.review_types) <= set(WHOLE.review_type_by_id)


@pytest.fixture(scope="module")
def first_pages(real_data: Path) -> dict[str, str]:
    """The first page with text of each real PDF that opens."""
    pages: dict[str, str] = {}
    for path in sorted((real_data / "pdfs").glob("*.pdf")):
        try:
            document = pypdfium2.PdfDocument(path)
        except pypdfium2.PdfiumError:
            continue
        texts = (document[n].get_textpage().get_text_range() for n in range(min(3, len(document))))
        pages[path.name] = next((text for text in texts if text.strip()), "").replace("\ufffe", "\u00ad")
    return pages


def test_the_real_documents_are_told_apart(first_pages: dict[str, str], learning: Protocol) -> None:
    types = Counter(
        (name.partition("__")[0], identify(page, name, learning).review_types) for name, page in first_pages.items()
    )
    assert types["ilacs", ("ILACS",)] == 71
    assert types["jtai", ("JTAI",)] + types["jtai", ("SEND",)] == 45
    assert types["preventable-deaths-scraper", ("PFD",)] == 3


def test_the_dates_of_the_real_documents_are_those_they_were_filed_under(
    first_pages: dict[str, str], learning: Protocol
) -> None:
    outcome: Counter[str] = Counter()
    for name, page in first_pages.items():
        filed = WRITTEN.search(" ".join(re.split(r"[_.]+", name)).replace(" pdf", ""))
        found = identify(page, name, learning).publication_date
        if filed and found and name.startswith(("ilacs", "jtai")):
            outcome["same" if iso_of(filed) == found else "other"] += 1
    assert outcome["same"] >= 53
    assert outcome["other"] <= 2
