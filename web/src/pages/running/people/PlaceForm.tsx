import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { memberWords } from '../../../messages/running/members';
import { Answer } from '../../../parts/Answer';
import { Field } from '../../../parts/Field';
import { Said } from '../../../parts/Said';
import { SelectField } from '../../../parts/SelectField';
import { SendForm } from '../../../parts/SendForm';
import { type Location, locationQuery, saveLocation } from '../../../queries/points';
import { textIn } from '../../../words/forms';
import { useLanguage, useWords } from '../../../words/language';
import { plainNumber } from '../../../words/numbers';
import { placeIn } from '../../../words/places';
import { useChanged } from '../close/changed';

const SOURCES = ['dso', 'surveyed', 'geocoded', 'declared'] as const;
const VOLTAGES = ['low', 'medium'] as const;

/** Where the meter of a point is, from which the law measures. */
export function PlaceForm({ operation, prm }: { operation: string; prm: string }) {
  const words = useWords(memberWords);
  const query = useQuery(locationQuery(operation, prm));
  return (
    <details>
      <summary>{words.place}</summary>
      <Answer query={query}>
        {(location) => (
          <Form key={location?.recorded_at} operation={operation} prm={prm} location={location} />
        )}
      </Answer>
    </details>
  );
}

interface FormProps {
  operation: string;
  prm: string;
  location: Location | null;
}

function Form({ operation, prm, location }: FormProps) {
  const words = useWords(memberWords);
  const language = useLanguage();
  const [source, setSource] = useState(location?.source ?? 'declared');
  const [voltage, setVoltage] = useState(location?.voltage ?? 'low');
  const [isUnread, setUnread] = useState(false);
  const changed = useChanged(operation);
  const attempt = useMutation({
    mutationFn: (body: Parameters<typeof saveLocation>[1]) => saveLocation(prm, body),
    onSuccess: changed,
  });
  const known =
    location &&
    words.placeKnown(
      plainNumber(location.place.latitude_deg, language),
      plainNumber(location.place.longitude_deg, language),
    );
  return (
    <>
      <SendForm
        attempt={attempt}
        submit={words.placeGo}
        isWide
        onSend={(form) => {
          const place = placeIn(textIn(form, 'place') ?? '');
          setUnread(place === null);
          if (!place) return;
          attempt.mutate({ place, source, voltage, commune: textIn(form, 'commune') });
        }}
      >
        <Field
          name="place"
          type="text"
          label={words.place}
          help={words.placeHelp}
          defaultValue={known ?? ''}
        />
        <Field
          name="commune"
          type="text"
          pattern="\s*(\d{2}|2[ABab])\d{3}\s*"
          label={words.commune}
          help={words.communeHelp}
          defaultValue={location?.commune ?? ''}
          isOptional
        />
        <SelectField
          name="source"
          label={words.source}
          options={SOURCES.map((one) => [one, words.sources[one]] as const)}
          value={source}
          onChange={setSource}
        />
        <SelectField
          name="voltage"
          label={words.voltage}
          options={VOLTAGES.map((one) => [one, words.voltages[one]] as const)}
          value={voltage}
          onChange={setVoltage}
        />
      </SendForm>
      <p role="status">{isUnread && words.placeUnread}</p>
      <Said>{attempt.isSuccess && words.saved}</Said>
    </>
  );
}
