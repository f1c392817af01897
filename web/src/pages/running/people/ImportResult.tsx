import { importWords } from '../../../messages/running/imports';
import { Card } from '../../../parts/Card';
import hidden from '../../../parts/Hidden.module.css';
import { SendForm } from '../../../parts/SendForm';
import tables from '../../../parts/Table.module.css';
import { TickField } from '../../../parts/TickField';
import shared from '../../../parts/Together.module.css';
import { cellsByLine } from '../../../words/csv';
import {
  columnsAtFault,
  countsOf,
  type ImportPreview,
  type ListKind,
} from '../../../words/imports';
import { useWords } from '../../../words/language';
import { useNames } from '../names';
import { Breaches } from './Breaches';

/** More lines are counted. */
const SHOWN = 100;

interface ImportResultProps {
  operation: string;
  kind: ListKind;
  /** What was checked. */
  table: string;
  /** It was changed since. */
  isOld: boolean;
  preview: ImportPreview;
  attempt: { error: Error | null; isPending: boolean };
  onImport: () => void;
}

/** What a table would do, the lines to correct first; and the button, once there are none. */
export function ImportResult(props: ImportResultProps) {
  const { operation, kind, table, isOld, preview, attempt, onImport } = props;
  const words = useWords(importWords);
  const { ofMember } = useNames(operation);
  const cells = cellsByLine(table, kind === 'members' ? 'name' : 'member_id');
  const nameOf = (line: number) =>
    kind === 'members' ? (cells.get(line) ?? '') : ofMember(cells.get(line) ?? '');
  const isReady = preview.refused.length === 0 && preview.lines.length > 0;
  return (
    <Card title={words.result}>
      {isOld && <p role="status">{words.old}</p>}
      <RefusedLines refused={preview.refused} nameOf={nameOf} />
      <Breaches breaches={preview.breaches} />
      <Changes preview={preview} nameOf={nameOf} />
      {isReady && !isOld && (
        <SendForm attempt={attempt} submit={words.import} isWide onSend={onImport}>
          <p>
            {countsOf(preview)
              .map(([thing, change, count]) => words.toDo[change](words.counts[thing](count)))
              .join(', ')}
            . {words.effect}
          </p>
          <TickField name="sure" label={words.sure} isRequired />
        </SendForm>
      )}
    </Card>
  );
}

interface RefusedLinesProps {
  refused: ImportPreview['refused'];
  nameOf: (line: number) => string;
}

function RefusedLines({ refused, nameOf }: RefusedLinesProps) {
  const words = useWords(importWords);
  if (refused.length === 0) return <p>{words.noneRefused}</p>;
  return (
    <>
      <p className={`${shared.state} ${shared.alert}`} role="status">
        {words.refused(refused.length)}
      </p>
      <p className={shared.weak}>{words.refusedHelp}</p>
      <table className={tables.table}>
        <caption className={hidden.hidden}>{words.refusedCaption}</caption>
        <thead>
          <tr>
            <th scope="col" className={tables.date}>
              {words.line}
            </th>
            <th scope="col">{words.who}</th>
            <th scope="col">{words.why}</th>
          </tr>
        </thead>
        <tbody>
          {refused.slice(0, SHOWN).map(({ line, detail }) => (
            <tr key={line}>
              <th scope="row">{line}</th>
              <td>{nameOf(line)}</td>
              <td>
                <Reason detail={detail} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <Rest count={refused.length - SHOWN} />
    </>
  );
}

/** What each column at fault wants; what the platform says otherwise is in English. */
function Reason({ detail }: { detail: string }) {
  const words = useWords(importWords);
  const columns = columnsAtFault(detail);
  if (columns.length === 0) return <span lang="en">{detail}</span>;
  return columns.map((column) => (
    <div key={column}>{words.wrong(column, words.columns[column])}</div>
  ));
}

function Changes({
  preview,
  nameOf,
}: {
  preview: ImportPreview;
  nameOf: (line: number) => string;
}) {
  const words = useWords(importWords);
  const { lines, unchanged, refused } = preview;
  if (lines.length === 0) return refused.length === 0 ? <p>{words.nothing}</p> : null;
  return (
    <>
      <h3 className={shared.part}>{words.changes}</h3>
      {unchanged > 0 && <p className={shared.weak}>{words.unchanged(unchanged)}</p>}
      <table className={tables.table}>
        <caption>{words.changesCaption}</caption>
        <thead>
          <tr>
            <th scope="col" className={tables.date}>
              {words.line}
            </th>
            <th scope="col">{words.who}</th>
            <th scope="col">{words.changing}</th>
          </tr>
        </thead>
        <tbody>
          {lines.slice(0, SHOWN).map(({ line, changes }) => (
            <tr key={line}>
              <th scope="row">{line}</th>
              <td>{nameOf(line)}</td>
              <td>
                {changes
                  .map(([thing, change]) => words.what(words.things[thing], words.change[change]))
                  .join(' · ')}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <Rest count={lines.length - SHOWN} />
    </>
  );
}

function Rest({ count }: { count: number }) {
  const words = useWords(importWords);
  return count > 0 && <p>{words.more(count)}</p>;
}
