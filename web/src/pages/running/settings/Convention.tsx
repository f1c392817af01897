import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { settingsWords } from '../../../messages/running/settings';
import { Answer } from '../../../parts/Answer';
import { Card } from '../../../parts/Card';
import { Field } from '../../../parts/Field';
import { Said } from '../../../parts/Said';
import { SelectField } from '../../../parts/SelectField';
import { SendForm } from '../../../parts/SendForm';
import shared from '../../../parts/Together.module.css';
import {
  type Convention as Agreed,
  conventionQuery,
  saveConvention,
} from '../../../queries/operationSettings';
import { countIn, textIn } from '../../../words/forms';
import { useWords } from '../../../words/language';
import { useChanged } from '../close/changed';

const DAYS_FORM = String.raw`\s*\d{1,3}\s*`;

/** What was agreed with the grid operator, from which the deadlines follow. */
export function Convention({ operation }: { operation: string }) {
  const words = useWords(settingsWords);
  const query = useQuery(conventionQuery(operation));
  return (
    <Card title={words.convention}>
      <p className={shared.weak}>{words.conventionHelp}</p>
      <Answer query={query}>{(agreed) => <Form operation={operation} agreed={agreed} />}</Answer>
    </Card>
  );
}

function Form({ operation, agreed }: { operation: string; agreed: Agreed }) {
  const words = useWords(settingsWords);
  const [declarer, setDeclarer] = useState(agreed.declared_by);
  const changed = useChanged(operation);
  const attempt = useMutation({
    mutationFn: (form: FormData) =>
      saveConvention(operation, {
        dso_contract_id: textIn(form, 'dso_contract_id'),
        signed_on: textIn(form, 'signed_on'),
        valid_from: textIn(form, 'valid_from'),
        valid_to: textIn(form, 'valid_to'),
        entry_notice_working_days: countIn(form, 'entry_notice_working_days'),
        exit_notice_working_days: countIn(form, 'exit_notice_working_days'),
        closing_due_working_days: countIn(form, 'closing_due_working_days'),
        coefficients_due_working_days: countIn(form, 'coefficients_due_working_days') || null,
        declared_by: declarer,
      }),
    onSuccess: changed,
  });
  return (
    <>
      <SendForm attempt={attempt} submit={words.save} isWide onSend={attempt.mutate}>
        <Field
          name="dso_contract_id"
          type="text"
          maxLength={60}
          label={words.contract}
          defaultValue={agreed.dso_contract_id ?? ''}
          isOptional
        />
        <Day name="signed_on" label={words.signedOn} day={agreed.signed_on} />
        <Day name="valid_from" label={words.validFrom} day={agreed.valid_from} />
        <Day name="valid_to" label={words.validTo} day={agreed.valid_to} />
        <Days
          name="entry_notice_working_days"
          label={words.entryNotice}
          help={words.noticeHelp}
          days={agreed.entry_notice_working_days}
        />
        <Days
          name="exit_notice_working_days"
          label={words.exitNotice}
          help={words.noticeHelp}
          days={agreed.exit_notice_working_days}
        />
        <Days
          name="closing_due_working_days"
          label={words.closingDue}
          days={agreed.closing_due_working_days}
        />
        <Field
          name="coefficients_due_working_days"
          type="text"
          inputMode="numeric"
          pattern={DAYS_FORM}
          label={words.coefficientsDue}
          help={words.coefficientsDueHelp}
          defaultValue={String(agreed.coefficients_due_working_days ?? '')}
          isOptional
        />
        <SelectField
          name="declared_by"
          label={words.declaredBy}
          options={(['organiser', 'staff'] as const).map(
            (one) => [one, words.declarers[one]] as const,
          )}
          value={declarer}
          onChange={setDeclarer}
        />
      </SendForm>
      <Said>{attempt.isSuccess && words.saved}</Said>
    </>
  );
}

function Day({ name, label, day }: { name: string; label: string; day: string | null }) {
  return <Field name={name} type="date" label={label} defaultValue={day ?? ''} isOptional />;
}

interface DaysProps {
  name: string;
  label: string;
  help?: string;
  days: number;
}

function Days({ days, ...field }: DaysProps) {
  return (
    <Field
      {...field}
      type="text"
      inputMode="numeric"
      pattern={DAYS_FORM}
      defaultValue={String(days)}
    />
  );
}
