import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { deliveryWords } from '../../../messages/staff/deliveries';
import shared from '../../../parts/Together.module.css';
import { accountsQuery, nameOfSubject } from '../../../queries/accounts';
import type { Delivery } from '../../../queries/deliveries';
import { momentOf } from '../../../words/instants';
import { useLanguage, useWords } from '../../../words/language';
import { DeliveryChip } from './DeliveryChip';
import styles from './DeliveryLine.module.css';

/** A file that came, in two lines: what it is called, and what became of it. */
export function DeliveryLine({ delivery }: { delivery: Delivery }) {
  const words = useWords(deliveryWords);
  const language = useLanguage();
  const { id, file_name, received_at, received_by } = delivery;
  const sender = useSender(received_by);
  return (
    <>
      <div className={shared.line}>
        <h3 className={`${shared.title} ${styles.name}`}>
          <Link to="/staff/deliveries/$delivery" params={{ delivery: id }}>
            {file_name || id}
          </Link>
        </h3>
        <DeliveryChip status={delivery.status} />
      </div>
      <Counts delivery={delivery} />
      <p className={shared.weak}>{words.came(momentOf(received_at, language), sender)}</p>
    </>
  );
}

function Counts({ delivery: { counts, status } }: { delivery: Delivery }) {
  const words = useWords(deliveryWords);
  if (status !== 'recorded') return <p className={shared.weak}>{words.meaning[status]}</p>;
  return (
    <p className={shared.weak}>
      {words.counts(counts.records, counts.accepted, counts.duplicate)}
      {counts.quarantined > 0 && (
        <>
          {', '}
          <strong className={shared.alert}>{words.quarantined(counts.quarantined)}</strong>
        </>
      )}
    </p>
  );
}

/** Who sent a file: an account, a feed, or the watched folder. */
export function useSender(subject: string): string {
  const words = useWords(deliveryWords);
  const { data: accounts = [] } = useQuery(accountsQuery);
  return subject === 'inbox' ? words.inbox : nameOfSubject(accounts, subject);
}
