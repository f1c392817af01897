import { useState } from 'react';
import { nearWords } from '../messages/near';
import { Field } from '../parts/Field';
import { SendForm } from '../parts/SendForm';
import { useWords } from '../words/language';
import { type Place, placeIn } from '../words/places';
import styles from './NearEnough.module.css';

const SENT_ELSEWHERE = { error: null, isPending: false };

/** One's home, by a place copied from a map: no address is looked up. */
export function NearByPlace({ onPlace }: { onPlace: (place: Place | null) => void }) {
  const words = useWords(nearWords);
  const [isUnread, setIsUnread] = useState(false);
  return (
    <>
      <SendForm
        attempt={SENT_ELSEWHERE}
        submit={words.send}
        onSend={(form) => {
          const place = placeIn(String(form.get('place')));
          setIsUnread(place === null);
          onPlace(place);
        }}
      >
        <Field
          name="place"
          type="text"
          autoComplete="off"
          label={words.place}
          help={words.placeHelp}
        />
      </SendForm>
      <p role="status">{isUnread && words.notAPlace}</p>
      <p className={styles.weak}>{words.placeForgotten}</p>
      <details>
        <summary>{words.how}</summary>
        <p>{words.howText}</p>
      </details>
    </>
  );
}
