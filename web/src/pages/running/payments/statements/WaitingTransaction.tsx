import { Link, useParams } from '@tanstack/react-router';
import { statementWords } from '../../../../messages/running/paymentsStatements';
import go from '../../../../parts/Go.module.css';
import shared from '../../../../parts/Together.module.css';
import type { BankTransaction } from '../../../../queries/bankTransactions';
import { bankReason } from '../../../../words/bankReasons';
import { fullDay } from '../../../../words/dates';
import { OF_OPERATIONS, useLanguage, useWords } from '../../../../words/language';
import { signedEuros } from '../../../../words/numbers';

interface WaitingTransactionProps {
  collectorId: string;
  transaction: BankTransaction;
}

/** A movement that no rule has matched, and the way to where a person does. */
export function WaitingTransaction({ collectorId, transaction }: WaitingTransactionProps) {
  const words = useWords(statementWords);
  const language = useLanguage();
  const { operation } = useParams({ from: '/inside/o/$operation' });
  const { id, booked_on, amount_cents, party_name, remittance, return_reason } = transaction;
  const name = party_name ?? words.unknownParty;
  const sum = signedEuros(amount_cents, language);
  return (
    <div className={shared.line}>
      <div>
        <p className={shared.plain}>
          <strong>{sum}</strong> · {name}
        </p>
        <p className={shared.weak}>
          {fullDay(booked_on, language)}
          {remittance && <span lang={OF_OPERATIONS}> · {remittance}</span>}
        </p>
        {return_reason && (
          <p className={shared.alert}>{words.returned(bankReason(return_reason, language))}</p>
        )}
      </div>
      <Link
        className={go.quiet}
        to="/o/$operation/payments/statements/$transaction"
        params={{ operation, transaction: id }}
        search={{ payee: collectorId }}
        aria-label={words.matchOf(sum, name)}
      >
        {words.match}
      </Link>
    </div>
  );
}
