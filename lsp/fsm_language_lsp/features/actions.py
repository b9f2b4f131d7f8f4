"""What an editor offers to do about wording: every edit names the version of the note that it is for."""

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from lsprotocol import types as lsp
from pygls.exceptions import JsonRpcContentModified

from fsm_language import Finding, Suggestion
from fsm_language.checks.acronyms import explanations
from fsm_language.glossary import spelling
from fsm_language.rule import LEVELS
from fsm_language_lsp.features import acronyms
from fsm_language_lsp.features.diagnostics import diagnostic, leaves_out
from fsm_language_lsp.notes.opened import Checked, OpenNote
from fsm_language_lsp.notes.places import offsets, text_edit

if TYPE_CHECKING:
    from fsm_language_lsp.connection.server import Server

FIX_ALL = f"{lsp.CodeActionKind.SourceFixAll.value}.fsm-language"
KINDS = [lsp.CodeActionKind.QuickFix, lsp.CodeActionKind.RefactorRewrite, FIX_ALL]
LEAVE = "fsm-language.leave"
SWITCH_OFF = "fsm-language.switchOff"
KNOW = "fsm-language.know"
SURE = LEVELS[1:]  # a suggestion asks to think again, and that is not done for anyone


def actions(server: "Server", note: OpenNote, checked: Checked, params: lsp.CodeActionParams) -> list[lsp.CodeAction]:
    """Return what can be done about the findings and acronyms that touch a range, of the kinds that are asked for."""
    report = checked.report
    start, end = offsets(report.document, params.range, server.client.encoding)
    touched = [found for found in report.findings if found.start <= end and start <= found.end]
    offered = [
        *(action for found in touched for action in _rewordings(server, note, checked, found)),
        *(action for found in touched for action in _leavings(server, note, checked, found)),
        *_explanations(server, note, checked, (start, end)),
        *_all(server, note, checked),
    ]
    return [action for action in offered if _asked_for(str(_value(action.kind)), params.context.only)]


def _asked_for(kind: str, only: Iterable[lsp.CodeActionKind | str] | None) -> bool:
    """Whether a kind of action, or one that it is part of, is asked for."""
    return not only or any(kind == wanted or kind.startswith(f"{wanted}.") for wanted in map(_value, only))


def _value(kind: Any) -> object:  # noqa: ANN401  # an enumeration or a text
    return getattr(kind, "value", kind)


def _rewordings(server: "Server", note: OpenNote, checked: Checked, finding: Finding) -> Iterator[lsp.CodeAction]:
    marked = _mark(server, note, checked, finding)
    wordings = [suggestion for suggestion in finding.suggestions if not suggestion.is_question]
    for suggestion in wordings:
        action = lsp.CodeAction(
            title=_title(finding, suggestion),
            kind=lsp.CodeActionKind.QuickFix,
            diagnostics=[marked],
            is_preferred=suggestion is wordings[0],
            data=[note.uri, note.version, finding.rule.id, finding.start, finding.end],
        )
        yield _with_edit(server, note, checked, action)


def _mark(server: "Server", note: OpenNote, checked: Checked, finding: Finding) -> lsp.Diagnostic:
    made = diagnostic(finding, checked.report.document, note.uri, server.client, server.preferences)
    return server.protocol.diagnostic(made)


def _title(finding: Finding, suggestion: Suggestion) -> str:
    if leaves_out(suggestion):
        return suggestion.label[:1].upper() + suggestion.label[1:]
    if suggestion.label.endswith(f"({finding.text})"):
        return _explained(suggestion)
    return f"Write “{suggestion.label}”"


def _explained(suggestion: Suggestion) -> str:
    return f"Explain it here: “{suggestion.label}”"


def _leavings(server: "Server", note: OpenNote, checked: Checked, finding: Finding) -> Iterator[lsp.CodeAction]:
    marked = _mark(server, note, checked, finding)
    rule = finding.rule.id
    commands = [
        (f"Leave “{_short(finding.text)}” as it is here", LEAVE, finding.fingerprint(checked.report.document)),
        (f"Leave this rule off in this workspace ({rule})", SWITCH_OFF, rule),
    ]
    if finding.category == "acronym":
        letters = spelling(finding.text).stem
        commands.insert(1, (f"Readers in this workspace know “{letters}”", KNOW, letters))
    for title, name, argument in commands:
        command = lsp.Command(title, name, arguments=[note.uri, argument])
        yield lsp.CodeAction(title, kind=lsp.CodeActionKind.QuickFix, diagnostics=[marked], command=command)


