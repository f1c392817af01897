import { useQueries, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { pricesWords } from '../../../messages/running/prices';
import { Field } from '../../../parts/Field';
import { SendForm } from '../../../parts/SendForm';
import { TickField } from '../../../parts/TickField';
import type { PriceList } from '../../../queries/priceLists';
import { profileInForce, profilesQuery, sellersQuery } from '../../../queries/sellers';
import type { Dated } from '../../../words/dated';
import { decimalsIn, textIn } from '../../../words/forms';
import { useWords } from '../../../words/language';
import {
  commonVatOf,
  type Defined,
  FOR_ALL,
  keyOf,
  type Price,
  pricesOn,
  type Vat,
  type VatChoice,
  vatChoiceOf,
  vatOf,
  withVat,
} from '../../../words/priceLists';
import { DISCOUNTS, FEES } from '../../../words/priceTerms';
import styles from './Bills.module.css';
import { Deciding } from './PriceDeciding';
import { NewGroup, NewHours, NewPrice } from './PriceParts';
import { indexOf, PriceRow } from './PriceRow';
import { Discounts } from './terms/Discounts';
import { useTerms } from './terms/edits';
import { Fees } from './terms/Fees';
import { Indexes } from './terms/Indexes';
import { VatField } from './VatField';

interface PriceFormProps {
  operation: string;
  list: PriceList;
  firstDay: string;
  onSaved: () => void;
}

/** It is looked at before it is sent. */
const LOOKING = { error: null, isPending: false };

/** The prices of a day, to be changed from that day on. */
export function PriceForm({ operation, list, firstDay, onSaved }: PriceFormProps) {
  const words = useWords(pricesWords);
  const usualVat = useUsualVat(operation);
  const [day, setDay] = useState(firstDay);
  const [added, setAdded] = useState<readonly Price[]>([]);
  const [ended, setEnded] = useState<readonly string[]>([]);
  const [defined, setDefined] = useState<Defined>(list);
  const [vat, setVat] = useState<VatChoice | null>(null);
  const [decided, setDecided] = useState<readonly Price[] | null>(null);
  const touch = () => setDecided(null);
  const define = (another: Defined) => {
    touch();
    setDefined(another);
  };

  const inForce: readonly Price[] = pricesOn(list, day);
  const before =
    inForce.length > 0 ? inForce : [{ ...FOR_ALL, price_eur_per_kwh: '', ...usualVat }];
  const rows = [...before, ...added].filter((price) => !ended.includes(keyOf(price)));
  const fees = useTerms(FEES, list.fees, day, touch);
  const discounts = useTerms(DISCOUNTS, list.discounts, day, touch);
  const vatOfAll = vatChoiceOf([...rows, ...fees.wanted]);
  const vatOfNew = usualVat.vat_rate === '' ? commonVatOf(inForce) : usualVat;

  const look = (form: FormData) => {
    const unknown_hours = form.has('unknown_hours') ? 'price_without_class' : 'refuse';
    setDefined({ ...defined, ...(defined.hour_classes.length > 0 && { unknown_hours }) });
    setDecided(
      rows.map(({ valid_from: _, valid_to: __, ...price }: Price & Partial<Dated>, place) => ({
        ...withVat(price, vat),
        price_eur_per_kwh: decimalsIn(form, fieldOf(place))[0] ?? '',
        index: defined.indexes.length > 0 ? textIn(form, indexOf(fieldOf(place))) : price.index,
      })),
    );
  };
  return (
    <>
      <div className={styles.parts}>
        <NewPrice
          operation={operation}
          defined={defined}
          onAdd={(key) => {
            touch();
            setEnded(ended.filter((one) => one !== keyOf(key)));
            if (rows.some((row) => keyOf(row) === keyOf(key))) return;
            if (inForce.some((row) => keyOf(row) === keyOf(key))) return;
            setAdded([...added, { ...FOR_ALL, ...key, price_eur_per_kwh: '', ...vatOfNew }]);
          }}
        />
        <NewHours defined={defined} onChange={define} />
        <NewGroup operation={operation} defined={defined} onChange={define} />
        <Fees operation={operation} defined={defined} vat={vatOfNew} {...fees.edits} />
        <Discounts operation={operation} defined={defined} {...discounts.edits} />
        <Indexes
          indexes={defined.indexes}
          day={day}
          onChange={(indexes) => define({ ...defined, indexes })}
        />
      </div>
      {/* What is typed in it, is another proposal. */}
      <div onChange={touch}>
        <SendForm attempt={LOOKING} submit={words.look} onSend={look} isWide>
          <Field
            name="valid_from"
            type="date"
            label={words.validFrom}
            help={words.validFromHelp}
            defaultValue={firstDay}
            onChange={(text) => text && setDay(text)}
          />
          {rows.map((price, place) => (
            <PriceRow
              key={`${keyOf(price)} ${price.price_eur_per_kwh} ${price.index}`}
              operation={operation}
              name={fieldOf(place)}
              price={price}
              indexes={defined.indexes}
              isOnly={rows.length === 1}
              onEnd={() => {
                touch();
                setEnded([...ended, keyOf(price)]);
                setAdded(added.filter((one) => keyOf(one) !== keyOf(price)));
              }}
            />
          ))}
          <VatField value={vat ?? vatOfAll} onChange={setVat} hasEach={vatOfAll === 'each'} />
          {defined.hour_classes.length > 0 && (
            <TickField
              name="unknown_hours"
              label={words.unknownHours}
              isTicked={defined.unknown_hours === 'price_without_class'}
            />
          )}
        </SendForm>
      </div>
      {decided && (
        <Deciding
          operation={operation}
          list={list}
          prices={decided}
          terms={{
            fees: fees.wanted.map((fee) => withVat(fee, vat)),
            discounts: discounts.wanted,
          }}
          day={day}
          defined={defined}
          onSaved={onSaved}
        />
      )}
    </>
  );
}

function fieldOf(place: number): string {
  return `price-${place + 1}`;
}

/** What all sellers charge, if they do the same and have said so. */
function useUsualVat(operation: string): Vat {
  const { data: sellers = [] } = useQuery(sellersQuery(operation));
  const profiles = useQueries({
    queries: sellers.map(({ member_id }) => profilesQuery(operation, member_id)),
  });
  return vatOf(profiles.map(({ data }) => data && profileInForce(data)));
}
