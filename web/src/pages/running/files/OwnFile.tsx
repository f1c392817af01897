import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { deliveryWords } from '../../../messages/deliveries';
import { fileWords } from '../../../messages/running/files';
import { BackToFiles } from '../../../parts/Back';
import { Card } from '../../../parts/Card';
import { Counts } from '../../../parts/deliveries/Counts';
import { DeliveryChip } from '../../../parts/deliveries/DeliveryChip';
import facts from '../../../parts/Facts.module.css';
import { Heading } from '../../../parts/Heading';
import { PageAnswer } from '../../../parts/PageAnswer';
import { type Delivery, deliveryQuery } from '../../../queries/deliveries';
import { momentOf } from '../../../words/instants';
import { useLanguage, useWords } from '../../../words/language';
import { sizeOf } from '../../../words/sizes';
import { KeptOut } from './KeptOut';

/** A file that one has sent: what was taken of it, and what was not, and why. */
export function OwnFile() {
  const { operation, delivery: id } = useParams({
    from: '/inside/o/$operation/files/$delivery',
  });
  const query = useQuery(deliveryQuery(id));
  return (
    <>
      <BackToFiles operation={operation} />
      <PageAnswer query={query}>
        {(delivery) => (
          <>
            <Heading>{delivery.file_name || delivery.id}</Heading>
            <State delivery={delivery} />
            {delivery.status === 'recorded' && <Content delivery={delivery} />}
            {delivery.counts.quarantined > 0 && <KeptOut delivery={delivery} />}
          </>
        )}
      </PageAnswer>
    </>
  );
}

function State({ delivery }: { delivery: Delivery }) {
  const words = useWords(deliveryWords);
  const { refused } = useWords(fileWords);
  const language = useLanguage();
  const { status, received_at, byte_count, formats } = delivery;
  return (
    <div role="status">
      <p>
        <DeliveryChip status={status} />
      </p>
      <p>{status === 'refused' ? refused : words.meaning[status]}</p>
      <dl className={facts.told}>
        <dt>{words.received}</dt>
        <dd>{momentOf(received_at, language)}</dd>
        <dt>{words.size}</dt>
        <dd>{sizeOf(byte_count, language)}</dd>
        {formats.length > 0 && (
          <>
            <dt>{words.formats}</dt>
            <dd>{formats.join(', ')}</dd>
          </>
        )}
      </dl>
    </div>
  );
}

/** Counts that add up to all of the file. */
function Content({ delivery: { counts } }: { delivery: Delivery }) {
  const words = useWords(deliveryWords);
  return (
    <Card title={words.content}>
      <Counts counts={counts} shown={['records', 'accepted', 'held', 'duplicate', 'quarantined']} />
    </Card>
  );
}
