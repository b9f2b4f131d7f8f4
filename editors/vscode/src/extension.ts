/** Wires the server, the status item and the commands together; all that knows about language is in the server. */

import * as vscode from "vscode";

import { commands, sayHowToInstall } from "./commands";
import { NAME } from "./names";
import { Session } from "./session";
import { isNote, needsRestart } from "./settings";
import { Status } from "./status";
import { WorkspaceMarks } from "./workspace";

let session: Session | undefined;

export async function activate(context: vscode.ExtensionContext): Promise<void> {
  const status = new Status(isNote);
  const current = new Session(status, () => void sayHowToInstall(context.extensionUri));
  session = current;
  const marks = new WorkspaceMarks();
  const restart = (): void => void current.restart();
  context.subscriptions.push(
    status,
    current,
    marks,
    vscode.workspace.onDidGrantWorkspaceTrust(restart),
    vscode.workspace.onDidChangeConfiguration((change) => {
      if (needsRestart(change)) {
        restart();
      }
    }),
    ...Object.entries(commands(current, marks, context.extensionUri)).map(([name, run]) =>
      vscode.commands.registerCommand(`${NAME}.${name}`, run),
    ),
  );
  await current.restart();
}

export function deactivate(): Promise<void> | undefined {
  return session?.close();
}
