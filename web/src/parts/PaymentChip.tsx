import { paymentWords } from '../messages/payment';
import type { Payment, Side } from '../queries/invoices';
import { useWords } from '../words/language';
import styles from './PaymentChip.module.css';

const TONES: Partial<Record<Payment['state'], string | undefined>> = {
  paid: styles.done,
  overdue: styles.alert,
  rejected: styles.alert,
  open: styles.waiting,
  partly: styles.waiting,
  announced: styles.waiting,
};

/** The state of a payment in a word or two, for who pays or who is paid. */
export function PaymentChip({ state, side }: { state: Payment['state']; side: Side }) {
  const words = useWords(paymentWords);
  const word = side === 'sold' && state === 'open' ? words.expected : words.short[state];
  return <span className={TONES[state] ?? styles.plain}>{word}</span>;
}
