import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { sellerWords } from '../../../messages/running/sellers';
import { Answer } from '../../../parts/Answer';
import { Card } from '../../../parts/Card';
import facts from '../../../parts/Facts.module.css';
import { Field } from '../../../parts/Field';
import { Said } from '../../../parts/Said';
import { SelectField } from '../../../parts/SelectField';
import { SendForm } from '../../../parts/SendForm';
import { StepUp } from '../../../parts/StepUp';
import {
  accountChangeQuery,
  type Creditor,
  type CreditorIn,
  creditorQuery,
  saveCreditor,
} from '../../../queries/creditors';
import { sellersQuery } from '../../../queries/sellers';
import { inFours, textIn } from '../../../words/forms';
import { useWords } from '../../../words/language';
import { useChanged } from '../close/changed';
import type { OfSeller } from './Seller';

/** Where the money of a seller's invoices goes. */
export function Account(of: OfAccount) {
  const words = useWords(sellerWords);
  return (
    <Card title={words.account}>
      <p>{words.accountHelp}</p>
      <AccountState {...of} />
    </Card>
  );
}

type OfAccount = Omit<OfSeller, 'seller'>;

/** The account in use, the one that waits, and the form for another. */
export function AccountState({ operation, member }: OfAccount) {
  const words = useWords(sellerWords);
  const creditor = useQuery(creditorQuery(member.id));
  const change = useQuery(accountChangeQuery(member.id));
  return (
    <Answer query={creditor}>
      {(account) => (
        <>
          {account ? <InUse account={account} /> : <p>{words.noAccount}</p>}
          {change.data && (
            <p>
              <Link to="/account-change/$seller" params={{ seller: member.id }}>
                {words.seeChange}
              </Link>
            </p>
          )}
          <details>
            <summary>{account ? words.changeAccount : words.saveAccount}</summary>
            <Form operation={operation} member={member} account={account} />
          </details>
        </>
      )}
    </Answer>
  );
}

function InUse({ account }: { account: Creditor }) {
  const words = useWords(sellerWords);
  return (
    <dl className={facts.told}>
      <dt>{words.holder}</dt>
      <dd>{account.name}</dd>
      <dt>{words.accountIs}</dt>
      <dd>{inFours(account.iban)}</dd>
      {account.ics && (
        <>
          <dt>{words.ics}</dt>
          <dd>{account.ics}</dd>
        </>
      )}
    </dl>
  );
}

const ITSELF = '';

interface FormProps extends OfAccount {
  account: Creditor | null;
}

function Form({ operation, member, account }: FormProps) {
  const words = useWords(sellerWords);
  const queries = useQueryClient();
  const changed = useChanged(operation);
  const { data: sellers = [] } = useQuery(sellersQuery(operation));
  const [collector, setCollector] = useState(account?.collected_by ?? ITSELF);
  const attempt = useMutation({
    mutationFn: (form: FormData) => saveCreditor(member.id, creditorIn(form, account)),
    onSuccess: () =>
      Promise.all([
        changed(),
        queries.invalidateQueries(creditorQuery(member.id)),
        queries.invalidateQueries(accountChangeQuery(member.id)),
      ]),
  });
  const others = sellers.filter(({ member_id }) => member_id !== member.id);
  // A collector from elsewhere is none of the choices, and stays.
  const isChoice = collector === ITSELF || others.some(({ member_id }) => member_id === collector);
  return (
    <>
      <SendForm attempt={attempt} submit={words.saveAccount} onSend={attempt.mutate}>
        <Field
          name="holder"
          type="text"
          maxLength={70}
          label={words.holder}
          defaultValue={account?.name ?? member.name}
        />
        <Field
          name="iban"
          type="text"
          autoComplete="off"
          maxLength={50}
          pattern="\s*[A-Za-z]{2}\s*[0-9]{2}[A-Za-z0-9\s]{10,40}"
          label={words.iban}
          help={words.ibanHelp}
          defaultValue={account ? inFours(account.iban) : ''}
        />
        <Field
          name="bic"
          type="text"
          maxLength={11}
          label={words.bic}
          help={words.bicHelp}
          defaultValue={account?.bic ?? ''}
          isOptional
        />
        <Field
          name="ics"
          type="text"
          maxLength={35}
          label={words.ics}
          help={words.icsHelp}
          defaultValue={account?.ics ?? ''}
          isOptional
        />
        <Field
          name="notice_days"
          type="text"
          inputMode="numeric"
          pattern="[1-9]|[1-5][0-9]|60"
          label={words.notice}
          help={words.noticeHelp}
          defaultValue={String(account?.notice_days ?? 14)}
        />
        {others.length > 0 && isChoice && (
          <SelectField
            name="collected_by"
            label={words.collector}
            options={[
              [ITSELF, words.ownAccount],
              ...others.map(({ member_id, name }) => [member_id, words.collectorOf(name)] as const),
            ]}
            value={collector}
            onChange={setCollector}
          />
        )}
        <p>{words.accountEffect}</p>
      </SendForm>
      <StepUp
        error={attempt.error}
        onDone={() => attempt.variables && attempt.mutate(attempt.variables)}
      />
      <Said>
        {attempt.isSuccess && (attempt.data.change ? words.accountWaits : words.accountSaved)}
      </Said>
    </>
  );
}

function creditorIn(form: FormData, account: Creditor | null): CreditorIn {
  return {
    name: textIn(form, 'holder') ?? '',
    iban: textIn(form, 'iban') ?? '',
    bic: textIn(form, 'bic'),
    ics: textIn(form, 'ics'),
    notice_days: Number(textIn(form, 'notice_days')),
    // Banks take the newer edition of the file unless they have said otherwise.
    edition: account?.edition === 2009 ? 2009 : 2019,
    collected_by: form.has('collected_by')
      ? textIn(form, 'collected_by')
      : (account?.collected_by ?? null),
  };
}
