import { useMutation } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { nearWords } from '../messages/near';
import { operationsWords } from '../messages/operations';
import { Refusal } from '../parts/Refusal';
import { type Eligibility, judgePlace, type PublicOperation } from '../queries/publicOperations';
import { useLanguage, useWords } from '../words/language';
import { distance } from '../words/numbers';
import type { Place } from '../words/places';
import { NearByAddress } from './NearByAddress';
import { NearByPlace } from './NearByPlace';
import styles from './NearEnough.module.css';

interface NearEnoughProps {
  operation: PublicOperation;
  /** Where it is, to be drawn; null: nobody knows. */
  onPlace: (place: Place | null) => void;
}

/** Whether one's home is near enough: by its address, where one is looked up, or by its place. */
export function NearEnough({ operation, onPlace }: NearEnoughProps) {
  const words = useWords(nearWords);
  const judging = useMutation({
    mutationFn: (place: Place) => judgePlace(operation.id, place),
    gcTime: 0,
  });
  const judge = (place: Place | null) => {
    onPlace(place);
    if (place) judging.mutate(place);
    else judging.reset();
  };
  const { address_service: server } = operation;
  return (
    <div>
      <h3 className={styles.heading}>{words.near}</h3>
      {server ? <NearByAddress server={server} onPlace={judge} /> : <NearByPlace onPlace={judge} />}
      <Refusal error={judging.error} />
      <div role="status">
        {judging.data && <Judged operation={operation} eligibility={judging.data} />}
      </div>
    </div>
  );
}

interface JudgedProps {
  operation: PublicOperation;
  eligibility: Eligibility;
}

function Judged({ operation, eligibility: { within, limit_m } }: JudgedProps) {
  const words = useWords(nearWords);
  const { join, others } = useWords(operationsWords);
  const language = useLanguage();
  const limit = limit_m === null ? null : distance(limit_m, language);
  return (
    <div className={styles.judged}>
      <p>
        <strong>{words.within[within]}</strong> {words.withinWhy[within](limit)}
      </p>
      {within === 'no' && <Link to="/operations">{others}</Link>}
      {within !== 'no' && operation.takes_members && (
        <Link to="/sign-up" search={{ operation: operation.id }}>
          {join}
        </Link>
      )}
    </div>
  );
}
