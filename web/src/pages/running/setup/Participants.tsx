import { setUpFormWords } from '../../../messages/running/setUpForms';
import { Card } from '../../../parts/Card';
import hidden from '../../../parts/Hidden.module.css';
import tables from '../../../parts/Table.module.css';
import type { OperationPoint } from '../../../queries/points';
import { standingPoints } from '../../../queries/setUp';
import { dayAt, fullDay } from '../../../words/dates';
import { useLanguage, useWords } from '../../../words/language';
import { NewParticipant } from './NewParticipant';
import type { OfSetUp } from './ofSetUp';

/** Who takes part, and a form for one more. */
export function Participants({ operation, setUp }: OfSetUp) {
  const words = useWords(setUpFormWords);
  const points = standingPoints(setUp.points, dayAt(new Date()));
  return (
    <>
      {points.length > 0 && (
        <Card title={words.list}>
          <InTable points={points} />
        </Card>
      )}
      <Card title={words.add}>
        <NewParticipant operation={operation} setUp={setUp} />
      </Card>
    </>
  );
}

function InTable({ points }: { points: readonly OperationPoint[] }) {
  const words = useWords(setUpFormWords);
  const language = useLanguage();
  return (
    <div className={tables.scroll}>
      <table className={tables.table}>
        <caption className={hidden.hidden}>{words.list}</caption>
        <thead>
          <tr>
            <th scope="col">{words.member}</th>
            <th scope="col">{words.point}</th>
            <th scope="col">{words.does}</th>
            <th scope="col">{words.since}</th>
          </tr>
        </thead>
        <tbody>
          {points.map(({ prm, direction, valid_from, member_name, label }) => (
            <tr key={`${prm} ${direction} ${valid_from}`}>
              <th scope="row">{member_name}</th>
              <td>{label}</td>
              <td>{words.sides[direction]}</td>
              <td>{fullDay(valid_from, language)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
