"""A reading on a terminal: the marked article, tables of attributions and sources, how it is told; its audit; its explanations.

Always true here: article text is printed only through `rich.text.Text` (markup in it is never read) and only after `render.safe`; what
colour says also stands in signs and words, so that a pipe, a colour-blind reader and an ASCII terminal lose nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TextIO

from rich.console import Console
from rich.table import Table
from rich.text import Text

from sayso.audit import audit
from sayso.explain import Explanation
from sayso.reading import Reading
from sayso.render import reasons
from sayso.render.audits import NOTE, Line, facts, lines
from sayso.render.comparison import Comparison
from sayso.render.grids import Grid
from sayso.render.marks import by_paragraph
from sayso.render.matrix_words import Lines
from sayso.render.safe import encodable, one_line, visible
from sayso.render.telling import tell
from sayso.render.terminal_matrix import matrix_blocks
from sayso.render.terminal_measures import Pen, blocks
from sayso.render.terminal_text import legend, signs
from sayso.render.terminal_text import paragraph as marked
from sayso.render.words import Row, counts, heading, particulars, rows, shares

LONG = 240  # characters of one part of an attribution that an explanation shows
WIDE = 110  # columns from which on every label has a column of its own


class _Console(Console):
    def on_broken_pipe(self) -> None:
        raise BrokenPipeError  # for the command line to settle, as with all other output


class Screen:
    """A stream that readings are shown on.

    Args:
        file: where to write; styles are used only if it is a terminal.
        width: columns; by default the terminal's, or 80.

    """

    def __init__(self, file: TextIO, width: int | None = None) -> None:
        self._console = _Console(file=file, width=width, markup=False, highlight=False, emoji=False)
        self._encoding = self._console.encoding
        self._signs = signs(self._encoding)

    def reading(self, reading: Reading) -> None:
        """Show one article: heading, marked text, table, shares."""
        self._heading(reading)
        for paragraph in by_paragraph(reading):
            self._write(marked(reading, paragraph, self._signs, self._encoding))
            self._write(Text())
        telling = tell(reading)
        if reading.attributions or telling:
            self._write(legend(reading, self._signs, self._console.is_terminal))
        if reading.attributions:
            self._console.print(self._table(rows(reading)))
            self._write(Text())
            self._console.print(self._sources(lines(reading, audit(reading))))
        else:
            self._write(Text("No attribution found: all of it stands in the outlet's own voice."))
        for part in blocks(telling, self._pen()):
            self._console.print(part)
        self._write(Text())
        self._write(Text(" · ".join(f"{name} {share} %" for name, share in shares(reading)), style="bold"))
        self._write(Text(counts(reading)))

    def audit(self, reading: Reading) -> None:
        """Show who gets what in one article: a row for each source, then the article as a whole."""
        self._heading(reading)
        found = audit(reading)
        if found.sources:
            self._console.print(self._audited(lines(reading, found)))
            self._write(Text())
        grid = Table(box=None, show_header=False, pad_edge=False, padding=(0, 1))
        grid.add_column(style="bold", no_wrap=True)
        grid.add_column(overflow="fold")
        for name, told in facts(reading, found):
            grid.add_row(self._text(name), self._text(told))
        self._console.print(grid)
        self._write(Text())
        self._write(Text(NOTE, style="dim"))

    def explanation(self, reading: Reading, explanation: Explanation, most: int = 4) -> None:
        """Show what led to the labels of one attribution.

        Args:
            reading: that it belongs to.
            explanation: what to show.
            most: how many groups of words are shown for each label at most, the weightiest.

        """
        number = next(at for at, each in enumerate(reading.attributions, 1) if each.id == explanation.attribution.id)
        row = rows(reading)[number - 1]
        self._write(Text(f"{explanation.attribution.id}  {reasons.speaker(reading, explanation)[0]}", style="bold"))
        self._write(self._passage(reading, explanation))
        if row.chain:
            self._write(Text(f"    chain: {row.chain}"))
        self._fact("speaker", *reasons.speaker(reading, explanation))
        for decision in explanation.decisions:
            found = reasons.told(reading.document, decision.reasons)[:most]
            self._fact(
                reasons.TASK[decision.task], reasons.label(decision), "" if decision.probability is not None else "not the model's choice"
            )
            for each in found:
                shown = Text(f"      {each.weight:+.2f}  ", style="" if each.weight > 0 else "dim")
                self._write(shown.append(each.line()))
        self._write(Text())

    def comparison(self, comparison: Comparison) -> None:
        """Show a few articles side by side."""
        table = self._frame()
        table.add_column(self._text(comparison.caption), overflow="fold")
        for name in comparison.columns:
            table.add_column(self._text(name), justify="right", overflow="fold")
        for name, cells in comparison.rows:
            table.add_row(self._text(name), *(self._text(cell) for cell in cells))
        self._console.print(table)
        self._write(Text(comparison.note))

    def matrix(self, told: Lines) -> None:
        """Show the claims of a story by outlet."""
        for part in matrix_blocks(told, self._pen()):
            self._console.print(part)

    @property
    def width(self) -> int:
        """Characters in a line."""
        return self._console.width

    def grid(self, grid: Grid) -> None:
        """Show a table under its caption."""
        self._write(Text(grid.caption, style="bold"))
        kept = [at for at, name in enumerate(grid.columns) if self._console.width >= WIDE or name not in grid.spare]
        table = self._frame()
        for at in kept:
            name = grid.columns[at]
            table.add_column(self._text(name.removeprefix(">")), justify="right" if name.startswith(">") else "left", overflow="fold")
        for number, row in enumerate(grid.rows):
            table.add_row(*(self._text(row[at]) for at in kept), style="dim" if number in grid.dim else "")
        self._console.print(table)
        if grid.note:
            self._write(Text(grid.note, style="dim"))

    def line(self, text: str = "") -> None:
        """Show one plain line."""
        self._write(Text(visible(text)))

    def rule(self) -> None:
        """Separate two articles."""
        self._write(Text(("─" if self._signs.circled else "-") * self._console.width, style="dim"))

    def _heading(self, reading: Reading) -> None:
        self._write(Text(heading(reading), style="bold"))
        known = " · ".join(particulars(reading))
        if known:
            self._write(Text(known, style="dim"))
        self._write(Text())

    def _passage(self, reading: Reading, explanation: Explanation) -> Text:
        """The words of one attribution in order of the text, each part named by its brackets."""
        attribution = explanation.attribution
        parts = [(span, "underline", ("", "")) for span in attribution.source] + [(span, "bold", ("[", "]")) for span in attribution.cue]
        parts += [(span, "", self._signs.reported) for span in attribution.content]
        shown = Text("    ")
        for span, style, (opened, closed) in sorted(parts):
            words = one_line(reading.document[span])
            words = words if len(words) <= LONG else words[:LONG].rsplit(" ", 1)[0] + " …"
            shown.append(opened).append(words, style=style).append(f"{closed} ")
        shown.rstrip()
        return shown

    def _fact(self, name: str, value: str, remark: str = "") -> None:
        line = Text("    ").append(f"{name}: ").append(value, style="bold")
        self._write(line.append(f"  ({remark})", style="dim") if remark else line)

    def _sources(self, found: Sequence[Line]) -> Table:
        table = self._frame()
        for name in ("source", "kind · standing", "says", "of the words"):
            ratio = {"source": 5, "kind · standing": 3}.get(name)
            table.add_column(self._text(name), overflow="fold", ratio=ratio, justify="left" if ratio else "right")
        table.expand = True
        for line in found:
            table.add_row(*map(self._text, (line.who, line.what, f"{line.times}×", line.share)))
        return table

    def _audited(self, found: Sequence[Line]) -> Table:
        table = self._frame()
        wide = self._console.width >= WIDE
        names = (
            ("source", "says", "words", "from–to", "by")
            if not wide
            else ("source", "kind · standing", "says", "words", "from–to", "by", "how")
        )
        for name in names:
            ratio = {"source": 4, "by": 4, "how": 3, "kind · standing": 3}.get(name)
            table.add_column(
                self._text(name), overflow="fold", ratio=ratio, justify="right" if name in ("says", "words", "from–to") else "left"
            )
        table.expand = True
        for line in found:
            how = "; ".join((line.forms, *line.remarks))
            row = (f"{line.times}×", line.share, line.where.removesuffix(" %"))
            if wide:
                table.add_row(*map(self._text, (line.who, line.what, *row, line.verbs, how)))
            else:
                about = "\n".join(filter(None, (line.who, line.what)))
                table.add_row(*map(self._text, (about, *row, "\n".join(filter(None, (line.verbs, *line.remarks))))))
        return table

    def _pen(self) -> Pen:
        return Pen(self._text, self._frame, self._signs.number, self._console.width)

    def _write(self, text: Text) -> None:
        if not text.plain.isascii():
            shown = encodable(text.plain, self._encoding)
            if shown != text.plain:
                text = Text(shown) if len(shown) != len(text.plain) else Text(shown, style=text.style, spans=text.spans)
        self._console.print(text)

    def _text(self, text: str, style: str = "") -> Text:
        return Text(encodable(text, self._encoding), style=style)

    def _frame(self) -> Table:
        return Table(box=self._signs.lines, header_style="bold", pad_edge=False, show_edge=False, padding=(0, 1))

    def _table(self, found: Iterable[Row]) -> Table:
        table = self._frame()
        wide = self._console.width >= WIDE
        table.add_column("#", justify="right", no_wrap=True)
        names = ("who", "chain", "cue", "form", "how", "stance", "commitment") if wide else ("who", "cue", "form", "how")
        for name in names:
            # Short labels keep their line; names and cues share what is left.
            ratio = {"who": 4, "chain": 4, "cue": 3}.get(name)
            most = None if wide else {"form": 8, "how": 12}.get(name)
            table.add_column(name, overflow="fold", ratio=ratio, max_width=most, no_wrap=wide and name in ("form", "stance", "commitment"))
        table.add_column("sure", no_wrap=True)
        table.expand = True
        for row in found:
            inside = f"inside {row.inside}" if row.inside is not None else ""
            who = f"{row.who} (“{row.stands}”)" if row.stands else row.who
            cells: tuple[str, ...]
            if wide:
                cells = (who, "; ".join(filter(None, (row.chain, inside))), row.cue, row.form, row.how, row.stance, row.commitment)
            else:
                cells = ("\n".join(filter(None, (who, row.chain, inside))), row.cue or "–", row.form, " · ".join((row.how, *row.remarks)))
            sure = f"{row.sure:.2f}" + (" ← check" if row.check else "")
            style = "dim" if row.check else ""
            table.add_row(self._text(str(row.number)), *(self._text(cell) for cell in cells), self._text(sure), style=style)
        return table
