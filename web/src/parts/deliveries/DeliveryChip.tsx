import { deliveryWords } from '../../messages/deliveries';
import type { DeliveryStatus } from '../../queries/deliveries';
import { useWords } from '../../words/language';
import chips from '../Chip.module.css';
import { Icon } from '../Icon';
import styles from './DeliveryChip.module.css';

/** Where a file is, in a word. */
export function DeliveryChip({ status }: { status: DeliveryStatus }) {
  const words = useWords(deliveryWords);
  if (status === 'refused' || status === 'failed') {
    return (
      <span className={styles.alert}>
        <Icon name="alert" /> {words.states[status]}
      </span>
    );
  }
  return <span className={chips.chip}>{words.states[status]}</span>;
}
