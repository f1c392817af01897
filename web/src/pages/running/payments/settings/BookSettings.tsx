import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { sellerSettingsWords } from '../../../../messages/running/paymentsSettings';
import { Answer } from '../../../../parts/Answer';
import { Card } from '../../../../parts/Card';
import { Field } from '../../../../parts/Field';
import { Said } from '../../../../parts/Said';
import { SelectField } from '../../../../parts/SelectField';
import { SendForm } from '../../../../parts/SendForm';
import { type Accounts, type Books, booksQuery, saveBooks } from '../../../../queries/books';
import { nameOfMonth } from '../../../../words/dates';
import { digitsIn } from '../../../../words/forms';
import { useLanguage, useWords } from '../../../../words/language';
import { usePaymentsChanged } from '../changed';

const MONTHS = Array.from({ length: 12 }, (_, before) => before + 1);

/** How an account has to begin, by the general chart of accounts: docs/use/accounting.md. */
const ROOTS: Record<keyof Accounts, string> = {
  sales: '70',
  taxes: '447',
  vat: '4457',
  customers: '411',
  doubtful: '416',
  losses: '6',
  bank: '51',
  suspense: '471',
  intermediaries: '467',
};
const NAMES = Object.keys(ROOTS) as (keyof Accounts)[];

/** On which accounts entries are made, and when the fiscal year ends. */
export function BookSettings({ id }: { id: string }) {
  const words = useWords(sellerSettingsWords);
  const query = useQuery(booksQuery(id));
  return (
    <Card title={words.books}>
      <p>{words.booksHelp}</p>
      <Answer query={query}>{(books) => <Form id={id} books={books} />}</Answer>
    </Card>
  );
}

function Form({ id, books }: { id: string; books: Books }) {
  const words = useWords(sellerSettingsWords);
  const language = useLanguage();
  const changed = usePaymentsChanged();
  const [month, setMonth] = useState(String(books.fiscal_year_end_month));
  const attempt = useMutation({
    mutationFn: (form: FormData) =>
      saveBooks(id, { accounts: accountsIn(form), fiscal_year_end_month: Number(month) }),
    onSuccess: changed,
  });
  return (
    <>
      <SendForm attempt={attempt} submit={words.save} isWide onSend={attempt.mutate}>
        <SelectField
          name="fiscal_year_end_month"
          label={words.yearEnd}
          help={words.yearEndHelp}
          options={MONTHS.map((one) => [String(one), nameOfMonth(one, language)] as const)}
          value={month}
          onChange={setMonth}
        />
        {NAMES.map((name) => (
          <Field
            key={name}
            name={name}
            type="text"
            inputMode="numeric"
            pattern={String.raw`(?=(\s*\d){3,12}\s*$)\s*${ROOTS[name]}[\d\s]*`}
            label={words.accounts[name]}
            help={words.beginsWith(ROOTS[name])}
            defaultValue={books.accounts[name]}
          />
        ))}
        <p>{words.booksKept}</p>
      </SendForm>
      <Said>{attempt.isSuccess && words.saved}</Said>
    </>
  );
}

function accountsIn(form: FormData): Accounts {
  return Object.fromEntries(NAMES.map((name) => [name, digitsIn(form, name) ?? ''])) as Accounts;
}
