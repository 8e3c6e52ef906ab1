"""The opened release: where an analyst begins. Which exhibits there are, and one of them asked.

The same from a file as from a server: ``file`` and ``server`` give the same plain answers, of which
frames are made here.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Literal, Self

import pandas as pd

from dashboard.analyst.asked_exhibit import AskedExhibit
from dashboard.analyst.asking import Door, query_of
from dashboard.analyst.frames import frame_of
from dashboard.analyst.problems import unknown
from dashboard.model.languages import ENGLISH

Step = Literal["month", "quarter", "year"]


def open_release(
    path: str | Path,
    published: str | Path | None = None,
    *,
    token: str | None = None,
    edition: str | None = None,
) -> OpenedRelease:
    """Open a release for reading.

    Args:
        path: The file of one release; a folder of releases, then the current one, or the only one
            where the folder names none; or the address of a server (``https://...``), then the one
            that it shows.
        published: Folder of published releases, whose current one answers what published sources
            alone fill, such as ``routes.sea``. Such a release can be opened by itself as well. A
            server has its own.
        token: Where a server has accounts, the token that an analyst makes on the page of their
            account. Rights are those of the person whose token it is.
        edition: Id of another edition of the folder or the server (``editions()``).

    Raises:
        FileNotFoundError: If there is nothing at the path.
        NoRelease: If what is there is no release that can be opened; the message says what is
            wrong and what is there.
        ValueError: If an address or a token is none.
        NotSignedIn, NotAllowed, NotThere, NoAnswer: If a server does not give it.
    """
    text = str(path)
    if "://" in text:
        from dashboard.analyst.server import Server

        if published is not None:
            raise ValueError("A server has its own published release: leave `published` out.")
        return OpenedRelease(Server(text, token, edition))
    if token is not None:
        raise ValueError("A token is for a server: its address begins with https://.")
    try:
        from dashboard.analyst.file import open_file
    except ModuleNotFoundError as error:
        raise ImportError(
            f"Opening a file needs all packages of the product ({error.name} is missing): install "
            "its wheel without --no-deps. A server is opened by its address, with pandas alone."
        ) from error
    return OpenedRelease(open_file(path, published, edition))


class OpenedRelease:
    """An open release. Close it, or use it in a ``with`` block; answers stay after that."""

    def __init__(self, door: Door) -> None:
        self._door = door
        self._contents_by_lang = {ENGLISH: door.contents(ENGLISH)}

    @property
    def name(self) -> str:
        """Its id, as files and pages name it."""
        return self._contents_in()["id"]

    @property
    def title(self) -> str:
        """What it is called."""
        return self._contents_in()["title"]

    @property
    def kind(self) -> str:
        """Whether its numbers are ``invented``, ``published`` or ``real``."""
        return self._contents_in()["kind"]

    @property
    def audience(self) -> str:
        """Whom it was made for: ``member`` or ``public``."""
        return self._contents_in()["audience"]

    @property
    def months(self) -> pd.PeriodIndex:
        """Every month that it holds."""
        first, last = self._contents_in()["months"]
        return pd.period_range(first, last, freq="M")

    @property
    def period(self) -> str:
        """The months that are counted where none are asked for, as ``period=`` says them."""
        return self._contents_in()["period"]

    def editions(self) -> pd.DataFrame:
        """The editions of the folder or server, the newest first, by id.

        Columns: ``title``, ``kind``, ``first_month``, ``last_month``, ``closed_on``, ``is_open``.
        """
        return frame_of(self._contents_in()["editions"]).set_index("edition")

    def areas(self) -> pd.DataFrame:
        """Every place that may be asked for, by P-code.

        Columns: ``name_en``, the same in the country's language, ``level``, and the codes of what
        it lies in (``country_code`` and a ``<level>_code`` for each level of areas; '' for none).
        """
        return frame_of(self._contents_in()["areas"]).set_index("code")

    def dimensions(self, of: str | None = None, lang: str = ENGLISH) -> pd.DataFrame:
        """What ``count`` counts, and by what.

        Columns: ``counted``, ``dimension``, ``label``, ``level`` (of a place), ``several`` (whether
        one event counts under each of several codes), ``steps`` and ``filters`` that can be asked.

        Raises:
            CannotBeAsked: If nothing of that id is counted.
        """
        every = frame_of(self._contents_in(lang)["dimensions"])
        if of is None:
            return every
        facts = list(every["counted"].cat.categories)
        if of not in facts:
            raise unknown("A count", "of", of, facts)
        return every.loc[every["counted"] == of].reset_index(drop=True)

    def filters(self, lang: str = ENGLISH) -> pd.DataFrame:
        """Every code that a filter takes, but those of places (``areas()``).

        Columns: ``filter`` (the keyword; ``class`` is written ``class_``), ``about``, ``code`` and
        ``label``.
        """
        return frame_of(self._contents_in(lang)["codes"])

    def exhibits(self, lang: str = ENGLISH) -> pd.DataFrame:
        """Every exhibit that may be asked, by id.

        Columns: ``shows`` (what it is, in a language), ``counts`` (ids of what it counts), ``map``
        (``areas``, ``flows`` or ''), ``filters`` that its numbers can follow, and ``options`` of
        its own, each with its values, the usual one first.
        """
        listed = self._contents_in(lang)["exhibits"]
        names = ["shows", "counts", "map", "filters", "options"]
        ids = pd.Index([each["id"] for each in listed], name="exhibit")
        return pd.DataFrame([[each[name] for name in names] for each in listed], ids, names)

    def parameters(self, exhibit_id: str) -> pd.DataFrame:
        """Every parameter that an exhibit knows, by name.

        Columns: ``about``, ``values`` (all that are allowed; empty for a period), and ``many``
        (whether several may be asked at once).

        Raises:
            CannotBeAsked: If there is no such exhibit.
        """
        parameters = [*self._contents_in()["filters"], *self._entry(exhibit_id)["own"]]
        rows = [(each["about"], tuple(each["values"]), each["many"]) for each in parameters]
        names = pd.Index([each["name"] for each in parameters], name="parameter")
        return pd.DataFrame(rows, index=names, columns=pd.Index(["about", "values", "many"]))

    def exhibit(self, exhibit_id: str, **parameters: object) -> AskedExhibit:
        """One exhibit, asked as a file's address asks it.

        Args:
            exhibit_id: An id of ``exhibits()``.
            **parameters: What ``parameters()`` lists, as text; several codes as a list. ``class``
                is written ``class_``, since it is a word of Python.

        Raises:
            CannotBeAsked: If there is no such exhibit, or it does not know a parameter or value, or
                answers another one in this view; the message says what is allowed.
        """
        self._entry(exhibit_id)
        maps = [each["id"] for each in self._contents_in()["exhibits"] if each["map"]]
        return AskedExhibit(self._door.exhibit(exhibit_id, query_of(parameters)), maps)

    def count(
        self,
        of: str,
        by: str | Sequence[str] = (),
        steps: Step | None = None,
        **filters: object,
    ) -> pd.DataFrame:
        """A cross-table of a choice of one's own, counted as explore counts.

        Args:
            of: What is counted, such as ``people`` (``dimensions()`` lists all).
            by: Its dimensions, such as ``["recruiter_relation", "corridor"]``.
            steps: ``month``, ``quarter`` or ``year``; left out, the period is one.
            **filters: Filters and the period by name, as in addresses and in ``exhibit``.

        Returns:
            One row a combination that occurs, the largest first; with steps each of them in order
            of time. For each dimension a category and its label (``corridor``,
            ``corridor_label``; "unknown" where nothing else is known), ``period`` with steps, then
            ``value``, ``at_least``, ``at_most`` (Int64; nineteen times in twenty) and ``words``,
            as pages read the number. Where two dimensions are a direction only
            (``attrs["direction_only"]``) the three are missing, and ``words`` say whether a cell is
            surely more or less than its share. ``attrs`` also say the release, unit, period,
            filters, notes, and in ``each_counts`` the columns in which an event counts under each
            of several codes.

        Raises:
            CannotBeAsked: If it cannot be answered as asked; the message says what can.
        """
        question = {
            "of": of,
            **({"by": by} if by else {}),
            **({} if steps is None else {"steps": steps}),
        }
        return frame_of(self._door.count(query_of({**question, **filters})))

    def close(self) -> None:
        """Close it; further questions fail."""
        self._door.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def __repr__(self) -> str:
        first, last = self._contents_in()["months"]
        return f"<release {self.name}, {self.kind}, {first} to {last}>"

    def _contents_in(self, lang: str = ENGLISH) -> Mapping[str, Any]:
        """What it holds and may be asked, with labels in a language."""
        if lang not in self._contents_by_lang:
            self._contents_by_lang[lang] = self._door.contents(lang)
        return self._contents_by_lang[lang]

    def _entry(self, exhibit_id: str) -> Mapping[str, Any]:
        """What the release says of an exhibit.

        Raises:
            CannotBeAsked: If there is no such exhibit.
        """
        listed = {each["id"]: each for each in self._contents_in()["exhibits"]}
        if exhibit_id not in listed:
            raise unknown("A release", "exhibit", exhibit_id, [*listed])
        return listed[exhibit_id]
