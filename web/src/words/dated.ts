/** What holds over days `[valid_from, valid_to)`; null: until another takes its place. */
export interface Dated {
  valid_from: string;
  valid_to: string | null;
}

/** A kind of what a list holds by day. */
export interface Kind<Term> {
  /** Of two with one key, one holds at a time. */
  keyOf: (term: Term) => string;
  isSame: (one: Term, other: Term) => boolean;
}

/** It ends when the former would have, unless it says when; null: where the next one begins. */
export type Wanted<Term> = Term & Partial<Dated>;

/** What somebody has changed, made or ended. null: there is none. */
export interface Change<Term> {
  key: Term;
  before: Term | null;
  after: Term | null;
}

export function isInForce({ valid_from, valid_to }: Dated, day: string): boolean {
  return valid_from <= day && (valid_to === null || day < valid_to);
}

/** The list by which these hold from a day on; what was before, or begins later, stays. */
export function fromDay<Term extends object>(
  kind: Kind<Term>,
  all: readonly (Term & Dated)[],
  wanted: readonly Wanted<Term>[],
  day: string,
): (Term & Dated)[] {
  const { keyOf, isSame } = kind;
  const inForce = all.filter((entry) => isInForce(entry, day));
  const formerOf = (term: Term) => inForce.find((entry) => keyOf(entry) === keyOf(term));
  const kept = all.flatMap((entry) => {
    if (!isInForce(entry, day)) return [entry];
    const term = wanted.find((one) => keyOf(one) === keyOf(entry));
    if (term && isSame(term, entry)) return [{ ...entry, valid_to: endIn(kind, all, term, day) }];
    return entry.valid_from < day ? [{ ...entry, valid_to: day }] : [];
  });
  const made = wanted.flatMap((term) => {
    const former = formerOf(term);
    if (former && isSame(term, former)) return [];
    return [{ ...term, valid_from: day, valid_to: endIn(kind, all, term, day) }];
  });
  return [...kept, ...made];
}

/** What is another from a day on, or begins or ends on it. */
export function changesFrom<Term extends object>(
  kind: Kind<Term>,
  all: readonly (Term & Dated)[],
  wanted: readonly Wanted<Term>[],
  day: string,
): Change<Wanted<Term>>[] {
  const { keyOf, isSame } = kind;
  const inForce = all.filter((entry) => isInForce(entry, day));
  const changed = wanted.flatMap((term) => {
    const former = inForce.find((entry) => keyOf(entry) === keyOf(term));
    const valid_to = endIn(kind, all, term, day);
    const isKept = former && isSame(term, former) && valid_to === former.valid_to;
    return isKept ? [] : [{ key: term, before: former ?? null, after: { ...term, valid_to } }];
  });
  const keys = new Set(wanted.map(keyOf));
  const ended = inForce.filter((entry) => !keys.has(keyOf(entry)));
  return [...changed, ...ended.map((entry) => ({ key: entry, before: entry, after: null }))];
}

/** The end that it says, or that the former one has; without any, where the next one begins. */
function endIn<Term extends object>(
  { keyOf }: Kind<Term>,
  all: readonly (Term & Dated)[],
  term: Wanted<Term>,
  day: string,
): string | null {
  const ofKey = all.filter((entry) => keyOf(entry) === keyOf(term));
  const former = ofKey.find((entry) => isInForce(entry, day));
  const end = term.valid_to === undefined ? former?.valid_to : term.valid_to;
  const [next] = ofKey
    .map(({ valid_from }) => valid_from)
    .filter((first) => first > day)
    .sort();
  return end ?? next ?? null;
}

/** What somebody noted of those of a day, and has not sent. */
export interface Edits<Term> {
  noted: readonly Wanted<Term>[];
  /** By their keys. */
  ended: readonly string[];
}

/** Those of a day with what is noted, each in the place of that of its key. */
export function edited<Term>(
  { keyOf }: Kind<Term>,
  inForce: readonly Wanted<Term>[],
  { noted, ended }: Edits<Term>,
): Wanted<Term>[] {
  const gone = new Set([...ended, ...noted.map(keyOf)]);
  return [...inForce.filter((term) => !gone.has(keyOf(term))), ...noted];
}

/** With one more noted, in the place of another. */
export function withNoted<Term>(
  { keyOf }: Kind<Term>,
  { noted, ended }: Edits<Term>,
  term: Wanted<Term>,
  former: Term | undefined,
): Edits<Term> {
  const gone = new Set([keyOf(term), ...(former ? [keyOf(former)] : [])]);
  return {
    noted: [...noted.filter((one) => !gone.has(keyOf(one))), term],
    ended: [...ended, ...gone].filter((key) => key !== keyOf(term)),
  };
}

export function withEnded<Term>(
  { keyOf }: Kind<Term>,
  { noted, ended }: Edits<Term>,
  term: Term,
): Edits<Term> {
  const key = keyOf(term);
  return { noted: noted.filter((one) => keyOf(one) !== key), ended: [...ended, key] };
}
