import { basicSetup, EditorView } from "codemirror";
import Quill from "quill";
import tinymce from "tinymce";
import "tinymce/icons/default";
import "tinymce/models/dom";
import skin from "tinymce/skins/ui/oxide/skin.min.css";
import "tinymce/themes/silver";
import { CodeMirrorField } from "../../component/codemirror.js";
import { QuillField } from "../../component/quill.js";
import { TinyMceField } from "../../component/tinymce.js";

await customElements.whenDefined("fsm-language");
const give = (name, field) => (document.querySelector(`#for-${name}`).field = field);

const view = new EditorView({
  extensions: [basicSetup, EditorView.lineWrapping],
  parent: document.querySelector("#codemirror"),
});
give("codemirror", new CodeMirrorField(view));

const quill = new Quill("#quill");
give("quill", new QuillField(quill));

const sheet = new CSSStyleSheet();
sheet.replaceSync(skin);
document.adoptedStyleSheets.push(sheet);
const [editor] = await tinymce.init({
  selector: "#tinymce",
  skin: false,
  content_css: false,
  height: 200,
  promotion: false,
});
give("tinymce", new TinyMceField(editor));

Object.assign(window, { view, quill, editor });
