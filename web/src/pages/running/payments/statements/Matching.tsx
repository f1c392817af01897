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

/** What a movement may pay or pay back: one is chosen, and what that does is summed up. */
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
            <Choosing payee={collector.id} transaction={transaction} candidates={candidates} />
          );
        }}
      </Answer>
    </Card>
  );
}

interface ChoosingProps {
  payee: string;
  transaction: BankTransaction;
  candidates: readonly Candidate[];
}

function Choosing({ payee, transaction, candidates }: ChoosingProps) {
  const words = useWords(statementWords);
  const direction = directionOf(transaction);
  const [text, setText] = useState('');
  const [chosen, setChosen] = useState<Candidate | null>(null);
  const found = searched(candidates, text);
  const shown = found.slice(0, SHOWN);
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
            direction={direction}
            isChosen={candidate.invoice_id === chosen?.invoice_id}
            onChoose={() => setChosen(candidate)}
          />
        ))}
      </fieldset>
      {found.length > SHOWN && (
        <p className={shared.weak}>{words[direction].moreCandidates(found.length - SHOWN)}</p>
      )}
      {chosen && (
        <Confirming
          key={chosen.invoice_id}
          payee={payee}
          transaction={transaction}
          chosen={chosen}
        />
      )}
    </>
  );
}

interface ConfirmingProps {
  payee: string;
  transaction: BankTransaction;
  chosen: Candidate;
}

/** What becomes of the invoice or credit note, and the tick of who has looked. */
function Confirming({ payee, transaction, chosen }: ConfirmingProps) {
  const words = useWords(statementWords);
  const language = useLanguage();
  const { operation } = useParams({ from: '/inside/o/$operation' });
  const navigate = useNavigate();
  const changed = usePaymentsChanged();
  const attempt = useMutation({
    mutationFn: () => assign(payee, transaction.id, chosen.invoice_id),
    onSuccess: async () => {
      await navigate({
        to: '/o/$operation/payments/statements',
        params: { operation },
        search: { payee, matched: chosen.number },
      });
      await changed();
    },
  });
  const { result, cents } = outcomeOf(transaction, chosen);
  const told = words[directionOf(transaction)];
  return (
    <>
      <p>
        {told[result](chosen.number, chosen.customer_name, euros(cents, language))} {words.final}
      </p>
      <SendForm attempt={attempt} submit={words.confirm} onSend={() => attempt.mutate()}>
        <TickField name="checked" label={told.checked} isRequired />
      </SendForm>
    </>
  );
}
