"""Growth of corridors against usual: which are more, and by which transport.

Corridors are judged on people by month, whatever the list counts. The list itself stands in
``corridors``.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from dashboard.exhibits.counts.comparisons import Comparisons, compare_codes
from dashboard.exhibits.counts.corridor_counts import UNNAMED, CorridorCount, are_same_people
from dashboard.exhibits.parts import against_usual
from dashboard.exhibits.question import Question
from dashboard.model.codes import CORRIDOR, MODE
from dashboard.model.country import PACK
from dashboard.model.facts import JOURNEYS
from dashboard.words.catalogue import begin, in_sentence, phrases

#: Corridors that a headline names.
_NAMED = 3
#: Corridors whose label begins with a name, which keeps its capital everywhere.
_NAMES = PACK.marked("corridor", "name")


@dataclass(frozen=True)
class Growth:
    """Corridors against what is usual.

    Attributes:
        question: What the reader looks at, in whole periods of what the list counts.
        count: Their numbers in the list.
        comparisons: The judgement of each, of people by month.
    """

    question: Question
    count: CorridorCount
    comparisons: Comparisons

    def called(self, direction: int = 1) -> list[str]:
        """Corridors that are more than usual or new (1), or fewer (-1), the clearest first."""
        return [code for code in self.comparisons.called(direction) if code not in UNNAMED]

    def noticed(self, code: str) -> str:
        """What is usual on a corridor and from where more is noticed, in words; '' where unknown.

        First comes its ``compared_size``, where the list shows another number.
        """
        question, comparison = self.question, self.comparisons.rows.get(code)
        usual = against_usual.noticed(question, comparison) if comparison else ""
        compared_size = self.compared_size(code)
        if not usual or compared_size is None:
            return usual
        number = question.about(compared_size, self.comparisons.fact)
        return question.translate("routes.grew.identified", number=number, noticed=usual)

    def compared_size(self, code: str) -> int | None:
        """How many people are judged on a corridor; None where the list shows that number itself.

        A list of journeys shows another one where filters choose other people among these. Of the
        same people its number is protected apart, and may not bear the word.
        """
        comparison = self.comparisons.rows.get(code)
        if comparison is None or self.count.fact != JOURNEYS:
            return None
        bears_word = comparison.bears(self.count.sizes.get(code, 0))
        return None if bears_word and are_same_people(self.question) else round(comparison.now)

    @property
    def window(self) -> str:
        """The months that are judged, in words."""
        return self.question.dated(self.comparisons.window)

    def mode_label(self, code: str) -> str:
        """The transport by which a corridor has more than usual, the clearest one.

        '' where no transport has more, or the corridor itself does not.
        """
        if code not in self.comparisons.called(1):
            return ""
        alone = self.question.filters.with_codes("corridor", (code,))
        modes = compare_codes(replace(self.question, filters=alone), self.comparisons.fact, "mode")
        mode = next(iter(modes.called(1)), None) if modes else None
        return self.question.label(MODE, mode) if mode else ""


def growth(count: CorridorCount) -> Growth | None:
    """Corridors against usual; None where a reader wants no comparison or none can be made."""
    question = replace(count.question, period=count.question.counted_span(count.fact.grain))
    comparisons = compare_codes(question, count.fact, "corridor")
    if comparisons and not are_same_people(question):
        # Of other people's corridors nothing is said that the list does not show.
        by_code = {c: one for c, one in comparisons.rows.items() if c in count.sizes}
        comparisons = replace(comparisons, rows=by_code)
    return Growth(question, count, comparisons) if comparisons else None


def headline(grown: Growth) -> str:
    """A title: corridors with more than usual, else those with fewer; '' where there are none."""
    for direction, name in ((1, "more"), (-1, "fewer")):
        if names := _called_names(grown, direction):
            unit = grown.comparisons.fact.unit_in(grown.question.lang)
            return grown.question.translate(f"routes.grew.headline_{name}", names=names, unit=unit)
    return ""


def under_headline(grown: Growth) -> list[str]:
    """Sentences under that title: corridors with fewer, and those that cannot be judged.

    These are off usual, but late reports, or partners who stopped or began, could explain it.
    """
    question, sentences = grown.question, list[str]()
    if _called_names(grown, 1) and (fewer := _called_names(grown, -1)):
        sentences.append(question.translate("routes.grew.fewer", names=begin(fewer)))
    for why in ("late", "partner"):
        for side, sign in (("lower", -1), ("higher", 1)):
            names = [
                short_name(question, code)
                for code, comparison in grown.comparisons.rows.items()
                if (comparison.word, comparison.why) == ("unsaid", why)
                and comparison.score * sign > 0
            ]
            if names:
                text, n = begin(", ".join(names)), len(names)
                sentences.append(question.translate(f"routes.grew.{side}_{why}", names=text, n=n))
    return sentences


def _called_names(grown: Growth, direction: int) -> str:
    """Names of corridors with more (1) or fewer (-1) than usual: three, and how many others."""
    names = [short_name(grown.question, code) for code in grown.called(direction)]
    return grown.question.first_of(names, _NAMED)


def word_of_one(grown: Growth, code: str) -> str:
    """The word of one corridor, by which transport, and what is usual; '' where none is known.

    It is what the list says, without its number. Where nothing is usual yet it is why.
    """
    question, comparison = grown.question, grown.comparisons.rows.get(code)
    if comparison is None:
        return ""
    if not (noticed := grown.noticed(code)):
        return against_usual.why(question, comparison)
    word, mode = against_usual.word(question, comparison), in_sentence(grown.mode_label(code))
    key = f"routes.grew.of_one{'_by' if mode else ''}"
    text = question.translate(key, word=begin(word), noticed=noticed, mode=mode)
    return " ".join(filter(None, (text, against_usual.why(question, comparison))))


def headline_of_one(grown: Growth, code: str) -> tuple[str, str]:
    """A title with a corridor's number and word, and a sentence with transport and what is usual.

    The title is '' where it is not known what is usual; the sentence then says why, or is ''.
    """
    question, comparison = grown.question, grown.comparisons.rows.get(code)
    if comparison is None:
        return "", ""
    if not (usual := grown.noticed(code)):
        return "", against_usual.why(question, comparison)
    fact, mode = grown.count.fact, in_sentence(grown.mode_label(code))
    title = question.translate(
        "routes.grew.headline_one",
        name=begin(short_name(grown.question, code)),
        number=question.about(grown.count.sizes[code], fact),
        unit=fact.unit_in(question.lang),
        word=against_usual.word(question, comparison),
    )
    parts = [question.translate("routes.grew.by", mode=mode)] if mode else []
    text = question.translate("shared.as_sentence", text=begin("; ".join([*parts, usual])))
    return title, " ".join(filter(None, (text, against_usual.why(question, comparison))))


def growth_text(grown: Growth) -> str:
    """Sentences: corridors with more than usual and by which transport, or what would be noticed.

    '' where no corridor with a name is judged.
    """
    question, called, window = grown.question, grown.called(), grown.window
    if not called:
        judged_codes = [code for code in grown.comparisons.rows if code not in UNNAMED]
        if not judged_codes:
            return ""
        first = max(judged_codes, key=lambda code: grown.comparisons.rows[code].now)
        none = question.translate("routes.grew.none", window=window)
        if not (noticed := grown.noticed(first)):
            return against_usual.why(question, grown.comparisons.rows[first])
        example = question.translate(
            "routes.grew.noticed", corridor=question.label(CORRIDOR, first), noticed=noticed
        )
        return f"{none} {example}"
    first, *others = called
    if others:
        names = ", ".join(_name_with_mode(grown, code) for code in called)
        return question.translate("routes.grew.several", names=names, window=window)
    comparison, mode = grown.comparisons.rows[first], in_sentence(grown.mode_label(first))
    return question.translate(
        f"routes.grew.one{'_by' if mode else ''}",
        corridor=question.label(CORRIDOR, first),
        word=against_usual.word(question, comparison),
        window=window,
        number=question.about(grown.count.sizes.get(first, 0), grown.count.fact),
        noticed=grown.noticed(first),
        mode=mode,
    )


def short_name(question: Question, code: str) -> str:
    """A corridor's name in the middle of a sentence: a shorter one where there is a phrase."""
    key = f"routes.short.{code}"
    if key in phrases(question.lang):
        return question.translate(key)
    label = question.label(CORRIDOR, code)
    return label if code in _NAMES else label[:1].lower() + label[1:]


def _name_with_mode(grown: Growth, code: str) -> str:
    """A corridor's name with the transport by which it has more than usual, where one has."""
    name, mode = grown.question.label(CORRIDOR, code), in_sentence(grown.mode_label(code))
    return grown.question.translate("shared.named", name=name, number=mode) if mode else name
