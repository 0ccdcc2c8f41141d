"""A corpus on disk: readings and rejections go in, whole batch by whole batch; readings, documents and answers come out.

Always true here: an article is in a store once, wholly or not at all, whatever was interrupted; all articles of a store were read by
one generator; what comes out comes in the order of shards' names and of ids inside a shard, the same every time.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from threading import RLock
from types import TracebackType
from typing import Self

from sayso.document import Document
from sayso.errors import ContractError, StoreError
from sayso.reading import Generator, Reading, Rejection
from sayso.store import editions, rows
from sayso.store.adding import Added, Batch, batch, bring_in
from sayso.store.aside import Aside
from sayso.store.asking import Asking, Table, cure
from sayso.store.contents import Contents
from sayso.store.derived import write_table
from sayso.store.disk import flush, move, speaking
from sayso.store.duck import check_installed
from sayso.store.layout import TABLE, Edition, Places
from sayso.store.lock import locked
from sayso.store.migrate import migrate
from sayso.store.views import VIEWS, files

SECONDS = 600.0  # a question may take


class Store:
    """A store, opened by `make`, `open` or `reread`; it belongs to the process that opened it, and its threads may share it.

    Attributes:
        path: its folder.
        generator: what read its articles.

    """

    def __init__(self, path: Path, edition: Edition) -> None:
        self.path = path
        self.generator = edition.generator
        self._edition = edition
        self._places = Places(path, edition.number)
        self._asking = Asking(self._places)
        self._contents = Contents(self._places, self._asking)
        self._aside: Aside | None = None
        self._turn = RLock()

    @classmethod
    def make(cls, path: str | Path, generator: Generator) -> Store:
        """The store in this folder, made if need be, for writing with this generator.

        Raises:
            StoreError: its articles were read by another generator (the message names the command that reads them anew), the folder
                holds other things, or the disk does not let it.

        """
        check_installed()
        editions.make(Path(path), generator)
        store = cls.open(path)
        editions.refuse_other(store.path, store.generator, generator)
        with speaking(store.path), locked(store._places.lock):
            editions.sweep_unnamed(store.path)
        store._desk()
        return store

    @classmethod
    def open(cls, path: str | Path) -> Store:
        """The store in this folder; one of an older layout is brought up to date first.

        Raises:
            StoreError: there is none, it is damaged, or it was written by a newer version of Sayso.

        """
        check_installed()
        migrate(Path(path))
        return cls(Path(path), editions.manifest_of(Path(path)).current)

    @classmethod
    def reread(cls, path: str | Path, generator: Generator) -> Store:
        """A second generation of the store beside the one that counts, to be filled by `add` and made to count by `switch`.

        One that was begun for the same generator goes on where it stopped (`known` says what is in it); one that was begun for another
        is dropped. The documents come from `Store.open(path).documents()`.

        Raises:
            StoreError: there is no store, or this generator has read it already.

        """
        store = cls.open(path)
        if store.generator == generator:
            raise StoreError(f"{path} was read by {editions.said(generator)} already: there is nothing to read anew")
        return cls(store.path, editions.begin(store.path, generator))

    def switch(self, without: Collection[str] = ()) -> None:
        """Let this generation count from now on, and remove the one before; nothing happens if it counts already.

        Rejections of all stages but `reading` are taken over; derived tables are not: they have to be made anew.

        Args:
            without: ids of articles that are known not to be in it, because they could not be read.

        Raises:
            StoreError: another article of the store is still missing; it was given up meanwhile.

        """
        old = Store.open(self.path)
        if old._edition == self._edition:
            return
        self.add((), (refused for refused in old.rejections() if refused.stage != "reading"))
        with self._turn, speaking(self.path), locked(self._places.lock):
            editions.check_counts(self.path, self._edition)
            missing = old.known() - self.known() - set(without)
            if missing:
                raise StoreError(
                    f"{self.path}: {len(missing)} of {len(old)} articles are still to be read anew: run the same command again"
                )
            editions.finish(self.path)
        old.close()

    def known(self) -> set[str]:
        """Ids of the articles in the store."""
        with self._turn:
            self._contents.refresh()
            return set(self._contents.shard_of)

    def __len__(self) -> int:
        with self._turn:
            self._contents.refresh()
            return len(self._contents.shard_of)

    def add(self, readings: Iterable[Reading], rejections: Iterable[Rejection] = ()) -> Added:
        """Put readings and rejections into the store as one shard, all or nothing; what is there already is passed over.

        Raises:
            StoreError: a reading is by another generator, or the disk is full; nothing has come in then.

        """
        given = batch(self.path, self.generator, readings, rejections)
        with self._turn:
            return bring_in(given, self._contents, self._edition, self._places, self._desk())

    def add_rows(self, articles: dict[str, str], rejections: Iterable[Rejection] = ()) -> Added:
        """The same with what another process of this generator has made of its readings: `rows.article` by cleaned id."""
        refused = batch(self.path, self.generator, (), rejections).refused
        with self._turn:
            return bring_in(Batch(articles, refused, len(articles)), self._contents, self._edition, self._places, self._desk())

    def readings(self, ids: Iterable[str] | None = None, *, findings: bool = True) -> Iterator[Reading]:
        """Readings, one shard at a time.

        Args:
            ids: those of these articles, in the order of the store; ids that are not in it are passed over. None takes all.
            findings: whether findings and tallies are wanted; without them an article is read in half the time.

        """
        return self._read([name for name in rows.ARTICLES if findings or name not in ("findings", "tallies")], ids)

    def documents(self, ids: Iterable[str] | None = None) -> Iterator[Document]:
        """The same without what was found in the articles."""
        return (reading.document for reading in self._read(list(rows.DOCUMENT), ids))

    def _read(self, columns: list[str], ids: Iterable[str] | None) -> Iterator[Reading]:
        with self._turn:
            self._contents.refresh()
            wanted = dict.fromkeys(self._contents.shards) if ids is None else self._contents.shards_with(ids)
        names = ", ".join(f'"{name}"' for name in columns)
        for name, some in wanted.items():
            path = self._places.shards / name / "articles.parquet"
            select = f"SELECT {names} FROM {files([path])}"
            if some is None:
                found = self._asking.rows(select)
            else:  # a shard is sorted by id, and stays so
                found = iter(sorted(self._asking.rows(f"{select} WHERE id IN (SELECT unnest(?))", [some])))
            for row in found:
                try:
                    yield rows.reading(columns, row, self.generator)
                except ContractError as error:
                    raise StoreError(f"{path} is damaged ({error}): {cure(path.parent)}") from None

    def rejections(self) -> Iterator[Rejection]:
        """What could not be read, and why, each once."""
        with self._turn:
            self._contents.refresh()
            shards = self._contents.shards
        for name in shards:
            for row in self._asking.rows(f"SELECT origin, stage, reason FROM {files([self._places.shards / name / 'rejects.parquet'])}"):
                yield Rejection(*row)

    def sql(self, query: str, parameters: Sequence[object] | Mapping[str, object] = (), *, seconds: float = SECONDS) -> Table:
        """Answer one SELECT over the tables of the store (see docs/store.md); it can read nothing else and change nothing.

        Args:
            query: the SELECT, in DuckDB's dialect; `?` or `$name` stand for parameters.
            parameters: their values.
            seconds: how long it may take.

        Raises:
            StoreError: it is no SELECT, cannot be answered, reaches for more than the store, or takes too much time or room.

        """
        return self._asking.answer(query, parameters, seconds)

    def put(self, name: str, columns: Sequence[str] | Mapping[str, str], rows: Iterable[Sequence[object]]) -> int:
        """Write a derived table, in place of one of that name, and return its number of rows; SQL sees it under its name.

        Args:
            name: lower-case letters, digits and `_`, none of the store's own tables.
            columns: their names; types are told from the values, or given as SQL types by name.
            rows: one value for each column: None, a text, a number, true or false, a date, or a list of them.

        Raises:
            StoreError: a name or a value cannot stand in a table, or the disk is full; the table is as it was then.

        """
        place = self._table(name)
        with self._turn:
            made = self._desk() / place.name
            count = write_table(made, columns, rows)
            with speaking(place), locked(self._places.lock):
                editions.check_counts(self.path, self._edition)
                move(made, place)
        return count

    def has(self, name: str) -> bool:
        """Whether there is a derived table of this name."""
        return self._table(name).exists()

    def digest(self, *names: str) -> str:
        """What its articles, its rejections and these derived tables are now: where two digests are equal, so are all rows.

        It reads names of shards (digests themselves) and the files of the tables, and no article.
        """
        made = hashlib.sha256("\n".join(self._places.names()).encode())
        for name in names:
            place = self._table(name)
            try:
                made.update(hashlib.sha256(place.read_bytes()).digest())
            except FileNotFoundError:
                made.update(b"none")
        return made.hexdigest()[:32]

    def drop(self, name: str) -> None:
        """Remove a derived table; nothing happens if there is none."""
        place = self._table(name)
        with self._turn, speaking(place), locked(self._places.lock):
            place.unlink(missing_ok=True)
            flush(place.parent)

    def _table(self, name: str) -> Path:
        if not TABLE.fullmatch(name) or name in VIEWS or name.startswith("stored_"):
            raise StoreError(
                f"{name[:60]!r} cannot be the name of a derived table: lower-case letters, digits and _, and not the store's own"
            )
        return self._places.derived / f"{name}.parquet"

    def _desk(self) -> Path:
        if self._aside is None:
            self._aside = Aside(self._places)
        return self._aside.path

    def __reduce__(self) -> tuple[type[Store], tuple[Path, Edition]]:
        """Another process opens it for itself."""
        return Store, (self.path, self._edition)

    def close(self) -> None:
        """Let go of files and folders; the store can be used again afterwards."""
        with self._turn:
            self._asking.close()
            if self._aside is not None:
                self._aside.close()
                self._aside = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()
