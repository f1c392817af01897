import { useQueries, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { pricesWords } from '../../../messages/running/prices';
import { Field } from '../../../parts/Field';
import { SelectField } from '../../../parts/SelectField';
import { SendForm } from '../../../parts/SendForm';
import { TickField } from '../../../parts/TickField';
import type { PriceList } from '../../../queries/priceLists';
import { profileInForce, profilesQuery, sellersQuery } from '../../../queries/sellers';
import { decimalsIn } from '../../../words/forms';
import { useWords } from '../../../words/language';
import {
  type Defined,
  FOR_ALL,
  keyOf,
  type Price,
  pricesOn,
  STANDARD_VAT,
  type Vat,
  type VatChoice,
  vatChoiceOf,
  vatOf,
  withVat,
} from '../../../words/priceLists';
import styles from './Bills.module.css';
import { Deciding } from './PriceDeciding';
import { NewGroup, NewHours, NewPrice } from './PriceParts';
import { PriceRow } from './PriceRow';

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
  const vatOfRows = vatChoiceOf(rows);

  const look = (form: FormData) => {
    const unknown_hours = form.has('unknown_hours') ? 'price_without_class' : 'refuse';
    setDefined({ ...defined, ...(defined.hour_classes.length > 0 && { unknown_hours }) });
    setDecided(
      rows.map(({ valid_from: _, valid_to: __, ...price }: Price & Partial<Dated>, place) => ({
        ...withVat(price, vat),
        price_eur_per_kwh: decimalsIn(form, fieldOf(place))[0] ?? '',
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
            setAdded([...added, { ...FOR_ALL, ...key, price_eur_per_kwh: '', ...usualVat }]);
          }}
        />
        <NewHours defined={defined} onChange={define} />
        <NewGroup operation={operation} defined={defined} onChange={define} />
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
              key={`${keyOf(price)} ${price.price_eur_per_kwh}`}
              operation={operation}
              name={fieldOf(place)}
              price={price}
              isOnly={rows.length === 1}
              onEnd={() => {
                touch();
                setEnded([...ended, keyOf(price)]);
                setAdded(added.filter((one) => keyOf(one) !== keyOf(price)));
              }}
            />
          ))}
          <VatField value={vat ?? vatOfRows} onChange={setVat} hasEach={vatOfRows === 'each'} />
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

interface Dated {
  valid_from: string;
  valid_to: string | null;
}

interface VatFieldProps {
  value: VatChoice;
  onChange: (vat: VatChoice) => void;
  /** Whether prices have another VAT, or not all the same. */
  hasEach: boolean;
}

function VatField({ value, onChange, hasEach }: VatFieldProps) {
  const words = useWords(pricesWords);
  const choices = hasEach
    ? (['each', 'standard', 'none'] as const)
    : (['standard', 'none'] as const);
  return (
    <SelectField<VatChoice>
      name="vat"
      label={words.vatChoice}
      help={words.vatHelp}
      options={choices.map((one) => [one, words.vats[one]] as const)}
      value={value}
      onChange={onChange}
    />
  );
}

/** What all sellers charge, if they do the same and have said so. */
function useUsualVat(operation: string): Vat {
  const { data: sellers = [] } = useQuery(sellersQuery(operation));
  const profiles = useQueries({
    queries: sellers.map(({ member_id }) => profilesQuery(operation, member_id)),
  });
  return vatOf(profiles.map(({ data }) => data && profileInForce(data))) ?? STANDARD_VAT;
}
