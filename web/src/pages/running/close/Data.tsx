import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { dataWords } from '../../../messages/running/data';
import { Answer } from '../../../parts/Answer';
import hidden from '../../../parts/Hidden.module.css';
import { Coloured, Legend } from '../../../parts/Legend';
import tables from '../../../parts/Table.module.css';
import shared from '../../../parts/Together.module.css';
import { CompletenessGrid } from '../../../pictures/CompletenessGrid';
import { type Completeness, completenessQuery } from '../../../queries/completeness';
import { daysOfMonth, fullDay } from '../../../words/dates';
import { daysText } from '../../../words/dayRanges';
import { type Gap, gapsOf, keyOf } from '../../../words/gaps';
import { useLanguage, useWords } from '../../../words/language';
import { whole } from '../../../words/numbers';
import { useNames } from '../names';
import { ChosenGaps } from './ChosenGaps';
import { Estimating } from './Estimating';
import { LateReadings } from './LateReadings';
import { type OfMonth, Step } from './Step';

/** What of the readings has come, and what can be done about the rest. */
export function Data({ operation, month }: OfMonth) {
  const words = useWords(dataWords);
  const query = useQuery(completenessQuery(operation, month));
  return (
    <Step name="data" title={words.title}>
      <Answer query={query}>
        {(data) =>
          data.totals.expected === 0 ? (
            <p>{words.nobody}</p>
          ) : (
            <>
              <Come operation={operation} month={month} data={data} />
              <Link className={shared.more} to="/o/$operation/files" params={{ operation }}>
                {words.sendFiles}
              </Link>
            </>
          )
        }
      </Answer>
    </Step>
  );
}

function Come({ operation, month, data }: OfMonth & { data: Completeness }) {
  const words = useWords(dataWords);
  const language = useLanguage();
  const { ofPoint } = useNames(operation);
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const gaps = gapsOf(data.points);
  const toggle = (some: readonly Gap[]) => setChosen(toggled(chosen, some.map(keyOf)));
  const { expected, received, estimated_by_dso, estimated_by_us, missing } = data.totals;
  const [all, come, estimated, left] = [
    expected,
    received,
    estimated_by_dso + estimated_by_us,
    missing,
  ].map((count) => whole(count, language)) as [string, string, string, string];
  // What was estimated here is late all the same, until a true reading comes.
  const isAllTrue = missing + estimated_by_us === 0;
  const sentence = words.sums(all, come, estimated, left);
  return (
    <>
      <p>{sentence}</p>
      {isAllTrue && <p>{words.allThere}</p>}
      <CompletenessGrid
        points={data.points}
        days={daysOfMonth(month)}
        nameOf={ofPoint}
        name={words.picture}
        sentence={sentence}
        gaps={gaps}
        chosen={chosen}
        onToggle={(gap) => toggle([gap])}
        nameOfGap={({ prm, day, steps }) =>
          words.gap(ofPoint(prm), fullDay(day, language), words.values(steps))
        }
      />
      <Legend>
        <li>
          <Coloured colour="grid">{words.received}</Coloured>
        </li>
        <li>
          <Coloured colour="estimated">{words.estimated}</Coloured>
        </li>
        <li>
          <Coloured colour="missing">{words.missing}</Coloured>
        </li>
      </Legend>
      <InTable data={data} nameOf={ofPoint} />
      {!isAllTrue && (
        <>
          <ChosenGaps
            operation={operation}
            month={month}
            gaps={gaps.filter((gap) => chosen.has(keyOf(gap)))}
            onClear={() => setChosen(new Set())}
          />
          <LateReadings
            operation={operation}
            month={month}
            isMissing={missing > 0}
            gaps={gaps}
            chosen={chosen}
            onToggle={toggle}
          />
          <Estimating
            operation={operation}
            month={month}
            isDone={estimated_by_us > 0}
            isToDo={missing > 0}
          />
        </>
      )}
    </>
  );
}

/** All of some are chosen, unless they all were. */
function toggled(chosen: ReadonlySet<string>, keys: readonly string[]): ReadonlySet<string> {
  const others = [...chosen].filter((key) => !keys.includes(key));
  return new Set(keys.every((key) => chosen.has(key)) ? others : [...others, ...keys]);
}

function InTable({ data, nameOf }: { data: Completeness; nameOf: (prm: string) => string }) {
  const words = useWords(dataWords);
  const language = useLanguage();
  return (
    <details>
      <summary>{words.table}</summary>
      <div className={tables.scroll}>
        <table className={tables.numbers}>
          <caption className={hidden.hidden}>{words.picture}</caption>
          <thead>
            <tr>
              <th scope="col">{words.point}</th>
              <th scope="col">{words.expected}</th>
              <th scope="col">{words.receivedOnes}</th>
              <th scope="col">{words.estimatedOnes}</th>
              <th scope="col">{words.missingOnes}</th>
              <th scope="col">{words.incompleteDays}</th>
            </tr>
          </thead>
          <tbody>
            {data.points.map(({ prm, direction, totals, days }) => (
              <tr key={`${prm} ${direction}`}>
                <th scope="row">{nameOf(prm)}</th>
                <td>{whole(totals.expected, language)}</td>
                <td>{whole(totals.received, language)}</td>
                <td>{whole(totals.estimated_by_dso + totals.estimated_by_us, language)}</td>
                <td>{whole(totals.missing, language)}</td>
                <td>{daysText(incompleteOf(days), language) || '–'}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </details>
  );
}

/** Days of which not all was received, be it estimated or missing. */
function incompleteOf(days: Completeness['points'][number]['days']): string[] {
  return days.filter(({ received, expected }) => received < expected).map(({ day }) => day);
}
