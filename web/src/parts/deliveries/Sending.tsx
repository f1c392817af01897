import { useQuery } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { deliveryWords } from '../../messages/deliveries';
import { type Delivery, deliveryQuery } from '../../queries/deliveries';
import { useLanguage, useWords } from '../../words/language';
import { sizeOf } from '../../words/sizes';
import { Card } from '../Card';
import go from '../Go.module.css';
import hidden from '../Hidden.module.css';
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
      <DropZone onFiles={send} />
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

/** Takes files that are dropped on it, or chosen by its button. */
function DropZone({ onFiles }: { onFiles: (files: readonly File[]) => void }) {
  const words = useWords(deliveryWords);
  const [isOver, setOver] = useState(false);
  return (
    <fieldset
      className={`${styles.zone} ${isOver ? styles.over : ''}`}
      aria-label={words.send}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => {
        event.preventDefault();
        setOver(false);
        onFiles([...event.dataTransfer.files]);
      }}
    >
      <p>{words.sendHelp}</p>
      <label className={`${go.go} ${styles.choose}`}>
        {words.choose}
        <input
          className={hidden.hidden}
          type="file"
          multiple
          onChange={({ target }) => {
            onFiles([...(target.files ?? [])]);
            // The same file may be chosen again.
            target.value = '';
          }}
        />
      </label>
    </fieldset>
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
