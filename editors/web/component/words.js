/** Every word the component says, in one place. */

export const WORDS = {
  /** @param {string} label */
  region: (label) => (label ? `Suggestions for “${label}”` : "Suggestions for this note"),
  /** @param {number} count */
  count: (count) => (count === 0 ? "No suggestions" : count === 1 ? "1 suggestion" : `${count} suggestions`),
  empty: "Suggestions show here as you write.",
  checking: "Reading the note…",
  away: "Suggestions are paused: the service that makes them cannot be reached. Your note is safe. Keep writing, we keep trying.",
  busy: "The service is busy. Suggestions come as soon as it has time.",
  refused:
    "The service did not let this page in. Your note is safe. Ask whoever looks after this system to check its settings.",
  tooLong: "This note is too long for the service to check in one piece.",
  notTaken: "Nothing was changed: the note cannot be changed now, or would be longer than its box allows.",
  moved: "The note has changed just now, so nothing was replaced. The suggestion will be back in a moment.",
  readOnly: "This note cannot be changed now.",
  /** @param {string} label */
  taken: (label) => (label ? `Now says “${label}”.` : "Taken out."),
  /** @param {string} label */
  take: (label) => `Write “${label}”`,
  takeOut: "Take it out",
  leave: "Leave it",
  left: "Left as it is.",
  /** @param {number} count */
  showLeft: (count) => `Show ${count} left as ${count === 1 ? "it is" : "they are"}`,
  /** @param {number} count */
  more: (count) => `Show ${count} more`,
  find: "Show in the note",
  close: "Close",
  ask: "Ask yourself",
  sources: "Who recommends it",
  /** @type {Record<string, string>} */
  categories: {
    blaming: "May sound blaming",
    judgemental: "May sound judging",
    jargon: "Insider word",
    acronym: "Letters to explain",
    readability: "Hard to read",
  },
};
