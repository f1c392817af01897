import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { deliveryWords } from '../../messages/deliveries';
import { type Delivery, deliveryQuery } from '../../queries/deliveries';
import { useLanguage, useWords } from '../../words/language';
import { sizeOf } from '../../words/sizes';
import { Card } from '../Card';
import { DropZone } from '../DropZone';
import { Refusal } from '../Refusal';
import shared from '../Together.module.css';
import styles from './Sending.module.css';
import { type SendingFile, useSendings } from './sendings';

interface SendingProps {
  /** A file that was sent, as the page around shows files. */
  children: (delivery: Delivery) => ReactNode;
}

/** Where files are dropped or chosen, and how far each of them is. */
export function Sending({ children }: SendingProps) {
  const words = useWords(deliveryWords);
  const [sendings, send] = useSendings();
  return (
    <Card title={words.send}>
      <DropZone
        label={words.send}
        help={words.sendHelp}
        choose={words.choose}
        isFirst
        onFiles={send}
      />
      {sendings.length > 0 && (
        <>
          <h3 className={shared.part}>{words.sent}</h3>
          <ul className={shared.list}>
            {sendings.map((sending) => (
              <li key={sending.number}>
                <OneFile sending={sending}>{children}</OneFile>
              </li>
            ))}
          </ul>
        </>
      )}
    </Card>
  );
}

/** Its state is heard as it changes, but not how many bytes are on their way. */
function OneFile({ sending, children }: SendingProps & { sending: SendingFile }) {
  const words = useWords(deliveryWords);
  const { name, sent, delivery, error } = sending;
  const isWaiting = !error && sent === null;
  return (
    <>
      {!delivery && <strong className={styles.name}>{name}</strong>}
      {!error && !delivery && sent !== null && <OnItsWay sending={sending} sent={sent} />}
      <div role="status">
        {isWaiting && <p className={shared.weak}>{words.waitsToBeSent}</p>}
        {delivery && <Kept delivery={delivery}>{children}</Kept>}
      </div>
      <Refusal error={error} />
    </>
  );
}

function OnItsWay({ sending: { name, size }, sent }: { sending: SendingFile; sent: number }) {
  const words = useWords(deliveryWords);
  const language = useLanguage();
  return (
    <div className={styles.way}>
      <progress value={sent} aria-label={words.sending(name)} />
      <span className={shared.weak}>
        {words.partSent(sizeOf(sent * size, language), sizeOf(size, language))}
      </span>
    </div>
  );
}

/** It was kept; what became of it is asked for until it was read. */
function Kept({ delivery, children }: SendingProps & { delivery: Delivery }) {
  const words = useWords(deliveryWords);
  const query = useQuery({ ...deliveryQuery(delivery.id), initialData: delivery });
  return (
    <>
      {children(query.data)}
      {delivery.already_received && <p>{words.already}</p>}
    </>
  );
}
