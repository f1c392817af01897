import { keyLifeWords } from '../../../messages/running/keyLife';
import { Card } from '../../../parts/Card';
import tables from '../../../parts/Table.module.css';
import shared from '../../../parts/Together.module.css';
import type { Key } from '../../../queries/keys';
import { capitalized } from '../../../words/capitals';
import { type Definition, type Rank, ruleOf } from '../../../words/keys';
import { colon, useLanguage, useWords } from '../../../words/language';
import { fraction, plainNumber, sum } from '../../../words/numbers';
import type { Names } from '../../../words/pointNames';
import { windowsSentence } from '../../../words/windows';
import { useNames } from '../names';

/** What a key says, in words and with everybody's part. */
export function Rule({ operation, version }: { operation: string; version: Key }) {
  const words = useWords(keyLifeWords);
  const language = useLanguage();
  const names = useNames(operation);
  const { shares, ranks, schedules = [] } = version.definition as Definition;
  const { unknown_points } = version;
  return (
    <Card title={words.rule}>
      <p>{ruleOf(version, language)}</p>
      {unknown_points.length > 0 && (
        <p className={shared.alert}>
          {words.unknown(unknown_points.map(names.ofPoint).join(', '))}
        </p>
      )}
      {shares && <Shares shares={shares} names={names} />}
      {schedules.map(({ months = [], days = [], hours = [], ranks: timed }) => {
        const when = capitalized(windowsSentence([{ months, days, hours }], language));
        return <Ranks key={when} title={when} ranks={timed} names={names} />;
      })}
      {ranks && (
        <Ranks
          title={schedules.length > 0 ? words.otherwise : words.always}
          ranks={ranks}
          names={names}
        />
      )}
    </Card>
  );
}

function Shares({ shares, names }: { shares: Record<string, string>; names: Names }) {
  const words = useWords(keyLifeWords);
  const language = useLanguage();
  const lines = Object.entries(shares).sort(([, one], [, other]) => Number(other) - Number(one));
  const total = sum(lines.map(([, share]) => Number(share)));
  return (
    <>
      <table className={tables.table}>
        <caption>{words.parts}</caption>
        <thead>
          <tr>
            <th scope="col">{words.member}</th>
            <th scope="col" className={tables.number}>
              {words.part}
            </th>
          </tr>
        </thead>
        <tbody>
          {lines.map(([prm, share]) => (
            <tr key={prm}>
              <th scope="row">{names.ofPoint(prm)}</th>
              <td className={tables.number}>{fraction(share, language)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <p className={shared.weak}>{words.rest(fraction(String(total), language))}</p>
    </>
  );
}

interface RanksProps {
  /** When they hold. */
  title: string;
  ranks: readonly Rank[];
  names: Names;
}

function Ranks({ title, ranks, names }: RanksProps) {
  const words = useWords(keyLifeWords);
  const language = useLanguage();
  const namesOf = (rank: Rank): string => {
    if (Array.isArray(rank)) return rank.map(names.ofPoint).join(', ') || words.nobody;
    return Object.entries(rank.weights)
      .map(([prm, weight]) =>
        words.weighted(names.ofPoint(prm), plainNumber(Number(weight), language)),
      )
      .join(', ');
  };
  return (
    <>
      <h3 className={shared.part}>{title}</h3>
      <ul>
        {ranks.map((rank, place) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a rank is its place
          <li key={place}>
            <strong>{words.rank(place + 1)}</strong>
            {colon(language)}
            {namesOf(rank)}
          </li>
        ))}
      </ul>
    </>
  );
}
