import { stepWords } from '../messages/running/steps';
import type { StepCounts } from '../queries/completeness';
import type { InvoiceSummary } from '../queries/invoices';
import type { DsoResults, Settlement } from '../queries/settlements';
import type { MonthDays } from '../queries/shares';
import { monthAt } from './dates';
import type { Language } from './language';
import { percent } from './numbers';

/** What a month goes through, in this order. */
export const STEPS = ['data', 'shares', 'settlement', 'dso', 'bills'] as const;
export type StepName = (typeof STEPS)[number];

/** A step of a month in a word or two. todo: there is a button for it; alert: something is in the way. */
export interface StepState {
  tone: 'done' | 'todo' | 'alert' | 'plain';
  word: string;
}

/** Whether a month is over in Paris. */
export function isOver(month: string, now = new Date()): boolean {
  return month < monthAt(now);
}

export function dataState(
  { expected, missing }: StepCounts,
  month: string,
  language: Language,
): StepState {
  const words = stepWords[language];
  if (expected === 0) return { tone: 'plain', word: words.noData };
  if (missing === 0) return { tone: isOver(month) ? 'done' : 'plain', word: words.complete };
  const part = Math.min((expected - missing) / expected, 0.99);
  return { tone: isOver(month) ? 'alert' : 'plain', word: words.received(percent(part, language)) };
}

export function sharesState({ days, month, pending }: MonthDays, language: Language): StepState {
  const words = stepWords[language];
  const shared = days.filter(({ status }) => status === 'allocated').length;
  if (pending > 0) return { tone: 'plain', word: words.sharing };
  if (days.length === 0) return { tone: 'plain', word: words.noData };
  if (shared < days.length) {
    const word = words.shared(shared, days.length);
    return { tone: isOver(month) ? 'alert' : 'plain', word };
  }
  return { tone: isOver(month) ? 'done' : 'plain', word: words.allShared(shared) };
}

export function settlementState(
  settlements: readonly Settlement[],
  { days, month }: MonthDays,
  language: Language,
): StepState {
  const words = stepWords[language];
  const last = settlements.at(-1);
  if (last?.outdated) return { tone: 'alert', word: words.outdated };
  if (last) return { tone: 'done', word: words[last.status] };
  if (!isOver(month)) return { tone: 'plain', word: words.notOver };
  const isReady = days.length > 0 && days.every(({ status }) => status === 'allocated');
  return isReady ? { tone: 'todo', word: words.toClose } : { tone: 'alert', word: words.blocked };
}

export function dsoState({ curves, energies }: DsoResults, language: Language): StepState {
  const words = stepWords[language];
  const results = [...curves, ...energies];
  if (results.length === 0) return { tone: 'plain', word: words.noResults };
  return results.every(({ definitive }) => definitive)
    ? { tone: 'done', word: words.definitiveResults }
    : { tone: 'plain', word: words.provisionalResults };
}

export function billsState(
  documents: readonly Pick<InvoiceSummary, 'state'>[],
  settlements: readonly Settlement[],
  language: Language,
): StepState {
  const words = stepWords[language];
  const issued = documents.filter(({ state }) => state === 'issued').length;
  if (documents.length === 0) {
    if (settlements.length === 0) return { tone: 'plain', word: words.notYet };
    return { tone: 'todo', word: words.notBilled };
  }
  if (issued === documents.length) return { tone: 'done', word: words.issued(issued) };
  if (issued === 0) return { tone: 'todo', word: words.drafts(documents.length) };
  return { tone: 'alert', word: words.partly(issued, documents.length) };
}
