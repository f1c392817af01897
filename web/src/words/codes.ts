import { Problem } from '../api/problem';
import { type About, type AnomalyCode, codeWords } from '../messages/running/codes';
import type { BlockerCode } from '../queries/runs';
import { capitalized } from './capitals';
import { monthName } from './dates';
import { daysText } from './dayRanges';
import type { Language } from './language';
import type { StepName } from './monthSteps';
import type { Names } from './pointNames';

/** A blocker or an anomaly as the API gives it: a code, words in English, what it is about. */
export type Told = Record<string, unknown>;

/** The steps of a month where what a code says is mended. */
const MENDED_BY: Partial<Record<BlockerCode, StepName>> = {
  'settlement-missing': 'settlement',
  'readings-incomplete': 'data',
  'key-missing': 'shares',
  'allocation-failed': 'shares',
  'energy-unbalanced': 'settlement',
};

/** The other pages of an operation where what a code says is mended. */
export type BillsPage = 'prices' | 'taxes' | 'seller' | 'members';

const MENDED_ON: Partial<Record<BlockerCode, BillsPage>> = {
  'price-missing': 'prices',
  'hours-unknown': 'prices',
  'identity-missing': 'seller',
  'siren-missing': 'seller',
  'mandate-missing': 'seller',
  'vat-regime-conflict': 'seller',
  'participation-unknown': 'members',
  'member-unknown': 'members',
  'accise-undecided': 'taxes',
  'accise-category-missing': 'taxes',
};

/** Why something is not invoiced, in the reader's words; in the API's own for a code without words. */
export function blockerText(told: Told, names: Names, language: Language): string {
  const words = codeWords[language].blockers[told.code as BlockerCode];
  return words ? sentence(words(aboutOf(told, names, language))) : String(told.detail ?? told.code);
}

/** The same of what is to be looked at. */
export function anomalyText(told: Told, names: Names, language: Language): string {
  const words = codeWords[language].anomalies[told.code as AnomalyCode];
  return words ? words(aboutOf(told, names, language)) : String(told.detail ?? told.code);
}

/** What a refusal says keeps a month from being drafted; undefined: it is about something else. */
export function draftBlockers(error: Error | null): readonly Told[] | undefined {
  if (!(error instanceof Problem) || error.slug !== 'drafts-blocked') return undefined;
  return error.facts.blockers as Told[];
}

/** Where a blocker is mended on this page; undefined: elsewhere. */
export function mendedBy(told: Told): StepName | undefined {
  return MENDED_BY[told.code as BlockerCode];
}

/** Where it is mended on the pages about bills, and of whom; undefined: elsewhere. */
export function mendedOn(told: Told): { page: BillsPage; member: string } | undefined {
  const page = MENDED_ON[told.code as BlockerCode];
  return page && { page, member: String(told.member_id ?? '') };
}

/** It may begin with a month, and end with the abbreviation of one. */
function sentence(text: string): string {
  return capitalized(text).replace(/\.\.$/, '.');
}

function aboutOf(told: Told, names: Names, language: Language): About {
  const { prm, producer, member_id, days, month } = told;
  const point = prm ?? producer;
  return {
    point: typeof point === 'string' ? names.ofPoint(point) : '',
    member: typeof member_id === 'string' ? names.ofMember(member_id) : '',
    days: Array.isArray(days) ? daysText(days.map(String), language) : '',
    month: typeof month === 'string' ? monthName(month, language) : '',
  };
}
