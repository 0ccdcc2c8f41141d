"""How the server answers: a page in the frame, or one clear line in the frame where there is no page.

Always true here: no answer shows a trace of our code; what went wrong stands on standard error as one line.
"""

from __future__ import annotations

import traceback
from dataclasses import dataclass
from pathlib import Path

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from sayso.errors import BundleError, SaysoError, StoreError, UsageError
from sayso.intake.source import mended
from sayso.render.safe import one_line
from sayso.site.frame import show
from sayso.web.desk import Desk, complain

MAX_FILES = 20
MAX_FIELDS = 40
MAX_FIELD = 4_200_000  # bytes: the longest text, in UTF-8
_HEADINGS = {
    400: "This cannot be done",
    403: "Not done",
    404: "There is no such page",
    405: "Not done",
    408: "Too slow",
    413: "Too much",
    503: "Not yet",
}


@dataclass(frozen=True, slots=True)
class Problem:
    """What `read_problem.html.jinja` needs: a heading, one line, and where to go on."""

    title: str
    line: str
    back: str


class Page(HTMLResponse):
    """HTML; what no encoding can hold stands as an escape."""

    def render(self, content: object) -> bytes:
        """The bytes of a page."""
        return str(content).encode("utf-8", "backslashreplace")


def desk_of(request: Request) -> Desk:
    """What this server works with."""
    desk: Desk = request.app.state.desk
    return desk


def answer(request: Request, template: str, page: object, title: str, current: str = "", status: int = 200) -> Response:
    """A page in the frame."""
    return Page(show(desk_of(request).frame(title, current), template, page), status)


def problem(request: Request, status: int, line: str, back: str = "/") -> Response:
    """One line in the frame."""
    title = _HEADINGS.get(status, "Something went wrong")
    return answer(request, "read_problem.html.jinja", Problem(title, sentence(line), back), title, status=status)


def sentence(line: str) -> str:
    """A line as it stands by itself: safe, and beginning with a capital."""
    shown = one_line(line)
    return shown[:1].upper() + shown[1:]


def given(request: Request) -> dict[str, str]:
    """What stands in the query of the address; of a name that stands twice the last."""
    return {name: mended(value) for name, value in request.query_params.items()}


async def submitted(request: Request) -> FormData:
    """What a form of ours sent.

    Raises:
        HTTPException: it is none of ours (403), or too much (413, 400).

    """
    try:
        form = await request.form(max_files=MAX_FILES, max_fields=MAX_FIELDS, max_part_size=MAX_FIELD)
    except HTTPException as error:
        if "exceeded" in error.detail or "Too many" in error.detail:
            raise HTTPException(413, f"That is too much at a time: {MAX_FILES} files, a text of a million characters.") from None
        raise
    token = form.get("token")
    if not isinstance(token, str) or not desk_of(request).is_ours(token):
        await form.close()
        raise HTTPException(403, "This form is from an earlier start of the server, or not from here: load the page again.")
    return form


def words(form: FormData, name: str, longest: int = 2_000) -> str:
    """A field of a form; empty where it is not given."""
    value = form.get(name, "")
    return value[:longest] if isinstance(value, str) else ""


async def refused(request: Request, error: Exception) -> Response:
    """The answer to an error raised on purpose by Starlette or the guard."""
    assert isinstance(error, HTTPException)
    detail = "There is nothing at this address: go on from the overview." if error.status_code == 404 else error.detail
    made = await run_in_threadpool(problem, request, error.status_code, detail)
    made.headers.update(error.headers or {})
    return made


async def failed(request: Request, error: Exception) -> Response:
    """The answer to an error of ours that was raised on purpose."""
    assert isinstance(error, SaysoError)
    if isinstance(error, UsageError):
        return await run_in_threadpool(problem, request, 400 if request.method == "POST" else 404, str(error))
    complain(str(error))
    what = "The collection cannot be read: " if isinstance(error, StoreError) else ""
    what = "The model cannot be used: " if isinstance(error, BundleError) else what
    return await run_in_threadpool(problem, request, 500, what + str(error))


class Faults:
    """Answers for what nobody expected: one line for the person, one on standard error with the place in the code."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle one connection."""
        begun = False

        async def watched(message: Message) -> None:
            nonlocal begun
            begun = begun or message["type"] == "http.response.start"
            await send(message)

        try:
            await self._app(scope, receive, watched)
        except Exception as error:
            where = traceback.extract_tb(error.__traceback__)[-1]
            complain(f"{scope.get('path')}: {type(error).__name__}: {error} ({Path(where.filename).name}:{where.lineno})")
            if scope["type"] != "http" or begun:
                return
            line = "A fault of ours, told on the server's terminal in one line: please report it. The other pages go on."
            request = Request(scope, receive)
            try:
                made: Response = problem(request, 500, line)
            except Exception:  # the frame itself cannot be made
                made = HTMLResponse(f"<!doctype html><title>Sayso</title><p>{line}", 500)
            await made(scope, receive, send)
