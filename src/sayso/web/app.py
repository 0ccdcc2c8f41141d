"""The routes: which address is answered by which handler. No decision is taken here."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.routing import Route

from sayso.errors import SaysoError
from sayso.web import browsing, correcting, reading_here
from sayso.web.answers import Faults, failed, refused
from sayso.web.desk import Desk
from sayso.web.guards import Door, Guard

GET = (
    ("/", browsing.overview),
    ("/articles", browsing.articles),
    ("/articles/{at}", browsing.article),
    ("/articles/{at}/corrections", correcting.forms),
    ("/stories", browsing.stories),
    ("/stories/{at}", browsing.story),
    ("/versions/{a}/{b}", browsing.versions),
    ("/outlets", browsing.outlets),
    ("/outlets/{at}", browsing.outlet),
    ("/sources", browsing.sources),
    ("/sources/{at}", browsing.source),
    ("/method", browsing.method),
    ("/corrections", correcting.corrections),
    ("/read", reading_here.form),
    ("/reading/{job}", reading_here.progress),
    ("/reading/{job}/state", reading_here.fragment),
    ("/assets/{at}", browsing.asset),
)
POST = (
    ("/read", reading_here.give),
    ("/reading/{job}/stop", reading_here.give_up),
    ("/articles/{at}/corrections", correcting.correct),
    ("/corrections/{at}/withdraw", correcting.withdraw),
)


def application(desk: Desk, door: Door) -> Starlette:
    """The pages of a desk, behind a door; work in the background begins and ends with it."""

    @asynccontextmanager
    async def living(_: Starlette) -> AsyncIterator[None]:
        desk.start()
        try:
            yield
        finally:
            await run_in_threadpool(desk.stop)

    routes = [*(Route(path, handler) for path, handler in GET), *(Route(path, handler, methods=["POST"]) for path, handler in POST)]
    app = Starlette(
        routes=routes,
        middleware=[Middleware(Guard, door=door), Middleware(Faults)],
        exception_handlers={HTTPException: refused, SaysoError: failed},
        lifespan=living,
    )
    app.state.desk = desk
    return app
