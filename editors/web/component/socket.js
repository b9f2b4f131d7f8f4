/** The language server protocol over one WebSocket: texts go in, reports come out. */

/** @typedef {import("./types.d.ts").Report} Report */

export const REPORT = "fsm-language.report";
const PATIENCE = 20_000; // milliseconds until a server that says nothing counts as gone

/**
 * What travels of JSON-RPC.
 * @typedef {{id?: number | string, method?: string, params?: any, result?: any, error?: {code: number, message: string}}} Message
 * @typedef {{resolve: (result?: any) => void, reject: (reason: Error) => void}} Waiting
 */

export class Socket {
  #web;
  #messages = 0;
  /** @type {Map<number, Waiting>} */
  #asked = new Map();
  /** @type {Map<string, Waiting & {version: number}>} */
  #open = new Map();

  /**
   * Open a connection and agree on what it can do.
   * @param {string} address `ws:` or `wss:`
   * @param {string | undefined} audience who will read the notes
   * @returns {Promise<Socket>} rejected when there is no such server, or it cannot give reports
   */
  static async connect(address, audience) {
    const web = new WebSocket(address);
    const socket = new Socket(web);
    await new Promise((resolve, reject) => {
      web.onopen = resolve;
      web.onclose = () => reject(new Error("The service could not be reached."));
    });
    web.onclose = () => socket.#lost();
    try {
      await socket.#start(audience);
    } catch (reason) {
      socket.close();
      throw reason;
    }
    return socket;
  }

  /** @param {WebSocket} web */
  constructor(web) {
    this.#web = web;
    web.onmessage = ({ data }) => this.#receive(JSON.parse(data));
    /** Fulfilled once the connection has ended. @type {Promise<void>} */
    this.ended = new Promise((resolve) => web.addEventListener("close", () => resolve(), { once: true }));
  }

  /** @param {string | undefined} audience */
  async #start(audience) {
    // the pauses of the writer have been waited for already
    const initializationOptions = { diagnostics: { delay: 0 }, ...(audience && { settings: { audience } }) };
    const capabilities = { textDocument: { publishDiagnostics: { versionSupport: true } } };
    const started = await this.#ask("initialize", {
      processId: null,
      rootUri: null,
      capabilities,
      initializationOptions,
    });
    if (!started.capabilities.executeCommandProvider?.commands.includes(REPORT)) throw new Error("No reports here.");
    this.#tell("initialized", {});
  }

  /**
   * Have a text checked; a later text under the same name takes its place.
   * @param {string} uri names the text; unguessable, and never an address
   * @param {string} text
   * @returns {Promise<Report>}
   */
  async check(uri, text) {
    const version = (this.#open.get(uri)?.version ?? 0) + 1;
    const checked = new Promise((resolve, reject) => this.#open.set(uri, { version, resolve, reject }));
    if (version === 1) {
      this.#tell("textDocument/didOpen", { textDocument: { uri, languageId: "plaintext", version, text } });
    } else {
      this.#tell("textDocument/didChange", { textDocument: { uri, version }, contentChanges: [{ text }] });
    }
    await this.#soon(checked);
    const report = await this.#ask("workspace/executeCommand", { command: REPORT, arguments: [uri] });
    if (!report) throw new Error("The service has lost the note.");
    return report;
  }

  /**
   * Have a text forgotten.
   * @param {string} uri
   */
  forget(uri) {
    if (this.#open.delete(uri)) this.#tell("textDocument/didClose", { textDocument: { uri } });
  }

  close() {
    this.#web.close();
    this.#lost();
  }

  /** @param {Message} message */
  #send(message) {
    if (this.#web.readyState === WebSocket.OPEN) this.#web.send(JSON.stringify({ jsonrpc: "2.0", ...message }));
  }

  /** @param {string} method @param {unknown} params */
  #tell(method, params) {
    this.#send({ method, params });
  }

  /** @param {string} method @param {unknown} params @returns {Promise<any>} */
  #ask(method, params) {
    const id = ++this.#messages;
    if (this.#web.readyState !== WebSocket.OPEN) return Promise.reject(new Error("The service went away."));
    const answer = new Promise((resolve, reject) => this.#asked.set(id, { resolve, reject }));
    this.#send({ id, method, params });
    return this.#soon(answer);
  }

  /**
   * Wait for something that the server owes us; one that does not bring it in time counts as gone.
   * @template Result
   * @param {Promise<Result>} owed
   * @returns {Promise<Result>}
   */
  async #soon(owed) {
    const timer = setTimeout(() => this.close(), PATIENCE);
    try {
      return await owed;
    } finally {
      clearTimeout(timer);
    }
  }

  /** @param {Message} message */
  #receive({ id, method, params, result, error }) {
    if (method === "textDocument/publishDiagnostics") {
      const known = this.#open.get(params.uri);
      if (known && (params.version ?? known.version) === known.version) known.resolve();
    } else if (method !== undefined && id !== undefined) {
      this.#send({ id, result: method === "workspace/configuration" ? params.items.map(() => null) : null });
    } else if (typeof id === "number") {
      const waiting = this.#asked.get(id);
      this.#asked.delete(id);
      if (error) waiting?.reject(new Error(error.message));
      else waiting?.resolve(result);
    }
  }

  #lost() {
    const gone = new Error("The service went away.");
    for (const { reject } of [...this.#asked.values(), ...this.#open.values()]) reject(gone);
    this.#asked.clear();
    this.#open.clear();
  }
}
