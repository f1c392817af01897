import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { deliveryWords } from '../../../messages/deliveries';
import { DeliveryLine as Line } from '../../../parts/deliveries/DeliveryLine';
import { accountsQuery, nameOfSubject } from '../../../queries/accounts';
import type { Delivery } from '../../../queries/deliveries';
import { momentOf } from '../../../words/instants';
import { useLanguage, useWords } from '../../../words/language';

/** A file, with who sent it and the way to its page. */
export function DeliveryLine({ delivery }: { delivery: Delivery }) {
  const words = useWords(deliveryWords);
  const { id, file_name, received_at, received_by } = delivery;
  const came = words.came(momentOf(received_at, useLanguage()), useSender(received_by));
  return (
    <Line
      delivery={delivery}
      came={came}
      title={
        <Link to="/staff/deliveries/$delivery" params={{ delivery: id }}>
          {file_name || id}
        </Link>
      }
    />
  );
}

/** Who sent a file: an account, a feed, or the watched folder. */
export function useSender(subject: string): string {
  const words = useWords(deliveryWords);
  const { data: accounts = [] } = useQuery(accountsQuery);
  return subject === 'inbox' ? words.inbox : nameOfSubject(accounts, subject);
}
