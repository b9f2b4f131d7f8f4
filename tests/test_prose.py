"""Markup: only prose is read, and every finding and edit stands where its words were typed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fsm_language import Edit, Linter, Settings
from fsm_language.finding import apply
from fsm_language.prose import MARKUP, kind_of, prose

LINTER = Linter(Settings(contextual=False, tone=False, select=("blaming",)))


def check(source, kind):
    read = prose(source, kind)
    return read.restore(LINTER.check(read.text))


def found(source, kind):
    return [finding.text for finding in check(source, kind).findings]


@pytest.mark.parametrize(
    ("kind", "source"),
    [
        pytest.param("plain", "Mum failed to attend.", id="plain"),
        pytest.param("markdown", "# Visit\n\n- Mum failed to attend.", id="list item"),
        pytest.param("markdown", "**Mum** failed to attend `x`.", id="emphasis beside it"),
        pytest.param("markdown", "Mum`s late. Mum failed to attend. Dad`s ill.", id="apostrophes typed as backticks"),
        pytest.param("markdown", "---\nMum failed to attend.\n---\n", id="rules around a note are no front matter"),
        pytest.param("markdown", "<div>\nMum failed to attend.\n</div>", id="inside an HTML block"),
        pytest.param("html", "<p>Mum failed to attend.</p>", id="paragraph"),
        pytest.param("html", "Mum failed to attend. 3 < 4 &", id="signs that open nothing"),
        pytest.param("git-commit", "Mum failed to attend.\n\n# Please enter the message", id="commit message"),
    ],
)
def test_prose_is_checked(kind, source):
    assert found(source, kind) == ["failed to attend"]


@pytest.mark.parametrize(
    ("kind", "source"),
    [
        pytest.param("plain", "See https://example.org/mum-failed-to-attend.", id="address"),
        pytest.param("markdown", "---\ntitle: Mum failed to attend\n---\n\nA note.", id="front matter"),
        pytest.param("markdown", "```\nMum failed to attend.\n```", id="fenced code"),
        pytest.param("markdown", "> - x\n>   ~~~\n>   Mum failed to attend.\n>   ~~~", id="fence in a list in a quote"),
        pytest.param("markdown", "A note.\n\n    Mum failed to attend.\n", id="indented code"),
        pytest.param("markdown", "We write ``Mum failed to attend`` here.", id="code"),
        pytest.param("markdown", "[it](mum-failed-to-attend 'Mum failed to attend')", id="link target"),
        pytest.param("markdown", "[it][Mum failed to attend]", id="link reference"),
        pytest.param("markdown", "[it]\n\n[it]: x 'Mum failed to attend'", id="link definition"),
        pytest.param("markdown", "A <b title='Mum failed to attend'>note</b>.", id="attribute in Markdown"),
        pytest.param("html", "<p title='Mum failed to attend'>A note.</p>", id="attribute"),
        pytest.param("html", "<!-- Mum failed to attend -->A note.", id="comment"),
        pytest.param("html", "<style>/* Mum failed to attend */</style>A note.", id="style"),
        pytest.param("html", "<code>Mum failed to <b>attend</b></code> A note.", id="code in HTML"),
        pytest.param("html", "<p>Mum failed</p><p>to attend.</p>", id="words of two paragraphs"),
        pytest.param("html", "<td>Mum failed<td>to attend.", id="words of two cells"),
        pytest.param("html", "<p><q>I failed to attend</q>, Mum said.</p>", id="quotation"),
        pytest.param("html", "<blockquote><p>x</p><p>I failed to attend.</p></blockquote>", id="block quotation"),
        pytest.param("git-commit", "A note\n# Mum failed to attend", id="comment line"),
        pytest.param("git-commit", "A note\n# ---- >8 ----\n+Mum failed to attend", id="below the scissors"),
        pytest.param("git-commit", "A note\n\nRefs: Mum failed to attend", id="trailer"),
    ],
)
def test_what_is_not_prose_is_let_be(kind, source):
    assert found(source, kind) == []


@pytest.mark.parametrize(
    ("kind", "source", "becomes"),
    [
        pytest.param(
            "html",
            "<p>Mum failed to\r\n  <b>attend</b> &amp; rang.</p>",
            "<p>Mum did not attend<b></b> &amp; rang.</p>",
            id="tags within the words stay",
        ),
        pytest.param(
            "markdown",
            "---\na: 1\n---\n\U0001f600 Mum failed to attend [it](x).\n",
            "---\na: 1\n---\n\U0001f600 Mum did not attend [it](x).\n",
            id="Markdown",
        ),
    ],
)
def test_taking_a_suggestion_changes_the_words_and_no_markup(kind, source, becomes):
    assert check(source, kind).corrected() == becomes


def test_words_put_into_html_are_escaped():
    assert list(prose("<p>A&amp;E</p>", "html").edits(Edit(2, 5, "A & E <b>"))) == [Edit(3, 10, "A &amp; E &lt;b&gt;")]


@pytest.mark.parametrize(
    ("name", "kind"),
    [("a/B.MD", "markdown"), ("x.htm", "html"), ("COMMIT_EDITMSG", "git-commit"), ("x.txt", "plain"), ("x", "plain")],
)
def test_the_ending_of_a_name_says_how_a_file_is_marked_up(name, kind):
    assert kind_of(name) == kind


SCRAPS = st.sampled_from(
    "word|Mum failed to attend|\U0001f600|\r\n|\n\n|\r|\v|\u2028|<p>|</p>|<b>|&amp;|&#8217;|<!-- x -->|<code>|</code>|"
    "```|`|[it](x)|http://x.org/y|---|a: 1|    |> |# |<|&|-->|<script>|</script>|[a]: b|<q>|</q>| | ".split("|")
)
SOURCES = st.lists(SCRAPS, max_size=30).map("".join) | st.text(max_size=60)


@pytest.mark.parametrize("kind", MARKUP)
@given(source=SOURCES)
def test_the_pieces_are_the_source_in_order(kind, source):
    read = prose(source, kind)
    assert "".join(source[piece.start : piece.end] for piece in read.pieces) == source
    assert "".join(piece.text for piece in read.pieces) == read.text


@pytest.mark.parametrize("kind", MARKUP)
@given(source=SOURCES, data=st.data())
def test_what_is_read_as_it_stands_has_its_place(kind, source, data):
    read = prose(source, kind)
    words = [index for index, char in enumerate(read.text) if char.isalnum()]
    if words:
        first = data.draw(st.sampled_from(words))
        start, end = read.span(first, first + 1)
        assert source[start:end] == read.text[first] or (kind == "html" and source[start] == "&")


@pytest.mark.parametrize("kind", MARKUP)
@given(source=SOURCES, data=st.data())
def test_an_edit_leaves_all_markup_where_it_was(kind, source, data):
    read = prose(source, kind)
    start, end = sorted(data.draw(st.tuples(*[st.integers(0, len(read.text))] * 2)))
    edits = tuple(read.edits(Edit(start, end, "")))
    kept = apply(source, edits)
    at = 0
    for piece in read.read_as:
        if piece.is_markup:
            at = kept.index(source[piece.start : piece.end], at) + piece.end - piece.start
    assert len(source) - len(kept) == sum(edit.end - edit.start for edit in edits)
