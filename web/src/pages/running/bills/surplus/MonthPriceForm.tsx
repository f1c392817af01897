import { surplusWords } from '../../../../messages/running/surplus';
import { Field } from '../../../../parts/Field';
import { SendForm } from '../../../../parts/SendForm';
import { lastMonthOver, monthLater } from '../../../../words/dates';
import { decimalOf, MONTH_FORM, SIGNED_CENTS_FORM, textIn } from '../../../../words/forms';
import { useWords } from '../../../../words/language';
import { isPaidByMonth, withPriceOf } from '../../../../words/surplus';
import { type OfContracts, useSaveContracts } from './ContractForm';

/** What an aggregator paid in a month, once it is known. */
export function MonthPriceForm(of: OfContracts) {
  const words = useWords(surplusWords);
  const save = useSaveContracts(of);
  const byMonth = of.contracts.filter(isPaidByMonth);
  const [first] = byMonth;
  if (!first) return null;
  const contractOf = (month: string) =>
    byMonth.find(
      ({ valid_from, valid_to }) =>
        valid_from < `${monthLater(month, 1)}-01` &&
        (valid_to === null || valid_to > `${month}-01`),
    ) ?? first;
  return (
    <details>
      <summary>{words.enterPrice}</summary>
      <SendForm
        attempt={save}
        submit={words.savePrice}
        onSend={(form) => {
          const month = textIn(form, 'month') ?? '';
          const price = decimalOf(textIn(form, 'month_price') ?? '');
          save.mutate(withPriceOf(of.contracts, contractOf(month), month, price));
        }}
      >
        <Field
          name="month"
          type="month"
          pattern={MONTH_FORM}
          label={words.monthOf}
          help={words.monthHelp}
          defaultValue={lastMonthOver(new Date())}
        />
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
