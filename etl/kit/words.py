"""Words: what a partner reads beside the template, a page in each language."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from dashboard.model.languages import ENGLISH, LOCAL, direction
from etl.kit.items import ITEMS, SHEETS, Item
from etl.local import local
from etl.page import page, write_page

_TEXTS = (
    "What it is for",
    "The working group counts cases together, so that a month can be seen as a whole. You keep "
    "your cases; what you send is turned into months, places and groups at once, case numbers are "
    "replaced by a keyed hash, and what readers see is protected so that it can point at nobody.",
    "Send one file a month, by the 10th, with all rows that are new or corrected. A corrected row "
    "has the case and person number that it had before. A month without a case: write so.",
    "Never send a name, a phone number, an ID or registration number, an address, a block of a "
    "camp, a photo or a story. A file that holds one goes back to you unread.",
    "Needed in every row",
    "What is asked",
)


def write_words(path: Path, partner: str) -> None:
    """Write the page: English, then the country's language on a sheet of its own."""
    shown = (ENGLISH, LOCAL) if local(_TEXTS[0]) else (ENGLISH,)
    write_page(path, page("kit", partner=partner, languages=[_language(lang) for lang in shown]))


def _language(lang: str) -> tuple[str, dict[str, Any], list[Any]]:
    """A language, its words, and for each sheet its name, what it needs, and what else it asks."""
    title, *texts, needed_title, others_title = [_in_language(text, lang) for text in _TEXTS]
    sheets = [
        (
            SHEETS[name],
            [_question_words(item, lang) for item in questions if item.needed],
            [_question_words(item, lang) for item in questions if not item.needed],
        )
        for name, questions in ITEMS.items()
    ]
    words = {"title": title, "texts": texts, "needed": needed_title, "asked": others_title}
    return lang, words | {"direction": direction(lang)}, sheets


def _in_language(text: str, lang: str) -> str:
    """A text in a language, in English where the pack does not have it."""
    return text if lang == ENGLISH else local(text) or text


def _question_words(item: Item, lang: str) -> str:
    """The words of a question in a language, in English where the pack does not have them."""
    return item.en if lang == ENGLISH else item.local or item.en
