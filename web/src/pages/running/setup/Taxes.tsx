import { setUpFormWords } from '../../../messages/running/setUpForms';
import { Card } from '../../../parts/Card';
import { acciseOf } from '../../../queries/setUp';
import { dayAt } from '../../../words/dates';
import { useWords } from '../../../words/language';
import { AcciseForm } from '../bills/AcciseForm';
import type { OfSetUp } from './ofSetUp';

/** Whether the accise is due: what is undecided is drafted, but not issued. */
export function Taxes({ operation, setUp }: OfSetUp) {
  const words = useWords(setUpFormWords);
  const inForce = acciseOf(setUp, dayAt(new Date()));
  const regime = inForce?.regime ?? 'undecided';
  return (
    <Card title={words.acciseTitle}>
      <p>{words.acciseIs[regime]}</p>
      {regime === 'undecided' && (
        <AcciseForm
          operation={operation}
          // Somebody comes to decide: the form begins with a decision.
          entry={undefined}
          firstDay={inForce?.valid_from ?? setUp.operation.valid_from}
        />
      )}
    </Card>
  );
}
