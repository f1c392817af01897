import { Link } from '@tanstack/react-router';
import { DeliveryLine } from '../../../parts/deliveries/DeliveryLine';
import type { Delivery } from '../../../queries/deliveries';
import { momentOf } from '../../../words/instants';
import { useLanguage } from '../../../words/language';

interface OwnDeliveryProps {
  operation: string;
  delivery: Delivery;
}

/** A file of one's own in a list. */
export function OwnDelivery({ operation, delivery }: OwnDeliveryProps) {
  const { id, file_name, received_at } = delivery;
  return (
    <DeliveryLine
      delivery={delivery}
      came={momentOf(received_at, useLanguage())}
      title={
        <Link to="/o/$operation/files/$delivery" params={{ operation, delivery: id }}>
          {file_name || id}
        </Link>
      }
    />
  );
}
