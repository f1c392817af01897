import { useMutation, useQuery } from '@tanstack/react-query';
import { useNavigate, useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { statementWords } from '../../../../messages/running/paymentsStatements';
import { Answer } from '../../../../parts/Answer';
import { Card } from '../../../../parts/Card';
import hidden from '../../../../parts/Hidden.module.css';
import { SearchField } from '../../../../parts/SearchField';
import { SendForm } from '../../../../parts/SendForm';
import { TickField } from '../../../../parts/TickField';
import shared from '../../../../parts/Together.module.css';
import { assign, type BankTransaction } from '../../../../queries/bankTransactions';
import { openItemsOfQuery } from '../../../../queries/openItems';
import type { Collector } from '../../../../queries/payees';
import { useLanguage, useWords } from '../../../../words/language';
import {
  type Candidate,
  candidatesFor,
  directionOf,
  outcomeOf,
  searched,
  splitOver,
} from '../../../../words/matching';
import { euros } from '../../../../words/numbers';
import { usePaymentsChanged } from '../changed';
import styles from '../Payments.module.css';
import { CandidateLine } from './CandidateLine';

/** More are found by their number, customer or amount. */
const SHOWN = 8;

interface MatchingProps {
  collector: Collector;
  transaction: BankTransaction;
}

/** What a movement may pay or pay back: one or several are chosen, and what that does is told. */
export function Matching({ collector, transaction }: MatchingProps) {
  const words = useWords(statementWords)[directionOf(transaction)];
  const issuers = [collector.id, ...collector.others.map(({ id }) => id)];
  const query = useQuery(openItemsOfQuery(issuers));
  return (
    <Card title={words.candidates}>
      <Answer query={query}>
        {(balances) => {
          const candidates = candidatesFor(transaction, balances);
          if (candidates.length === 0) return <p>{words.noCandidate}</p>;
          return (
            <Choosing collector={collector} transaction={transaction} candidates={candidates} />
          );
        }}
      </Answer>
    </Card>
  );
}

interface ChoosingProps {
  collector: Collector;
  transaction: BankTransaction;
  candidates: readonly Candidate[];
}

function Choosing({ collector, transaction, candidates }: ChoosingProps) {
  const words = useWords(statementWords);
  const direction = directionOf(transaction);
  const [text, setText] = useState('');
  const [chosen, setChosen] = useState<Candidate[]>([]);
  const found = searched(candidates, text);
  const shown = found.slice(0, SHOWN);
  // Where there are several: each counts by itself, so that they use the same numbers.
  const sellers = new Map(
    collector.others.length > 0
      ? [collector, ...collector.others].map(({ id, name }) => [id, name])
      : [],
  );
  return (
    <>
      <p className={shared.weak}>{words.candidatesHelp}</p>
      <SearchField label={words.search} value={text} onChange={setText} />
      {found.length === 0 && <p role="status">{words.notFound}</p>}
      <fieldset className={styles.candidates}>
        <legend className={hidden.hidden}>{words[direction].candidates}</legend>
        {shown.map((candidate) => (
          <CandidateLine
            key={candidate.invoice_id}
            candidate={candidate}
            seller={sellers.get(candidate.issuer_id)}
            direction={direction}
            isChosen={chosen.some((one) => isSame(one, candidate))}
            onChoose={() => setChosen((before) => toggled(before, candidate))}
          />
        ))}
      </fieldset>
      {found.length > SHOWN && (
        <p className={shared.weak}>{words[direction].moreCandidates(found.length - SHOWN)}</p>
      )}
      {chosen.length > 0 && (
        <Confirming
          key={chosen.map(({ invoice_id }) => invoice_id).join()}
          collectorId={collector.id}
          transaction={transaction}
          chosen={chosen}
        />
      )}
    </>
  );
}

function isSame(one: Candidate, other: Candidate): boolean {
  return one.invoice_id === other.invoice_id;
}

function toggled(before: Candidate[], candidate: Candidate): Candidate[] {
  const others = before.filter((one) => !isSame(one, candidate));
  return others.length < before.length ? others : [...before, candidate];
}

interface ConfirmingProps {
  collectorId: string;
  transaction: BankTransaction;
  chosen: readonly Candidate[];
}

/** What becomes of each invoice or credit note, and the tick of who has looked. */
function Confirming({ collectorId, transaction, chosen }: ConfirmingProps) {
  const words = useWords(statementWords);
  const language = useLanguage();
  const { operation } = useParams({ from: '/inside/o/$operation' });
  const navigate = useNavigate();
  const changed = usePaymentsChanged();
  const parts = splitOver(transaction, chosen);
  const attempt = useMutation({
    mutationFn: () =>
      assign(
        collectorId,
        transaction.id,
        parts.map(({ candidate: { invoice_id }, amount_cents }) => ({ invoice_id, amount_cents })),
      ),
    onSuccess: async () => {
      await navigate({
        to: '/o/$operation/payments/statements',
        params: { operation },
        search: {
          payee: collectorId,
          matched: parts.map(({ candidate }) => candidate.number).join(', '),
        },
      });
      await changed();
    },
  });
  const told = words[directionOf(transaction)];
  return (
    <>
      {parts.map(({ candidate, amount_cents }) => {
        const { number, customer_name } = candidate;
        const { result, cents } = outcomeOf({ amount_cents }, candidate);
        return <p key={number}>{told[result](number, customer_name, euros(cents, language))}</p>;
      })}
      <p>{words.entered}</p>
      <SendForm attempt={attempt} submit={words.confirm} onSend={() => attempt.mutate()}>
        <TickField name="checked" label={told.checked} isRequired />
      </SendForm>
    </>
  );
}
