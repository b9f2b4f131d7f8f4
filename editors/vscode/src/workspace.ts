/** Checks every note of the workspace, open or not, when asked to. */

import { randomUUID } from "node:crypto";

import * as vscode from "vscode";
import { type LanguageClient, WorkDoneProgress, WorkspaceDiagnosticRequest } from "vscode-languageclient/node";

import { NAME } from "./names";

/** The marks of notes that are not open. Those of an open note are the server's own affair. */
export class WorkspaceMarks implements vscode.Disposable {
  private readonly marks = vscode.languages.createDiagnosticCollection(`${NAME} (workspace)`);
  private readonly opened = vscode.workspace.onDidOpenTextDocument((document) => {
    this.marks.delete(document.uri);
  });

  /** Has all notes checked, puts their marks into the Problems panel and shows it. */
  async check(client: LanguageClient): Promise<void> {
    const report = await vscode.window.withProgress(
      { location: vscode.ProgressLocation.Notification, title: "Checking all notes", cancellable: true },
      (progress, cancelled) => {
        const workDoneToken = randomUUID();
        const listener = client.onProgress(WorkDoneProgress.type, workDoneToken, (step) => {
          if (step.kind === "report" && step.percentage !== undefined) {
            progress.report({ message: `${String(step.percentage)}%` });
          }
        });
        const asked = { previousResultIds: [], workDoneToken };
        return client.sendRequest(WorkspaceDiagnosticRequest.type, asked, cancelled).finally(() => {
          listener.dispose();
        });
      },
    );
    this.clear();
    for (const item of report.items) {
      if (item.kind === "full") {
        const marks = await client.protocol2CodeConverter.asDiagnostics(item.items);
        this.marks.set(client.protocol2CodeConverter.asUri(item.uri), marks);
      }
    }
    await vscode.commands.executeCommand("workbench.panel.markers.view.focus");
  }

  clear(): void {
    this.marks.clear();
  }

  dispose(): void {
    vscode.Disposable.from(this.marks, this.opened).dispose();
  }
}
