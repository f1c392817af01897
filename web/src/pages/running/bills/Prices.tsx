import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { pricesWords } from '../../../messages/running/prices';
import { Answer } from '../../../parts/Answer';
import { BackToBills } from '../../../parts/Back';
import { Card } from '../../../parts/Card';
import { Heading } from '../../../parts/Heading';
import { Said } from '../../../parts/Said';
import { perimeterQuery } from '../../../queries/perimeters';
import { type PriceList, priceListQuery } from '../../../queries/priceLists';
import { dayAt, monthAt, monthLater } from '../../../words/dates';
import { useWords } from '../../../words/language';
import { pricesOn } from '../../../words/priceLists';
import { Gifts } from './Gifts';
import { PriceForm } from './PriceForm';
import { PriceTable } from './PriceTable';
import { PriceTerms } from './PriceTerms';

/** What a kWh costs whom, by day; and another version from a day on. */
export function Prices() {
  const { operation } = useParams({ from: '/inside/o/$operation/bills/prices' });
  const words = useWords(pricesWords);
  const list = useQuery(priceListQuery(operation));
  const perimeter = useQuery(perimeterQuery(operation));
  const [savings, setSavings] = useState(0);
  return (
    <>
      <BackToBills operation={operation} />
      <Heading>{words.title}</Heading>
      <p>{words.lead}</p>
      <Said>{savings > 0 && words.saved}</Said>
      <Answer query={list}>
        {(prices) => (
          <>
            <Versions operation={operation} list={prices} />
            <PriceTerms operation={operation} list={prices} />
            <Card title={prices.entries.length > 0 ? words.change : words.firstList}>
              <p>{words.changeHelp}</p>
              <Answer query={perimeter}>
                {({ valid_from }) => (
                  <PriceForm
                    key={savings}
                    operation={operation}
                    list={prices}
                    firstDay={firstDayOf(prices, valid_from)}
                    onSaved={() => setSavings(savings + 1)}
                  />
                )}
              </Answer>
            </Card>
          </>
        )}
      </Answer>
      <Gifts operation={operation} />
    </>
  );
}

/** The first list is for all that was supplied so far; a later one for the next month. */
function firstDayOf({ entries }: PriceList, firstOfOperation: string): string {
  return entries.length === 0 ? firstOfOperation : `${monthLater(monthAt(new Date()), 1)}-01`;
}

function Versions({ operation, list }: { operation: string; list: PriceList }) {
  const words = useWords(pricesWords);
  const today = dayAt(new Date());
  const inForce = pricesOn(list, today);
  const coming = list.entries.filter(({ valid_from }) => valid_from > today);
  const past = list.entries.filter(({ valid_to }) => valid_to !== null && valid_to <= today);
  return (
    <Card title={words.inForce}>
      {inForce.length > 0 ? (
        <PriceTable operation={operation} entries={inForce} caption={words.inForce} />
      ) : (
        <p>{list.entries.length > 0 ? words.noneNow : words.none}</p>
      )}
      {coming.length > 0 && (
        <>
          <h3>{words.coming}</h3>
          <PriceTable operation={operation} entries={coming} caption={words.coming} />
        </>
      )}
      {past.length > 0 && (
        <details>
          <summary>{words.past}</summary>
          <PriceTable operation={operation} entries={past} caption={words.past} />
        </details>
      )}
    </Card>
  );
}
