/** A note to try the page with; the family is invented. */

export const EXAMPLE = `Announced home visit as part of the CIN plan. Mum failed to attend the last TAF, and she did not answer two calls. Kelly told me her phone had been cut off, and that she was “at the end of my tether” with the housing office.

The home was warm and tidy. Amber kicked off when I asked about school and refused to engage. She later told me, “I hate it there, nobody sits with me.” Theo is attention seeking at bedtime.

Kelly is in denial about Dean's drinking. She said she would not leave the children with him, and she has not done so since March. Dean was hard to reach when I rang. On Sunday he punched the kitchen door while Amber stood beside it.

I failed to bring the school form, and I will post it tomorrow. Kelly and I will ring the housing office together on Thursday.`;
