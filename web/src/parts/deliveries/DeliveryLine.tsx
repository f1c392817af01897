import type { ReactNode } from 'react';
import { deliveryWords } from '../../messages/deliveries';
import type { Delivery } from '../../queries/deliveries';
import { useWords } from '../../words/language';
import shared from '../Together.module.css';
import { DeliveryChip } from './DeliveryChip';
import styles from './DeliveryLine.module.css';

interface DeliveryLineProps {
  delivery: Delivery;
  /** Its name, with the way to its page. */
  title: ReactNode;
  /** When it came, and from whom. */
  came: string;
}

/** A file that came, in a few lines: what it is called, and what became of it. */
export function DeliveryLine({ delivery, title, came }: DeliveryLineProps) {
  return (
    <>
      <div className={shared.line}>
        <h3 className={`${shared.title} ${styles.name}`}>{title}</h3>
        <DeliveryChip status={delivery.status} />
      </div>
      <Counts delivery={delivery} />
      <p className={shared.weak}>{came}</p>
    </>
  );
}

function Counts({ delivery: { counts, status } }: { delivery: Delivery }) {
  const words = useWords(deliveryWords);
  if (status !== 'recorded') return <p className={shared.weak}>{words.meaning[status]}</p>;
  return (
    <p className={shared.weak}>
      {words.counts(counts.records, counts.accepted, counts.duplicate)}
      {counts.held > 0 && `, ${words.heldOf(counts.held)}`}
      {counts.quarantined > 0 && (
        <>
          {', '}
          <strong className={shared.alert}>{words.quarantined(counts.quarantined)}</strong>
        </>
      )}
    </p>
  );
}
