import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { monthWords } from '../messages/month';
import { bothBillsQuery } from '../queries/bills';
import { useLanguage, useWords } from '../words/language';
import { euros } from '../words/numbers';
import styles from './Month.module.css';

interface SavingProps {
  prm: string;
  /** A settled one: of others there are no bills yet. */
  month: string;
  number: number;
}

/** What the month cost less, or more, than with the supplier alone, and the way to both bills. */
export function Saving({ prm, month, number }: SavingProps) {
  const words = useWords(monthWords);
  const language = useLanguage();
  const { data: bills } = useQuery(bothBillsQuery(prm, month));
  const saving = bills?.saving_incl_vat_cents ?? 0;
  return (
    <p className={styles.weak}>
      {bills && (
        <>
          <strong className={styles.saving}>
            {bills.reference_offers.length > 0 && '≈ '}
            {euros(Math.abs(saving), language)}
          </strong>{' '}
          {saving >= 0 ? words.saved : words.notSaved}
        </>
      )}
      <span className={styles.way}>
        {bills && ' · '}
        <Link to="/bills/$month" params={{ month }} search={{ point: number }}>
          {bills ? words.toBills : words.compareBills}
        </Link>
      </span>
    </p>
  );
}
