import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { newOperationWords } from '../../../messages/staff/newOperation';
import { Answer } from '../../../parts/Answer';
import { Field } from '../../../parts/Field';
import { Heading } from '../../../parts/Heading';
import { LongField } from '../../../parts/LongField';
import { SelectField } from '../../../parts/SelectField';
import { SendForm } from '../../../parts/SendForm';
import { TickField } from '../../../parts/TickField';
import shared from '../../../parts/Together.module.css';
import { openOperation } from '../../../queries/newOperations';
import { organisersQuery } from '../../../queries/requestDesk';
import { linesIn, textIn } from '../../../words/forms';
import { useWords } from '../../../words/language';

const NEW = '';
const STEPS = ['30', '15', '60', '10', '5'] as const;
type StepText = (typeof STEPS)[number];

/** What only staff may do for a new operation: the rest of the path is its organiser's. */
export function NewOperation() {
  const words = useWords(newOperationWords);
  const query = useQuery(organisersQuery);
  return (
    <>
      <Heading>{words.title}</Heading>
      <p className={shared.lead}>{words.lead}</p>
      <Answer query={query}>
        {(organisers) => (
          <Form organisers={organisers.map(({ id, name }) => [id, name] as const)} />
        )}
      </Answer>
    </>
  );
}

function Form({ organisers }: { organisers: readonly (readonly [string, string])[] }) {
  const words = useWords(newOperationWords);
  const [chosen, choose] = useState(NEW);
  const [stepMin, setStepMin] = useState<StepText>('30');
  // The same in each try: an organiser that is there already is not made twice.
  const [newId] = useState(() => crypto.randomUUID());
  const queries = useQueryClient();
  const navigate = useNavigate();
  const attempt = useMutation({
    mutationFn: (form: FormData) =>
      openOperation({
        id: textIn(form, 'operation_id')?.toUpperCase() ?? '',
        organiser:
          chosen === NEW
            ? {
                name: textIn(form, 'organiser_name') ?? '',
                address: linesIn(form, 'organiser_address'),
              }
            : null,
        organiserId: chosen || newId,
        body: {
          name: textIn(form, 'name') ?? '',
          valid_from: textIn(form, 'valid_from') ?? '',
          step_min: Number(stepMin) as 30,
          step_changes: [],
        },
      }),
    onSuccess: async ({ id }) => {
      await queries.invalidateQueries();
      await navigate({ to: '/o/$operation/setup', params: { operation: id } });
    },
  });
  return (
    <SendForm attempt={attempt} submit={words.go} isWide onSend={attempt.mutate}>
      <SelectField
        name="organiser"
        label={words.organiser}
        help={words.organiserHelp}
        options={[[NEW, words.newOrganiser], ...organisers]}
        value={chosen}
        onChange={choose}
      />
      {chosen === NEW && (
        <>
          <Field
            name="organiser_name"
            type="text"
            maxLength={200}
            label={words.organiserName}
            help={words.organiserNameHelp}
          />
          <LongField
            name="organiser_address"
            maxLength={500}
            label={words.organiserAddress}
            help={words.organiserAddressHelp}
          />
        </>
      )}
      <Field
        name="operation_id"
        type="text"
        pattern="\s*[Aa][Cc][Cc]\d{8}\s*"
        label={words.operationId}
        help={words.operationIdHelp}
      />
      <Field name="name" type="text" maxLength={200} label={words.name} help={words.nameHelp} />
      <Field name="valid_from" type="date" label={words.validFrom} help={words.validFromHelp} />
      <SelectField
        name="step_min"
        label={words.step}
        help={words.stepHelp}
        options={STEPS.map((minutes) => [minutes, words.minutes(minutes)] as const)}
        value={stepMin}
        onChange={setStepMin}
      />
      <p>{words.effect}</p>
      <TickField name="sure" label={words.sure} isRequired />
    </SendForm>
  );
}
