from __future__ import annotations

import json
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sayso.errors import NoArticle, RejectedInput, UnreadableInput
from sayso.intake.html import MAX_PAGE_BYTES, decode_page, read_page

OPENING = "The harbor of Port Amsel will be closed for a week, the port authority said on Monday, after a barge hit the pier."
CLOSING = "The port authority did not reply to questions, but its spokesman had earlier told reporters that the insurer would pay."


def page(inside: str, head: str = "") -> bytes:
    return (
        f"<!doctype html><html lang='en'><head><meta charset='utf-8'><title>Harbor closed | Gazette</title>{head}</head><body>"
        "<nav><a href='/'>Home</a> <a href='/w'>World</a></nav>"
        f"<article><h1>Harbor closed</h1><p>{OPENING}</p>{inside}<p>{CLOSING}</p></article>"
        "<footer>© Gazette. All rights reserved. Imprint</footer></body></html>"
    ).encode()


def between(inside: str) -> list[str]:
    """The paragraphs that the page has between its opening and its closing one."""
    paragraphs = read_page(page(inside)).text.split("\n\n")
    return paragraphs[paragraphs.index(OPENING) + 1 : paragraphs.index(CLOSING)]


@pytest.mark.parametrize(
    ("inside", "wanted"),
    [
        ("<p>One &amp; two.</p><p>Three<b>four</b> <a href='x'>five</a>.</p>", ["One & two.", "Threefour five."]),
        (
            "<blockquote><p>We have no choice.</p><footer>— Statement by the ministry</footer></blockquote>",
            ["“We have no choice.”", "— Statement by the ministry"],
        ),
        (
            "<blockquote><p>We have no choice.</p><p>It is not safe.</p><cite>Lina Okoro</cite></blockquote>",
            ["“We have no choice.", "“It is not safe.”", "— Lina Okoro"],
        ),
        (
            "<blockquote>We have no choice.<br>— <cite>Lina Okoro</cite>, <i>minister</i></blockquote>",
            ["“We have no choice.”", "— Lina Okoro, minister"],
        ),
        ("<blockquote><p>We read <cite>The Pier</cite> at school.</p></blockquote>", ["“We read The Pier at school.”"]),
        ("<blockquote><p>“We have no choice,” she said.</p></blockquote>", ["“We have no choice,” she said."]),
        (
            "<blockquote class='twitter-tweet'><p>Nobody told us.</p>&mdash; Fishers (@fishers) <a href='x'>May 3</a></blockquote>",
            ["“Nobody told us.”", "— Fishers (@fishers) May 3"],
        ),
        (
            "<figure><blockquote><p>We have no choice.</p></blockquote><figcaption>Minister Lina Okoro, on Monday</figcaption></figure>",
            ["“We have no choice.”", "— Minister Lina Okoro, on Monday"],
        ),
        ("<blockquote><p>One.</p><blockquote>Two.</blockquote></blockquote>", ["“One.", "“Two.”"]),
        ("<p>A <q>quick repair</q> was promised.</p>", ["A “quick repair” was promised."]),
        ("<p>A <q>“quick” repair</q> and a <q>slow <q>one</q></q>.</p>", ["A “quick” repair and a “slow ‘one’”."]),
        (
            "<figure><img src='a.jpg'><figcaption>Lina Okoro speaks: “No.” (Photo: Sample)</figcaption></figure>",
            ["Lina Okoro speaks: “No.” (Photo: Sample)"],
        ),
        (
            "<div class='wp-caption'><img src='a.jpg'><p class='wp-caption-text'>Lina Okoro speaks to fishermen.</p></div>",
            ["Lina Okoro speaks to fishermen."],
        ),
        ("<p>They were angry.<br><br>They said so.<br>Twice.</p>", ["They were angry.", "They said so.\nTwice."]),
        (
            "<script>said()</script><style>p{}</style><noscript>Enable</noscript><!-- no --><p>Text &lt;b&gt; &#8220;x&#8221;.</p>",
            ["Text <b> “x”."],
        ),
        ("<ul><li>First point.</li><li>Second point.</li></ul>", ["First point.", "Second point."]),
        ("<p>Emoji 😀 and soft\u00adhyphen.</p>", ["Emoji 😀 and soft\u00adhyphen."]),
        ("<p>Unclosed <b>bold <i>text</b> here.<p>Next & last.", ["Unclosed bold text here.", "Next & last."]),
    ],
)
def test_quotation_evidence_survives(inside: str, wanted: list[str]) -> None:
    assert between(inside) == wanted


def test_menus_and_footers_are_left_out() -> None:
    text = read_page(page("")).text
    assert "World" not in text
    assert "Imprint" not in text


def test_the_page_says_who_published_it() -> None:
    script = json.dumps(
        {
            "@type": "NewsArticle",
            "headline": "Harbor closed for a week",
            "datePublished": "2026-03-02T08:15:00Z",
            "author": "Ann Example",
            "publisher": {"name": "The Amsel Gazette"},
            "url": "/harbor",
        }
    )
    document = read_page(page("", f"<script type='application/ld+json'>{script}</script>"), url="https://gazette.example/x?y", origin="o")
    assert (document.title, document.outlet, document.authors) == ("Harbor closed for a week", "The Amsel Gazette", ("Ann Example",))
    assert (document.published, document.url, document.language) == ("2026-03-02T08:15:00Z", "https://gazette.example/harbor", "en")
    assert document.origin == "o"
    assert read_page(page(""), outlet="Mine").outlet == "Mine"


