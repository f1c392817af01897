/** What leads from nothing to the first invoice, in the order in which it is best done. */
export const SET_UP_STEPS = [
  'organisers',
  'legal-basis',
  'participants',
  'key',
  'sellers',
  'prices',
  'taxes',
  'readings',
  'first-month',
] as const;
export type SetUpStep = (typeof SET_UP_STEPS)[number];

/** blocked: a step before it has to be done first. */
export type SetUpState = 'done' | 'open' | 'blocked';

/** What an operation has, as far as the path asks for it. */
export interface SetUpFacts {
  /** Accounts that run it, staff aside. */
  organisers: number;
  hasLegalBasis: boolean;
  plants: number;
  consumers: number;
  hasKeyInForce: boolean;
  hasPrices: boolean;
  /** Those that cannot issue an invoice yet. */
  unreadySellers: number;
  hasTaxes: boolean;
  hasReadings: boolean;
  hasInvoices: boolean;
}

/** Without these a step cannot be done; without its legal basis, an operation can be invoiced. */
const NEEDS: Partial<Record<SetUpStep, readonly SetUpStep[]>> = {
  sellers: ['participants'],
  readings: ['participants'],
  'first-month': ['participants', 'key', 'sellers', 'prices', 'taxes', 'readings'],
};

/** Where each step stands, by what is there: whoever comes, and whenever, goes on from there. */
export function setUpStates(facts: SetUpFacts): Record<SetUpStep, SetUpState> {
  const hasParticipants = facts.plants > 0 && facts.consumers > 0;
  const isDone: Record<SetUpStep, boolean> = {
    organisers: facts.organisers > 0,
    'legal-basis': facts.hasLegalBasis,
    participants: hasParticipants,
    key: facts.hasKeyInForce,
    prices: facts.hasPrices,
    sellers: facts.plants > 0 && facts.unreadySellers === 0,
    taxes: facts.hasTaxes,
    readings: facts.hasReadings,
    'first-month': facts.hasInvoices,
  };
  const stateOf = (step: SetUpStep): SetUpState => {
    if (isDone[step]) return 'done';
    return NEEDS[step]?.every((needed) => isDone[needed]) === false ? 'blocked' : 'open';
  };
  return Object.fromEntries(SET_UP_STEPS.map((step) => [step, stateOf(step)])) as Record<
    SetUpStep,
    SetUpState
  >;
}

/** What a step waits for. */
export function missingFor(
  step: SetUpStep,
  states: Record<SetUpStep, SetUpState>,
): readonly SetUpStep[] {
  return (NEEDS[step] ?? []).filter((needed) => states[needed] !== 'done');
}

/** The first step that can be done now; undefined: there is none. */
export function stepToDo(states: Record<SetUpStep, SetUpState>): SetUpStep | undefined {
  return SET_UP_STEPS.find((step) => states[step] === 'open');
}

export function isSetUpStep(text: string): text is SetUpStep {
  return SET_UP_STEPS.some((step) => step === text);
}

/** The first month of which there is something to invoice: both sides take part in it. */
export function firstMonthOf(
  operationBegins: string,
  points: readonly { direction: 'consumption' | 'production'; valid_from: string }[],
): string {
  const firstOf = (side: 'consumption' | 'production') =>
    points
      .filter(({ direction }) => direction === side)
      .map(({ valid_from }) => valid_from)
      .sort()[0] ?? operationBegins;
  const begins = [operationBegins, firstOf('consumption'), firstOf('production')].sort();
  return (begins.at(-1) ?? operationBegins).slice(0, 7);
}
