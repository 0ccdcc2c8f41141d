"""What people correct: taken from the forms of an article, listed, handed out as a file, taken back.

Always true here: a correction is checked against the reading that it is about before it is kept; whoever sends a form is led back to the
place it came from, and loses nothing of what was typed if it cannot be kept; who corrects is a name that they give, remembered by their
browser alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import quote, unquote

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from sayso.corrections.correction import NAME, Correction, withdrawal
from sayso.corrections.exchange import sheet
from sayso.corrections.forms import parse
from sayso.corrections.record import dumps
from sayso.corrections.settled import settle
from sayso.errors import UsageError
from sayso.evaluation.corrected import so_far
from sayso.reading import Reading
from sayso.render.correct_words import Told, told
from sayso.render.safe import one_line
from sayso.render.words import many
from sayso.site.correcting import TEMPLATE, AgreementPanel, agreement_panel, correcting_page
from sayso.site.paging import Pages, number_of, pages
from sayso.web.answers import answer, desk_of, given, submitted
from sayso.web.desk import Desk
from sayso.web.reading_here import LINKS

PER_PAGE = 100
WHO = "sayso-who"
_A_YEAR = 365 * 24 * 3600
_ANCHOR = re.compile(r"[a-z]{1,3}\d{1,6}")


@dataclass(frozen=True, slots=True)
class Listed:
    """One correction in the list; `address` is empty where its article is not here, `counts` whether it can be taken back."""

    told: Told
    address: str
    article: str
    counts: bool


@dataclass(frozen=True, slots=True)
class CorrectionsPage:
    """What `read_corrections.html.jinja` needs."""

    told: str
    kept: str
    rows: tuple[Listed, ...]
    pages: Pages
    agreement: AgreementPanel | None


def forms(request: Request) -> Response:
    """GET /articles/{article}/corrections: all forms about the statement that the address names."""
    return _forms(request, given(request))


def _forms(request: Request, values: dict[str, str], error: str = "") -> Response:
    desk, article = desk_of(request), str(request.path_params["at"])
    reading = desk.reading(article)
    page = correcting_page(reading, desk.corrections.of(article), values, LINKS, who=who_of(request), error=error)
    return answer(request, TEMPLATE, page, f"Correct: {page.heading}", "articles", 422 if error else 200)


async def correct(request: Request) -> Response:
    """POST /articles/{article}/corrections."""
    values = await _sent(request)
    article, who = str(request.path_params["at"]), values.get("who", "").strip() or who_of(request)
    try:
        await run_in_threadpool(_take, desk_of(request), article, values, who)
    except UsageError as error:
        return await run_in_threadpool(_forms, request, values, str(error))
    return _remembering(_back(article, values), who)


def _take(desk: Desk, article: str, values: dict[str, str], who: str) -> None:
    desk.corrections.add(*parse(desk.reading(article), values, who, corrections=desk.corrections.of(article)))


async def withdraw(request: Request) -> Response:
    """POST /corrections/{correction}/withdraw."""
    values = await _sent(request)
    who = values.get("who", "").strip() or who_of(request)
    log = desk_of(request).corrections
    of = await run_in_threadpool(log.get, str(request.path_params["at"]))
    if of is None:
        raise HTTPException(404, "There is no such correction (any more).")
    await run_in_threadpool(log.add, withdrawal(of, (who or of.who)[:NAME]))
    return RedirectResponse("/corrections", 303) if values.get("from") == "list" else _back(of.article, values)


def corrections(request: Request) -> Response:
    """GET /corrections: the list, or with `?as=jsonl` and `?as=csv` a file."""
    desk, wanted = desk_of(request), given(request)
    found = desk.corrections.all()
    match wanted.get("as", ""):
        case "jsonl":
            return _file("".join(f"{dumps(each)}\n" for each in found), "sayso-corrections.jsonl", "application/jsonl")
        case "csv":
            return _file("\ufeff" + sheet(found), "sayso-corrections.csv", "text/csv")
        case "":
            page = _page(desk, found, number_of(wanted.get("page", "")))
            return answer(request, "read_corrections.html.jinja", page, "Corrections", "corrections")
    raise UsageError("corrections are handed out as jsonl or csv: choose one of these")


def who_of(request: Request) -> str:
    """The name that somebody gave before; empty if none."""
    return one_line(unquote(request.cookies.get(WHO, "")))[:NAME]


async def _sent(request: Request) -> dict[str, str]:
    form = await submitted(request)
    values = {name: value for name, value in form.items() if isinstance(value, str)}
    await form.close()
    return values


def _back(article: str, values: dict[str, str]) -> Response:
    anchor = values.get("back", "")
    return RedirectResponse(LINKS.article(article, anchor if _ANCHOR.fullmatch(anchor) else ""), 303)


def _remembering(response: Response, who: str) -> Response:
    """The same answer, after which the browser knows the name."""
    name = one_line(who)[:NAME]
    if name:
        response.set_cookie(WHO, quote(name, safe=""), max_age=_A_YEAR, httponly=True, samesite="strict")
    return response


def _page(desk: Desk, found: tuple[Correction, ...], number: int) -> CorrectionsPage:
    of: dict[str, list[Correction]] = {}
    for each in found:
        of.setdefault(each.article, []).append(each)
    count = {each.id for some in of.values() for each in settle(some).standing}
    rows = found[::-1][(number - 1) * PER_PAGE : number * PER_PAGE]
    if not rows and number > 1:
        raise UsageError(f"the list has no page {number}: begin with the first one")
    titles = desk.titles({each.article for each in rows})
    return CorrectionsPage(
        told=f"{many(len(found), 'correction')}, the newest first; {len(count):,} of them count.",
        kept="" if desk.store is None else f"They are kept in corrections.jsonl in {one_line(desk.store.path.name)}.",
        rows=tuple(
            Listed(
                told(each),
                LINKS.article(each.article) if each.article in titles else "",
                one_line(titles.get(each.article, each.article)),
                each.id in count,
            )
            for each in rows
        ),
        pages=pages(number, -(-len(found) // PER_PAGE), lambda n: f"/corrections?page={n}"),
        agreement=agreement_panel(so_far(_readings(desk, list(of)), found)) if found and number == 1 else None,
    )


def _readings(desk: Desk, articles: list[str]) -> Iterator[Reading]:
    """The readings of these articles that are here, those of the store first."""
    if desk.store is not None:
        yield from desk.store.readings(articles)
    yield from filter(None, map(desk.shelf.get, articles))


def _file(text: str, name: str, kind: str) -> Response:
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(text.encode("utf-8", "backslashreplace"), media_type=kind, headers=headers)
