import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import type { FormEvent } from 'react';
import { Button, Form } from 'react-aria-components';
import { foundDocumentsWords } from '../../../../messages/running/foundDocuments';
import { Field } from '../../../../parts/Field';
import go from '../../../../parts/Go.module.css';
import { SelectField } from '../../../../parts/SelectField';
import { sellersQuery } from '../../../../queries/sellers';
import {
  type DocumentSearch,
  documentSearch,
  SOUGHT_KINDS,
  SOUGHT_PAYMENTS,
} from '../../../../words/documentSearch';
import { centsOf, EUROS_FORM, eurosTyped, MONTH_FORM, textIn } from '../../../../words/forms';
import { useLanguage, useWords } from '../../../../words/language';
import styles from './Found.module.css';

const FROM = '/inside/o/$operation/bills/documents';

/** What else documents have to be like; the address keeps it. */
export function Narrowing({ operation }: { operation: string }) {
  const words = useWords(foundDocumentsWords);
  const search = useSearch({ from: FROM });
  const navigate = useNavigate();
  const go_ = (changed: DocumentSearch) =>
    void navigate({
      to: '/o/$operation/bills/documents',
      params: { operation },
      search: documentSearch({ ...search, ...changed }),
    });
  const { month, kind, payment, least, most } = search;
  return (
    <details open={Boolean(month || kind || payment || least !== undefined || most !== undefined)}>
      <summary>{words.filters}</summary>
      <div className={styles.fields}>
        <SelectField
          name="kind"
          label={words.kind}
          value={kind ?? ''}
          options={[
            ['', words.anyKind],
            ...SOUGHT_KINDS.map((one) => [one, words.kinds[one]] as const),
          ]}
          onChange={(chosen) => go_({ kind: chosen || undefined } as DocumentSearch)}
        />
        <SelectField
          name="payment"
          label={words.payment}
          value={payment ?? ''}
          options={[
            ['', words.anyPayment],
            ...SOUGHT_PAYMENTS.map((one) => [one, words.payments[one]] as const),
          ]}
          onChange={(chosen) => go_({ payment: chosen || undefined } as DocumentSearch)}
        />
        <Sellers operation={operation} search={search} onChosen={go_} />
      </div>
      <Amounts search={search} onChosen={go_} />
    </details>
  );
}

interface SellersProps {
  operation: string;
  search: DocumentSearch;
  onChosen: (changed: DocumentSearch) => void;
}

function Sellers({ operation, search, onChosen }: SellersProps) {
  const words = useWords(foundDocumentsWords);
  const { data: sellers = [] } = useQuery(sellersQuery(operation));
  if (sellers.length < 2) return null;
  return (
    <SelectField
      name="seller"
      label={words.seller}
      value={search.seller ?? ''}
      options={[
        ['', words.anySeller] as const,
        ...sellers.map(({ member_id, name }) => [member_id, name] as const),
      ]}
      onChange={(seller) => onChosen({ seller })}
    />
  );
}

interface AmountsProps {
  search: DocumentSearch;
  onChosen: (changed: DocumentSearch) => void;
}

function Amounts({ search: { month, least, most }, onChosen }: AmountsProps) {
  const words = useWords(foundDocumentsWords);
  const language = useLanguage();
  const typed = (cents: number | undefined) =>
    cents === undefined ? '' : eurosTyped(cents, language);
  const send = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const cents = (name: string) => {
      const text = textIn(form, name);
      return text === null ? undefined : centsOf(text);
    };
    onChosen({
      month: textIn(form, 'month') ?? undefined,
      least: cents('least'),
      most: cents('most'),
    } as DocumentSearch);
  };
  return (
    <Form className={styles.fields ?? ''} onSubmit={send}>
      <Field
        name="month"
        type="text"
        label={words.month}
        help={words.monthHelp}
        pattern={MONTH_FORM}
        defaultValue={month ?? ''}
        isOptional
      />
      {(['least', 'most'] as const).map((name) => (
        <Field
          key={name}
          name={name}
          type="text"
          inputMode="decimal"
          label={words[name]}
          pattern={EUROS_FORM}
          defaultValue={typed(name === 'least' ? least : most)}
          isOptional
        />
      ))}
      <Button className={go.quiet ?? ''} type="submit">
        {words.filter}
      </Button>
    </Form>
  );
}
