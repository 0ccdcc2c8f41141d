"""What an export may replace."""

from pathlib import Path

import pytest

from sayso.errors import UsageError
from sayso.export.material import of_readings
from sayso.export.write import write
from sayso.reading import Generator


@pytest.mark.parametrize("format", ["xlsx", "jsonl"])
def test_a_file_that_is_no_export_is_not_replaced(format: str, tmp_path: Path) -> None:
    kept = tmp_path / "tags.csv"
    kept.write_text("outlet,country\n", encoding="utf-8")
    with pytest.raises(UsageError, match=rf"ends in \.{format}"):
        write(of_readings(lambda: iter(()), Generator()), format, kept)
    assert kept.read_text(encoding="utf-8") == "outlet,country\n"