def _short(text: str) -> str:
    words = " ".join(text.split())
    return words if len(words) <= 40 else words[:39].rstrip() + "…"


def _explanations(
    server: "Server", note: OpenNote, checked: Checked, span: tuple[int, int]
) -> Iterator[lsp.CodeAction]:
    """Offer the long form of an acronym that no finding is about: one that most people know, or a later use."""
    marked = {place for found in checked.report.findings for place in range(found.start, found.end)}
    for mention in acronyms.mentions(note.kind, checked.report.document, checked.glossary):
        if mention.start <= span[1] and span[0] <= mention.end and mention.start not in marked:
            for suggestion in explanations(checked.report.document.text, mention):
                action = lsp.CodeAction(
                    title=_explained(suggestion),
                    kind=lsp.CodeActionKind.RefactorRewrite,
                    data=[note.uri, note.version, mention.start, mention.end],
                )
                yield _with_edit(server, note, checked, action)


def _all(server: "Server", note: OpenNote, checked: Checked) -> Iterator[lsp.CodeAction]:
    if list(_sure(checked)):
        title = "Take every suggestion that is sure"
        action = lsp.CodeAction(title, kind=FIX_ALL, data=[note.uri, note.version])
        yield _with_edit(server, note, checked, action)


def _sure(checked: Checked) -> Iterator[Suggestion]:
    """Yield the suggestions that may be taken unseen: of a warning or an error with one wording and no question.

    Of wordings that overlap, the first is taken.
    """
    done = 0
    for finding in checked.report.findings:
        if finding.level in SURE and len(finding.suggestions) == 1 and not finding.suggestions[0].is_question:
            edits = finding.suggestions[0].edits
            if min(edits).start >= done:
                done = max(edit.end for edit in edits)
                yield finding.suggestions[0]


def _with_edit(server: "Server", note: OpenNote, checked: Checked, action: lsp.CodeAction) -> lsp.CodeAction:
    """Return an action with its edit, or let the editor ask for that when it is chosen."""
    return action if server.client.resolves else resolved(server, note, checked, action)


def resolved(server: "Server", note: OpenNote, checked: Checked, action: lsp.CodeAction) -> lsp.CodeAction:
    """Return an action with its edit. Raises `JsonRpcContentModified` when what it was offered for is there no more."""
    taken = list(_meant(note, checked, action))
    if not taken:
        raise JsonRpcContentModified
    document = checked.report.document
    edits = [text_edit(document, edit, server.client.encoding) for suggestion in taken for edit in suggestion.edits]
    action.edit = workspace_edit(server, note, edits)
    return action


def _meant(note: OpenNote, checked: Checked, action: lsp.CodeAction) -> Iterator[Suggestion]:
    """Yield the suggestions of an action, found again by rule, place and title.

    The note may have been checked once more since the action was offered: with the parser, or with other settings.
    """
    match action.data:
        case [note.uri, note.version]:
            yield from _sure(checked)
        case [note.uri, note.version, start, end]:
            for mention in acronyms.mentions(note.kind, checked.report.document, checked.glossary):
                if (mention.start, mention.end) == (start, end):
                    offered = explanations(checked.report.document.text, mention)
                    yield from (suggestion for suggestion in offered if _explained(suggestion) == action.title)
        case [note.uri, note.version, rule, start, end]:
            for finding in checked.report.findings:
                if (finding.rule.id, finding.start, finding.end) == (rule, start, end):
                    offered = finding.suggestions
                    yield from (suggestion for suggestion in offered if _title(finding, suggestion) == action.title)


def workspace_edit(server: "Server", note: OpenNote, edits: list[lsp.TextEdit]) -> lsp.WorkspaceEdit:
    """Return edits of one version of an open note, as the editor takes them."""
    if not server.client.versioned:
        return lsp.WorkspaceEdit(changes={note.uri: edits})
    named = lsp.OptionalVersionedTextDocumentIdentifier(note.uri, note.version)
    return lsp.WorkspaceEdit(document_changes=[lsp.TextDocumentEdit(named, list(edits))])
