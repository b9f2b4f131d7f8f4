/** Stretches of a text that may lie within each other. */

/**
 * The shortest of stretches that hold the same place: a phrase rather than the long sentence around it.
 * @template {{start: number, end: number}} Span
 * @param {Span[]} spans
 * @returns {Span | undefined}
 */
export function innermost(spans) {
  return spans.reduce(
    (/** @type {Span | undefined} */ best, span) =>
      best && best.end - best.start <= span.end - span.start ? best : span,
    undefined,
  );
}
