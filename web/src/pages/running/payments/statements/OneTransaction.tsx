import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { statementWords } from '../../../../messages/running/paymentsStatements';
import { Answer } from '../../../../parts/Answer';
import { Back } from '../../../../parts/Back';
import { Card } from '../../../../parts/Card';
import facts from '../../../../parts/Facts.module.css';
import { type BankTransaction, unmatchedQuery } from '../../../../queries/bankTransactions';
import type { Collector } from '../../../../queries/payees';
import { bankReason } from '../../../../words/bankReasons';
import { fullDay } from '../../../../words/dates';
import { inFours } from '../../../../words/forms';
import { OF_OPERATIONS, useLanguage, useWords } from '../../../../words/language';
import { signedEuros } from '../../../../words/numbers';
import { OfCollector } from '../OfPayee';
import { Matching } from './Matching';
import { NotOurs } from './NotOurs';
import { OurTransfer } from './OurTransfer';

/** A movement of the bank beside the invoices that it may be meant for. */
export function OneTransaction() {
  const words = useWords(statementWords);
  const { operation } = useParams({ from: '/inside/o/$operation' });
  return (
    <OfCollector
      title={words.match}
      back={
        <Back to="/o/$operation/payments/statements" params={{ operation }} search={true}>
          {words.title}
        </Back>
      }
    >
      {(collector) => <OfAccount collector={collector} />}
    </OfCollector>
  );
}

function OfAccount({ collector }: { collector: Collector }) {
  const words = useWords(statementWords);
  const { transaction: id } = useParams({
    from: '/inside/o/$operation/payments/statements/$transaction',
  });
  const query = useQuery(unmatchedQuery(collector.id));
  return (
    <Answer query={query}>
      {(waiting) => {
        const transaction = waiting.find((one) => one.id === id);
        if (!transaction) return <p role="status">{words.gone}</p>;
        return (
          <>
            <Movement transaction={transaction} />
            <OurTransfer
              key={`${id} transfer`}
              collectorId={collector.id}
              transaction={transaction}
            />
            <Matching key={id} collector={collector} transaction={transaction} />
            <NotOurs collectorId={collector.id} transaction={transaction} />
          </>
        );
      }}
    </Answer>
  );
}

function Movement({ transaction }: { transaction: BankTransaction }) {
  const words = useWords(statementWords);
  const language = useLanguage();
  const { booked_on, amount_cents, party_name, party_iban, remittance, reference } = transaction;
  const rows = [
    [words.amount, signedEuros(amount_cents, language)],
    [words.day, fullDay(booked_on, language)],
    [words.party, party_name ?? words.unknownParty],
    [words.words, remittance && <span lang={OF_OPERATIONS}>{remittance}</span>],
    [words.account, party_iban && inFours(party_iban)],
    [words.reference, reference],
  ] as const;
  return (
    <Card title={words.movement}>
      <dl className={facts.told}>
        {rows.map(([name, told]) =>
          told ? [<dt key={name}>{name}</dt>, <dd key={`${name} told`}>{told}</dd>] : null,
        )}
      </dl>
      {transaction.return_reason && (
        <p>{words.returned(bankReason(transaction.return_reason, language))}</p>
      )}
    </Card>
  );
}
