/** Asks the service that shows this page. */

/** Why the service would not do what was asked; `line` is that of the text that was sent, from 1. */
export class Refused extends Error {
  /** @param {{error?: string, line?: number}} problem */
  constructor({ error, line }) {
    super(error ?? "The service could not do that.");
    this.line = line;
  }
}

/**
 * @param {string} path
 * @param {unknown} [sent] posted as JSON when there is something
 * @returns {Promise<any>} rejected with `Refused`
 */
export async function ask(path, sent) {
  const post = {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(sent),
  };
  /** @type {Response} */
  let response;
  try {
    response = await fetch(path, sent === undefined ? {} : post);
  } catch {
    throw new Refused({
      error: "The service cannot be reached. Is it still running?",
    });
  }
  const answer = await response.json().catch(() => ({}));
  if (!response.ok) throw new Refused(answer);
  return answer;
}
