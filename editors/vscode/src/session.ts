/** The server's life in this window: found, started, stopped, started again. */

import * as vscode from "vscode";
import { LanguageClient, type LanguageClientOptions, RevealOutputChannelOn, State } from "vscode-languageclient/node";

import { NAME } from "./names";
import { find } from "./program";
import { forServer, isEnabled, programPath, selector } from "./settings";
import type { Status } from "./status";

/** What the Python extension tells others, as far as it is of use here. */
interface PythonExtension {
  readonly environments?: { getActiveEnvironmentPath(): { readonly path: string } };
}

export class Session implements vscode.Disposable {
  readonly log = vscode.window.createOutputChannel("Case notes", { log: true });
  private client: LanguageClient | undefined;
  private turn: Promise<unknown> = Promise.resolve();

  constructor(
    private readonly status: Status,
    private readonly onMissing: () => void,
  ) {}

  /** The running server's client, or undefined. */
  get running(): LanguageClient | undefined {
    return this.client?.state === State.Running ? this.client : undefined;
  }

  /** Stops the server if there is one, and starts it as the settings now say. Calls wait for each other. */
  restart(): Promise<void> {
    return this.next(async () => {
      await this.stop();
      if (isEnabled()) {
        await this.start();
      } else {
        this.status.show("off");
      }
    });
  }

  close(): Promise<void> {
    return this.next(() => this.stop());
  }

  dispose(): void {
    this.log.dispose();
  }

  private next(work: () => Promise<void>): Promise<void> {
    const done = this.turn.then(work);
    this.turn = done.catch(() => undefined);
    return done;
  }

  private async start(): Promise<void> {
    this.status.show("starting");
    const command = await findProgram();
    if (command === undefined) {
      this.status.show("missing");
      this.onMissing();
      return;
    }
    this.log.info(`Starting ${command}`);
    const client = new LanguageClient(NAME, "Case notes", { command, args: [] }, this.options());
    client.onDidChangeState(({ newState }) => {
      this.status.show(STATES[newState]);
    });
    this.client = client;
    await client.start().catch((error: unknown) => {
      this.log.error(`The server did not start: ${String(error)}`);
      this.status.show("stopped");
    });
  }

  private async stop(): Promise<void> {
    const client = this.client;
    this.client = undefined;
    await client?.dispose().catch(() => undefined); // it is gone already
  }

  private options(): LanguageClientOptions {
    return {
      documentSelector: selector(),
      outputChannel: this.log,
      traceOutputChannel: NOWHERE, // messages hold notes, and VS Code keeps what is traced on disk
      revealOutputChannelOn: RevealOutputChannelOn.Never,
      initializationOptions: forServer(),
      middleware: { workspace: { configuration: ({ items }) => items.map(forServer) } },
    };
  }
}

const STATES = { [State.Starting]: "starting", [State.Running]: "running", [State.Stopped]: "stopped" } as const;

const nothing = (): void => undefined;
const NOWHERE = {
  name: "Nowhere",
  append: nothing,
  appendLine: nothing,
  replace: nothing,
  clear: nothing,
  show: nothing,
  hide: nothing,
  dispose: nothing,
};

async function findProgram(): Promise<string | undefined> {
  const folders = vscode.workspace.isTrusted ? (vscode.workspace.workspaceFolders ?? []) : [];
  const python = vscode.extensions.getExtension<PythonExtension>("ms-python.python");
  const environments = python === undefined ? undefined : (await python.activate()).environments;
  return find({
    setting: programPath(),
    folders: folders.filter((folder) => folder.uri.scheme === "file").map((folder) => folder.uri.fsPath),
    interpreter: environments?.getActiveEnvironmentPath().path,
    path: process.env.PATH ?? "",
  });
}
