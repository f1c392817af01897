import { useQuery } from '@tanstack/react-query';
import { Link, useSearch } from '@tanstack/react-router';
import { keyWords } from '../messages/key';
import { Answer } from '../parts/Answer';
import { AskOrganiser } from '../parts/AskOrganiser';
import { BackToInvoices } from '../parts/Back';
import { Card } from '../parts/Card';
import facts from '../parts/Facts.module.css';
import { Heading } from '../parts/Heading';
import { OfPoint } from '../parts/OfPoint';
import { type Key, keysQuery } from '../queries/keys';
import { meQuery, pointOf } from '../queries/me';
import { dayAt, dayLater, fullDay } from '../words/dates';
import { exampleOf, ownPartOf, ruleOf, shareOf } from '../words/keys';
import { OF_OPERATIONS, useLanguage, useWords } from '../words/language';
import { fraction } from '../words/numbers';

/** By which rule local electricity is shared, and what it gives me. */
export function KeyPage() {
  const words = useWords(keyWords);
  const { point: number } = useSearch({ from: '/inside/key' });
  const { data: me } = useQuery(meQuery);
  if (!me) return null;
  const plant = me.profile?.participations.find(({ direction }) => direction === 'production');
  return (
    <>
      <BackToInvoices />
      <Heading>{words.title}</Heading>
      {pointOf(me, number) || !plant ? (
        <OfPoint number={number}>
          {({ operation_id, prm }) => (
            <>
              <Keys operation={operation_id} prm={prm} number={number} />
              <AskOrganiser operationId={operation_id} />
            </>
          )}
        </OfPoint>
      ) : (
        // Who has plants only is told by which rule they are shared.
        <Keys operation={plant.operation_id} prm={null} number={null} />
      )}
    </>
  );
}

interface KeysProps {
  operation: string;
  /** The point that is looked at, and its number in an address; null: one has plants only. */
  prm: string | null;
  number: number | null;
}

function Keys({ operation, ...point }: KeysProps) {
  const query = useQuery(keysQuery(operation));
  return <Answer query={query}>{(keys) => <OfKeys keys={keys} {...point} />}</Answer>;
}

function OfKeys({ keys, prm, number }: Omit<KeysProps, 'operation'> & { keys: Key[] }) {
  const words = useWords(keyWords);
  const today = dayAt(new Date());
  const dated = keys.filter(({ state }) => state !== 'approved' && state !== 'draft');
  const current = dated.find((key) => isInForce(key, today));
  const next = keys
    .filter((key) => key.valid_from > today && key.state !== 'superseded')
    .sort((a, b) => a.valid_from.localeCompare(b.valid_from));
  const old = dated.filter(({ in_force_to }) => in_force_to !== null && in_force_to <= today);
  return (
    <>
      {current ? (
        <Current rule={current} prm={prm} number={number} />
      ) : (
        <p className={facts.lead}>{words.none}</p>
      )}
      {next.map((key) => (
        <section key={key.id}>
          <h2>{words.next}</h2>
          <Rule rule={key} prm={prm} />
        </section>
      ))}
      {old.length > 0 && (
        <details>
          <summary>{words.old}</summary>
          {old.map((key) => (
            <Rule key={key.id} rule={key} prm={prm} />
          ))}
        </details>
      )}
    </>
  );
}

function isInForce({ state, valid_from, in_force_to }: Key, today: string): boolean {
  return state === 'active' && valid_from <= today && (!in_force_to || today < in_force_to);
}

function Current({ rule, prm, number }: { rule: Key; prm: string | null; number: number | null }) {
  const words = useWords(keyWords);
  const language = useLanguage();
  const example = exampleOf(rule, prm ?? '', language);
  return (
    <>
      {rule.title && <h2 lang={OF_OPERATIONS}>{rule.title}</h2>}
      <p className={facts.lead}>{ruleOf(rule, language)}</p>
      {prm && <Own rule={rule} prm={prm} />}
      <p className={facts.weak}>
        {words.since(fullDay(rule.valid_from, language))}
        {rule.in_force_to && ` ${words.until(fullDay(dayLater(rule.in_force_to, -1), language))}`}
        {rule.poll_id && ` ${words.voted}`}
      </p>
      {example && (
        <details>
          <summary>{words.example}</summary>
          <p>{example}</p>
        </details>
      )}
      {number && (
        <p>
          <Link to="/day">{words.toDay}</Link>
        </p>
      )}
    </>
  );
}

/** What the rule gives the reader's point. */
function Own({ rule, prm }: { rule: Key; prm: string }) {
  const words = useWords(keyWords);
  const language = useLanguage();
  const share = shareOf(rule, prm);
  return (
    <Card title={words.own}>
      {share !== null ? (
        <p>
          <span className={facts.figure}>{fraction(share, language)}</span> {words.ofProduction}
        </p>
      ) : (
        ownPartOf(rule, prm, language).map((sentence) => <p key={sentence}>{sentence}</p>)
      )}
    </Card>
  );
}

function Rule({ rule, prm }: { rule: Key; prm: string | null }) {
  const words = useWords(keyWords);
  const language = useLanguage();
  const from = fullDay(rule.valid_from, language);
  const end = rule.in_force_to ?? rule.valid_to;
  return (
    <>
      <h3>{end ? words.days(from, fullDay(dayLater(end, -1), language)) : words.from(from)}</h3>
      {rule.title && <p lang={OF_OPERATIONS}>{rule.title}</p>}
      <p>{ruleOf(rule, language)}</p>
      {prm && <p>{ownPartOf(rule, prm, language).join(' ')}</p>}
    </>
  );
}
