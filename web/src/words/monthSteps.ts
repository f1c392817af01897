import { stepWords } from '../messages/running/steps';
import type { OperationMonth } from '../queries/operationMonths';
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

/** Whether nothing is left to bill of a month that is closed, or invoices were issued. */
export function isBilled({ bills, settlement }: OperationMonth): boolean {
  return bills.issued > 0 || (bills.is_gift && settlement.status !== null);
}

/** How far a month has come, in words. */
export function stepsOf(month: OperationMonth, language: Language): Record<StepName, StepState> {
  return {
    data: dataState(month, language),
    shares: sharesState(month, language),
    settlement: settlementState(month, language),
    dso: dsoState(month, language),
    bills: billsState(month, language),
  };
}

/** The first step that is not done; undefined: all are. The DSO's results keep nobody waiting. */
export function stepToGo(steps: Record<StepName, StepState>): StepName | undefined {
  return STEPS.find((step) => step !== 'dso' && steps[step].tone !== 'done');
}

function dataState({ data }: OperationMonth, language: Language): StepState {
  const words = stepWords[language];
  if (data.state === 'complete') return { tone: 'done', word: words.complete };
  if (data.state === 'empty' || data.days === 0) return { tone: 'plain', word: words.noData };
  // What is nearly all is not called all.
  const part = Math.min((data.received + data.estimated) / data.days, 0.99);
  const word = data.missing === 0 ? words.completeSoFar : words.received(percent(part, language));
  return { tone: data.state === 'blocked' ? 'alert' : 'plain', word };
}

function sharesState({ shares }: OperationMonth, language: Language): StepState {
  const words = stepWords[language];
  const { state, days, statuses } = shares;
  if (statuses.waiting) return { tone: 'plain', word: words.sharing };
  if (state === 'empty') return { tone: 'plain', word: words.noData };
  if (state === 'complete') return { tone: 'done', word: words.allShared(days) };
  const word = words.shared(statuses.allocated ?? 0, days);
  return { tone: state === 'blocked' ? 'alert' : 'plain', word };
}

function settlementState(
  { month, shares, settlement }: OperationMonth,
  language: Language,
): StepState {
  const words = stepWords[language];
  if (settlement.state === 'blocked') return { tone: 'alert', word: words.outdated };
  if (settlement.state === 'partial') return { tone: 'plain', word: words.settlingAgain };
  if (settlement.status) return { tone: 'done', word: words[settlement.status] };
  if (!isOver(month)) return { tone: 'plain', word: words.notOver };
  return shares.state === 'complete'
    ? { tone: 'todo', word: words.toClose }
    : { tone: 'plain', word: words.blocked };
}

function dsoState({ dso_results }: OperationMonth, language: Language): StepState {
  const words = stepWords[language];
  if (dso_results.state === 'complete') return { tone: 'done', word: words.definitiveResults };
  if (dso_results.state === 'partial') return { tone: 'plain', word: words.provisionalResults };
  return { tone: 'plain', word: words.noResults };
}

function billsState({ settlement, bills }: OperationMonth, language: Language): StepState {
  const words = stepWords[language];
  const { state, drafts, issued, run_state } = bills;
  if (state === 'blocked') return { tone: 'alert', word: words.stopped };
  if (run_state === 'waiting' || run_state === 'issuing') {
    return { tone: 'plain', word: words.underWay };
  }
  if (drafts > 0 && issued > 0) {
    return { tone: 'alert', word: words.partly(issued, drafts + issued) };
  }
  if (drafts > 0) return { tone: 'todo', word: words.drafts(drafts) };
  if (issued > 0) return { tone: 'done', word: words.issued(issued) };
  // A run may be finished without a document: what it held back is carried to a later one.
  if (run_state === 'issued') return { tone: 'done', word: words.nothingIssued };
  if (bills.is_gift) return { tone: settlement.status ? 'done' : 'plain', word: words.gift };
  return settlement.status
    ? { tone: 'todo', word: words.notBilled }
    : { tone: 'plain', word: words.notYet };
}
