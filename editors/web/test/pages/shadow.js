customElements.define(
  "case-note",
  class extends HTMLElement {
    connectedCallback() {
      this.attachShadow({ mode: "open" }).innerHTML = `
        <label for="note">The note</label><textarea id="note" rows="5" cols="50"></textarea><fsm-language for="note"></fsm-language>
        <div id="rich" contenteditable="true" role="textbox" aria-label="Rich note">Dad failed to come.</div><fsm-language for="rich"></fsm-language>`;
    }
  },
);
