import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { billsAreaWords } from '../../../messages/running/bills';
import { correctionsWords } from '../../../messages/running/corrections';
import { foundDocumentsWords } from '../../../messages/running/foundDocuments';
import { pricesWords } from '../../../messages/running/prices';
import { surplusWords } from '../../../messages/running/surplus';
import { taxesWords } from '../../../messages/running/taxes';
import { Answer } from '../../../parts/Answer';
import { BackToOperation } from '../../../parts/Back';
import { Card } from '../../../parts/Card';
import go from '../../../parts/Go.module.css';
import { Heading } from '../../../parts/Heading';
import { PageAnswer } from '../../../parts/PageAnswer';
import { acciseQuery } from '../../../queries/accise';
import { correctionPolicyQuery } from '../../../queries/correctionPolicies';
import { perimeterQuery } from '../../../queries/perimeters';
import { priceListQuery } from '../../../queries/priceLists';
import { acciseByDefault, acciseOn } from '../../../words/accise';
import { dayAt } from '../../../words/dates';
import { useWords } from '../../../words/language';
import { pricesOn } from '../../../words/priceLists';
import { PriceTable } from './PriceTable';
import { Runs } from './Runs';
import { Sellers } from './Sellers';

/** Who sells, at which prices and with which taxes, and what was invoiced. */
export function BillsHome() {
  const { operation } = useParams({ from: '/inside/o/$operation/bills' });
  const words = useWords(billsAreaWords);
  const ofSales = useWords(surplusWords);
  const ofDocuments = useWords(foundDocumentsWords);
  const query = useQuery(perimeterQuery(operation));
  return (
    <PageAnswer query={query}>
      {({ name }) => (
        <>
          <BackToOperation id={operation} name={name} />
          <Heading>{words.title}</Heading>
          <Sellers operation={operation} />
          <PricesInForce operation={operation} />
          <TaxesInForce operation={operation} />
          <Runs operation={operation} />
          <Card title={ofDocuments.title}>
            <p>{ofDocuments.lookHelp}</p>
            <p>
              <Link className={go.quiet} to="/o/$operation/bills/documents" params={{ operation }}>
                {ofDocuments.find}
              </Link>
            </p>
          </Card>
          <Card title={ofSales.sales}>
            <p>{ofSales.salesHelp}</p>
            <p>
              <Link className={go.quiet} to="/o/$operation/bills/sales" params={{ operation }}>
                {ofSales.toSales}
              </Link>
            </p>
          </Card>
          <CorrectionsInForce operation={operation} />
          <Card title={words.year}>
            <p>{words.yearHelp}</p>
            <p>
              <Link className={go.quiet} to="/o/$operation/bills/year" params={{ operation }}>
                {words.toYear}
              </Link>
            </p>
          </Card>
          <Card title={words.payments}>
            <p>{words.paymentsHelp}</p>
            <p>
              <Link className={go.quiet} to="/o/$operation/payments" params={{ operation }}>
                {words.toPayments}
              </Link>
            </p>
          </Card>
        </>
      )}
    </PageAnswer>
  );
}

function PricesInForce({ operation }: { operation: string }) {
  const words = useWords(billsAreaWords);
  const ofPrices = useWords(pricesWords);
  const query = useQuery(priceListQuery(operation));
  return (
    <Card title={words.prices}>
      <Answer query={query}>
        {(list) => {
          const entries = pricesOn(list, dayAt(new Date()));
          if (entries.length === 0) {
            return <p>{list.entries.length > 0 ? ofPrices.noneNow : ofPrices.none}</p>;
          }
          return <PriceTable operation={operation} entries={entries} caption={ofPrices.inForce} />;
        }}
      </Answer>
      <p>
        <Link className={go.quiet} to="/o/$operation/bills/prices" params={{ operation }}>
          {words.toPrices}
        </Link>
      </p>
    </Card>
  );
}

function TaxesInForce({ operation }: { operation: string }) {
  const words = useWords(billsAreaWords);
  const ofTaxes = useWords(taxesWords);
  const query = useQuery(acciseQuery(operation));
  return (
    <Card title={words.taxes}>
      <Answer query={query}>
        {(accise) => {
          const today = dayAt(new Date());
          const now = acciseOn(accise.entries, today);
          const byDefault = ofTaxes.byDefault[acciseByDefault(accise, today)];
          return <p>{words.accise(now ? ofTaxes.regimes[now.regime] : byDefault)}</p>;
        }}
      </Answer>
      <p>
        <Link className={go.quiet} to="/o/$operation/bills/taxes" params={{ operation }}>
          {words.toTaxes}
        </Link>
      </p>
    </Card>
  );
}

function CorrectionsInForce({ operation }: { operation: string }) {
  const words = useWords(billsAreaWords);
  const ofCorrections = useWords(correctionsWords);
  const query = useQuery(correctionPolicyQuery(operation));
  return (
    <Card title={words.corrections}>
      <Answer query={query}>{(policy) => <p>{ofCorrections.now[policy]}</p>}</Answer>
      <p>
        <Link className={go.quiet} to="/o/$operation/bills/corrections" params={{ operation }}>
          {words.toCorrections}
        </Link>
      </p>
    </Card>
  );
}
