/** Reaches `fsm-language serve`: over its WebSocket where that can be had, by `POST /check` where it cannot. */

import { Socket } from "./socket.js";

/**
 * @typedef {import("./types.d.ts").Report} Report
 * @typedef {import("./types.d.ts").ServiceOptions} ServiceOptions
 */

const LONGEST_WAIT = 60; // seconds between two tries

/** Why there is no report, and how long to wait before the next try, in seconds, where the service said so. */
export class Refusal extends Error {
  /**
   * @param {"away" | "busy" | "refused" | "tooLong"} kind
   * @param {number} [wait]
   */
  constructor(kind, wait) {
    super(kind);
    this.kind = kind;
    this.wait = wait;
  }
}

/**
 * How long to wait before the next try: twice as long each time, never the same for two pages.
 * @param {number} tries made in vain so far
 * @returns {number} seconds
 */
export function backOff(tries) {
  return Math.min(LONGEST_WAIT, 2 ** tries) * (0.5 + Math.random() / 2);
}

/** @type {Map<string, Service>} */
const services = new Map();

/**
 * The service at an address; fields that ask for the same one share its connection.
 * @param {ServiceOptions} options
 */
export function serviceAt(options) {
  const name = JSON.stringify([options.server, options.audience]);
  const service = services.get(name) ?? new Service(options);
  services.set(name, service);
  return service;
}

export class Service extends EventTarget {
  #options;
  /** @type {Socket | null} */
  #socket = null;
  #users = 0;
  #tries = 0;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer;

  /** @param {ServiceOptions} options */
  constructor(options) {
    super();
    this.#options = options;
  }

  /** Keep a connection open for one more field. */
  join() {
    if (this.#users++ === 0) this.#connect();
  }

  /** @param {string} uri the name of the text of the field that goes */
  part(uri) {
    this.#socket?.forget(uri);
    if (--this.#users > 0) return;
    clearTimeout(this.#timer);
    this.#socket?.close();
  }

  /**
   * Have a text checked. Rejected with a `Refusal`.
   * @param {string} uri names the text for as long as it is open
   * @param {string} text
   * @returns {Promise<Report>}
   */
  async check(uri, text) {
    if (this.#socket) {
      try {
        return await this.#socket.check(uri, text);
      } catch {
        this.#socket?.close();
      }
    }
    return this.#post(text);
  }

  async #connect() {
    const { server, audience } = this.#options;
    const address = new URL("lsp", server);
    address.protocol = address.protocol.replace("http", "ws");
    try {
      const socket = await Socket.connect(address.href, audience);
      if (this.#users === 0) return socket.close();
      this.#socket = socket;
      this.#tries = 0;
      this.dispatchEvent(new Event("back"));
      await socket.ended;
      this.#socket = null;
      this.dispatchEvent(new Event("lost"));
    } catch {
      // no WebSocket here, or not now: `POST /check` answers meanwhile
    }
    if (this.#users > 0) this.#timer = setTimeout(() => this.#connect(), backOff(this.#tries++) * 1000);
  }

  /** @param {string} text @returns {Promise<Report>} */
  async #post(text) {
    const { server, audience } = this.#options;
    const headers = { "Content-Type": "application/json" };
    const body = JSON.stringify({ text, unit: "utf-16", audience });
    /** @type {Response} */
    let response;
    try {
      response = await fetch(new URL("check", server), {
        method: "POST",
        headers,
        body,
        referrerPolicy: "no-referrer",
        cache: "no-store",
      });
    } catch {
      throw new Refusal("away");
    }
    if (response.ok) return response.json();
    const wait = Number(response.headers.get("Retry-After")) || undefined;
    throw new Refusal(KINDS[response.status] ?? (response.status < 500 ? "refused" : "away"), wait);
  }
}

/** @type {Record<number, "busy" | "tooLong">} */
const KINDS = { 413: "tooLong", 429: "busy", 503: "busy" };
