import { billsWords } from '../../messages/bills';
import facts from '../../parts/Facts.module.css';
import tables from '../../parts/Table.module.css';
import type { BothBills } from '../../queries/bills';
import { useLanguage, useWords } from '../../words/language';
import { euros, sum } from '../../words/numbers';

type SupplierBill = BothBills['supplier'];

/** How both bills come to what they are, to the cent, and what of it is estimated. */
export function BillLines({ bills }: { bills: BothBills }) {
  const words = useWords(billsWords);
  const language = useLanguage();
  const { remarks, turpe_option } = bills;
  return (
    <>
      <details>
        <summary>{words.lines}</summary>
        <Lines bills={bills} />
      </details>
      <details>
        <summary>{words.remarks}</summary>
        <ul>
          {remarks
            .filter(({ code }) => code !== 'difference')
            .map(({ code, text_fr, text_en }) => (
              <li key={code}>{language === 'fr' ? text_fr : text_en}</li>
            ))}
        </ul>
      </details>
      {turpe_option && (
        <details>
          <summary>{words.collective}</summary>
          <p>
            {turpe_option.is_worth_it
              ? words.worthIt(euros(turpe_option.gain_cents, language))
              : words.notWorthIt(euros(-turpe_option.gain_cents, language))}
          </p>
        </details>
      )}
    </>
  );
}

function Lines({ bills }: { bills: BothBills }) {
  const words = useWords(billsWords);
  const language = useLanguage();
  const { without, supplier, local } = bills;
  const kinds = Object.keys(words.kinds).filter((kind) =>
    [...without.lines, ...supplier.lines].some((line) => line.kind === kind),
  );
  const vat = (bill: SupplierBill | BothBills['local']) =>
    bill.totals.incl_vat_cents - bill.totals.excl_vat_cents;
  const rows: [string, number, number][] = [
    ...kinds.map((kind): [string, number, number] => [
      words.kinds[kind] ?? kind,
      amountOf(without, kind),
      amountOf(supplier, kind),
    ]),
    [localName(bills, words), 0, local.totals.excl_vat_cents],
    [words.vat, vat(without), vat(supplier) + vat(local)],
  ];
  return (
    <table className={tables.numbers}>
      <caption>{words.picture}</caption>
      <thead>
        <tr>
          <th scope="col">{words.item}</th>
          <th scope="col">{words.without}</th>
          <th scope="col">{words.with}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map(([name, alone, together]) => (
          <tr key={name}>
            <th scope="row">{name}</th>
            <td>{euros(alone, language)}</td>
            <td>{euros(together, language)}</td>
          </tr>
        ))}
      </tbody>
      <tfoot>
        <tr className={facts.total}>
          <th scope="row">{words.total}</th>
          <td>{euros(without.totals.incl_vat_cents, language)}</td>
          <td>{euros(bills.with_incl_vat_cents, language)}</td>
        </tr>
      </tfoot>
    </table>
  );
}

function amountOf(bill: SupplierBill, kind: string): number {
  const lines = bill.lines.filter((line) => line.kind === kind);
  return sum(lines.map(({ amount_cents }) => amount_cents));
}

/** The local bill, with the invoices in which it is. */
function localName(
  { local }: BothBills,
  words: { localBill: string; invoice: (number: string) => string },
): string {
  if (local.numbers.length === 0) return words.localBill;
  return `${words.localBill} (${words.invoice(local.numbers.join(', '))})`;
}
