import { paymentNoticeWords } from '../../messages/paymentNotices';
import type { PaymentNotice } from '../../queries/paymentNotices';
import { fullDay } from '../../words/dates';
import type { Language } from '../../words/language';
import { euros } from '../../words/numbers';

/** What a notice asks for: what a debit under way takes is said beside it, if it is not all. */
export function askedCents({ payable_cents, announced_cents }: PaymentNotice): number {
  return payable_cents || announced_cents;
}

/** The largest number of its page: what it asks for, or its total once all of it is settled. */
export function figureCents(notice: PaymentNotice): number {
  return askedCents(notice) || (notice.elsewhere_cents > 0 ? 0 : notice.total_cents);
}

/** What became of a notice, and what its customer has to do. */
export function noticeSentence(notice: PaymentNotice, language: Language): string {
  const words = paymentNoticeWords[language];
  const { state, total_cents, payable_cents, announced_cents, elsewhere_cents } = notice;
  const { due_date, debit } = notice;
  const asked_cents = askedCents(notice);
  const asked = euros(asked_cents, language);
  const sentences =
    asked_cents === 0 || asked_cents === total_cents
      ? []
      : [words.leftOf(asked, euros(total_cents, language))];
  if (debit?.day) {
    const debited = payable_cents > 0 ? words.debitedFrom : words.debited;
    sentences.push(debited(asked, fullDay(debit.day, language)));
  } else if (debit?.least_cents && debit.alone_from) {
    const least = euros(debit.least_cents, language);
    sentences.push(words.debitedWithAnother(least, fullDay(debit.alone_from, language)));
  } else if (due_date) {
    const due = fullDay(due_date, language);
    sentences.push(state === 'overdue' ? words.late(due) : words.toPay(due));
  } else {
    sentences.push(elsewhere_cents > 0 ? words.settledHere : words.settled);
  }
  if (payable_cents > 0 && announced_cents > 0)
    sentences.push(words.beside(euros(announced_cents, language)));
  if (elsewhere_cents > 0) sentences.push(words.elsewhere(euros(elsewhere_cents, language)));
  return sentences.join(' ');
}
