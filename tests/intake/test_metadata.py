from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sayso.intake.metadata import LONGEST, PageFacts, page_facts

ARTICLE = {
    "@context": "https://schema.org",
    "@type": "NewsArticle",
    "headline": "Harbour &amp; pier closed",
    "datePublished": "2026-03-02T08:15:00+01:00",
    "inLanguage": "en-GB",
    "url": "https://gazette.example/harbour",
    "author": [{"@type": "Person", "name": "Ann Example"}, {"@type": "Person", "name": "Ben Sample"}],
    "publisher": {"@type": "Organization", "name": "The Amsel Gazette"},
}
WANTED = PageFacts(
    title="Harbour & pier closed",
    outlet="The Amsel Gazette",
    url="https://gazette.example/harbour",
    published="2026-03-02T08:15:00+01:00",
    authors=("Ann Example", "Ben Sample"),
    language="en",
)


@pytest.mark.parametrize(
    "script",
    [
        json.dumps(ARTICLE),
        json.dumps([{"@type": "BreadcrumbList"}, ARTICLE]),
        json.dumps({"@graph": [{"@type": "WebSite", "name": "other"}, ARTICLE]}),
        json.dumps({"@type": "WebPage", "mainEntity": ARTICLE}),
        json.dumps({**ARTICLE, "@type": ["Thing", "https://schema.org/OpinionNewsArticle"]}),
        f"<!-- {json.dumps(ARTICLE)} -->",
        f"//<![CDATA[\n{json.dumps(ARTICLE)}\n//]]>",
        json.dumps(ARTICLE)[:-1] + ",\n}",
        json.dumps(ARTICLE) + ";",
        json.dumps(
            {
                "@graph": [
                    {**ARTICLE, "author": [{"@id": "#a"}, {"@id": "#b"}], "publisher": {"@id": "#o"}},
                    {"@id": "#a", "name": "Ann Example"},
                    {"@id": "#b", "name": "By Ben Sample"},
                    {"@id": "#o", "name": "The Amsel Gazette"},
                ]
            }
        ),
    ],
)
def test_json_ld_in_all_its_shapes(script: str) -> None:
    assert page_facts([script], {"og:title": "worse", "og:site_name": "worse"}, lang="fr", canonical="https://worse.example/") == WANTED


def test_meta_tags_fill_the_gaps() -> None:
    metas = {
        "og:title": "Harbour closed",
        "og:site_name": "Gazette",
        "article:published_time": "2026-03-02",
        "author": "By Ann Example",
        "og:url": "/harbour",
    }
    facts = page_facts(["{broken"], metas, title="Harbour closed | Gazette", lang="en-US", base="https://gazette.example/x")
    assert facts == PageFacts("Harbour closed", "Gazette", "https://gazette.example/harbour", "2026-03-02", ("Ann Example",), "en")


def test_dangerous_addresses_do_not_come_through() -> None:
    facts = page_facts(
        [json.dumps({**ARTICLE, "url": "javascript:alert(1)"})], {"og:url": "data:text/html,x"}, canonical="file:///etc/passwd"
    )
    assert facts.url is None


def test_an_author_who_is_an_address_is_none() -> None:
    assert page_facts([], {"article:author": "https://social.example/ann"}).authors == ()


@pytest.mark.parametrize(
    "script",
    [
        "",
        "null",
        "3",
        "[]",
        '"text"',
        "[[[null]]]",
        "[" * 100_000,
        "1" * 10_000,
        '{"@type": 3}',
        '{"@type": "NewsArticle", "author": 7, "headline": {}}',
        '{"@type": "NewsArticle", "headline": "\\ud800", "publisher": [], "datePublished": 2026, "inLanguage": ["x"]}',
        "// " * 50,
        "\x00",
    ],
)
def test_nonsense_is_not_known(script: str) -> None:
    assert page_facts([script], {}) == PageFacts()


json_values = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=20)
    | st.sampled_from(["NewsArticle", "#a", "https://x.example/"]),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.sampled_from(
                ["@type", "@id", "@graph", "author", "publisher", "name", "headline", "url", "datePublished", "inLanguage", "articleBody"]
            ),
            inner,
            max_size=6,
        )
    ),
    max_leaves=12,
)


@settings(max_examples=60, deadline=None)
@given(json_values)
def test_any_json_is_tolerated(value: object) -> None:
    facts = page_facts([json.dumps(value)], {})
    for text in (facts.title, facts.outlet, facts.url, facts.published, *facts.authors):
        assert text is None or (0 < len(text) <= LONGEST and "\n" not in text)


def test_the_body_is_kept_as_paragraphs() -> None:
    script = json.dumps({**ARTICLE, "articleBody": "First one.\r\n\r\nSecond &amp; <b>last</b> one."})
    assert page_facts([script], {}).body == "First one.\n\nSecond & last one."
