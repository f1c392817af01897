import { canonical } from '../counting/seal';
import type { Key } from '../queries/keys';
import type { Outcome, Simulation, SimulationIn } from '../queries/simulations';
import { dayLater, monthLater } from './dates';
import { kindOf } from './keyForms';

/** So many can be compared at once. */
export const MOST_SCENARIOS = 10;
const MOST_LETTERS = 80;

type Scenario = SimulationIn['scenarios'][number];

/** Keys that can be tried on days that are over: the others get their numbers month by month. */
export function comparable(keys: readonly Key[]): Key[] {
  return keys.filter(({ definition, state }) => {
    const kind = kindOf(definition);
    const isByFile = kind === 'dynamic' || kind === 'full_dynamic';
    return kind !== null && !isByFile && !['active', 'superseded'].includes(state);
  });
}

/** Named as the platform takes it, and each once. */
export function scenariosNamed(scenarios: readonly Scenario[]): Scenario[] {
  const names = new Set<string>();
  return scenarios.map((scenario) => {
    const plain = scenario.name.replace(/^[^\p{L}\p{N}]+/u, '').slice(0, MOST_LETTERS - 5) || 'Clé';
    let name = plain;
    for (let count = 2; names.has(name); count += 1) name = `${plain} (${count})`;
    names.add(name);
    return { ...scenario, name };
  });
}

/** The same part for each point. */
export function equalShares(prms: readonly string[]): Key['definition'] {
  const share = String(Math.floor(10_000 / Math.max(1, prms.length)) / 10_000);
  return {
    type: 'static',
    shares: Object.fromEntries(prms.map((prm) => [prm, share])),
    redistribute: false,
  };
}

/** The months that can be compared, the last one first: those that are over, a few years of them. */
export function monthsOver(firstMonth: string, lastMonth: string): string[] {
  const months: string[] = [];
  for (let month = lastMonth; month >= firstMonth && months.length < 36; ) {
    months.push(month);
    month = monthLater(month, -1);
  }
  return months;
}

/** Days of whole months; the longest that can be computed is a year. */
export function periodOf(from: string, to: string): { from_day: string; to_day: string } {
  const [first = from, last = to] = [from, to].sort();
  const end = `${monthLater(last, 1)}-01`;
  const yearBefore = `${monthLater(last, -11)}-01`;
  const begin = `${first}-01`;
  return { from_day: begin < yearBefore ? yearBefore : begin, to_day: end };
}

/** A scenario or a proposal of a comparison. */
export interface Compared {
  outcome: Outcome;
  isProposal: boolean;
  /** null: those in force on each day, or one with numbers in a file. */
  definition: Key['definition'] | null;
}

/** Scenarios, then proposals. */
export function comparedIn({ request, result }: Simulation): Compared[] {
  const asked = (request.scenarios ?? []) as Scenario[];
  const scenarios = (result?.scenarios ?? []).map((outcome, place) => {
    const { key, coefficients_csv } = asked[place] ?? {};
    return { outcome, isProposal: false, definition: coefficients_csv ? null : (key ?? null) };
  });
  const proposals = (result?.proposals ?? []).map(({ outcome, definition }) => ({
    outcome,
    isProposal: true,
    definition,
  }));
  return [...scenarios, ...proposals];
}

/** The one to look at first, beside the first one: what was proposed, else the last. */
export function lookedAt(compared: readonly Compared[], chosen: number | undefined): number {
  if (chosen !== undefined && chosen < compared.length) return chosen;
  const proposed = compared.findIndex(({ isProposal }) => isProposal);
  return proposed > 0 ? proposed : compared.length - 1;
}

/** The key of an operation that says the same. */
export function keyLike(definition: Key['definition'], keys: readonly Key[]): Key | undefined {
  const text = canonical(definition);
  return keys.find((key) => key.state !== 'superseded' && canonical(key.definition) === text);
}

export interface MemberChange {
  prm: string;
  before: number | null;
  after: number | null;
  savingCents: number;
}

/** Less than a tenth of a percent is no change that anybody sees. */
const SAME = 0.0005;

/** Of points that are in both, who gains the most first. Who uses nothing is last. */
export function changesBetween(first: Outcome, then: Outcome): MemberChange[] {
  const before = new Map(first.consumers.map((consumer) => [consumer.prm, consumer]));
  const changes = then.consumers.map(({ prm, coverage, savings_cents }) => ({
    prm,
    before: before.get(prm)?.coverage ?? null,
    after: coverage,
    savingCents: savings_cents - (before.get(prm)?.savings_cents ?? 0),
  }));
  return changes.sort((one, other) => gainOf(other) - gainOf(one));
}

export function countChanges(changes: readonly MemberChange[]) {
  const gains = changes.map(gainOf).filter(Number.isFinite);
  const better = gains.filter((gain) => gain > SAME).length;
  const worse = gains.filter((gain) => gain < -SAME).length;
  return { better, worse, same: changes.length - better - worse };
}

function gainOf({ before, after }: MemberChange): number {
  return before === null || after === null ? Number.NEGATIVE_INFINITY : after - before;
}

/** The days of a simulation's request: from the first to the last. */
export function daysOf({ request }: Simulation): { from: string; last: string } | null {
  const { from_day, to_day } = (request.base ?? {}) as { from_day?: string; to_day?: string };
  return from_day && to_day ? { from: from_day, last: dayLater(to_day, -1) } : null;
}
