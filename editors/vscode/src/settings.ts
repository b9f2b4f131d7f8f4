/** What the settings of this extension say, and which of them go to the server. */

import * as vscode from "vscode";

import { NAME } from "./names";

/** Settings that are for this extension alone; what is undefined is not sent. */
const OWN = { enable: undefined, server: undefined, documents: undefined, trace: undefined };
/** Only what a person writes or has on disk: no output panels, no old versions, no other extension's pages. */
const SCHEMES = ["file", "untitled"];

export function isEnabled(): boolean {
  return configuration().get("enable", true);
}

export async function setEnabled(enabled: boolean): Promise<void> {
  const target = vscode.workspace.workspaceFolders === undefined ? "Global" : "Workspace";
  await configuration().update("enable", enabled, vscode.ConfigurationTarget[target]);
}

export function programPath(): string {
  return configuration().get("server.path", "");
}

export async function setProgramPath(path: string): Promise<void> {
  await configuration().update("server.path", path, vscode.ConfigurationTarget.Global);
}

/** Whether a change means that the server has to be started again, or stopped. */
export function needsRestart(change: vscode.ConfigurationChangeEvent): boolean {
  return ["enable", "server.path", "documents"].some((key) => change.affectsConfiguration(`${NAME}.${key}`));
}

/** Notes of the kinds that are read, and YAML, among which the server knows settings and rules and marks their mistakes. */
export function selector(): { scheme: string; language: string }[] {
  const kinds = configuration().get<string[]>("documents", []);
  const notes = SCHEMES.flatMap((scheme) => kinds.map((language) => ({ scheme, language })));
  return [...notes, { scheme: "file", language: "yaml" }];
}

export function isNote(document: vscode.TextDocument): boolean {
  return document.languageId !== "yaml" && vscode.languages.match(selector(), document) > 0;
}

/** What the server is told: all but what it has no part in. */
export function forServer(): unknown {
  return JSON.parse(JSON.stringify({ ...configuration(), ...OWN }));
}

function configuration(): vscode.WorkspaceConfiguration {
  return vscode.workspace.getConfiguration(NAME);
}
