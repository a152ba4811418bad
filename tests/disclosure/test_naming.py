from __future__ import annotations

import pytest

from goldthread.disclosure.naming import Naming, namings


@pytest.mark.parametrize(
    ("quote", "kind", "text"),
    [
        ("On 4 March 2016 officers attended.", Naming.DATE, "4 March 2016"),
        ("This was on the 21st of June and not later.", Naming.DATE, "21st of June"),
        ("Seen on 03/11/2017 at home.", Naming.DATE, "03/11/2017"),
        ("The call was taken by PC Thornquist.", Naming.PERSON, "PC Thornquist"),
        ("Neighbours told Marla Quennell’s sister.", Naming.PERSON, "Marla Quennell"),
        ("She attended Larkfield Primary School until May.", Naming.PLACE, "Larkfield Primary School"),
        ("He was held at HMP Fallowdene.", Naming.PLACE, "HMP Fallowdene"),
        ("The address was given as ZX4 7QQ.", Naming.PLACE, "ZX4 7QQ"),
        ("His number, 943 476 5919, was recorded.", Naming.NUMBER, "943 476 5919"),
    ],
)
def test_words_that_may_identify_somebody_are_shown(quote: str, kind: Naming, text: str) -> None:
    found = namings(quote)
    assert (kind, text) in [(one.kind, one.text) for one in found]
    assert all(quote[one.start : one.end] == one.text for one in found)


@pytest.mark.parametrize(
    "quote",
    [
        "Officers did not check the flags before they attended.",
        "The Police National Computer was not searched for Child A.",
        "Mother told the social worker that Child AB was safe.",
        "The review found that risk was graded as medium in 2016.",
    ],
)
def test_roles_initials_and_years_are_not(quote: str) -> None:
    assert namings(quote) == ()
