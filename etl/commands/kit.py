"""``kit``: what a partner can be given to fill, and the declarations that read what comes back."""

from __future__ import annotations

import argparse
from collections.abc import Mapping
from pathlib import Path
from typing import get_args

from etl.commands.answer import Answer, lines_of
from etl.commands.draft import CODE, kind_of
from etl.declaration import SourceError
from etl.declaration.reader import parse_source, writable_sources
from etl.declaration.source import DataKind
from etl.kit.declared import declaration, source_name
from etl.kit.form import write_form
from etl.kit.items import ITEMS
from etl.kit.layouts import LAYOUTS, layout_text
from etl.kit.template import write_template
from etl.kit.words import write_words
from etl.places.gazetteer import Gazetteer
from etl.settings import OperatorError, Settings

VALUES = {
    "kinds": get_args(DataKind),
    "layouts": tuple(LAYOUTS),
    "checked": "; ".join(f"{name}, checked against {what}" for name, what in LAYOUTS.items()),
}


def run(arguments: argparse.Namespace, settings: Settings) -> Answer:
    """Write the kit, and declare what it reads; what is declared already must be the same."""
    partner = arguments.partner
    if not CODE.fullmatch(partner):
        raise OperatorError(f"{partner} is no code: use small letters, digits and hyphens.")
    writable_sources(settings)
    kind = arguments.kind or kind_of(settings)
    if not arguments.folder.is_dir():
        raise OperatorError(f"There is no folder {arguments.folder}.")
    if arguments.layout is not None:
        name = f"{partner}-{arguments.layout}"
        texts = {name: layout_text(arguments.layout, name, partner, kind)}
        written: list[Path] = []
    else:
        texts = {
            source_name(partner, part, form=form): declaration(partner, kind, part, form=form)
            for part in ITEMS
            for form in (False, True)
        }
        written = _kit_paths(partner, arguments.folder)
    _refuse_unusable(texts)
    _refuse_what_is_there(settings, texts, written)
    settings.sources.mkdir(parents=True, exist_ok=True)
    _write_files(partner, written, settings)
    for name, text in texts.items():
        path = settings.sources / f"{name}.toml"
        path.write_text(text, encoding="utf-8", newline="\n")
    lines = lines_of("kit", partner=partner, written=written, declared=texts)
    return Answer({"files": [str(path) for path in written], "declared": list(texts)}, lines)


def _refuse_unusable(texts: Mapping[str, str]) -> None:
    """Refuse a layout that a kind of data cannot have, before anything is written."""
    for file, text in ((f"{name}.toml", text) for name, text in texts.items()):
        try:
            parse_source(file, text)
        except SourceError as fault:
            problem = str(fault).splitlines()[0].removeprefix(f"{file}: ")
            raise OperatorError(
                f"Nothing was declared: {problem}. Data that others publish have a store of "
                "their own, and --kind published."
            ) from fault


def _kit_paths(partner: str, folder: Path) -> list[Path]:
    """The files of a kit: the template, a form for each sort of row, the page of words."""
    forms = [folder / f"{partner}-{part}-form.xlsx" for part in ITEMS]
    return [folder / f"{partner}-template.xlsx", *forms, folder / f"{partner}-words.html"]


def _refuse_what_is_there(settings: Settings, texts: Mapping[str, str], files: list[Path]) -> None:
    """Refuse to write over files, and over declarations that differ: somebody changed them."""
    for path in files:
        if path.exists():
            raise OperatorError(f"{path} is there already: choose another folder with --folder.")
    for name, text in texts.items():
        path = settings.sources / f"{name}.toml"
        if path.exists() and path.read_text(encoding="utf-8") != text:
            raise OperatorError(
                f"{name} is declared already, and otherwise than the kit would: move that "
                "declaration away, or keep using it."
            )


def _write_files(partner: str, paths: list[Path], settings: Settings) -> None:
    """Write the template, the forms and the page of words of a kit to the paths of ``_kit_paths``.

    Without paths nothing is written.
    """
    if not paths:
        return
    gazetteer = Gazetteer.load(settings.country)
    template, *forms, words = paths
    write_template(template, gazetteer)
    for part, path in zip(ITEMS, forms, strict=True):
        write_form(path, part, partner, gazetteer)
    write_words(words, partner)
