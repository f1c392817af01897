import { depositWords } from '../../../messages/running/deposits';
import tables from '../../../parts/Table.module.css';
import type { Deposit } from '../../../queries/deposits';
import { percentOf } from '../../../words/depositRules';
import { type Language, useLanguage, useWords } from '../../../words/language';
import { plainNumber, sum, withUnit } from '../../../words/numbers';
import { useNames } from '../names';

interface ConsumersTableProps {
  operation: string;
  consumers: Deposit['consumers'];
}

/** What each one may take, on average over the month, and between which bounds. */
export function ConsumersTable({ operation, consumers }: ConsumersTableProps) {
  const words = useWords(depositWords);
  const language = useLanguage();
  const names = useNames(operation);
  const total = sum(consumers.map(({ mean }) => Number(mean)));
  return (
    <table className={tables.numbers}>
      <caption>{words.ofProduction}</caption>
      <thead>
        <tr>
          <th scope="col">{words.member}</th>
          <th scope="col">{words.mean}</th>
          <th scope="col">{words.least}</th>
          <th scope="col">{words.most}</th>
        </tr>
      </thead>
      <tbody>
        {consumers.map(({ prm, mean, least, most }) => (
          <tr key={prm}>
            <th scope="row">{names.ofPoint(prm)}</th>
            <td>{inPercent(mean, language)}</td>
            <td>{inPercent(least, language)}</td>
            <td>{inPercent(most, language)}</td>
          </tr>
        ))}
      </tbody>
      <tfoot>
        <tr>
          <th scope="row">{words.total}</th>
          <td>{inPercent(String(total), language)}</td>
          <td colSpan={2} />
        </tr>
      </tfoot>
    </table>
  );
}

function inPercent(share: string, language: Language): string {
  return withUnit(plainNumber(percentOf(share), language, 2), '%');
}
