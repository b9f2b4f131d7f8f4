/** The status item: what the server is doing, and how much of the note in front of you is worth a second thought. */

import * as vscode from "vscode";

import { NAME } from "./names";

export type State = "starting" | "running" | "stopped" | "off" | "missing";

const SAID: Record<Exclude<State, "running">, { text: string; tooltip: string }> = {
  starting: { text: "$(sync~spin) Case notes", tooltip: "The program that reads notes is starting." },
  stopped: { text: "$(warning) Case notes: stopped", tooltip: "The program that reads notes has stopped." },
  off: { text: "$(circle-slash) Case notes: off", tooltip: "Notes are not read in this workspace." },
  missing: { text: "$(warning) Case notes: not set up", tooltip: "The program that reads notes was not found." },
};

/** Shows beside a document that can be read, and only there. */
export class Status implements vscode.Disposable {
  private readonly item = vscode.window.createStatusBarItem(NAME, vscode.StatusBarAlignment.Right, 100);
  private readonly listeners: vscode.Disposable[];
  private state: State = "starting";

  constructor(private readonly isRead: (document: vscode.TextDocument) => boolean) {
    this.item.name = "Case notes";
    this.item.command = `${NAME}.menu`;
    const draw = (): void => {
      this.draw();
    };
    this.listeners = [
      vscode.window.onDidChangeActiveTextEditor(draw),
      vscode.languages.onDidChangeDiagnostics(draw),
      vscode.workspace.onDidOpenTextDocument(draw), // also when a document's language is changed
    ];
  }

  show(state: State): void {
    this.state = state;
    this.draw();
  }

  private draw(): void {
    const document = vscode.window.activeTextEditor?.document;
    if (document === undefined || !this.isRead(document)) {
      this.item.hide();
      return;
    }
    const { text, tooltip } = this.state === "running" ? counted(document.uri) : SAID[this.state];
    this.item.text = text;
    this.item.tooltip = `${tooltip} Click for what you can do.`;
    this.item.show();
  }

  dispose(): void {
    vscode.Disposable.from(this.item, ...this.listeners).dispose();
  }
}

function counted(uri: vscode.Uri): { text: string; tooltip: string } {
  const marks = vscode.languages.getDiagnostics(uri).filter((mark) => mark.source === NAME);
  const firm = marks.filter((mark) => mark.severity <= vscode.DiagnosticSeverity.Warning).length;
  if (marks.length === 0) {
    return { text: "$(check) Case notes", tooltip: "Nothing in this note to think about again." };
  }
  const gentle = marks.length - firm;
  const parts = [firm > 0 && many(firm, "warning"), gentle > 0 && many(gentle, "suggestion")].filter(Boolean);
  return {
    text: `$(pencil) Case notes: ${String(marks.length)}`,
    tooltip: `Worth a second thought in this note: ${parts.join(", ")}.`,
  };
}

function many(count: number, noun: string): string {
  return `${String(count)} ${noun}${count === 1 ? "" : "s"}`;
}
