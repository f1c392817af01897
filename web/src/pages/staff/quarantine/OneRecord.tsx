import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { quarantineWords } from '../../../messages/staff/quarantine';
import { BackToQuarantine } from '../../../parts/Back';
import { Card } from '../../../parts/Card';
import chips from '../../../parts/Chip.module.css';
import facts from '../../../parts/Facts.module.css';
import { Heading } from '../../../parts/Heading';
import { PageAnswer } from '../../../parts/PageAnswer';
import { Said } from '../../../parts/Said';
import shared from '../../../parts/Together.module.css';
import { accountsQuery, nameOfSubject } from '../../../queries/accounts';
import { type Decided, type Quarantined, quarantinedQuery } from '../../../queries/quarantine';
import { momentOf } from '../../../words/instants';
import { useLanguage, useWords } from '../../../words/language';
import { whole, withUnit } from '../../../words/numbers';
import { fileOf, placeInFile } from '../../../words/positions';
import { Correcting } from './Correcting';
import { DecideOne } from './DecideOne';
import { PointName } from './RecordLine';

/** A record that was kept out: what it says, why, and what is decided on it. */
export function OneRecord() {
  const words = useWords(quarantineWords);
  const { delivery, number } = useParams({ from: '/inside/staff/quarantine/$delivery/$number' });
  const query = useQuery(quarantinedQuery(delivery, Number(number)));
  const [done, setDone] = useState<Decided | null>(null);
  return (
    <>
      <BackToQuarantine />
      <PageAnswer query={query}>
        {(record) =>
          record ? (
            <>
              <Heading>{words.code[record.code] ?? record.code}</Heading>
              <p>
                <span className={chips.chip}>{words.one[record.state]}</span>
              </p>
              <Said>{done && words.done(done.decided, done.accepted, done.duplicate)}</Said>
              <Facts record={record} />
              {record.state === 'open' && (
                <>
                  <DecideOne record={record} onDone={setDone} />
                  <Correcting record={record} onDone={setDone} />
                </>
              )}
            </>
          ) : (
            <Heading>{words.unknown}</Heading>
          )
        }
      </PageAnswer>
    </>
  );
}

function Facts({ record }: { record: Quarantined }) {
  const words = useWords(quarantineWords);
  const language = useLanguage();
  const { delivery_id, position, reason, record: raw, is_hidden } = record;
  return (
    <Card title={words.facts}>
      <p>
        {[fileOf(position), placeInFile(position, language)].filter(Boolean).join(', ')} ·{' '}
        <Link to="/staff/deliveries/$delivery" params={{ delivery: delivery_id }}>
          {words.delivery}
        </Link>
      </p>
      {is_hidden ? <p>{words.hidden}</p> : <code className={shared.code}>{raw}</code>}
      <dl className={facts.told}>
        <dt>{words.why}</dt>
        <dd lang="en">{reason}</dd>
        <Reading record={record} />
        <Decision record={record} />
      </dl>
      {!record.reading && record.state === 'open' && <p>{words.noReading}</p>}
    </Card>
  );
}

function Reading({ record: { reading } }: { record: Quarantined }) {
  const words = useWords(quarantineWords);
  const language = useLanguage();
  if (!reading) return null;
  const { prm, direction, start, power_w } = reading;
  return (
    <>
      <dt>{words.point}</dt>
      <dd>
        <PointName prm={prm} />, {words.directions[direction]}
      </dd>
      <dt>{words.when}</dt>
      <dd>{momentOf(start, language)}</dd>
      {power_w !== null && (
        <>
          <dt>{words.value}</dt>
          <dd>{withUnit(whole(power_w, language), 'W')}</dd>
        </>
      )}
    </>
  );
}

function Decision({ record }: { record: Quarantined }) {
  const words = useWords(quarantineWords);
  const language = useLanguage();
  const { data: accounts = [] } = useQuery(accountsQuery);
  const { decided_at, decided_by, decided_because, replacement } = record;
  if (!decided_at) return null;
  return (
    <>
      <dt>{words.decidedOn}</dt>
      <dd>
        {momentOf(decided_at, language)}
        {decided_by && `, ${nameOfSubject(accounts, decided_by)}`}
      </dd>
      {decided_because && (
        <>
          <dt>{words.decidedBecause}</dt>
          <dd>{decided_because}</dd>
        </>
      )}
      {replacement && (
        <>
          <dt>{words.replacement}</dt>
          <dd>{replacement}</dd>
        </>
      )}
    </>
  );
}
