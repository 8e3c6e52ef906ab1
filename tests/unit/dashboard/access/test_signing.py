"""A focal point signs what it was shown, for its own partner, once and in time."""

from __future__ import annotations

import json
import secrets
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from functools import partial
from html import escape
from itertools import count
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from dashboard.access import sessions, signing, users
from dashboard.access.account_table import Account, plain_partner
from dashboard.access.accounts import OPERATOR, Accounts
from dashboard.access.audit import FILE, BrokenRecord, latest
from dashboard.access.roles import BY_NAME
from dashboard.access.sessions import Session
from dashboard.access.signing import UNSHOWN, NoExport, SeenRound, answer, export, open_round
from dashboard.model.signoff import LONGEST, Round, read_answers
from tests.support.accounts import Clock, Signed, known, signed_application
from tests.support.hostile import LABELS, SQL
from tests.support.rounds import DIGEST, PARTNERS, SIGN_KEY, put_key, put_round, round_of

TODAY = datetime.fromtimestamp(Clock().now, UTC).date()
ROUND = round_of(TODAY)
WISH = "The total of Ukhia looks too high."
DAY = 86_400


@pytest.fixture
def releases(tmp_path: Path, accounts: Accounts) -> Path:
    """A folder of releases with an open round, whose key the server was given."""
    put_key(accounts.folder)
    put_round(tmp_path / "releases", ROUND)
    return tmp_path / "releases"


def focal(accounts: Accounts, partner: str | None, name: str = "") -> Account:
    """A focal point whose account is there since before the round."""
    name = name or f"focal.{partner}@agency.example"
    earlier = replace(accounts, clock=lambda: accounts.clock() - 5 * DAY)
    users.add(earlier, name, BY_NAME["partner"], OPERATOR, partner)
    return known(accounts, name)


def shown(sign_off_round: Round = ROUND, partner: str = "partner-a") -> SeenRound:
    return SeenRound(sign_off_round.name, sign_off_round.digest, partner)


def events(accounts: Accounts) -> list[tuple[str, str]]:
    return [(entry.event, entry.who) for entry in reversed(latest(accounts.folder, 50))]


# --- in the accounts ----------------------------------------------------------------------------


def test_a_signature_is_taken_once_for_a_partner(accounts: Accounts, releases: Path) -> None:
    one, other = focal(accounts, "partner-a"), focal(accounts, "partner-a", "second@agency.example")
    assert answer(accounts, releases, one, shown(), "signed") is None
    assert answer(accounts, releases, one, shown(), "signed") == "twice"
    assert answer(accounts, releases, other, shown(), "signed") == "twice"
    assert "signed" in signing.own_answers(accounts, ROUND, other)
    assert signing.standing_of(accounts, ROUND).signed == {"partner-a"}
    assert events(accounts)[-3:] == [
        ("edition signed", one.name), ("sign-off refused", one.name),
        ("sign-off refused", other.name),
    ]  # fmt: skip
    (refused, _, signed) = latest(accounts.folder, 3)
    assert signed.about == {"digest": DIGEST, "round": ROUND.name, "partner": "partner-a"}
    assert refused.about == {"why": "twice", "digest": DIGEST}


def test_a_change_may_follow_a_signature_and_ends_the_signing(
    accounts: Accounts, releases: Path
) -> None:
    one, other = focal(accounts, "partner-a"), focal(accounts, "partner-b")
    assert answer(accounts, releases, one, shown(), "signed") is None
    assert answer(accounts, releases, one, shown(), "change", WISH) is None
    assert signing.own_answers(accounts, ROUND, one)["change"] == WISH
    assert signing.standing_of(accounts, ROUND).signed == frozenset()
    assert answer(accounts, releases, one, shown(), "signed") == "twice"
    assert answer(accounts, releases, one, shown(), "change", WISH) == "twice"
    assert answer(accounts, releases, other, shown(partner="partner-b"), "signed") == "blocked"
    assert answer(accounts, releases, other, shown(partner="partner-b"), "change", WISH) is None


