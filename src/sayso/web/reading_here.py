"""The pages where something is given to be read, and where one sees how far it is.

Always true here: whoever gives something is led on at once, to a page that says how far it is; what was typed is not lost when it cannot
be taken.
"""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from tempfile import mkdtemp

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData, UploadFile
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from sayso.errors import UsageError
from sayso.reading import Reading
from sayso.render.safe import one_line, visible
from sayso.render.templating import fill
from sayso.render.words import heading, many
from sayso.site.links import Served
from sayso.web import inputs
from sayso.web.answers import MAX_FILES, Page, answer, desk_of, sentence, submitted, words
from sayso.web.desk import Desk
from sayso.web.guards import MAX_BODY
from sayso.web.jobs import DONE, OPENING, QUEUED, READING, State, Wanted

MAX_FILE = 30_000_000  # bytes
NEWEST = 30  # articles listed under the forms
LINKS = Served()
_STAGES = {QUEUED: "Waiting", OPENING: "Opening", READING: "Reading", DONE: "Done"}


@dataclass(frozen=True, slots=True)
class Line:
    """An article in a short list."""

    address: str
    title: str
    about: str
    lang: str


@dataclass(frozen=True, slots=True)
class ReadPage:
    """What `read.html.jinja` needs.

    Attributes:
        fault: what was wrong with what was given last; empty for nothing.
        way: which form it was given by.
        given: what stood in its fields.
        keep: whether the form offers to keep the articles in the store.
        no_keeping: why it does not; empty where there is no store at all.
        shared: whether others can reach this server.
        held: how many articles are in memory.
        newest: the newest of them.
        limits: of files: how many, and how large each may be.

    """

    fault: str
    way: str
    given: dict[str, str]
    keep: bool
    no_keeping: str
    shared: bool
    held: int
    newest: tuple[Line, ...]
    limits: str


@dataclass(frozen=True, slots=True)
class JobPage:
    """What `reading.html.jinja` and the fragment that it asks for need.

    Attributes:
        done: nothing more will come.
        stage: in words.
        told: how far it is, in words.
        share: of the words that are read, in per cent; None where that cannot be told.

    """

    key: str
    said: str
    done: bool
    stage: str
    told: str
    share: int | None
    now: str
    articles: tuple[Line, ...]
    rejections: tuple[tuple[str, str], ...]
    note: str


def form(request: Request) -> Response:
    """GET /read."""
    return form_page(request)


def form_page(request: Request, fault: str = "", way: str = "", given: dict[str, str] | None = None, status: int = 200) -> Response:
    """The forms, with what was wrong with what was given last."""
    desk = desk_of(request)
    no_keeping = desk.no_keeping()
    page = ReadPage(
        fault=sentence(fault) if fault else "",
        way=way,
        given={name: visible(value) for name, value in (given or {}).items()},
        keep=desk.store is not None and not no_keeping,
        no_keeping=no_keeping,
        shared=desk.shared,
        held=len(desk.shelf),
        newest=tuple(line(reading) for reading in desk.shelf.newest(NEWEST)),
        limits=f"{MAX_FILES} files at a time, {MAX_FILE // 1_000_000} MB each, {MAX_BODY // 1_000_000} MB together",
    )
    return answer(request, "read.html.jinja", page, "Read a text", "read", status)


def line(reading: Reading) -> Line:
    """An article as a line of a list."""
    document = reading.document
    known = (document.outlet, (document.published or "")[:10], many(reading.summary.words, "word"))
    about = " · ".join(one_line(each) for each in known if each)
    return Line(LINKS.article(document.id), heading(reading), about, one_line(document.language))


async def give(request: Request) -> Response:
    """POST /read: takes what is given, and leads on to where one sees how far it is."""
    given = await submitted(request)
    desk, way = desk_of(request), words(given, "way", 20)
    try:
        wanted = await _wanted(given, way, keep=words(given, "keep", 10) == "yes" and desk.store is not None)
        try:
            key = desk.jobs.add(wanted)
        except UsageError:
            wanted.tidy()
            raise
    except UsageError as error:
        fields = {name: words(given, name, inputs.LONGEST) for name in ("text", "url", "outlet", "title", "published")}
        return await run_in_threadpool(form_page, request, str(error), way, fields, 422)
    finally:
        await given.close()
    return RedirectResponse(f"/reading/{key}", 303)


