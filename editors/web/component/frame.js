/** Where a frame stands in the window of the component. */

/**
 * How far places in an element's own window are from those in this one, in CSS pixels.
 * @param {Element} element
 * @returns {{x: number, y: number}}
 */
export function shiftOf(element) {
  const frame = element.ownerDocument.defaultView?.frameElement;
  if (element.ownerDocument === document || !frame) return { x: 0, y: 0 };
  const { left, top } = frame.getBoundingClientRect();
  return { x: left + frame.clientLeft, y: top + frame.clientTop };
}

/**
 * Where a range stands in this window, one rectangle a line.
 * @param {Range | null} range
 * @param {Element} element that holds it
 */
export function rectsOf(range, element) {
  const { x, y } = shiftOf(element);
  return [...(range?.getClientRects() ?? [])]
    .filter((box) => box.width > 0)
    .map((box) => new DOMRect(box.x + x, box.y + y, box.width, box.height));
}
