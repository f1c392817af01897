import { Link } from '@tanstack/react-router';
import { operationMoneyWords } from '../../../../messages/running/operationMoney';
import { Card } from '../../../../parts/Card';
import facts from '../../../../parts/Facts.module.css';
import go from '../../../../parts/Go.module.css';
import tables from '../../../../parts/Table.module.css';
import shared from '../../../../parts/Together.module.css';
import type { OperationPayments } from '../../../../queries/customerAccounts';
import { useLanguage, useWords } from '../../../../words/language';
import { euros } from '../../../../words/numbers';

/** How many customers are named here; all invoices are on the page of those to be paid. */
const FEW = 12;

interface OwingProps {
  operation: string;
  payments: OperationPayments;
}

/** What customers owe, in all and one by one, who is most late first. */
export function Owing({ operation, payments: { owed, customers, customers_count } }: OwingProps) {
  const words = useWords(operationMoneyWords);
  const language = useLanguage();
  const documents = '/o/$operation/bills/documents';
  return (
    <Card title={words.owes}>
      <dl className={facts.sums}>
        <dt>
          <Link to={documents} params={{ operation }} search={{ payment: 'owed' }}>
            {words.toPay}
          </Link>
        </dt>
        <dd>{euros(owed.to_pay_cents, language)}</dd>
        <dt>
          <Link to={documents} params={{ operation }} search={{ payment: 'overdue' }}>
            {words.overdue}
          </Link>
        </dt>
        <dd className={owed.overdue_cents > 0 ? shared.alert : undefined}>
          {euros(owed.overdue_cents, language)}
        </dd>
        <dt>
          <Link to={documents} params={{ operation }} search={{ payment: 'announced' }}>
            {words.underWay}
          </Link>
        </dt>
        <dd>{euros(owed.under_way_cents, language)}</dd>
        {owed.credit_cents > 0 && (
          <>
            <dt>{words.credit}</dt>
            <dd>{euros(-owed.credit_cents, language)}</dd>
          </>
        )}
        <dt className={facts.total}>{words.open}</dt>
        <dd className={facts.total}>{euros(owed.open_cents, language)}</dd>
      </dl>
      {customers.length === 0 ? (
        <p>{words.nobody}</p>
      ) : (
        <Customers operation={operation} customers={customers.slice(0, FEW)} />
      )}
      {customers_count > FEW && (
        <p className={shared.weak}>{words.others(customers_count - FEW)}</p>
      )}
      <p>
        <Link className={go.quiet} to={documents} params={{ operation }}>
          {words.find}
        </Link>{' '}
        <Link className={go.quiet} to="/o/$operation/payments/notices" params={{ operation }}>
          {words.notices}
        </Link>
      </p>
    </Card>
  );
}

interface CustomersProps {
  operation: string;
  customers: OperationPayments['customers'];
}

function Customers({ operation, customers }: CustomersProps) {
  const words = useWords(operationMoneyWords);
  const language = useLanguage();
  return (
    <table className={tables.numbers}>
      <caption>{words.customers}</caption>
      <thead>
        <tr>
          <th scope="col">{words.customer}</th>
          <th scope="col">{words.late}</th>
          <th scope="col">{words.balance}</th>
        </tr>
      </thead>
      <tbody>
        {customers.map(({ customer_id, name, owed }) => (
          <tr key={customer_id}>
            <th scope="row">
              <Link
                to="/o/$operation/payments/customers/$customer"
                params={{ operation, customer: customer_id }}
              >
                {name}
              </Link>
            </th>
            <td className={owed.overdue_cents > 0 ? shared.alert : undefined}>
              {euros(owed.overdue_cents, language)}
            </td>
            <td>{euros(owed.open_cents, language)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
