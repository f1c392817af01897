import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { deliveryWords } from '../../../messages/deliveries';
import { BackToDeliveries } from '../../../parts/Back';
import { Card } from '../../../parts/Card';
import { Counts } from '../../../parts/deliveries/Counts';
import { DeliveryChip } from '../../../parts/deliveries/DeliveryChip';
import facts from '../../../parts/Facts.module.css';
import go from '../../../parts/Go.module.css';
import { Heading } from '../../../parts/Heading';
import { PageAnswer } from '../../../parts/PageAnswer';
import shared from '../../../parts/Together.module.css';
import { type Delivery, deliveryQuery } from '../../../queries/deliveries';
import { momentOf } from '../../../words/instants';
import { colon, useLanguage, useWords } from '../../../words/language';
import { sizeOf } from '../../../words/sizes';
import { useSender } from './DeliveryLine';

/** A file: how it came, and what was taken of it. */
export function OneDelivery() {
  const { delivery: id } = useParams({ from: '/inside/staff/deliveries/$delivery' });
  const query = useQuery(deliveryQuery(id));
  return (
    <>
      <BackToDeliveries />
      <PageAnswer query={query}>
        {(delivery) => (
          <>
            <Heading>{delivery.file_name || delivery.id}</Heading>
            <State delivery={delivery} />
            {delivery.status === 'recorded' && <Content delivery={delivery} />}
            <Facts delivery={delivery} />
            <Notes delivery={delivery} />
          </>
        )}
      </PageAnswer>
    </>
  );
}

function State({ delivery: { status, problem } }: { delivery: Delivery }) {
  const words = useWords(deliveryWords);
  const language = useLanguage();
  return (
    <div role="status">
      <p>
        <DeliveryChip status={status} />
      </p>
      <p>{words.meaning[status]}</p>
      {problem && (
        <p>
          {words.problem + colon(language)}
          <span lang="en">{problem}</span>
        </p>
      )}
    </div>
  );
}

const SHOWN = [
  'records',
  'accepted',
  'superseding',
  'held',
  'duplicate',
  'outdated',
  'quarantined',
] as const;

function Content({ delivery: { id, counts } }: { delivery: Delivery }) {
  const words = useWords(deliveryWords);
  return (
    <Card title={words.content}>
      <Counts counts={counts} shown={SHOWN} />
      {counts.quarantined > 0 && (
        <Link className={go.go} to="/staff/quarantine" search={{ delivery: id }}>
          {words.toQuarantine}
        </Link>
      )}
    </Card>
  );
}

function Facts({ delivery }: { delivery: Delivery }) {
  const words = useWords(deliveryWords);
  const language = useLanguage();
  const { formats, byte_count, channel, received_at, received_by, recorded_at } = delivery;
  const sender = useSender(received_by);
  return (
    <Card title={words.facts}>
      <dl className={facts.told}>
        {formats.length > 0 && (
          <>
            <dt>{words.formats}</dt>
            <dd>{formats.join(', ')}</dd>
          </>
        )}
        <dt>{words.size}</dt>
        <dd>{sizeOf(byte_count, language)}</dd>
        <dt>{words.channel}</dt>
        <dd>{words.channels[channel]}</dd>
        <dt>{words.received}</dt>
        <dd>{words.came(momentOf(received_at, language), sender)}</dd>
        {recorded_at && (
          <>
            <dt>{words.recorded}</dt>
            <dd>{momentOf(recorded_at, language)}</dd>
          </>
        )}
      </dl>
    </Card>
  );
}

function Notes({ delivery: { notes } }: { delivery: Delivery }) {
  const words = useWords(deliveryWords);
  if (notes.length === 0) return null;
  return (
    <Card title={words.notes}>
      <p className={shared.weak}>{words.notesHelp}</p>
      <ul lang="en">
        {notes.map((note) => (
          <li key={note}>{note}</li>
        ))}
      </ul>
    </Card>
  );
}
