import { useQuery } from '@tanstack/react-query';
import { Button, DropZone, FileTrigger } from 'react-aria-components';
import { deliveryWords } from '../../../messages/staff/deliveries';
import { Card } from '../../../parts/Card';
import go from '../../../parts/Go.module.css';
import { Refusal } from '../../../parts/Refusal';
import shared from '../../../parts/Together.module.css';
import { type Delivery, deliveryQuery } from '../../../queries/deliveries';
import { useLanguage, useWords } from '../../../words/language';
import { sizeOf } from '../../../words/sizes';
import { DeliveryLine } from './DeliveryLine';
import styles from './Sending.module.css';
import { type SendingFile, useSendings } from './sendings';

/** Where files are dropped or chosen, and how far each of them is. */
export function Sending() {
  const words = useWords(deliveryWords);
  const [sendings, send] = useSendings();
  return (
    <Card title={words.send}>
      <DropZone
        className={styles.zone ?? ''}
        aria-label={words.send}
        onDrop={async ({ items }) => {
          const dropped = items.filter((item) => item.kind === 'file');
          send(await Promise.all(dropped.map((item) => item.getFile())));
        }}
      >
        <p>{words.sendHelp}</p>
        <FileTrigger allowsMultiple onSelect={(files) => send([...(files ?? [])])}>
          <Button className={go.go ?? ''}>{words.choose}</Button>
        </FileTrigger>
      </DropZone>
      {sendings.length > 0 && (
        <>
          <h3 className={shared.part}>{words.sent}</h3>
          <ul className={shared.list} aria-live="polite">
            {sendings.map((sending) => (
              <li key={sending.number}>
                <OneFile sending={sending} />
              </li>
            ))}
          </ul>
        </>
      )}
    </Card>
  );
}

function OneFile({ sending }: { sending: SendingFile }) {
  const words = useWords(deliveryWords);
  const language = useLanguage();
  const { name, size, sent, delivery, error } = sending;
  if (delivery) return <Kept delivery={delivery} />;
  return (
    <>
      <strong className={styles.name}>{name}</strong>
      {!error && sent === null && <p className={shared.weak}>{words.waitsToBeSent}</p>}
      {!error && sent !== null && (
        <div className={styles.way}>
          <progress value={sent} aria-label={words.sending(name)} />
          <span className={shared.weak}>
            {words.partSent(sizeOf(sent * size, language), sizeOf(size, language))}
          </span>
        </div>
      )}
      <Refusal error={error} />
    </>
  );
}

/** It was kept; what became of it is asked for until it was read. */
function Kept({ delivery }: { delivery: Delivery }) {
  const words = useWords(deliveryWords);
  const query = useQuery({ ...deliveryQuery(delivery.id), initialData: delivery });
  return (
    <>
      <DeliveryLine delivery={query.data} />
      {delivery.already_received && <p>{words.already}</p>}
    </>
  );
}
