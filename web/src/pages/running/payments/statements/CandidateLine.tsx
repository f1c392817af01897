import { statementWords } from '../../../../messages/running/paymentsStatements';
import shared from '../../../../parts/Together.module.css';
import { fullDay } from '../../../../words/dates';
import { useLanguage, useWords } from '../../../../words/language';
import type { Candidate, Direction } from '../../../../words/matching';
import { euros } from '../../../../words/numbers';
import styles from '../Payments.module.css';

interface CandidateLineProps {
  candidate: Candidate;
  /** Who sells it, where several do. */
  seller: string | undefined;
  direction: Direction;
  isChosen: boolean;
  onChoose: () => void;
}

/** What may be meant, and why. */
export function CandidateLine({
  candidate,
  seller,
  direction,
  isChosen,
  onChoose,
}: CandidateLineProps) {
  const words = useWords(statementWords);
  const language = useLanguage();
  const { invoice_id, number, customer_name, due_date, open_cents, reasons } = candidate;
  return (
    <label className={styles.candidate}>
      <input
        type="checkbox"
        name="invoice"
        value={invoice_id}
        checked={isChosen}
        onChange={onChoose}
      />
      <span>
        {[number, seller, customer_name].filter(Boolean).join(' · ')}
        <span className={shared.weak}>
          {` ${words[direction].due(fullDay(due_date, language))} `}
          <span className={styles.reasons}>
            {reasons.map((reason) => words.reasons[reason]).join(' · ')}
          </span>
        </span>
      </span>
      <span className={styles.sum}>{euros(Math.abs(open_cents), language)}</span>
    </label>
  );
}
