import { invoiceWords } from '../../messages/invoice';
import facts from '../../parts/Facts.module.css';
import type { Payment, Side } from '../../queries/invoices';
import { fullDay } from '../../words/dates';
import { useLanguage, useWords } from '../../words/language';
import { euros } from '../../words/numbers';

/** What became of a transfer that pays back what was overpaid. */
export function PaidBack({ refund, side }: { refund: Payment['refund']; side: Side }) {
  const words = useWords(invoiceWords).refund[side];
  const language = useLanguage();
  if (!refund) return null;
  const { day, amount_cents, executed_on, refused_on } = refund;
  const sum = euros(amount_cents, language);
  const told = refused_on
    ? words.refused(sum, fullDay(refused_on, language))
    : executed_on
      ? words.made(sum, fullDay(executed_on, language))
      : words.waits(sum, fullDay(day, language));
  return <p className={facts.lead}>{told}</p>;
}
