import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { Button } from 'react-aria-components';
import { nearWords } from '../messages/near';
import { Field } from '../parts/Field';
import { SendForm } from '../parts/SendForm';
import { type Candidate, findPlaces } from '../queries/publicOperations';
import { useWords } from '../words/language';
import type { Place } from '../words/places';
import { NearByPlace } from './NearByPlace';
import styles from './NearEnough.module.css';

interface NearByAddressProps {
  /** Of the address service. */
  server: string;
  onPlace: (place: Place | null) => void;
}

/** One's home, by its address; where that is not known for certain, one of a few, or a place. */
export function NearByAddress({ server, onPlace }: NearByAddressProps) {
  const words = useWords(nearWords);
  const [chosen, setChosen] = useState<Candidate | null>(null);
  const choose = (candidate: Candidate | null) => {
    setChosen(candidate);
    onPlace(candidate?.place ?? null);
  };
  const asking = useMutation({
    mutationFn: findPlaces,
    onSuccess: ({ candidates: [first = null], is_sure }) => is_sure && choose(first),
    gcTime: 0,
  });
  const { data, isError } = asking;
  const candidates = data?.candidates ?? [];
  const isUnknown = data && candidates.length === 0;
  const isOpen = candidates.length > 0 && !data?.is_sure;
  return (
    <>
      <SendForm
        attempt={asking}
        submit={words.send}
        onSend={(form) => {
          choose(null);
          asking.mutate(String(form.get('address')).trim());
        }}
      >
        <Field
          name="address"
          type="text"
          autoComplete="street-address"
          label={words.address}
          help={words.addressHelp}
          minLength={3}
          maxLength={200}
        />
        <p className={styles.asked}>{words.askedOf(server)}</p>
      </SendForm>
      <p role="status">
        {chosen && words.understood(chosen.label, chosen.is_house)}
        {isOpen && !chosen && words.likely(candidates.length)}
        {isUnknown && words.unknown}
      </p>
      {isOpen && (
        <fieldset className={styles.candidates}>
          <legend>{words.whose}</legend>
          {candidates.map((candidate) => (
            <Button
              key={JSON.stringify(candidate)}
              className={styles.candidate ?? ''}
              aria-pressed={candidate === chosen}
              onPress={() => choose(candidate)}
            >
              {candidate.label}
            </Button>
          ))}
        </fieldset>
      )}
      <details className={styles.instead} open={isError || isUnknown}>
        <summary>{words.instead}</summary>
        <NearByPlace
          onPlace={(place) => {
            setChosen(null);
            onPlace(place);
          }}
        />
      </details>
    </>
  );
}
