import { useMutation, useQuery } from '@tanstack/react-query';
import { areaWords } from '../../../messages/running/area';
import { dataWords } from '../../../messages/running/data';
import { Answer } from '../../../parts/Answer';
import field from '../../../parts/Field.module.css';
import { Said } from '../../../parts/Said';
import { SendForm } from '../../../parts/SendForm';
import shared from '../../../parts/Together.module.css';
import {
  askAgain,
  type Lack,
  type LateReadings as Late,
  lateReadingsQuery,
} from '../../../queries/completeness';
import { dayLater } from '../../../words/dates';
import { rangeText } from '../../../words/dayRanges';
import { type Gap, gapsIn, keyOf } from '../../../words/gaps';
import { groupsBy } from '../../../words/groups';
import { fullDayOf } from '../../../words/instants';
import { useLanguage, useWords } from '../../../words/language';
import { sum } from '../../../words/numbers';
import { pointsText } from '../../../words/pointNames';
import { useNames } from '../names';
import { useChanged } from './changed';
import type { OfMonth } from './Step';

/** More are folded. */
const SHOWN = 5;

interface ChoosingProps {
  gaps: readonly Gap[];
  chosen: ReadonlySet<string>;
  onToggle: (gaps: readonly Gap[]) => void;
}

interface LateReadingsProps extends OfMonth, ChoosingProps {
  /** Some of it is not even estimated. */
  isMissing: boolean;
}

/** What is late, since when, and the button that asks for all of it again. */
export function LateReadings({ isMissing, ...props }: LateReadingsProps) {
  const words = useWords(dataWords);
  const { operation, month } = props;
  const query = useQuery(lateReadingsQuery(operation, month));
  return (
    <>
      <h3>{isMissing ? words.late : words.onlyEstimated}</h3>
      <Answer query={query}>
        {(late) =>
          late.missing.length === 0 ? (
            <p className={shared.weak}>{words.tooEarly}</p>
          ) : (
            <List {...props} late={late} />
          )
        }
      </Answer>
    </>
  );
}

function List({ operation, month, late, ...choosing }: OfMonth & ChoosingProps & { late: Late }) {
  const words = useWords(dataWords);
  const { more } = useWords(areaWords);
  const changed = useChanged(operation);
  const attempt = useMutation({
    mutationFn: () => askAgain(operation, month),
    onSuccess: changed,
  });
  const groups = byWhatIsSaid(late);
  const [first, rest] = [groups.slice(0, SHOWN), groups.slice(SHOWN)];
  const isToAsk = late.missing.some((lack) => lack.flow !== 'none' && !waitingFor(lack, late));
  return (
    <>
      <p className={shared.weak}>{words.lateHelp}</p>
      <Lacks operation={operation} groups={first} late={late} {...choosing} />
      {rest.length > 0 && (
        <details>
          <summary>{more(rest.length)}</summary>
          <Lacks operation={operation} groups={rest} late={late} {...choosing} />
        </details>
      )}
      <Said>{attempt.isSuccess && words.asked(waitingIn(attempt.data))}</Said>
      {isToAsk && (
        <SendForm attempt={attempt} submit={words.askAgain} onSend={() => attempt.mutate()} />
      )}
    </>
  );
}

interface LacksProps extends ChoosingProps {
  operation: string;
  /** Of the same days and the same state. */
  groups: readonly Lack[][];
  late: Late;
}

function Lacks({ operation, groups, late, gaps, chosen, onToggle }: LacksProps) {
  const words = useWords(dataWords);
  const language = useLanguage();
  const names = useNames(operation);
  return (
    <ul className={shared.list}>
      {groups.map((lacks) => {
        const [first] = lacks;
        if (!first) return null;
        const { from_day, to_day, flow } = first;
        const asked = waitingFor(first, late);
        const ofLacks = lacks.flatMap((lack) => gapsIn(lack, gaps));
        const values = sum(lacks.map(({ missing_steps }) => missing_steps));
        return (
          <li key={`${from_day} ${to_day} ${first.prm}`}>
            <label className={field.choice}>
              <input
                type="checkbox"
                checked={ofLacks.every((gap) => chosen.has(keyOf(gap)))}
                onChange={() => onToggle(ofLacks)}
              />
              <span>
                <strong>{rangeText({ from: from_day, to: dayLater(to_day, -1) }, language)}</strong>
                {` · ${pointsText(lacks, names, language)}`}
              </span>
            </label>
            <p className={shared.weak}>
              {words.values(values)}
              {' · '}
              {asked ? words.waits(fullDayOf(asked.created_at, language)) : words.flows[flow]}
            </p>
          </li>
        );
      })}
    </ul>
  );
}

/** Points that lack the same days, and of which the same is said. */
function byWhatIsSaid(late: Late): Lack[][] {
  const saidOf = (lack: Lack) =>
    `${lack.from_day} ${lack.to_day} ${lack.flow} ${waitingFor(lack, late)?.created_at.slice(0, 10)}`;
  return [...groupsBy(late.missing, saidOf).values()];
}

function waitingFor(lack: Lack, { re_requests }: Late) {
  return re_requests.find(
    ({ prm, direction, status, from_day, to_day }) =>
      prm === lack.prm &&
      direction === lack.direction &&
      status === 'waiting' &&
      from_day < lack.to_day &&
      lack.from_day < to_day,
  );
}

function waitingIn({ re_requests }: Late): number {
  return re_requests.filter(({ status }) => status === 'waiting').length;
}