async def _wanted(given: FormData, way: str, *, keep: bool) -> Wanted:
    said = inputs.about(words(given, "outlet"), words(given, "title"), words(given, "published", 100))
    if way == "text":
        text = words(given, "text", 4 * inputs.LONGEST)
        if not text.strip():
            raise UsageError("there is no text yet: paste the text of an article")
        if len(text) > inputs.LONGEST:
            raise UsageError(f"the text is longer than {inputs.LONGEST:,} characters: give one article at a time")
        return Wanted("a pasted text", partial(inputs.pasted, text, said), keep)
    if way == "url":
        url = inputs.address(words(given, "url", inputs.LONGEST_ADDRESS + 1))
        return Wanted(url, partial(inputs.fetched, url, said), keep)
    if way == "files":
        files = [file for file in given.getlist("files") if isinstance(file, UploadFile) and (file.filename or file.size)]
        if not files:
            raise UsageError("no file was chosen: choose one or more")
        return await run_in_threadpool(_saved, files, said, keep)
    raise UsageError("say what is to be read: a text, files, or an address")


def _saved(files: list[UploadFile], said: inputs.About, keep: bool) -> Wanted:
    """Uploaded files in a folder of their own, which goes when they have been opened."""
    folder = Path(mkdtemp(prefix="sayso-"))

    def tidy() -> None:
        shutil.rmtree(folder, ignore_errors=True)

    saved = []
    try:
        for number, file in enumerate(files):
            name = inputs.shown_name(file.filename or "")
            if (file.size or 0) > MAX_FILE:
                raise UsageError(f"the file {name} is larger than {MAX_FILE // 1_000_000} MB: use sayso ingest for it")
            path = inputs.place(folder, number, name)
            with path.open("wb") as target:
                shutil.copyfileobj(file.file, target)
            saved.append(inputs.Saved(path, name))
    except BaseException:
        tidy()
        raise
    others = f" and {many(len(saved) - 1, 'other file')}" if len(saved) > 1 else ""
    return Wanted(f"{saved[0].name}{others}", partial(inputs.uploaded, tuple(saved), said), keep, tidy)


def progress(request: Request) -> Response:
    """GET /reading/{job}: how far it is; leads on to the article when one is all there is to see."""
    state = _state(request)
    if state.stage == DONE and len(state.articles) == 1 and not state.rejections and not state.note:
        return RedirectResponse(LINKS.article(state.articles[0]), 303)
    page = job_page(desk_of(request), state)
    return answer(request, "reading.html.jinja", page, f"{page.stage}: {page.said}" if not page.done else f"Read: {page.said}", "read")


def fragment(request: Request) -> Response:
    """GET /reading/{job}/state: the part of that page that changes."""
    state = _state(request)
    if state.stage == DONE:
        return Response(headers={"HX-Redirect": f"/reading/{state.id}"})
    return Page(str(fill("reading_state.html.jinja", page=job_page(desk_of(request), state), frame=desk_of(request).frame(""))))


async def give_up(request: Request) -> Response:
    """POST /reading/{job}/stop: reads no further."""
    await (await submitted(request)).close()
    state = _state(request)
    desk_of(request).jobs.give_up(state.id)
    return RedirectResponse(f"/reading/{state.id}", 303)


def job_page(desk: Desk, state: State) -> JobPage:
    """Where a job stands, in words."""
    readings = (desk.shelf.get(article) for article in state.articles)
    return JobPage(
        key=state.id,
        said=one_line(state.said),
        done=state.stage == DONE,
        stage=_STAGES[state.stage],
        told=_told(state),
        share=100 * state.words_read // state.words if state.stage == READING and state.opened > 1 and state.words else None,
        now=one_line(state.now),
        articles=tuple(line(reading) for reading in readings if reading is not None),
        rejections=tuple((one_line(each.origin), one_line(each.reason.removeprefix(f"{each.origin}: "))) for each in state.rejections),
        note=one_line(state.note),
    )


def _told(state: State) -> str:
    if state.stage == QUEUED:
        return f"{many(state.ahead, 'reading')} before it" if state.ahead else "it is the next one"
    if state.stage == OPENING:
        return many(state.opened, "article") + " found so far" if state.opened else "looking what is in it"
    if state.stage == DONE:
        return f"{many(len(state.articles), 'article')} read, {len(state.rejections)} not read, in {state.seconds:.1f} s"
    if state.opened == 1:
        return many(state.words, "word")
    read = len(state.articles) + 1
    return f"article {min(read, state.opened)} of {state.opened}, {state.words_read:,} of {many(state.words, 'word')} read"


def _state(request: Request) -> State:
    state = desk_of(request).jobs.state(str(request.path_params["job"]))
    if state is None:
        raise HTTPException(404, "There is no such reading here (any more).")
    return state
