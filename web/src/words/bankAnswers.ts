import type { bankFileWords } from '../messages/running/bankFiles';
import { bankReason } from './bankReasons';
import { fullDay } from './dates';
import type { Language } from './language';

/** What a bank has said of an order: of a direct debit, whose money is received, or of a transfer. */
export interface BankAnswer {
  received_on?: string | null;
  executed_on?: string | null;
  returned_on: string | null;
  cancelled_on: string | null;
  return_reason: string | null;
}

interface BankFile {
  cancelled_on: string | null;
  items: readonly BankAnswer[];
}

/** The bank has not answered. */
export function isWaiting(order: BankAnswer): boolean {
  return !doneOn(order) && !order.returned_on && !order.cancelled_on;
}

/** Whether the bank may never have got a file: then it may be cancelled. */
export function isUnanswered({ cancelled_on, items }: BankFile): boolean {
  return cancelled_on === null && items.every((order) => !doneOn(order) && !order.return_reason);
}

/** What became of an order. */
export function answerOf(
  order: BankAnswer,
  words: (typeof bankFileWords)['fr'],
  language: Language,
): string {
  const { returned_on, cancelled_on, return_reason } = order;
  const kind = order.received_on === undefined ? 'transfer' : 'debit';
  const why = return_reason ? bankReason(return_reason, language) : words.unknownReason;
  const done = doneOn(order);
  if (returned_on) return words.returned[kind](fullDay(returned_on, language), why);
  if (done) return words.done[kind](fullDay(done, language));
  if (cancelled_on && return_reason) return words.rejected(fullDay(cancelled_on, language), why);
  if (cancelled_on) return words.cancelled(fullDay(cancelled_on, language));
  return words.waits;
}

function doneOn({ received_on, executed_on }: BankAnswer): string | null {
  return received_on ?? executed_on ?? null;
}
