import type { Consent, Granularity } from './consents';

/** Whether something may be done with what a point measures, and what that rests on. */
export interface Standing {
  isAllowed: boolean;
  /** `days`: a refusal of days, which is one of half-hours too; `curve`: the same of a grant. */
  because: 'participation' | 'granted' | 'curve' | 'refused' | 'days' | 'unsaid';
  /** The last day of what it rests on is the one before; null: it rests on no answer. */
  until: string | null;
}

export function stands(consent: Consent, today: string): boolean {
  const isWithdrawn = consent.withdrawn_on !== null && consent.withdrawn_on <= today;
  return consent.valid_from <= today && today < consent.valid_to && !isWithdrawn;
}

/** What the organiser may see of a point that takes part today: docs/run/privacy.md has the rule. */
export function shownToOrganiser(
  ofPoint: Consent[],
  granularity: Granularity,
  today: string,
): Standing {
  const said = ofPoint.filter(({ purpose }) => purpose === 'display');
  if (!said.some(({ valid_from }) => valid_from <= today)) {
    return { isAllowed: true, because: 'participation', until: null };
  }
  const standing = said.filter((consent) => stands(consent, today));
  const answered = (answer: Consent['answer'], what: Granularity) =>
    standing.find((consent) => consent.answer === answer && consent.granularity === what);
  const refused = answered('refused', granularity);
  if (refused) return { isAllowed: false, because: 'refused', until: refused.valid_to };
  const daysRefused = answered('refused', 'daily');
  if (daysRefused) return { isAllowed: false, because: 'days', until: daysRefused.valid_to };
  const granted = answered('granted', granularity);
  if (granted) return { isAllowed: true, because: 'granted', until: granted.valid_to };
  const curve = granularity === 'daily' && answered('granted', 'load_curve');
  if (curve) return { isAllowed: true, because: 'curve', until: curve.valid_to };
  return { isAllowed: false, because: 'unsaid', until: null };
}

/** Whether the platform may fetch a point's curve from the grid operator: never without a yes. */
export function fetchedFromOperator(ofPoint: Consent[], today: string): Standing {
  const standing = ofPoint.filter(
    (consent) => consent.purpose === 'collection' && stands(consent, today),
  );
  const refused = standing.find(({ answer }) => answer === 'refused');
  if (refused) return { isAllowed: false, because: 'refused', until: refused.valid_to };
  const granted = standing.find(({ granularity }) => granularity === 'load_curve');
  if (granted) return { isAllowed: true, because: 'granted', until: granted.valid_to };
  return { isAllowed: false, because: 'unsaid', until: null };
}