@pytest.mark.parametrize("script", ["[1, 2", "17", "null", "[]", '[[{"@type": []}]]', "[" * 50_000])
def test_odd_json_ld_does_no_harm(script: str) -> None:
    document = read_page(page("", f"<script type='application/ld+json'>{script}</script><meta property='og:site_name' content='Gazette'>"))
    assert (document.title, document.outlet) == ("Harbor closed | Gazette", "Gazette")


def test_a_page_that_is_all_script_is_read_from_its_json_ld() -> None:
    body = f"{OPENING}\n\n{CLOSING}"
    script = json.dumps({"@type": "NewsArticle", "articleBody": body})
    assert (
        read_page(f"<html><script type='application/ld+json'>{script}</script><body><div id='app'></div></body></html>".encode()).text
        == body
    )


@pytest.mark.parametrize(
    ("data", "wanted"),
    [
        ("<meta charset='iso-8859-1'>“né”".encode(), "“né”"),  # declared wrongly
        ("<meta charset=utf-8>“né” said".encode("cp1252"), "“né” said"),
        ("<meta http-equiv='Content-Type' content='text/html; charset=windows-1251'>он сказал".encode("cp1251"), "он сказал"),
        ("<meta charset='no-such-charset'>“né” said".encode("cp1252"), "“né” said"),
        ("<meta charset='base64'>“né” said".encode("cp1252"), "“né” said"),
        ("\ufeff<p>né".encode("utf-16-le"), "né"),
        (("<p>“n\x00o”</p>" + "<p>filler</p>" * 200).encode(), "“no”"),
    ],
)
def test_the_declared_encoding_is_a_hint(data: bytes, wanted: str) -> None:
    assert wanted in decode_page(data)


def test_the_server_knows_the_encoding() -> None:
    assert "он сказал" in decode_page("<p>он сказал".encode("koi8-r"), charset="koi8-r")


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"<html></html>",
        b"<!doctype html><body><nav><a href='a'>Home</a></nav><form>Log in <button>Subscribe now</button></form></body>",
        b"<html><body>" + b"<div>" * 100_000 + b"<p>deep</p>",
        b"<html><body><p>" + b"<b>x" * 20_000,
        b"<" * 200_000,
        b"<html><body><p>" + b"&#xD800;&#0;" * 50,
        b"<!--" + b"-" * 100_000,
    ],
)
def test_a_page_without_article(data: bytes) -> None:
    with pytest.raises(NoArticle):
        read_page(data)


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"<html>" + b" " * MAX_PAGE_BYTES, "larger than 10 MB"),
        (b"<html><body>" + b"<p>x</p>" * 30_001, "elements"),
        (b"%PDF-1.4", "PDF"),
        (b"<html>\x00\x01\x00\x02" * 100, "binary"),
    ],
)
def test_an_unreadable_page(data: bytes, says: str) -> None:
    with pytest.raises(UnreadableInput, match=says):
        read_page(data)


def test_an_entity_bomb_is_not_expanded() -> None:
    bomb = "<!DOCTYPE html [<!ENTITY a 'boom boom'><!ENTITY b '&a;&a;&a;'><!ENTITY x SYSTEM 'file:///etc/hostname'>]>"
    text = read_page(b"<?xml version='1.0' encoding='utf-8'?>" + bomb.encode() + page("<p>Then &b; and &x; came.</p>")).text
    assert "boom" not in text
    assert "ENTITY" not in text


@pytest.mark.parametrize(
    "piece", ["<p>no, he said</p>", "<blockquote>no<footer>he</footer></blockquote>", "<br><br>x", "<p>a <q>b</q></p>"]
)
def test_cost_is_bounded(piece: str) -> None:
    started = time.process_time()
    read_page(page(piece * 2_000))
    assert time.process_time() - started < 15


@settings(max_examples=30, deadline=None)
@given(
    st.binary(max_size=200)
    | st.lists(
        st.sampled_from(
            ["<p>", "</p>", "<blockquote>", "<q>", "</q>", "<footer>", "<br>", "<figcaption>", "<cite>", OPENING, "<table>", "“", "<!--"]
        ),
        max_size=40,
    ).map(lambda parts: "".join(parts).encode())
)
def test_any_bytes_are_read_or_rejected(data: bytes) -> None:
    for whole in (data, page("") + data, b"<html><body><article>" + data):
        try:
            document = read_page(whole)
        except RejectedInput as error:
            check_line(error)
        else:
            document.text.encode("utf-8")
            assert "\ue000" not in document.text


def test_nothing_is_printed(capfd: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(NoArticle):
        read_page(b"<p>")
    assert capfd.readouterr() == ("", "")


def check_line(error: Exception) -> None:
    assert len(str(error).splitlines()) == 1
