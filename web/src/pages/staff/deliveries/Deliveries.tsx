import { useInfiniteQuery } from '@tanstack/react-query';
import { Link, useSearch } from '@tanstack/react-router';
import { deliveryWords } from '../../../messages/deliveries';
import { Answer } from '../../../parts/Answer';
import { Sending } from '../../../parts/deliveries/Sending';
import { Heading } from '../../../parts/Heading';
import { More } from '../../../parts/More';
import shared from '../../../parts/Together.module.css';
import { deliveriesQuery } from '../../../queries/deliveries';
import { useWords } from '../../../words/language';
import { STATUSES } from '../../../words/staffSearches';
import { Filters } from '../Filters';
import { DeliveryLine } from './DeliveryLine';

/** Files that came, and the place to send some. */
export function Deliveries() {
  const words = useWords(deliveryWords);
  return (
    <>
      <Heading>{words.title}</Heading>
      <p className={shared.lead}>{words.lead}</p>
      <ul className={shared.list}>
        <li>
          <Link to="/staff/quarantine">{words.allKeptOut}</Link>
        </li>
        <li>
          <Link to="/staff/missing">{words.expected}</Link>
        </li>
        <li>
          <Link to="/staff/feeds">{words.programs}</Link>
        </li>
      </ul>
      <Sending>{(delivery) => <DeliveryLine delivery={delivery} />}</Sending>
      <h2>{words.list}</h2>
      <Which />
      <Listed />
    </>
  );
}

function Which() {
  const words = useWords(deliveryWords);
  const { status: chosen } = useSearch({ from: '/inside/staff/deliveries' });
  return (
    <Filters label={words.which}>
      {[undefined, ...STATUSES].map((status) => [
        status ?? 'all',
        <Link
          key={status ?? 'all'}
          to="/staff/deliveries"
          search={status ? { status } : {}}
          aria-current={status === chosen ? 'true' : undefined}
        >
          {status ? words.states[status] : words.all}
        </Link>,
      ])}
    </Filters>
  );
}

function Listed() {
  const words = useWords(deliveryWords);
  const { status } = useSearch({ from: '/inside/staff/deliveries' });
  const query = useInfiniteQuery(deliveriesQuery(status));
  return (
    <>
      <Answer query={query}>
        {({ pages }) => {
          const deliveries = pages.flat();
          if (deliveries.length === 0) return <p>{words.none}</p>;
          return (
            <ul className={shared.list}>
              {deliveries.map((delivery) => (
                <li key={delivery.id}>
                  <DeliveryLine delivery={delivery} />
                </li>
              ))}
            </ul>
          );
        }}
      </Answer>
      <More query={query}>{words.more}</More>
    </>
  );
}
