"""Words: what a partner reads beside the template, a page in each language."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from etl.kit.asked import ASKED, SHEETS, Ask
from etl.page import page, write_page

_EN = (
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
_BN = (
    "এটি কী জন্য",
    "ওয়ার্কিং গ্রুপ সবার কেস একসঙ্গে গণনা করে, যাতে একটি মাস পুরোটা দেখা যায়। কেস আপনার কাছেই থাকে; "
    "যা পাঠান তা সঙ্গে সঙ্গে মাস, স্থান ও গোষ্ঠীতে বদলে নেওয়া হয়, কেস নম্বরের জায়গায় একটি গোপন সংকেত "
    "বসে, আর পাঠক যা দেখেন তা এমনভাবে সুরক্ষিত যে কাউকে চেনা যায় না।",
    "মাসে একটি ফাইল পাঠান, ১০ তারিখের মধ্যে, নতুন বা সংশোধিত সব সারিসহ। সংশোধিত সারিতে আগের কেস ও "
    "ব্যক্তির নম্বর থাকে। কোনো মাসে কেস না থাকলে তা লিখে জানান।",
    "কখনও নাম, ফোন নম্বর, পরিচয়পত্র বা নিবন্ধন নম্বর, ঠিকানা, ক্যাম্পের ব্লক, ছবি বা ঘটনার বিবরণ পাঠাবেন "
    "না। এমন কিছু থাকলে ফাইল না পড়েই ফেরত যায়।",
    "প্রতি সারিতে প্রয়োজন",
    "যা জানতে চাওয়া হয়",
)


def write_words(path: Path, partner: str) -> None:
    """Write the page: English, then Bangla on a sheet of its own."""
    languages = [_language("en", _EN), _language("bn", _BN)]
    write_page(path, page("kit", partner=partner, languages=languages))


def _language(lang: str, words: tuple[str, ...]) -> tuple[str, dict[str, Any], list[Any]]:
    """A language, its words, and for each sheet its name, what it needs, and what else it asks."""
    title, *texts, needed, asked = words
    sheets = [
        (
            SHEETS[name],
            [_name(ask, lang) for ask in questions if ask.needed],
            [_name(ask, lang) for ask in questions if not ask.needed],
        )
        for name, questions in ASKED.items()
    ]
    return lang, {"title": title, "texts": texts, "needed": needed, "asked": asked}, sheets


def _name(ask: Ask, lang: str) -> str:
    return ask.en if lang == "en" else ask.bn