@pytest.mark.parametrize(("days", "refusal"), [(-3, "late"), (0, None), (8, None), (9, "late")])
def test_answers_are_taken_from_the_first_day_to_the_last(
    accounts: Accounts, clock: Clock, releases: Path, days: int, refusal: str | None
) -> None:
    account = focal(accounts, "partner-a")
    clock.now += days * DAY
    assert answer(accounts, releases, account, shown(), "signed") == refusal


@pytest.mark.parametrize("change", ["made", "reset", "given its partner"])
def test_an_account_that_changed_after_the_round_opened_cannot_answer_it(
    accounts: Accounts, clock: Clock, releases: Path, change: str
) -> None:
    account = focal(accounts, "partner-a", "before@agency.example")
    if change == "made":
        users.add(accounts, "after@agency.example", BY_NAME["partner"], "admin", "partner-a")
        account = known(accounts, "after@agency.example")
    elif change == "reset":
        users.reset(accounts, account, "admin")
    else:
        users.set_partner(accounts, account, "partner-a", "admin")
    account = known(accounts, account.name)
    for kind in ("signed", "change"):
        assert answer(accounts, releases, account, shown(), kind, WISH) == "new"
    (refused, *_) = latest(accounts.folder, 1)
    assert (refused.who, refused.about["why"]) == (account.name, "new")
    assert not signing.standing_of(accounts, ROUND).signed
    admitted = datetime.fromtimestamp(clock.now, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    assert replace(ROUND, admitted=admitted).name == ROUND.name
    put_round(releases, replace(ROUND, admitted=admitted))
    assert not signing.is_new(replace(ROUND, admitted=admitted), account)
    put_round(releases, ROUND)
    clock.now += 1
    at_once = datetime.fromtimestamp(clock.now, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    anew = replace(ROUND, opened=at_once)
    put_round(releases, anew)
    assert answer(accounts, releases, account, shown(anew), "signed") is None


def test_an_answer_and_its_entry_have_one_time_even_at_the_last_midnight(
    accounts: Accounts, releases: Path
) -> None:
    account = focal(accounts, "partner-a")
    midnight = int(datetime.fromisoformat(f"{ROUND.ends}T23:59:59+00:00").timestamp())
    ticks = count(midnight)
    ticking = replace(accounts, clock=lambda: next(ticks))
    assert answer(ticking, releases, account, shown(), "signed") is None
    (given,) = read_answers(export(ticking, releases), SIGN_KEY.encode()).answers
    assert given.at == f"{ROUND.ends}T23:59:59Z" == latest(accounts.folder, 1)[0].at


def test_a_partner_declared_in_another_form_of_unicode_signs(
    accounts: Accounts, releases: Path
) -> None:
    declared = "\ufb01eld  team \u2163"  # a ligature, two blanks and a numeral of one sign
    asked = replace(ROUND, partners=(declared, *PARTNERS))
    put_round(releases, asked)
    account = focal(accounts, plain_partner(declared), "field@agency.example")
    assert account.partner == "field team IV"
    assert answer(accounts, releases, account, shown(asked, "field team IV"), "signed") is None
    assert answer(accounts, releases, account, shown(asked, "field team IV"), "signed") == "twice"
    assert "signed" in signing.own_answers(accounts, asked, account)
    assert signing.standing_of(accounts, asked).signed == {declared}
    (given,) = read_answers(export(accounts, releases), SIGN_KEY.encode()).answers
    assert given.partner == declared


def test_a_file_of_the_round_that_cannot_be_read_is_no_round(
    accounts: Accounts, releases: Path
) -> None:
    path = releases / "sign-off" / "round.json"
    path.unlink()
    path.mkdir()
    assert open_round(accounts, releases) == "changed"
    with pytest.raises(NoExport, match="cannot be read"):
        export(accounts, releases)


def test_a_new_round_begins_without_answers_and_refuses_the_old_page(
    accounts: Accounts, releases: Path
) -> None:
    account = focal(accounts, "partner-a")
    assert answer(accounts, releases, account, shown(), "signed") is None
    anew = replace(ROUND, id="ffffffffffffffff")
    put_round(releases, anew)
    assert answer(accounts, releases, account, shown(), "signed") == "other"
    assert signing.own_answers(accounts, anew, account) == {}
    assert answer(accounts, releases, account, shown(anew), "signed") is None


def test_without_a_key_or_with_another_nothing_is_shown(accounts: Accounts, releases: Path) -> None:
    assert open_round(accounts, releases) == read_again(releases)
    put_key(accounts.folder, SIGN_KEY[::-1])
    assert open_round(accounts, releases) == "changed"
    (accounts.folder / "sign-off.key").chmod(0o644)
    assert open_round(accounts, releases) == "no_key"
    (accounts.folder / "sign-off.key").unlink()
    assert open_round(accounts, releases) == "no_key"
    assert open_round(accounts, releases / "public") == "closed"


def read_again(releases: Path) -> Round:
    content = json.loads((releases / "sign-off" / "round.json").read_bytes())
    held = {key: value for key, value in content.items() if key not in ("seal", "format")}
    return Round(**{**held, "partners": tuple(held["partners"]), "faces": tuple(held["faces"])})


@pytest.mark.parametrize(
    ("text", "fault"),
    [(WISH, None), ("", "no_text"), (" \n\t", "no_text"), ("x" * LONGEST, None),
     ("x" * (LONGEST + 1), "long_text"), ("ask n.akter@agency.example", "personal_text"),
     ("call 01711-123456", "personal_text"), ("case ২০২৬১২৩৪", "personal_text"),
     ("35 in 2026-09, usually 15", None), ("Look at BD20220094", "personal_text"),
     ("2026/12345", "personal_text"), ("Look at block C-12", "personal_text"),
     ("Two lines\r\nof text", None), ("turned \u202e round", "hidden_character"),
     ("নাফ নদীর স\u200d্র", None),
     ("মোট সংখ্যা বেশি", None)],
)  # fmt: skip
def test_a_text_says_what_is_wrong_and_names_nobody_by_a_number(
    text: str, fault: str | None
) -> None:
    assert signing.fault_of(text) == fault


# --- handing over -------------------------------------------------------------------------------


def signed_by(accounts: Accounts, releases: Path, count: int) -> None:
    for partner in PARTNERS[:count]:
        account = focal(accounts, partner)
        assert answer(accounts, releases, account, shown(partner=partner), "signed") is None


def test_answers_are_handed_over_sealed_without_a_persons_name(
    accounts: Accounts, releases: Path
) -> None:
    signed_by(accounts, releases, 2)
    content = export(accounts, releases)
    found = read_answers(content, SIGN_KEY.encode())
    assert (found.round, found.digest) == (ROUND.name, DIGEST)
    assert [(each.partner, each.kind) for each in found.answers] == [
        ("partner-a", "signed"), ("partner-b", "signed"),
    ]  # fmt: skip
    assert found.number == 4
    assert b"agency.example" not in content


def test_what_somebody_wrote_into_the_file_of_accounts_is_not_handed_over(
    accounts: Accounts, releases: Path
) -> None:
    signed_by(accounts, releases, 1)
    with accounts.store.writing() as connection:
        forged = "INSERT INTO sign_off_answer VALUES (?, 'partner-b', 'signed', 1, ?, '')"
        connection.execute(forged, [ROUND.name, accounts.clock()])
    with pytest.raises(NoExport, match="not those of the record"):
        export(accounts, releases)
    with accounts.store.writing() as connection:
        connection.execute("DELETE FROM sign_off_answer")
    with pytest.raises(NoExport, match="publish --preview --new-round"):
        export(accounts, releases)


def test_a_broken_record_hands_nothing_over(accounts: Accounts, releases: Path) -> None:
    signed_by(accounts, releases, 2)
    record = accounts.folder / FILE
    record.write_bytes(record.read_bytes().replace(b"partner-b", b"partner-c"))
    with pytest.raises(BrokenRecord):
        export(accounts, releases)


def test_answers_to_a_closed_round_are_handed_over_by_its_name(
    accounts: Accounts, releases: Path
) -> None:
    signed_by(accounts, releases, 2)
    account = known(accounts, "focal.partner-b@agency.example")
    assert answer(accounts, releases, account, shown(partner="partner-b"), "change", WISH) is None
    path = releases / "sign-off" / "round.json"
    path.unlink()
    with pytest.raises(NoExport, match=f"No round is open.*--round {ROUND.name}"):
        export(accounts, releases)
    found = read_answers(export(accounts, releases, ROUND.name), SIGN_KEY.encode())
    assert (found.round, found.digest) == (ROUND.name, DIGEST)
    assert [each.text for each in found.answers if each.kind == "change"] == [WISH]
    put_round(releases, replace(ROUND, id="ffffffffffffffff"))
    assert len(read_answers(export(accounts, releases, ROUND.name), SIGN_KEY.encode()).answers) == 3
    assert read_answers(export(accounts, releases), SIGN_KEY.encode()).answers == ()
    with pytest.raises(NoExport, match="Nobody answered"):
        export(accounts, releases, "f" * 64)


# --- the page -----------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def application(tmp_path_factory: pytest.TempPathFactory) -> Signed:
    """An application with an open round by its own clock."""
    folder = tmp_path_factory.mktemp("application")
    made = signed_application(folder, months=3, per_month=20)
    put_key(made.accounts.folder)
    return made


@pytest.fixture
def asked(application: Signed) -> Round:
    """A round that no test before has answered."""
    today = datetime.now(UTC).date()
    made = round_of(today, id=secrets.token_hex(8))
    put_round(releases_of(application), made)
    return made


def releases_of(application: Signed) -> Path:
    return application.accounts.folder.parent / "releases"


def sitting(application: Signed, partner: str | None, name: str = "") -> FlaskClient:
    """The browser of a focal point."""
    name = name or f"focal.{partner}@agency.example"
    account = users.by_name(application.accounts, name) or focal(
        application.accounts, partner, name
    )
    client = application.client("nobody")
    with application.accounts.store.writing() as connection:
        session: Session = sessions.begin(
            connection, account.id, "whole", application.accounts.keys, application.accounts.clock()
        )
    application.take(client, session)
    return client


def sends(
    application: Signed, client: FlaskClient, path: str, asked: Round, **changes: str
) -> TestResponse:
    """Answer a round, for the first partner unless the form is changed."""
    sent = {"round": asked.name, "digest": asked.digest, "partner": "partner-a", **changes}
    return application.post(client, f"/sign-off/{path}", **sent)


def test_a_focal_point_reads_and_signs(application: Signed, asked: Round) -> None:
    client = sitting(application, "partner-a")
    text = client.get("/sign-off").text
    assert asked.digest in text
    assert "about 35" in text
    assert "a few" in text
    assert "partner-b" not in text
    assert "Note added: Sep 2026, Flood or cyclone, Teknaf <q" in text
    assert '<q lang="bn">নাফ নদীতে বন্যা</q>' in text
    assert "<q>Plan 2026</q>" in text
    done = sends(application, client, "sign", asked)
    assert (done.status_code, done.location) == (303, "/sign-off")
    text = client.get("/sign-off").text
    assert "partner-a has signed." in text
    assert "Sign this edition" not in text
    assert "Ask for a change" in text


def test_the_page_is_the_same_in_bangla(application: Signed, asked: Round) -> None:
    text = sitting(application, "partner-a").get("/sign-off?lang=bn-beng").text
    assert "এই সংস্করণে সই করুন" in text
    assert "প্রায় ৩৫" in text
    assert "অল্প কয়েক" in text


def test_a_change_is_asked_for_without_numbers_of_people(application: Signed, asked: Round) -> None:
    client = sitting(application, "partner-b")
    asks = partial(sends, application, client, "change", asked, partner="partner-b")
    refused = asks(text="Call 01711 123456")
    assert (refused.status_code, "Leave out phone numbers" in refused.text) == (400, True)
    assert "Call 01711 123456" in refused.text
    assert asks(text=f"<b>{WISH}</b>").status_code == 303
    assert f"&lt;b&gt;{WISH}&lt;/b&gt;" in client.get("/sign-off").text
    other = sitting(application, "partner-c").get("/sign-off").text
    assert "A partner asked for a change" in other
    assert "Sign this edition" not in other
    assert WISH not in other


def test_what_a_change_says_is_kept_as_it_was_typed_and_escaped(
    application: Signed, asked: Round
) -> None:
    client = sitting(application, "partner-b")
    for number, text in enumerate((*LABELS, *SQL)):
        fresh = replace(asked, id=f"{number:016x}")
        put_round(releases_of(application), fresh)
        sent = sends(application, client, "change", fresh, partner="partner-b", text=text)
        assert sent.status_code == 303, text
        account = known(application.accounts, "focal.partner-b@agency.example")
        assert signing.own_answers(application.accounts, fresh, account)["change"] == text
        page = client.get("/sign-off").text
        assert escape(text).replace("&#x27;", "&#39;").replace("&quot;", "&#34;") in page
        assert "<" not in text or text not in page
    with application.accounts.store.reading() as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone()[0] == "ok"


def test_an_administrator_is_told_a_band_and_no_name(application: Signed, asked: Round) -> None:
    asked = replace(asked, partners=(*PARTNERS, "partner-e"))
    put_round(releases_of(application), asked)
    administrator = application.client("administrator")
    assert "Half of the partners or fewer" in administrator.get("/sign-off").text
    for partner in PARTNERS[:3]:
        client = sitting(application, partner)
        assert sends(application, client, "sign", asked, partner=partner).status_code == 303
    text = administrator.get("/sign-off").text
    assert "Most partners have signed" in text
    assert "partner-" not in text
    kept = [entry for entry in latest(application.accounts.folder, 20) if entry.event in UNSHOWN]
    assert len(kept) >= len(PARTNERS[:3]) + 1
    page = administrator.get("/record").text
    assert "User added" in page
    assert asked.digest not in page
    assert not any(f'{entry.at}</td><td data-label="Who">{entry.who}' in page for entry in kept)
    assert "in its file alone" in page


def test_an_account_that_is_new_reads_and_is_told_why_it_cannot_answer(
    application: Signed, asked: Round
) -> None:
    name = "late@agency.example"
    users.add(application.accounts, name, BY_NAME["partner"], OPERATOR, "partner-a")
    client = sitting(application, "partner-a", name)
    text = client.get("/sign-off").text
    assert "You cannot answer" in text
    assert "Sign this edition" not in text
    refused = sends(application, client, "sign", asked)
    assert (refused.status_code, "too new to answer" in refused.text) == (403, True)


def test_that_a_round_was_seen_stands_in_the_record_once(application: Signed, asked: Round) -> None:
    client = sitting(application, "partner-d")
    for _ in range(3):
        client.get("/sign-off")
    seen = [e for e in latest(application.accounts.folder, 10)
            if (e.event, e.who) == ("round seen", "focal.partner-d@agency.example")]  # fmt: skip
    assert seen
    assert [e.about["digest"] for e in seen[:1]] == [asked.digest]
    again = [e for e in latest(application.accounts.folder, 3) if e.event == "round seen"]
    assert len(again) == 1


@pytest.mark.parametrize("role", ["member", "coordinator", "analyst", "administrator"])
def test_no_other_role_answers(application: Signed, asked: Round, role: str) -> None:
    client = application.client(role)
    for path in ("sign", "change"):
        assert sends(application, client, path, asked, text=WISH).status_code == 403
    assert client.get("/sign-off").status_code == (200 if role == "administrator" else 403)
    assert not signing.standing_of(application.accounts, asked).signed


#: Fields of a form as somebody might change them, and for whom the account signs.
TAMPERED: dict[str, tuple[str | None, dict[str, str]]] = {
    "another digest": ("partner-a", {"digest": "ffff ffff ffff ffff"}),
    "no digest": ("partner-a", {"digest": ""}),
    "half a digest": ("partner-a", {"digest": DIGEST[:9]}),
    "a digest in capitals": ("partner-a", {"digest": DIGEST.upper()}),
    "a digest with a blank": ("partner-a", {"digest": f"{DIGEST} "}),
    "a digest without blanks": ("partner-a", {"digest": DIGEST.replace(" ", "")}),
    "a long digest": ("partner-a", {"digest": DIGEST * 100}),
    "SQL for a digest": ("partner-a", {"digest": "' OR 1=1 --"}),
    "a page for a digest": ("partner-a", {"digest": "<script>alert(1)</script>"}),
    "bytes for a digest": ("partner-a", {"digest": "\x00\x1b[2J"}),
    "another round": ("partner-a", {"round": "f" * 64}),
    "no round": ("partner-a", {"round": ""}),
    "SQL for a round": ("partner-a", {"round": "x' OR 'a'='a"}),
    "another partner": ("partner-a", {"partner": "partner-b"}),
    "no partner": ("partner-a", {"partner": ""}),
    "a partner in capitals": ("partner-a", {"partner": "PARTNER-A"}),
    "a partner with a blank": ("partner-a", {"partner": "partner-a "}),
    "a partner nobody asks": ("partner-a", {"partner": "partner-x"}),
    "the form of another": ("partner-b", {}),
    "an account that nobody asks": ("partner-x", {"partner": "partner-x"}),
    "an account of nobody that signs": ("partner-x", {}),
    "an account without a partner": (None, {}),
    "an account without a partner, none said": (None, {"partner": ""}),
    "an account without a partner, None said": (None, {"partner": "None"}),
    "all of it wrong": ("partner-x", {"partner": "y", "digest": "z", "round": "w"}),
}


@pytest.mark.parametrize("path", ["sign", "change"])
@pytest.mark.parametrize("how", TAMPERED)
def test_what_was_tampered_with_is_refused_and_recorded(
    application: Signed, asked: Round, path: str, how: str
) -> None:
    partner, changes = TAMPERED[how]
    client = sitting(application, partner)
    refused = sends(application, client, path, asked, **{"text": WISH, **changes})
    assert refused.status_code in (403, 409)
    assert "<script>" not in refused.text
    (entry, *_) = latest(application.accounts.folder, 1)
    assert (entry.event, entry.who) == (
        "sign-off refused", f"focal.{partner}@agency.example".casefold(),
    )  # fmt: skip
    standing = signing.standing_of(application.accounts, asked)
    assert not standing.signed
    assert not standing.changes


def test_there_are_fifty_attempts() -> None:
    assert 2 * len(TAMPERED) >= 50


def test_late_and_twice_are_refused_on_a_page(application: Signed, asked: Round) -> None:
    client = sitting(application, "partner-a")
    assert sends(application, client, "sign", asked).status_code == 303
    twice = sends(application, client, "sign", asked)
    assert (twice.status_code, "has answered already" in twice.text) == (409, True)
    day: date = datetime.now(UTC).date() - timedelta(days=1)
    over = replace(asked, id="0" * 16, ends=day.isoformat())
    put_round(releases_of(application), over)
    assert "The time to answer ended on" in client.get("/sign-off").text
    late = sends(application, client, "sign", over)
    assert (late.status_code, "time to answer is over" in late.text) == (409, True)


def test_a_changed_file_of_the_round_is_neither_shown_nor_signed(
    application: Signed, asked: Round
) -> None:
    path = releases_of(application) / "sign-off" / "round.json"
    path.write_bytes(path.read_bytes().replace(b"35", b"30", 1))
    client = sitting(application, "partner-a")
    assert "not as it was written" in client.get("/sign-off").text
    assert asked.digest not in client.get("/sign-off").text
    refused = sends(application, client, "sign", asked)
    assert (refused.status_code, "nothing to sign" in refused.text) == (409, True)


def test_a_focal_point_is_added_with_its_partner(application: Signed) -> None:
    client = application.client("administrator")
    for role, partner, status in (
        ("partner", "", 400), ("member", "partner-a", 400), ("partner", " partner-a ", 200),
    ):  # fmt: skip
        name = f"n{status}{role}@agency.example"
        got = application.post(client, "/users", name=name, role=role, partner=partner)
        assert got.status_code == status
    assert known(application.accounts, "n200partner@agency.example").partner == "partner-a"
    assert "Partner focal point (partner-a)" in client.get("/users").text
