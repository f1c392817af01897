import { useMutation } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { billDocumentWords } from '../../../../messages/running/billDocument';
import { Card } from '../../../../parts/Card';
import { ChoiceField } from '../../../../parts/ChoiceField';
import { Field } from '../../../../parts/Field';
import fields from '../../../../parts/Field.module.css';
import { SendForm } from '../../../../parts/SendForm';
import { draftCreditNote } from '../../../../queries/creditNotes';
import type { Invoice, InvoiceLine } from '../../../../queries/invoices';
import { creditLinesIn } from '../../../../words/creditLines';
import { KWH_FORM, textIn } from '../../../../words/forms';
import { useLanguage, useWords } from '../../../../words/language';
import { euros } from '../../../../words/numbers';
import { sentenceOf } from '../../../invoices/InvoiceLines';
import { useDocumentChanged } from './changed';

interface CreditingProps {
  operation: string;
  invoice: Invoice;
  leftCents: number;
}

/** A credit note of what is left of an issued invoice, or of some of its lines. */
export function Crediting({ operation, invoice, leftCents }: CreditingProps) {
  const words = useWords(billDocumentWords);
  const language = useLanguage();
  if (leftCents <= 0) {
    return (
      <Card title={words.credit}>
        <p>{words.nothingLeft}</p>
      </Card>
    );
  }
  return (
    <Card title={words.credit}>
      <p>
        {words.creditHelp} {words.leftOf(euros(leftCents, language))}
      </p>
      <details>
        <summary>{words.prepare}</summary>
        <Form operation={operation} invoice={invoice} leftCents={leftCents} />
      </details>
    </Card>
  );
}

function Form({ operation, invoice, leftCents }: CreditingProps) {
  const words = useWords(billDocumentWords);
  const language = useLanguage();
  const go = useNavigate();
  const changed = useDocumentChanged(operation);
  const [extent, setExtent] = useState<'all' | 'some'>('all');
  const attempt = useMutation({
    mutationFn: (form: FormData) =>
      draftCreditNote(invoice.id, textIn(form, 'reason') ?? '', creditLinesIn(form)),
    onSuccess: async ({ id }) => {
      await changed();
      await go({
        to: '/o/$operation/bills/documents/$document',
        params: { operation, document: id },
      });
    },
  });
  return (
    <SendForm attempt={attempt} submit={words.prepare} onSend={attempt.mutate}>
      <ChoiceField
        name="extent"
        label={words.extent}
        choices={words.extents}
        chosen={extent}
        onChange={setExtent}
      />
      {extent === 'some' && <Lines lines={invoice.lines} />}
      <Field name="reason" type="text" maxLength={500} label={words.why} help={words.whyHelp} />
      <p>{extent === 'all' ? words.effect.all(euros(leftCents, language)) : words.effect.some}</p>
    </SendForm>
  );
}

/** Those that are ticked, whole or in part; as long as none is, all have to be. */
function Lines({ lines }: { lines: readonly InvoiceLine[] }) {
  const words = useWords(billDocumentWords);
  const language = useLanguage();
  const [ticked, setTicked] = useState<readonly number[]>([]);
  return (
    <fieldset className={fields.choices}>
      <legend>{words.lines}</legend>
      {lines.map((line, before) => {
        const position = before + 1;
        const isTicked = ticked.includes(position);
        return (
          <div key={position}>
            <label className={fields.choice}>
              <input
                type="checkbox"
                name="line"
                value={position}
                required={ticked.length === 0}
                onChange={() =>
                  setTicked(
                    isTicked ? ticked.filter((one) => one !== position) : [...ticked, position],
                  )
                }
              />
              {sentenceOf(line, false, language)}
            </label>
            {isTicked && line.kind !== 'fee' && (
              <Field
                name={`kwh-${position}`}
                type="text"
                inputMode="decimal"
                pattern={KWH_FORM}
                label={words.kwh}
                help={words.kwhHelp}
                isOptional
              />
            )}
          </div>
        );
      })}
    </fieldset>
  );
}
