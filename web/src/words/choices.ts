/** What can be chosen, and what it is called. */
export type Choice<Chosen> = readonly [Chosen, string];

/** Each with its name; what was chosen before stays one, at the end if it is not among them. */
export function choicesOf<Chosen>(
  all: readonly Chosen[],
  former: Chosen | undefined,
  nameOf: (one: Chosen) => string,
): Choice<Chosen>[] {
  const gone = former === undefined || all.some((one) => isSame(one, former)) ? [] : [former];
  return [...all, ...gone].map((one) => [one, nameOf(one)] as const);
}

export function placeOf<Chosen>(choices: readonly Choice<Chosen>[], chosen: Chosen): number {
  return choices.findIndex(([one]) => isSame(one, chosen));
}

function isSame<Chosen>(one: Chosen, other: Chosen): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}
