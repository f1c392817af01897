import { invoiceWords } from '../../messages/invoice';
import tables from '../../parts/Table.module.css';
import type { Invoice } from '../../queries/invoices';
import { dayLater, fullDay, periodName } from '../../words/dates';
import { ruleOfKind } from '../../words/keys';
import { OF_OPERATIONS, useLanguage, useWords } from '../../words/language';
import { euros, kwh, sum } from '../../words/numbers';

/** By which key the energy was shared, from which plants it came, and what was billed before. */
export function InvoiceSharing({ invoice }: { invoice: Invoice }) {
  const words = useWords(invoiceWords);
  const keys = invoice.months?.flatMap(({ settlement }) => settlement.keys) ?? [];
  const plants = invoice.plants ?? [];
  if (keys.length + plants.length === 0) return null;
  return (
    <section>
      <h2>{words.sharing}</h2>
      <Keys keys={keys} />
      {plants.length > 0 && (
        <p>
          {words.from}{' '}
          <span lang={OF_OPERATIONS}>
            {plants.map(({ prm, name }) => name ?? words.plant(prm)).join(', ')}
          </span>
          .
        </p>
      )}
      <Earlier invoice={invoice} />
    </section>
  );
}

type KeyOfDays = NonNullable<Invoice['months']>[number]['settlement']['keys'][number];

/** One sentence where the kind of key stayed the same, else one for the days of each. */
function Keys({ keys }: { keys: KeyOfDays[] }) {
  const words = useWords(invoiceWords);
  const language = useLanguage();
  const [first] = keys;
  if (!first) return null;
  if (keys.every(({ kind }) => kind === first.kind))
    return <p>{ruleOfKind(first.kind, language)}</p>;
  return (
    <ul>
      {keys.map(({ kind, valid_from, valid_to }) => (
        <li key={valid_from}>
          {words.onDays(fullDay(valid_from, language), fullDay(dayLater(valid_to, -1), language))}{' '}
          {ruleOfKind(kind, language)}
        </li>
      ))}
    </ul>
  );
}

function Earlier({ invoice }: { invoice: Invoice }) {
  const words = useWords(invoiceWords);
  const language = useLanguage();
  const { earlier = [], lines, period_from, period_to, total_incl_vat_cents } = invoice;
  if (earlier.length === 0) return null;
  const energy_wmin = sum(lines.map((line) => line.energy_wmin));
  const periods = [{ period_from, period_to, energy_wmin, total_incl_vat_cents }, ...earlier];
  return (
    <table className={tables.numbers}>
      <caption>{words.compared}</caption>
      <thead>
        <tr>
          <th scope="col">{words.period}</th>
          <th scope="col">{words.amount}</th>
          <th scope="col">{words.total}</th>
        </tr>
      </thead>
      <tbody>
        {periods.map((period) => (
          <tr key={period.period_from}>
            <th scope="row">{periodName(period.period_from, period.period_to, language)}</th>
            <td>{kwh(period.energy_wmin, language)}</td>
            <td>{euros(period.total_incl_vat_cents, language)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
