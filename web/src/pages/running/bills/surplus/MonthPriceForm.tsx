import { useState } from 'react';
import { surplusWords } from '../../../../messages/running/surplus';
import { Field } from '../../../../parts/Field';
import { SelectField } from '../../../../parts/SelectField';
import { SendForm } from '../../../../parts/SendForm';
import { isMonth, lastMonthOver } from '../../../../words/dates';
import { decimalOf, MONTH_FORM, SIGNED_CENTS_FORM, textIn } from '../../../../words/forms';
import { useLanguage, useWords } from '../../../../words/language';
import { contractsInMonth, isPaidByMonth, withPriceOf } from '../../../../words/surplus';
import { daysOf } from '../priceNames';
import { type OfContracts, useSaveContracts } from './ContractForm';
import { buyerText } from './Contracts';

/** No contract is chosen before one has chosen. */
const NONE = '';

/** What an aggregator paid in a month, once it is known. */
export function MonthPriceForm(of: OfContracts) {
  const words = useWords(surplusWords);
  const language = useLanguage();
  const save = useSaveContracts(of);
  const [month, setMonth] = useState(() => lastMonthOver(new Date()));
  const [firstDay, setFirstDay] = useState(NONE);
  const byMonth = of.contracts.filter(isPaidByMonth);
  if (byMonth.length === 0) return null;
  const inMonth = contractsInMonth(byMonth, month);
  const chosen = inMonth.find(({ valid_from }) => valid_from === firstDay);
  const contract = inMonth.length > 1 ? chosen : inMonth[0];
  const send = (form: FormData) => {
    const price = decimalOf(textIn(form, 'month_price') ?? '');
    if (contract) save.mutate(withPriceOf(of.contracts, contract, month, price));
  };
  return (
    <details>
      <summary>{words.enterPrice}</summary>
      <SendForm attempt={save} submit={words.savePrice} onSend={send}>
        <Field
          name="month"
          type="month"
          pattern={MONTH_FORM}
          label={words.monthOf}
          help={words.monthHelp}
          defaultValue={month}
          onChange={setMonth}
          validate={(text) =>
            isMonth(text) && contractsInMonth(byMonth, text).length === 0 ? words.notInMonth : null
          }
        />
        {inMonth.length > 1 && (
          <SelectField
            name="contract"
            label={words.contractOf}
            options={[
              [NONE, words.choose],
              ...inMonth.map(
                (one) =>
                  [
                    one.valid_from,
                    `${buyerText(one, language)}, ${daysOf(one, language)}`,
                  ] as const,
              ),
            ]}
            value={chosen?.valid_from ?? NONE}
            onChange={setFirstDay}
            isRequired
          />
        )}
        <Field
          name="month_price"
          type="text"
          pattern={SIGNED_CENTS_FORM}
          label={words.priceOfMonth}
          help={words.priceOfMonthHelp}
        />
      </SendForm>
    </details>
  );
}
