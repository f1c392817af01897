import { Link } from '@tanstack/react-router';
import { surplusWords } from '../../../../messages/running/surplus';
import go from '../../../../parts/Go.module.css';
import tables from '../../../../parts/Table.module.css';
import type { ExpectedRevenue } from '../../../../queries/surplus';
import { monthName } from '../../../../words/dates';
import { asTyped } from '../../../../words/forms';
import { type Language, useLanguage, useWords } from '../../../../words/language';
import { euros, inKwh } from '../../../../words/numbers';
import { plantMonths } from '../../../../words/surplus';
import { useNames } from '../../names';
import { daysOf } from '../priceNames';
import { buyerText } from '../surplus/Contracts';
import type { OfSales } from './Sold';

/** What each plant made that the operation did not use, and what it should bring. */
export function Expected({ operation, month, sales }: OfSales) {
  const words = useWords(surplusWords);
  const language = useLanguage();
  const names = useNames(operation);
  const plants = plantMonths(sales);
  if (plants.length === 0) return null;
  return (
    <>
      <table className={tables.numbers}>
        <caption>{words.surplusIn(monthName(month, language))}</caption>
        <thead>
          <tr>
            <th scope="col">{words.plant}</th>
            <th scope="col">{words.surplus}</th>
            <th scope="col">{words.expected}</th>
          </tr>
        </thead>
        <tbody>
          {plants.map(({ producer, plant }) => (
            <tr key={producer}>
              <th scope="row">{names.ofPoint(producer)}</th>
              <td>{inKwh(plant.surplus_wmin, language, 0)}</td>
              <td>
                {plant.expected_cents === null
                  ? words.unknownRevenue
                  : euros(plant.expected_cents, language)}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <h2>{words.how}</h2>
      {plants.map(({ producer, issuer_id, plant }) => (
        <section key={producer}>
          <h3>{names.ofPoint(producer)}</h3>
          <p>
            {`${inKwh(plant.produced_wmin, language, 0)} ${words.produced} · `}
            {`${inKwh(plant.shared_wmin, language, 0)} ${words.shared}`}
          </p>
          <ul>
            {plant.expected.map((part) => (
              <li key={`${part.valid_from} ${part.beyond_cap}`}>{partText(part, language)}</li>
            ))}
          </ul>
          <Link
            className={go.quiet}
            to="/o/$operation/bills/sellers/$seller"
            params={{ operation, seller: issuer_id }}
            hash="surplus"
          >
            {words.toContracts(names.ofMember(issuer_id))}
          </Link>
        </section>
      ))}
    </>
  );
}

/** `du 1er au 31 octobre, EDF OA, 800 kWh · 5,36 c€/kWh : 42,88 €`, or why nobody knows. */
function partText(part: ExpectedRevenue, language: Language): string {
  const words = surplusWords[language];
  const { kind, buyer, number, surplus_wmin, price_cents_per_kwh, amount_cents, unknown } = part;
  const facts = [
    daysOf(part, language),
    kind && buyerText({ kind, buyer, number }, language),
    surplus_wmin !== null && `${inKwh(surplus_wmin, language, 0)} kWh`,
    part.beyond_cap && words.beyondCap,
    price_cents_per_kwh && words.price(asTyped(price_cents_per_kwh, language)),
    amount_cents !== null && euros(amount_cents, language),
    unknown && words.unknowns[unknown],
  ];
  return facts.filter((fact) => !!fact).join(' · ');
}
