/** What a writer does, as the tests need it. */

/** Click on wording that is underlined. */
export async function clickWording(page, words, scope = "fsm-language") {
  const place = await page
    .locator(scope)
    .first()
    .evaluate((element, wanted) => {
      const text = element.field.text();
      const { start, end } = element.findings.find((finding) => text.slice(finding.start, finding.end) === wanted);
      const { x, y, width, height } = element.field.rects(start, end)[0];
      return { x: x + width / 2, y: y + height / 2 };
    }, words);
  await page.mouse.click(place.x, place.y);
}

/** Take the suggestion whose wording this is from the card that is open. */
export async function take(page, wording) {
  await page.getByRole("button", { name: `Write “${wording}”` }).click();
}

/** What has the focus, through shadow roots: the id, the accessible name or the text. */
export function focused(page) {
  return page.evaluate(() => {
    let active = document.activeElement;
    while (active?.shadowRoot?.activeElement) active = active.shadowRoot.activeElement;
    return active.id || active.getAttribute("aria-label") || active.textContent;
  });
}
