import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { mapWords } from '../../../messages/running/map';
import { peopleWords } from '../../../messages/running/people';
import { Answer } from '../../../parts/Answer';
import tables from '../../../parts/Table.module.css';
import shared from '../../../parts/Together.module.css';
import type { PlacedPoint } from '../../../queries/feasibility';
import { takesPart } from '../../../queries/me';
import { type OperationPoint, operationPointsQuery } from '../../../queries/points';
import { dayAt } from '../../../words/dates';
import { OF_OPERATIONS, useWords } from '../../../words/language';

interface MapTablesProps {
  operation: string;
  points: readonly PlacedPoint[];
}

/** The points of the picture by their numbers, and those that it lacks. */
export function MapTables({ operation, points }: MapTablesProps) {
  const words = useWords(mapWords);
  const query = useQuery(operationPointsQuery(operation));
  const numbers = new Map(points.map(({ prm }, index) => [prm, index + 1]));
  return (
    <Answer query={query}>
      {(stays) => {
        const standing = stays.filter((stay) => takesPart(stay, dayAt(new Date())));
        const placed = standing
          .filter(({ prm }) => numbers.has(prm))
          .sort((one, other) => (numbers.get(one.prm) ?? 0) - (numbers.get(other.prm) ?? 0));
        const missing = standing.filter(({ prm }) => !numbers.has(prm));
        return (
          <>
            {placed.length > 0 && (
              <PointsTable
                operation={operation}
                caption={words.table}
                points={placed}
                numbers={numbers}
              />
            )}
            {missing.length > 0 && (
              <PointsTable operation={operation} caption={words.missing} points={missing} />
            )}
          </>
        );
      }}
    </Answer>
  );
}

interface PointsTableProps {
  operation: string;
  caption: string;
  points: readonly OperationPoint[];
  /** In the picture, where they are in it. */
  numbers?: ReadonlyMap<string, number>;
}

function PointsTable({ operation, caption, points, numbers }: PointsTableProps) {
  const words = useWords(mapWords);
  const { sides } = useWords(peopleWords);
  return (
    <table className={tables.table}>
      <caption>{caption}</caption>
      <thead>
        <tr>
          {numbers && (
            <th scope="col" className={tables.number}>
              {words.number}
            </th>
          )}
          <th scope="col">{words.name}</th>
          <th scope="col">{words.point}</th>
        </tr>
      </thead>
      <tbody>
        {points.map(({ prm, label, direction, member_id, member_name }) => (
          <tr key={`${prm} ${direction}`}>
            {numbers && <td className={tables.number}>{numbers.get(prm)}</td>}
            <th scope="row">
              <Link
                className={shared.more}
                to="/o/$operation/people/members/$member"
                params={{ operation, member: member_id }}
              >
                {member_name}
              </Link>
            </th>
            <td>
              <span lang={OF_OPERATIONS}>{label}</span> · {sides[direction]}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
