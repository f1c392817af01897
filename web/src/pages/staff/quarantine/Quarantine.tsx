import { useQuery } from '@tanstack/react-query';
import { Link, useSearch } from '@tanstack/react-router';
import { quarantineWords } from '../../../messages/staff/quarantine';
import { Answer } from '../../../parts/Answer';
import { Heading } from '../../../parts/Heading';
import shared from '../../../parts/Together.module.css';
import { deliveryQuery } from '../../../queries/deliveries';
import { type CodeCount, codeCountsQuery } from '../../../queries/quarantine';
import { useWords } from '../../../words/language';
import { QUARANTINE_STATES } from '../../../words/staffSearches';
import { Filters } from '../Filters';
import { ByCode } from './ByCode';
import { Records } from './Records';

/** What was kept out of all files, or of one, and what is to be decided on it. */
export function Quarantine() {
  const words = useWords(quarantineWords);
  const { delivery } = useSearch({ from: '/inside/staff/quarantine' });
  const query = useQuery(codeCountsQuery(delivery));
  return (
    <>
      <Heading>{words.title}</Heading>
      <p className={shared.lead}>{words.lead}</p>
      {delivery && <OfDelivery id={delivery} />}
      <Answer query={query}>
        {(counts) => (counts.length === 0 ? <p>{words.noneAtAll}</p> : <Chosen counts={counts} />)}
      </Answer>
    </>
  );
}

function Chosen({ counts }: { counts: readonly CodeCount[] }) {
  const search = useSearch({ from: '/inside/staff/quarantine' });
  return (
    <>
      <ByCode counts={counts} />
      <States />
      {/* Anew for other ones: what was chosen is not among them. */}
      <Records key={JSON.stringify(search)} />
    </>
  );
}

/** Which file these are of, and the way to those of all. */
function OfDelivery({ id }: { id: string }) {
  const words = useWords(quarantineWords);
  const { data: delivery } = useQuery(deliveryQuery(id));
  return (
    <p>
      {words.ofDelivery}{' '}
      <Link to="/staff/deliveries/$delivery" params={{ delivery: id }}>
        {delivery?.file_name || id}
      </Link>{' '}
      ·{' '}
      <Link to="/staff/quarantine" search={(search) => ({ ...search, delivery: undefined })}>
        {words.allDeliveries}
      </Link>
    </p>
  );
}

function States() {
  const words = useWords(quarantineWords);
  const { state: chosen } = useSearch({ from: '/inside/staff/quarantine' });
  return (
    <Filters label={words.whichState}>
      {QUARANTINE_STATES.map((state) => [
        state,
        <Link
          key={state}
          to="/staff/quarantine"
          search={(search) => ({ ...search, state: state === 'open' ? undefined : state })}
          aria-current={state === (chosen ?? 'open') ? 'true' : undefined}
        >
          {words.states[state]}
        </Link>,
      ])}
    </Filters>
  );
}
