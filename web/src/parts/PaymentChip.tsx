import { paymentWords } from '../messages/payment';
import type { Payment } from '../queries/invoices';
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

/** The state of a payment in a word or two. */
export function PaymentChip({ state }: { state: Payment['state'] }) {
  const words = useWords(paymentWords);
  return <span className={`${styles.chip} ${TONES[state] ?? ''}`}>{words.short[state]}</span>;
}
