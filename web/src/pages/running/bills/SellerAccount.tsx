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
import shared from '../../../parts/Together.module.css';
import { collectsQuery } from '../../../queries/collecting';
import {
  accountChangeQuery,
  type Creditor,
  type CreditorIn,
  creditorQuery,
  saveCreditor,
} from '../../../queries/creditors';
import { organiserQuery } from '../../../queries/member';
import { perimeterQuery } from '../../../queries/perimeters';
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

interface OfAccount extends Omit<OfSeller, 'seller'> {
  /** Whether it is who collects for others, so that nobody collects for it. */
  isCollector?: boolean;
}

/** The account in use, the one that waits, and the form for another. */
export function AccountState(of: OfAccount) {
  const { member } = of;
  const words = useWords(sellerWords);
  const creditor = useQuery(creditorQuery(member.id));
  const change = useQuery(accountChangeQuery(member.id));
  return (
    <Answer query={creditor}>
      {(account) => (
        <>
          {account ? <InUse account={account} /> : <p>{words.noAccount}</p>}
          {member.kind === 'public_body' && account?.collected_by && !account.convention && (
            <p className={shared.alert}>{words.conventionMissing}</p>
          )}
          {change.data && (
            <p>
              <Link to="/account-change/$seller" params={{ seller: member.id }}>
                {words.seeChange}
              </Link>
            </p>
          )}
          <details>
            <summary>{account ? words.changeAccount : words.saveAccount}</summary>
            <Form {...of} account={account} />
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

function Form({ operation, member, account, isCollector }: FormProps) {
  const words = useWords(sellerWords);
  const queries = useQueryClient();
  const changed = useChanged(operation);
  const collectors = useCollectors(operation);
  const [collector, setCollector] = useState(account?.collected_by ?? ITSELF);
  const attempt = useMutation({
    mutationFn: (form: FormData) => saveCreditor(member.id, creditorIn(form, account)),
    onSuccess: () =>
      Promise.all([
        changed(),
        queries.invalidateQueries(creditorQuery(member.id)),
        queries.invalidateQueries(accountChangeQuery(member.id)),
        queries.invalidateQueries({ queryKey: ['collecting'] }),
      ]),
  });
  const others = isCollector ? [] : collectors.filter(({ id }) => id !== member.id);
  // A collector from elsewhere is none of the choices, and stays.
  const isChoice = collector === ITSELF || others.some(({ id }) => id === collector);
  const needsConvention = member.kind === 'public_body' && collector !== ITSELF;
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
              ...others.map(({ id, name }) => [id, words.collectorOf(name)] as const),
            ]}
            value={collector}
            onChange={setCollector}
          />
        )}
        {needsConvention && <ConventionFields convention={account?.convention ?? null} />}
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

/** Who may collect for a seller: the others, and the organiser once it has an account. */
function useCollectors(operation: string): { id: string; name: string }[] {
  const { data: sellers = [] } = useQuery(sellersQuery(operation));
  const { data: perimeter } = useQuery(perimeterQuery(operation));
  const id = perimeter?.organiser_id ?? '';
  const { data: organiser } = useQuery({ ...organiserQuery(id), enabled: id !== '' });
  const { data: collects } = useQuery({ ...collectsQuery(id), enabled: id !== '' });
  const others = sellers.map(({ member_id, name }) => ({ id: member_id, name }));
  return collects && organiser ? [{ id, name: organiser.name }, ...others] : others;
}

type Convention = Creditor['convention'];

/** A public body lets nobody collect for it without a convention. */
function ConventionFields({ convention }: { convention: Convention }) {
  const words = useWords(sellerWords);
  return (
    <>
      <p>{words.conventionHelp}</p>
      <Field
        name="convention_signed_on"
        type="date"
        label={words.conventionSignedOn}
        defaultValue={convention?.signed_on ?? ''}
      />
      <Field
        name="convention_document"
        type="text"
        maxLength={200}
        label={words.conventionDocument}
        help={words.conventionDocumentHelp}
        defaultValue={convention?.document ?? ''}
      />
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
    convention: conventionIn(form, account),
  };
}

function conventionIn(form: FormData, account: Creditor | null): Convention {
  const signed_on = textIn(form, 'convention_signed_on');
  const document = textIn(form, 'convention_document');
  if (signed_on && document) return { signed_on, document };
  // Where the fields are not shown, what is recorded stays.
  return form.has('convention_document') ? null : (account?.convention ?? null);
}
