"""What a run is made from: its settings and its data."""

import json
from pathlib import Path
from typing import Any

import pytest

from sayso.errors import SaysoError, UsageError
from sayso.spans import Span
from sayso.training.claims.settings import ClaimSettings
from sayso.training.corpora import polnear, world_news
from sayso.training.settings import TrainingSettings, load
from sayso.training.tone.settings import ToneSettings

CONFIGS = Path(__file__).parent.parent.parent / "configs"


KINDS: dict[str, Any] = {"tone": ToneSettings, "claims": ClaimSettings}


@pytest.mark.parametrize("path", sorted(CONFIGS.glob("*.toml")), ids=lambda path: path.name)
def test_the_shipped_settings_can_be_read(path: Path) -> None:
    kind = KINDS.get(path.stem.partition("-")[0], TrainingSettings)
    settings = load(path, kind)
    assert isinstance(settings, kind)
    assert settings.passes > 0
    assert settings.as_dict().keys() == set(kind.__dataclass_fields__)


@pytest.mark.parametrize("content", [b"nonsense = 1", b"seed = ", b"\xff\xfe\x00", b"[seed]\nx = 1\n[other]\n"])
@pytest.mark.parametrize("kind", [TrainingSettings, ToneSettings, ClaimSettings])
def test_settings_that_cannot_be_read(kind: Any, content: bytes, tmp_path: Path) -> None:
    (tmp_path / "run.toml").write_bytes(content)
    with pytest.raises(UsageError, match=r"run\.toml"):
        load(tmp_path / "run.toml", kind)


def test_missing_files_are_named(tmp_path: Path) -> None:
    with pytest.raises(SaysoError, match=r"none\.toml"):
        load(tmp_path / "none.toml", TrainingSettings)
    with pytest.raises(UsageError, match=r"none\.jsonl.*--data"):
        polnear(tmp_path / "none.jsonl")


def test_articles_keep_their_convention(tmp_path: Path) -> None:
    row = {"text": "She said so.", "attributions": [{"source": [[0, 3]], "cue": [[4, 8]], "content": [[9, 11]], "form": "x"}], "id": 1}
    path = tmp_path / "train.jsonl"
    path.write_text(json.dumps(row) + "\n" + json.dumps({**row, "attributions": []}) + "\n", encoding="utf-8")
    large, small = polnear(path), world_news(path)
    assert [article.convention for article in large + small] == ["polnear"] * 2 + ["contract"] * 2
    assert (large[0].marked[0].searched, small[0].marked[0].searched) == (False, True)
    (mark,) = large[0].marked
    assert (mark.source, mark.cue, mark.content) == ((Span(0, 3),), (Span(4, 8),), (Span(9, 11),))
    assert small[1].marked == ()
