from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.model.codes import CODE_LISTS
from dashboard.model.normalise import normalise
from dashboard.model.screen import is_personal_header, screen
from dashboard.model.shipped import COUNTRY
from etl.places.gazetteer import Gazetteer


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("+8801712345678", "phone_number"),
        ("01712-345 678", "phone_number"),
        ("০১৭১২৩৪৫৬৭৮", "phone_number"),
        ("call 0 1 7 1 2 3 4 5 6 7 8 please", "phone_number"),
        ("(017) 12345678", "phone_number"),
        ("+60123456789", "phone_number"),
        ("someone@example.org", "email"),
        ("1234567890", "national_id"),
        ("1990 1234 56789", "national_id"),
        ("19901234567890123", "national_id"),
        ("354-13C00412", "registration_number"),
        ("FCN 123456", "registration_number"),
        ("BGD-0012345", "registration_number"),
        ("MRC no. 12345", "registration_number"),
        ("BX0123456", "passport_number"),
        ("a01234567", "passport_number"),
        ("MB123456", "passport_number"),
        ("21.4123", "coordinates"),
        ("POINT (92.1234 21.1)", "coordinates"),
        ("21° 12' N", "coordinates"),
        ("CXB-201_B001", "block_code"),
        ("Sub-block C12", "block_code"),
        ("Block B", "block_code"),
        ("House 12, Road 5", "address"),
        ("12 Station Road", "address"),
        ("vill: Nila", "address"),
    ],
)
def test_a_screen_names_what_it_sees(text: str, rule: str) -> None:
    assert screen(normalise(text)) == rule


@pytest.mark.parametrize(
    "text",
    [
        "",
        "12",
        "2025-03-05",
        "21.41",
        "Camp 1E",
        "BD20220094",
        "CXB-201",
        "forced labour",
        "roads are blocked",
    ],
)
def test_ordinary_values_pass(text: str) -> None:
    assert screen(text) is None


@pytest.mark.parametrize(
    "text",
    [
        "Add 2 more road checks",
        "Post 2 officers at the jetty",
        "24 hour road patrol",
        "Block the road at night",
        "Ask the shelter 2 times a week",
        "Block a boat that leaves",
        "A block of roads",
        "ব্লক করা রাস্তায় টহল",
    ],
)
def test_plain_words_of_a_sentence_pass_though_a_cell_would_not(text: str) -> None:
    assert screen(normalise(text), written=True) is None


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("Fire in block C of the camp", "block_code"),
        ("Ask in block c12", "block_code"),
        ("Go to Sub-block B-2", "block_code"),
        ("The D block of the camp", "block_code"),
        ("ক্যাম্পের ব্লক সি", "block_code"),
        ("সি ব্লকে যান", "block_code"),
        ("See CXB-201_B001", "block_code"),
        ("Raid on the house no 12", "address"),
        ("Holding 7 in the town", "address"),
        ("Visit village 3", "address"),
        ("Ask at shelter no. 44", "address"),
        ("বাড়ি নং ১২ তে যান", "address"),
        ("Call 01712 345678", "phone_number"),
    ],
)
def test_a_code_or_a_number_of_a_house_is_seen_in_a_sentence(text: str, rule: str) -> None:
    assert screen(normalise(text), written=True) == rule


def test_no_code_and_no_place_of_the_product_is_taken_for_a_personal_detail() -> None:
    texts = {code.code for code_list in CODE_LISTS for code in code_list}
    texts |= {code.en for code_list in CODE_LISTS for code in code_list}
    for place in Gazetteer.load(COUNTRY).places():
        texts |= {place.code, place.name_en, place.name_local}
    assert {text: screen(normalise(text), lookup=True) for text in texts} == dict.fromkeys(texts)


@given(st.integers(3, 9), st.text("0123456789", min_size=8, max_size=8), st.sampled_from(" -."))
def test_every_mobile_number_is_seen_however_it_is_cut(
    operator: int, rest: str, between: str
) -> None:
    number = f"01{operator}{rest}"
    assert screen(number) == "phone_number"
    assert screen(normalise(f"{number[:5]}{between}{number[5:8]}{between}{number[8:]}")) in (
        "phone_number",
        "coordinates",
    )


@pytest.mark.parametrize(
    "header", ["Name", "Nick name", "Father's name", "Mobile", "NID", "নাম", "Passport no", "GPS"]
)
def test_headers_of_personal_details_are_seen(header: str) -> None:
    assert is_personal_header(header)


@pytest.mark.parametrize(
    "header", ["Name of camp", "Agency name", "Sex", "Mode", "Class", "Name of the service"]
)
def test_headers_that_name_no_person_pass(header: str) -> None:
    assert not is_personal_header(header)


@pytest.mark.parametrize("text", ["9" * 20_000, "1a" * 10_000, "a" * 20_000, "1-" * 10_000])
def test_a_long_cell_is_screened_at_once(text: str) -> None:
    assert screen(text) is None  # in a time that grows faster it would not end today
