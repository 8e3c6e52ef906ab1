"""An operator looks before publishing, and whoever clears an edition sees what readers get."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import date
from html.parser import HTMLParser
from pathlib import Path

import pytest

from dashboard.model.periods import Month
from etl.__main__ import main
from etl.page import write_page
from etl.release.closing import months
from etl.release.preview.comparison import First
from etl.release.preview.preview import Face, Preview
from etl.release.preview.render import (
    preview_lines,
    preview_page,
    size_shown,
    total_before,
    total_now,
)
from etl.settings import OperatorError, Settings
from tests.unit.etl.protect import invented
from tests.unit.etl.release import registers
from tests.unit.etl.stores import SOURCES

JANUARY, FEBRUARY, MARCH, APRIL = (Month(2023, month) for month in (1, 2, 3, 4))
NEW_PLACE = "BD26"


def events() -> list[dict]:
    """Four months, of which the last has a place and a category that the others have not."""
    found = []
    for one in invented.people(30, 4, seed=1):
        last = one["month"] == APRIL.first_day
        place = NEW_PLACE if last and one["sex"] == "male" else one["place"]
        place = "BD02" if not last and place == NEW_PLACE else place
        authority = "navy" if last and one["sex"] == "female" else "police"
        found.append({**one, "place": place, "rescuing_authority": authority})
    return found


def store_of(folder: Path, **load: str) -> Settings:
    settings = registers.make(folder)
    registers.fill(settings, registers.register_rows(events(), referrals=0), **load)
    return settings


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    settings = store_of(tmp_path_factory.mktemp("preview"))
    registers.publish_to(settings, MARCH)
    return settings


@pytest.fixture(scope="module")
def made(store: Settings) -> Preview:
    return registers.preview_to(store, APRIL)


@pytest.fixture(scope="module")
def face(made: Preview) -> Face:
    return made.faces[0]


def test_a_preview_changes_nothing_and_is_the_same_again(store: Settings, made: Preview) -> None:
    before = registers.content(store)
    assert registers.preview_to(store, APRIL).digest == made.digest
    assert registers.content(store) == before


def test_it_names_the_months_that_close_and_the_totals_that_change(face: Face) -> None:
    people = next(entry for entry in face.closings if entry.fact == "People identified")
    assert people.blocks == ("2023-04",)
    changed = [t for t in face.differences.totals if t.fact == "People identified"]
    assert [(t.period, t.before) for t in changed] == [("2023-04", None)]


def test_it_names_categories_and_places_that_appear_first(face: Face) -> None:
    places = {(f.fact, f.dimension, f.label, f.period) for f in face.differences.places}
    assert ("People identified", "Place", f"Place {NEW_PLACE}", "2023-04") in places
    categories = {(f.fact, f.label) for f in face.differences.categories}
    assert ("People identified", "Navy") in categories


def test_numbers_are_told_as_exactly_as_readers_are_told_them(tmp_path: Path) -> None:
    place = ("People identified", "Place", "Ukhia", "2023-01")
    assert [size_shown(First(*place, size, base)) for size, base in ((9, 5), (10, 5), (3, 1))] == [
        "a few",
        "about 10",
        "3",
    ]
    settings = store_of(tmp_path)
    registers.publish_to(settings, FEBRUARY)
    late = [one for one in events() if one["month"] == JANUARY.first_day][:20]
    registers.fill(settings, registers.register_rows(late, name="late", referrals=0))
    totals = registers.preview_to(settings, MARCH).faces[0].differences.totals
    (january,) = [t for t in totals if (t.fact, t.period) == ("People identified", "2023-01")]
    assert total_before(january).isdigit()
    assert total_now(january).startswith("about ")


def test_what_is_published_afterwards_has_the_totals_that_were_previewed(tmp_path: Path) -> None:
    settings = store_of(tmp_path)
    totals = registers.preview_to(settings, FEBRUARY).faces[0].differences.totals
    release = registers.publish_to(settings, FEBRUARY)
    shown = registers.read(
        release, "SELECT strftime(month, '%Y-%m'), sum(size) FROM people GROUP BY ALL"
    )
    assert {t.period: t.now for t in totals if t.fact == "People identified"} == dict(shown)


def test_a_first_preview_lists_no_first_appearances(tmp_path: Path) -> None:
    face = registers.preview_to(store_of(tmp_path), FEBRUARY).faces[0]
    assert face.before is None
    assert face.differences.categories == face.differences.places == ()
    assert face.differences.totals


def test_a_preview_shows_the_public_release_as_well(store: Settings) -> None:
    member, public = registers.preview_to(store, APRIL, public=True).faces
    assert (member.audience, public.audience) == ("member", "public")
    assert next(iter(public.closings)).base == 10
    assert not (store.releases / "public").exists()


def test_a_damaged_current_release_is_told_and_the_one_before_is_compared(tmp_path: Path) -> None:
    settings = store_of(tmp_path)
    first = registers.publish_to(settings, JANUARY)
    second = registers.publish_to(settings, FEBRUARY)
    for damaged, compared in ((second, first.release_id), (first, None)):
        damaged.path.chmod(0o644)
        damaged.path.write_bytes(b"no database")
        made = registers.preview_to(settings, MARCH)
        assert (made.faces[0].before, made.faces[0].damaged) == (compared, True)
        lines = "\n".join(preview_lines(made))
        assert f"is damaged; compared with {compared or 'nothing'}." in lines
    assert registers.publish_to(settings, MARCH).last_month == "2023-03"


def test_fewer_than_a_base_are_never_told_from_none(tmp_path: Path) -> None:
    settings = store_of(tmp_path)
    registers.publish_to(settings, JANUARY)
    waits = []
    for name, count in (("none", 0), ("four", 4), ("one", 1)):
        late = [one for one in events() if one["month"] == JANUARY.first_day][:count]
        registers.fill(settings, registers.register_rows(late, name=name, referrals=0))
        closed = registers.preview_to(settings, FEBRUARY).faces[0].closings
        waits += [entry.waits for entry in closed if entry.fact == "People identified"]
    assert waits == [False, False, True]


def test_every_number_in_it_is_a_sum_of_units(store: Settings, made: Preview, face: Face) -> None:
    for entry in (*face.differences.categories, *face.differences.places):
        assert entry.size >= 5
    text = " ".join(preview_lines(made))
    assert "partner-" not in text
    assert not re.search(r"about [0-4]\b", text)


class _Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.seen: list[tuple[str, dict[str, str | None]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.append((tag, dict(attrs)))
        if tag not in ("meta", "br"):
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def test_the_page_stands_alone(made: Preview) -> None:
    page = preview_page(made)
    tags = _Tags()
    tags.feed(page)
    assert tags.open == []
    assert not {"script", "img", "link", "iframe"} & {tag for tag, _ in tags.seen}
    assert not [name for _, held in tags.seen for name in held if name.startswith("on")]
    assert "://" not in page
    assert "url(" not in page
    assert "--sa-chrome: #10243a" in page
    assert made.digest in page
    assert f"Place {NEW_PLACE}" in page


def test_the_page_escapes_a_title(tmp_path: Path) -> None:
    made = registers.preview_to(store_of(tmp_path), FEBRUARY, title="<b>March & April</b>")
    assert "<b>" not in preview_page(made)
    assert "&lt;b&gt;March &amp; April&lt;/b&gt;" in preview_page(made)


@pytest.fixture
def real(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    monkeypatch.setattr(months, "read_geography", lambda _: registers.geography())
    settings = store_of(tmp_path, kind="real", source="incidents")
    return replace(settings, sources=SOURCES)


PUBLISH = ("publish", "--as-of", "2023-03-20")


def test_real_sources_are_published_by_name_after_a_preview(
    real: Settings, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    assert main([*PUBLISH], real) == 1
    assert "Real sources are published when somebody has cleared them" in capsys.readouterr().err
    assert main([*PUBLISH, "--approve", "A. Coordinator"], real) == 1
    assert "There is no preview of this edition" in capsys.readouterr().err
    page = tmp_path / "preview.html"
    assert main([*PUBLISH, "--preview", "--html", str(page)], real) == 0
    told = capsys.readouterr().out
    assert "Nothing was changed." in told
    assert "Restricted" in page.read_text(encoding="utf-8")
    assert not (real.releases / "current").exists()
    assert main([*PUBLISH, "--approve", " A.  Coordinator ", "--json"], real) == 0
    report = json.loads(capsys.readouterr().out)
    assert report["approved_by"] == "A. Coordinator"
    row = registers.ask(Path(report["path"]), "SELECT kind, approved_by, source_note FROM edition")
    assert row == [
        (
            "real",
            "A. Coordinator",
            "Reported by member agencies of the working group, checked and protected.",
        )
    ]


def test_what_changed_after_the_preview_is_refused(real: Settings) -> None:
    registers.preview_to(real, FEBRUARY)
    late = [one for one in events() if one["month"] == date(2023, 2, 1)][:10]
    registers.fill(real, registers.register_rows(late, name="late", referrals=0), kind="real")
    before = registers.content(real)
    with pytest.raises(OperatorError, match="is not what the last preview showed"):
        registers.publish_to(real, FEBRUARY, approved_by="A name")
    assert registers.content(real) == before
    registers.preview_to(real, FEBRUARY)
    assert registers.publish_to(real, FEBRUARY, approved_by="A name").approved_by == "A name"


def test_a_preview_of_other_months_or_audiences_does_not_serve(real: Settings) -> None:
    registers.preview_to(real, FEBRUARY)
    with pytest.raises(OperatorError, match="is not what the last preview showed"):
        registers.publish_to(real, MARCH, approved_by="A name")
    with pytest.raises(OperatorError, match="is not what the last preview showed"):
        registers.publish_to(real, FEBRUARY, approved_by="A name", public=True)


def test_a_preview_serves_one_publication(real: Settings) -> None:
    registers.preview_to(real, FEBRUARY)
    registers.publish_to(real, FEBRUARY, approved_by="A name")
    with pytest.raises(OperatorError, match="There is no preview"):
        registers.publish_to(real, MARCH, approved_by="A name")


def test_real_records_are_never_published_themselves(real: Settings) -> None:
    with pytest.raises(OperatorError, match="Base 1 publishes the records themselves"):
        registers.publish_to(real, FEBRUARY, base=1, approved_by="A name")
    with pytest.raises(OperatorError, match="Base 1 publishes the records themselves"):
        registers.preview_to(real, FEBRUARY, base=1)


def test_kinds_are_never_mixed(real: Settings) -> None:
    more = [one for one in events() if one["month"] == date(2023, 2, 1)][:10]
    registers.fill(real, registers.register_rows(more, name="more", referrals=0))
    with pytest.raises(OperatorError, match="mixes invented and real sources"):
        registers.preview_to(real, FEBRUARY)


@pytest.mark.parametrize("name", ["", "   ", "x" * 81])
def test_a_name_that_cannot_be_shown_is_refused(real: Settings, name: str) -> None:
    with pytest.raises(OperatorError, match="--approve needs a name"):
        registers.publish_to(real, FEBRUARY, approved_by=name)


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["--preview", "--approve", "A name"], "not both at once"),
        (["--html", "x.html"], "--html belongs to --preview"),
        (["--preview", "--html", "nowhere/x.html"], "There is no folder nowhere"),
    ],
)
def test_words_that_do_not_go_together_are_refused(
    real: Settings, capsys: pytest.CaptureFixture[str], words: list[str], told: str
) -> None:
    assert main([*PUBLISH, *words], real) == 1
    assert told in capsys.readouterr().err


def test_the_page_is_its_operators_alone_and_may_run_nothing(made: Preview, tmp_path: Path) -> None:
    path = tmp_path / "preview.html"
    path.write_text("of the month before", encoding="utf-8")
    path.chmod(0o644)
    hostile = replace(made, title="<script>alert(1)</script>")
    write_page(path, preview_page(hostile))
    page = path.read_text(encoding="utf-8")
    assert path.stat().st_mode & 0o777 == 0o600
    assert "default-src 'none'" in page
    assert "<script" not in page
