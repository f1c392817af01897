import { useMutation, useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { mandateDeskWords } from '../../../../messages/running/paymentsMandates';
import { Answer } from '../../../../parts/Answer';
import { Field } from '../../../../parts/Field';
import { Said } from '../../../../parts/Said';
import { SelectField } from '../../../../parts/SelectField';
import { SendForm } from '../../../../parts/SendForm';
import { StepUp } from '../../../../parts/StepUp';
import { type NewMandate, recordMandate } from '../../../../queries/mandateDesk';
import type { Collector } from '../../../../queries/payees';
import { type Member, membersQuery } from '../../../../queries/perimeters';
import { dayAt } from '../../../../words/dates';
import { RUM_FORM, textIn } from '../../../../words/forms';
import { useWords } from '../../../../words/language';
import { rumFor } from '../../../../words/mandates';
import { usePaymentsChanged } from '../changed';

/** A mandate that somebody has signed on paper. */
export function Recording({ collector }: { collector: Collector }) {
  const words = useWords(mandateDeskWords);
  const { operation } = useParams({ from: '/inside/o/$operation' });
  const query = useQuery(membersQuery(operation));
  return (
    <details>
      <summary>{words.record}</summary>
      <Answer query={query}>
        {(members) => (
          <Form
            collectorId={collector.id}
            members={members.filter(({ id }) => id !== collector.id)}
          />
        )}
      </Answer>
    </details>
  );
}

function Form({ collectorId, members }: { collectorId: string; members: readonly Member[] }) {
  const words = useWords(mandateDeskWords);
  const changed = usePaymentsChanged();
  // Nobody is debited because they come first in a list.
  const [debtor, setDebtor] = useState('');
  // The same one, if an answer is lost and it is sent again; another one once it is recorded.
  const [id, setId] = useState(() => crypto.randomUUID());
  const attempt = useMutation({
    mutationFn: (mandate: NewMandate) => recordMandate(collectorId, id, mandate),
    onSuccess: () => {
      setId(crypto.randomUUID());
      setDebtor('');
      return changed();
    },
  });
  return (
    <>
      <p>{words.recordHelp}</p>
      <Said>{attempt.isSuccess && words.recorded}</Said>
      <SendForm
        key={id}
        attempt={attempt}
        submit={words.save}
        onSend={(form) => attempt.mutate(mandateIn(form, debtor))}
      >
        <SelectField
          name="debtor_id"
          label={words.who}
          options={[
            ['', words.choose] as const,
            ...members.map((member) => [member.id, member.name] as const),
          ]}
          isRequired
          value={debtor}
          onChange={setDebtor}
        />
        <Field
          name="rum"
          type="text"
          label={words.rum}
          help={words.rumHelp}
          maxLength={35}
          pattern={RUM_FORM}
          defaultValue={rumFor(id)}
        />
        <Field
          name="signed_on"
          type="date"
          label={words.signedOn}
          defaultValue={dayAt(new Date())}
        />
        <Field name="holder" type="text" label={words.holder} maxLength={70} />
        <Field name="iban" type="text" label={words.iban} maxLength={50} autoComplete="off" />
        <Field name="bic" type="text" label={words.bic} maxLength={11} isOptional />
      </SendForm>
      <StepUp
        error={attempt.error}
        onDone={() => attempt.variables && attempt.mutate(attempt.variables)}
      />
    </>
  );
}

function mandateIn(form: FormData, debtor_id: string): NewMandate {
  const text = (name: string) => textIn(form, name) ?? '';
  return {
    debtor_id,
    rum: text('rum'),
    signed_on: text('signed_on'),
    holder: text('holder'),
    iban: text('iban'),
    bic: textIn(form, 'bic'),
  };
}
