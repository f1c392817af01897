import { useInfiniteQuery } from '@tanstack/react-query';
import { useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { quarantineWords } from '../../../messages/staff/quarantine';
import { Answer } from '../../../parts/Answer';
import { Card } from '../../../parts/Card';
import { More } from '../../../parts/More';
import { QuietButton } from '../../../parts/QuietButton';
import { Said } from '../../../parts/Said';
import shared from '../../../parts/Together.module.css';
import { type Decided, type Quarantined, quarantineQuery } from '../../../queries/quarantine';
import { useWords } from '../../../words/language';
import { DecideAll } from './DecideAll';
import { DecideSome } from './DecideSome';
import { RecordLine } from './RecordLine';

/** The records that one looks at; several are chosen and decided on together. */
export function Records() {
  const words = useWords(quarantineWords);
  const { state = 'open', code, delivery } = useSearch({ from: '/inside/staff/quarantine' });
  const query = useInfiniteQuery(quarantineQuery({ state, code, delivery }));
  const [done, setDone] = useState<Decided | null>(null);
  return (
    <>
      <Said>{done && words.done(done.decided, done.accepted, done.duplicate)}</Said>
      <Answer query={query}>
        {({ pages }) => {
          const records = pages.flat();
          if (records.length === 0) return <p>{words.none}</p>;
          if (state === 'open') return <Choosing records={records} onDone={setDone} />;
          return (
            <ul className={shared.list}>
              {records.map((record) => (
                <li key={record.id}>
                  <RecordLine record={record} />
                </li>
              ))}
            </ul>
          );
        }}
      </Answer>
      <More query={query}>{words.more}</More>
    </>
  );
}

interface ChoosingProps {
  records: readonly Quarantined[];
  /** Tell what came of a decision. */
  onDone: (decided: Decided) => void;
}

function Choosing({ records, onDone }: ChoosingProps) {
  const words = useWords(quarantineWords);
  const { code, delivery } = useSearch({ from: '/inside/staff/quarantine' });
  const [ids, choose] = useState<ReadonlySet<number>>(new Set());
  const chosen = records.filter(({ id }) => ids.has(id));
  const toggle = (id: number) =>
    choose((before) => (before.has(id) ? without(before, id) : new Set([...before, id])));
  const isAllChosen = chosen.length === records.length;
  const ofList = new Set(isAllChosen ? [] : records.map(({ id }) => id));
  const decided = (done: Decided) => {
    // The next ones are decided on for a reason of their own.
    choose(new Set());
    onDone(done);
  };
  return (
    <>
      {records.length > 1 && (
        <QuietButton onPress={() => choose(ofList)}>
          {isAllChosen ? words.chooseNone : words.chooseAll}
        </QuietButton>
      )}
      <ul className={shared.list}>
        {records.map((record) => (
          <li key={record.id}>
            <RecordLine
              record={record}
              isChosen={ids.has(record.id)}
              onChoose={() => toggle(record.id)}
            />
          </li>
        ))}
      </ul>
      {chosen.length > 0 && (
        <Card title={words.decideOn(chosen.length)}>
          <DecideSome records={chosen} onDone={decided} />
        </Card>
      )}
      {code && delivery && records.length > 1 && (
        <Card title={words.decideAll(words.code[code] ?? code)}>
          <DecideAll delivery={delivery} code={code} onDone={onDone} />
        </Card>
      )}
    </>
  );
}

function without(ids: ReadonlySet<number>, gone: number): ReadonlySet<number> {
  return new Set([...ids].filter((id) => id !== gone));
}
