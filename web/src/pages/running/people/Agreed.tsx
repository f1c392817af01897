import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { declarationWords } from '../../../messages/running/declarations';
import { Answer } from '../../../parts/Answer';
import { Card } from '../../../parts/Card';
import { ChoiceField } from '../../../parts/ChoiceField';
import facts from '../../../parts/Facts.module.css';
import { Field } from '../../../parts/Field';
import { Said } from '../../../parts/Said';
import { SendForm } from '../../../parts/SendForm';
import shared from '../../../parts/Together.module.css';
import { type Convention, conventionQuery, saveConvention } from '../../../queries/declarations';
import { fullDay } from '../../../words/dates';
import { countIn, textIn } from '../../../words/forms';
import { useLanguage, useWords } from '../../../words/language';
import { useChanged } from '../close/changed';

/** What was agreed with the grid operator: the number, the dates, the delays. */
export function Agreed({ operation }: { operation: string }) {
  const words = useWords(declarationWords);
  const query = useQuery(conventionQuery(operation));
  return (
    <Card title={words.convention}>
      <p className={shared.weak}>{words.conventionHelp}</p>
      <Answer query={query}>
        {(convention) => (
          <>
            <Facts convention={convention} />
            <EditForm
              key={JSON.stringify(convention)}
              operation={operation}
              convention={convention}
            />
          </>
        )}
      </Answer>
    </Card>
  );
}

function Facts({ convention }: { convention: Convention }) {
  const words = useWords(declarationWords);
  const language = useLanguage();
  const { dso_contract_id, valid_from, entry_notice_working_days, exit_notice_working_days } =
    convention;
  return (
    <dl className={facts.told}>
      <dt>{words.contract}</dt>
      <dd>{dso_contract_id ?? words.unknown}</dd>
      <dt>{words.from}</dt>
      <dd>{valid_from ? fullDay(valid_from, language) : words.unknown}</dd>
      <dt>{words.entryNotice}</dt>
      <dd>{words.workingDays(entry_notice_working_days)}</dd>
      <dt>{words.exitNotice}</dt>
      <dd>{words.workingDays(exit_notice_working_days)}</dd>
      <dt>{words.declarer}</dt>
      <dd>{words.declarers[convention.declared_by]}</dd>
    </dl>
  );
}

const DAYS = String.raw`\s*\d{1,3}\s*`;

function EditForm({ operation, convention }: { operation: string; convention: Convention }) {
  const words = useWords(declarationWords);
  const [declarer, setDeclarer] = useState(convention.declared_by);
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
        coefficients_due_working_days: countIn(form, 'coefficients_due_working_days') || null,
        closing_due_working_days: countIn(form, 'closing_due_working_days'),
        declared_by: declarer,
      }),
    onSuccess: changed,
  });
  const days = (name: keyof Convention, label: string, help?: string) => (
    <Field
      name={name}
      type="text"
      inputMode="numeric"
      pattern={DAYS}
      label={label}
      {...(help ? { help } : {})}
      defaultValue={String(convention[name] ?? '')}
      isOptional={name === 'coefficients_due_working_days'}
    />
  );
  const day = (name: 'signed_on' | 'valid_from' | 'valid_to', label: string) => (
    <Field name={name} type="date" label={label} defaultValue={convention[name] ?? ''} isOptional />
  );
  return (
    <details>
      <summary>{words.edit}</summary>
      <SendForm attempt={attempt} submit={words.save} isWide onSend={attempt.mutate}>
        <Field
          name="dso_contract_id"
          type="text"
          maxLength={60}
          label={words.contract}
          defaultValue={convention.dso_contract_id ?? ''}
          isOptional
        />
        {day('signed_on', words.signedOn)}
        {day('valid_from', words.from)}
        {day('valid_to', words.to)}
        {days('entry_notice_working_days', words.entryNotice, words.noticeHelp)}
        {days('exit_notice_working_days', words.exitNotice, words.noticeHelp)}
        {days('coefficients_due_working_days', words.coefficients, words.coefficientsHelp)}
        {days('closing_due_working_days', words.closing)}
        <ChoiceField
          name="declared_by"
          label={words.declarer}
          choices={words.declarers}
          chosen={declarer}
          onChange={setDeclarer}
        />
      </SendForm>
      <Said>{attempt.isSuccess && words.saved}</Said>
    </details>
  );
}
