from __future__ import annotations

import pytest

from sayso.speakers.agreement import agree, phrase, pronoun


@pytest.mark.parametrize(
    ("words", "group"),
    [("He", "he"), ("his", "he"), ("I’m", "i"), ("Their", "they"), ("US", "we"), ("which", "which"), ("Mara", ""), ("", "")],
)
def test_pronoun(words: str, group: str) -> None:
    assert pronoun(words) == group


@pytest.mark.parametrize(
    ("anaphor", "antecedent", "kind", "expected"),
    [
        ("he", "Sergei Onegin", "person", True),
        ("she", "Sergei Onegin", "person", False),
        ("she", "Mrs. Quill", "person", True),
        ("he", "Mrs. Quill", "person", False),
        ("he", "Quill", "person", True),
        ("it", "Quill", "person", False),
        ("it", "Harbor Institute", "organization", True),
        ("he", "Harbor Institute", "organization", False),
        ("they", "Harbor Institute", "organization", True),
        ("they", "the ministers", "", True),
        ("he", "the ministers", "", False),
        ("she", "the spokesman", "", False),
        ("he", "the spokesman", "", True),
        ("it", "the report", "", True),
        ("he", "the report", "", False),
        ("he", "two officials", "", False),
        ("they", "Ada and Ben", "", True),
        ("who", "the team", "", True),
        ("she", "he", "", False),
        ("his", "him", "", True),
        ("it", "", "", True),
    ],
)
def test_agree(anaphor: str, antecedent: str, kind: str, expected: bool) -> None:
    assert agree(anaphor, antecedent, kind) is expected


def test_given_names_tell_the_gender_only_before_a_surname() -> None:
    assert phrase("Fatima Obi", "person").gender == "f"
    assert phrase("Fatima", "person").gender == ""
