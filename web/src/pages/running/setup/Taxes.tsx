import { setUpFormWords } from '../../../messages/running/setUpForms';
import { Card } from '../../../parts/Card';
import { acciseOf, dayOfSetUp } from '../../../queries/setUp';
import { acciseByDefault } from '../../../words/accise';
import { dayAt } from '../../../words/dates';
import { useWords } from '../../../words/language';
import { AcciseForm } from '../bills/AcciseForm';
import type { OfSetUp } from './ofSetUp';

/** Whether the accise is due: what was decided, or the default, and the form to decide. */
export function Taxes({ operation, setUp }: OfSetUp) {
  const words = useWords(setUpFormWords);
  const today = dayAt(new Date());
  const inForce = acciseOf(setUp, today);
  const regime = inForce?.regime ?? 'undecided';
  const byDefault = acciseByDefault(setUp.accise, dayOfSetUp(setUp.operation, today));
  return (
    <Card title={words.acciseTitle}>
      <p>{inForce ? words.acciseIs[regime] : words.acciseByDefault[byDefault]}</p>
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
