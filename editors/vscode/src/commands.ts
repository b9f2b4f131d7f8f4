/** What a person can ask for by name. */

import * as vscode from "vscode";

import { NAME } from "./names";
import { PROGRAM } from "./program";
import type { Session } from "./session";
import { isEnabled, setEnabled, setProgramPath } from "./settings";
import type { WorkspaceMarks } from "./workspace";

type Command = () => Thenable<void> | void;

/** Every command by the last part of its name. */
export function commands(session: Session, marks: WorkspaceMarks, extension: vscode.Uri): Record<string, Command> {
  return {
    menu: showMenu,
    explain: () => vscode.commands.executeCommand("editor.action.showHover"),
    sumUp,
    checkWorkspace: () => checkWorkspace(session, marks),
    disable: () => setEnabled(false),
    enable: () => setEnabled(true),
    restart: () => session.restart(),
    showLog: () => {
      session.log.show();
    },
    install: () => showHowToInstall(extension),
    chooseProgram,
  };
}

/** Says once that the server is missing, and offers the two ways on. */
export async function sayHowToInstall(extension: vscode.Uri): Promise<void> {
  const [how, choose] = ["Show me how to install it", "Choose the program…"];
  const message =
    "fsm-language is not installed yet, or not where this window looks for it. " +
    "It is a small program that reads notes on your own computer.";
  const chosen = await vscode.window.showWarningMessage(message, how, choose);
  if (chosen === how) {
    await showHowToInstall(extension);
  } else if (chosen === choose) {
    await chooseProgram();
  }
}

/** Has the server show the reading age, the length, and how much there is to look at. */
async function sumUp(): Promise<void> {
  const document = vscode.window.activeTextEditor?.document;
  if (document !== undefined) {
    await vscode.commands.executeCommand(`${NAME}.summary`, document.uri.toString());
  }
}

async function checkWorkspace(session: Session, marks: WorkspaceMarks): Promise<void> {
  if (session.running === undefined) {
    await vscode.window.showInformationMessage("The program that reads notes is not running.");
  } else {
    await marks.check(session.running);
  }
}

function showHowToInstall(extension: vscode.Uri): Thenable<void> {
  return vscode.commands.executeCommand("markdown.showPreview", vscode.Uri.joinPath(extension, "install.md"));
}

async function chooseProgram(): Promise<void> {
  const [file] = (await vscode.window.showOpenDialog({ title: `Where is ${PROGRAM}?`, openLabel: "Use this program" })) ?? [];
  if (file !== undefined) {
    await setProgramPath(file.fsPath);
  }
}

async function showMenu(): Promise<void> {
  const items = [
    { label: "$(lightbulb) Explain the words at the cursor", command: "explain" },
    { label: "$(book) Sum up this note", command: "sumUp" },
    { label: "$(list-unordered) Show all marks", command: "workbench.panel.markers.view.focus" },
    { label: "$(search) Check the whole workspace", command: "checkWorkspace" },
    isEnabled()
      ? { label: "$(circle-slash) Switch off for this workspace", command: "disable" }
      : { label: "$(check) Switch on for this workspace", command: "enable" },
    { label: "$(debug-restart) Restart the server", command: "restart" },
    { label: "$(output) Show the log", command: "showLog" },
    { label: "$(question) How to install the program", command: "install" },
    { label: "$(settings-gear) Settings", command: "workbench.action.openSettings" },
  ];
  const chosen = await vscode.window.showQuickPick(items, { title: "Case notes" });
  if (chosen !== undefined) {
    await vscode.commands.executeCommand(chosen.command.includes(".") ? chosen.command : `${NAME}.${chosen.command}`, NAME);
  }
}
