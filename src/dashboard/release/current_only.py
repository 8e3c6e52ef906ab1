"""The folder of releases for readers who may open the current edition and no other.

They may still know of the others: each reader of the current edition sees on the card of editions
when every one was published, for which months, and who approved it.
"""

from __future__ import annotations

from dashboard.model.edition import Edition
from dashboard.release.folder import NoRelease, Releases, Trouble
from dashboard.release.open_release import Release


class CurrentOnly(Releases):
    """The current release of a folder. A page loaded with one before goes on with the current one.

    Attributes:
        folder: The folder.
    """

    def __init__(self, whole: Releases) -> None:
        """Take the folder with all its editions."""
        self._whole = whole
        self.folder = whole.folder

    @property
    def trouble(self) -> Trouble | None:  # pyright: ignore[reportIncompatibleVariableOverride]
        """Why the release that the pointer names is not shown, or None."""
        return self._whole.trouble

    def current(self) -> Release:
        """The release that the pointer names.

        Raises:
            NoRelease: If there is none to show.
        """
        return self._whole.current()

    def open(self, release_id: str) -> Release:
        """The current edition by its id.

        Raises:
            NoRelease: If it is another, or none.
        """
        release = self.current()
        if release.id != release_id:
            raise NoRelease(f"There is no release {release_id}.")
        return release

    def steady(self, release_id: str | None) -> Release:
        """The current release, whatever a page was loaded with."""
        return self.current()

    def beside(self) -> Release | None:
        """The newest release of published sources, None where there is none to show."""
        return self._whole.beside()

    def is_edition(self, release_id: str) -> bool:
        """Whether this is the current edition."""
        return release_id == self.current().id

    def withheld(self) -> frozenset[str]:
        """Ids of the editions that this server shows to nobody."""
        return self._whole.withheld()

    def editions(self) -> list[Edition]:
        """The current edition alone."""
        return [self.current().edition]

    def damaged(self) -> list[str]:
        """An empty list: the reader opens no older edition, so no damaged one is looked for."""
        return []

    def fingerprint(self) -> str:
        """A short name for the files of the folder as they are now."""
        return self._whole.fingerprint()
