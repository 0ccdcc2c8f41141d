"""Marks of agencies' copy."""

import pytest

from sayso.document import Document
from sayso.stories.wires import agencies, wire

BODY = " The council of Lowmoor voted on Monday to close the bridge." * 8


@pytest.mark.parametrize(
    ("document", "agency"),
    [
        (Document(text="LOWMOOR (Reuters) - The bridge closed." + BODY), "Reuters"),
        (Document(text="LOWMOOR, June 3 (AFP) — The bridge closed." + BODY), "Agence France-Presse"),
        (Document(text="Bridge closes\n\nLOWMOOR, Ruritania (AP) – The bridge closed." + BODY), "Associated Press"),
        (Document(text=BODY + "\n\n— The Associated Press"), "Associated Press"),
        (Document(text=BODY + "\nBy Reuters"), "Reuters"),
        (Document(text=BODY, authors=("Associated Press",)), "Associated Press"),
        (Document(text=BODY, authors=("Jo Example, Reuters",)), "Reuters"),
        (Document(text=BODY, outlet="Reuters"), "Reuters"),
        (Document(text=BODY + " The Associated Press contributed to this report."), None),
        (Document(text=BODY + "\n\nThe Associated Press contributed to this report."), None),
        (Document(text=BODY + "\n\nReuters and AP contributed."), None),
        (Document(text="The mayor told the news agency Reuters (Reuters did not name him)." + BODY), None),
        (Document(text="The bridge, Reuters said, closed." + BODY), None),
        (Document(text=BODY, authors=("Jo Apfel",), outlet="The AP Examiner"), None),
        (Document(text="He passed the test (AP) - so he said on Monday." + BODY), None),
        (Document(text=BODY + "\nCopyright 2031 The Associated Press. All rights reserved."), "Associated Press"),
        (Document(text=BODY, authors=("Jo Example, Ann Other, Reuters, Staff, The Desk",)), None),
        (Document(text=""), None),
    ],
)
def test_only_marks_of_copy_count(document: Document, agency: str | None) -> None:
    assert wire(document) == agency


def test_agencies_are_data_without_doubles() -> None:
    forms = [form for names in agencies().values() for form in names]
    assert len(forms) == len(set(forms))
    assert "Reuters" in agencies()
