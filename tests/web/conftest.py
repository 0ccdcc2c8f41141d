"""A server's desk with a reader by rules, and a client that behaves like a browser on this machine."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from functools import partial
from typing import Any

import pytest
from starlette.testclient import TestClient

from sayso.reader import Reader
from sayso.web.app import application
from sayso.web.desk import Desk
from sayso.web.guards import Door

HERE = "http://127.0.0.1:8765"
ARTICLE = (
    "The ferry to Port Alder will not sail before June, the harbor office said on Monday.\n\n"
    "“We are waiting for one valve,” said Ines Okafor, the harbor master. She added that the crew would be paid in full.\n\n"
    "Shop owners on the quay fear that the summer is lost. The ferry last missed a season in 1998.\n"
)


class Visitor:
    """Somebody with a browser: sends what a browser would, and the token of the form."""

    def __init__(self, client: TestClient, desk: Desk) -> None:
        self.client, self.desk = client, desk

    def get(self, path: str, **options: Any) -> Any:
        return self.client.get(path, **options)

    def post(self, path: str, fields: dict[str, str] | None = None, files: Any = None, **headers: str) -> Any:
        data = {"token": self.desk.token, **(fields or {})}
        sent = {"Origin": HERE, "Sec-Fetch-Site": "same-origin", **{name.replace("_", "-"): value for name, value in headers.items()}}
        return self.client.post(path, data=data, files=files, headers=sent, follow_redirects=False)

    def wait(self, job: str) -> Any:
        """What the page of a job says when it is done (the article, if that is where it leads)."""
        for _ in range(600):
            state = self.desk.jobs.state(job.rpartition("/")[2])
            assert state is not None
            if state.stage == "done":
                return self.client.get(job)
            time.sleep(0.02)
        raise AssertionError("the job did not end")

    def read(self, text: str = ARTICLE, **fields: str) -> Any:
        """Paste a text and wait for the page that it leads to."""
        answer = self.post("/read", {"way": "text", "text": text, **fields})
        assert answer.status_code == 303, answer.text
        return self.wait(answer.headers["location"])

    def upload(self, *files: tuple[str, bytes], **fields: str) -> Any:
        """Upload files and wait for the page that they lead to."""
        answer = self.post("/read", {"way": "files", **fields}, [("files", file) for file in files])
        assert answer.status_code == 303, answer.text
        return self.wait(answer.headers["location"])


@pytest.fixture
def desk() -> Desk:
    return Desk(partial(Reader, rules=True, measures=()))


@pytest.fixture
def visitor(desk: Desk) -> Iterator[Visitor]:
    with TestClient(application(desk, Door(8765)), base_url=HERE, raise_server_exceptions=True) as client:
        yield Visitor(client, desk)


def plain(page: str) -> str:
    """The words of a page without its tags."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", page))
