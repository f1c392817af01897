import { useMutation } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { operationsWords } from '../messages/operations';
import { Field } from '../parts/Field';
import { SendForm } from '../parts/SendForm';
import { type Eligibility, judgePlace, type PublicOperation } from '../queries/publicOperations';
import { useLanguage, useWords } from '../words/language';
import { distance } from '../words/numbers';
import { type Place, placeIn } from '../words/places';
import styles from './Operation.module.css';

interface NearEnoughProps {
  operation: PublicOperation;
  /** A place was read, to be drawn; null: none was. */
  onPlace: (place: Place | null) => void;
}

/** Whether one's home is near enough, by a place copied from a map: no address is looked up. */
export function NearEnough({ operation, onPlace }: NearEnoughProps) {
  const words = useWords(operationsWords);
  const judging = useMutation({
    mutationFn: async (place: Place | null) =>
      place === null ? null : judgePlace(operation.id, place),
    gcTime: 0,
  });
  return (
    <div>
      <h3 className={styles.near}>{words.near}</h3>
      <SendForm
        attempt={judging}
        submit={words.nearSend}
        onSend={(form) => {
          const place = placeIn(String(form.get('place')));
          onPlace(place);
          judging.mutate(place);
        }}
      >
        <Field
          name="place"
          type="text"
          autoComplete="off"
          label={words.nearField}
          help={words.nearHelp}
        />
      </SendForm>
      <div role="status">
        {judging.data === null && <p>{words.notAPlace}</p>}
        {judging.data && <Judged operation={operation} eligibility={judging.data} />}
      </div>
      <p className={styles.weak}>{words.nearForgotten}</p>
      <details>
        <summary>{words.how}</summary>
        {words.howText.map((text) => (
          <p key={text}>{text}</p>
        ))}
      </details>
    </div>
  );
}

interface JudgedProps {
  operation: PublicOperation;
  eligibility: Eligibility;
}

function Judged({ operation, eligibility: { within, limit_m } }: JudgedProps) {
  const words = useWords(operationsWords);
  const language = useLanguage();
  const limit = limit_m === null ? null : distance(limit_m, language);
  return (
    <div className={styles.judged}>
      <p>
        <strong>{words.within[within]}</strong> {words.withinWhy[within](limit)}
      </p>
      {within === 'no' && <Link to="/operations">{words.others}</Link>}
      {within !== 'no' && operation.takes_members && (
        <Link to="/sign-up" search={{ operation: operation.id }}>
          {words.join}
        </Link>
      )}
    </div>
  );
}
