"""What is written as HTML reads back as it was, and what no page holds is refused."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from jinja2 import TemplateNotFound, UndefinedError
from markupsafe import Markup

from dashboard.model.html import address, templates
from tests.support.fragments import Element, elements, parsed, said

WRITER = templates(Path(__file__).parent)
#: Letters by which text could become markup, more often than chance would choose them.
MEANT = st.text(st.sampled_from("<>&\"'=/!-;#abx1 \n"), max_size=20) | st.text(max_size=20)
_TEXT = WRITER.from_string('<p title="{{ text }}" aria-label="{{ text }}">{{ text }}</p>')


@given(MEANT)
@example("<b>bold</b>")
@example("&lt;b&gt; &amp;")
@example("<!-- a --><img src=x onerror=alert(1)>")
@example("\"'><script>alert(1)</script>")
def test_any_text_stays_text(text: str) -> None:
    (element,) = parsed(_TEXT.render(text=text))
    assert isinstance(element, Element)
    assert said(element) == text
    assert element.attributes == {"title": text, "aria-label": text}


@given(MEANT)
def test_text_stays_text_however_it_goes_through_a_template(text: str) -> None:
    source = (
        "{% macro put(part) %}<b>{{ part }}</b>{{ caller() }}{% endmacro %}"
        "{% call put(text ~ '<') %}{{ [text, '&']|join('>') }}{% endcall %}"
    )
    assert said(WRITER.from_string(source).render(text=text)) == f"{text}<{text}>&"


def test_what_is_written_already_stands_as_it_is() -> None:
    inner = _TEXT.render(text="<")
    assert WRITER.from_string("{{ part }}").render(part=Markup(inner)) == inner  # noqa: S704


@pytest.mark.parametrize(("value", "text"), [(None, ""), ("", ""), (5, "5"), (0.5, "0.5")])
def test_text_numbers_and_nothing_are_written(value: Any, text: str) -> None:
    assert WRITER.from_string("{{ value }}").render(value=value) == text


@pytest.mark.parametrize("value", [True, False, {"a": 1}, {1}, b"x", object(), ["x"], ("x",)])
def test_what_is_no_part_of_a_page_is_refused(value: Any) -> None:
    """A browser reads ``aria-hidden=True`` as nothing at all."""
    with pytest.raises(TypeError, match="holds no"):
        WRITER.from_string("<p>{{ value }}</p>").render(value=value)


@pytest.mark.parametrize("source", ["{{ other }}", "{{ row.other }}", "{% if other %}x{% endif %}"])
def test_a_name_that_is_not_given_is_an_error(source: str) -> None:
    with pytest.raises(UndefinedError):
        WRITER.from_string(source).render(row={"own": 1})


def test_a_value_is_called_by_its_name_and_never_one_of_its_methods() -> None:
    source = WRITER.from_string("{{ row.items }} {{ row.values }}")
    assert source.render(row={"items": "a", "values": "b"}) == "a b"


def test_lines_of_a_template_write_nothing_beside_tags_and_a_space_between_words() -> None:
    source = """
    <ul class="a"
      title="b">
      {% for word in ("x", "y") %}
      <li>
        {{ word }} <b>and</b> more
        words
      </li>
      {% endfor %}
    </ul>
    """
    rest = "<b>and</b> more words</li>"
    want = f'<ul class="a" title="b"><li>x {rest}<li>y {rest}</ul>'
    assert WRITER.from_string(source).render() == want


def test_a_template_is_found_in_its_folder_alone() -> None:
    with pytest.raises(TemplateNotFound):
        WRITER.get_template("../model/test_html.py")


#: Addresses that run, that are another host's, or that are neither the product's nor by https.
REFUSED = (
    "javascript:alert(1)", "JavaScript:alert(1)", " javascript:alert(1)", "java\tscript:alert(1)",
    "\x01javascript:alert(1)", "vbscript:x", "data:text/html,<script>", "data:image/png;base64,AA",
    "blob:x", "file:///x", "http://example.org", "//example.org", "/\\example.org",
    "/\t/example.org", "\n//example.org", "\\\\example.org", "https:/example.org", "example.org",
    "mailto:x", "./x", "x", " ",
)  # fmt: skip
_LINK = WRITER.from_string('<a href="{{ to|address }}">x</a>')


@pytest.mark.parametrize("to", REFUSED)
def test_an_address_that_leads_out_or_runs_is_refused(to: str) -> None:
    with pytest.raises(ValueError, match="no address of a page"):
        _LINK.render(to=to)


@pytest.mark.parametrize(
    "to", ["", "/", "/quality?lang=bn#top", "?area=BD20,BD30", "#term", "https://hdx.org/a?b"]
)
def test_addresses_of_the_product_and_by_https_pass(to: str) -> None:
    (link,) = elements(_LINK.render(to=to))
    assert link.attributes == {"href": to}


@given(st.text(max_size=12), st.sampled_from(["", "/", "//", "/\\", "https://", "?", "#", "j"]))
def test_an_address_that_passes_stays_here_or_is_by_https(rest: str, start: str) -> None:
    """As a browser reads it: without controls before it, and without tabs and line ends."""
    to = f"{start}{rest}"
    try:
        address(to)
    except ValueError:
        return
    visible = to.lstrip("".join(map(chr, range(33)))).translate({9: None, 10: None, 13: None})
    visible = visible.replace("\\", "/")
    assert visible.startswith(("https://", "/", "?", "#")) or not visible
    assert not visible.startswith("//")
