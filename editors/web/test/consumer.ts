/** Code of a recording system in TypeScript: it must compile against what is packed, with the editors' own types. */

import { EditorView } from "@codemirror/view";
import "fsm-language";
import { CodeMirrorField } from "fsm-language/codemirror";
import { QuillField } from "fsm-language/quill";
import { TinyMceField } from "fsm-language/tinymce";
import type { Field, Finding } from "fsm-language/types";
import Quill from "quill";
import tinymce from "tinymce";

const element = document.querySelector("fsm-language")!;
const fields: Field[] = [
  new CodeMirrorField(new EditorView()),
  new QuillField(new Quill("#note")),
  new TinyMceField(tinymce.get("note")!),
];
for (const field of fields) element.field = field;
element.field = document.querySelector("textarea");
const findings: Finding[] = element.findings;
console.log(findings.map(({ rule, suggestions }) => [rule, suggestions[0]?.edits.length]));
