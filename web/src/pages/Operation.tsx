import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { operationsWords } from '../messages/operations';
import { Answer } from '../parts/Answer';
import go from '../parts/Go.module.css';
import { Heading } from '../parts/Heading';
import { Markdown } from '../parts/Markdown';
import { Organiser } from '../parts/Organisers';
import { CircleMap } from '../pictures/CircleMap';
import { PlantBars } from '../pictures/PlantBars';
import { meQuery, standingPoints } from '../queries/me';
import { type PublicOperation, publicOperationQuery } from '../queries/publicOperations';
import { dayAt } from '../words/dates';
import { useLanguage, useWords } from '../words/language';
import { distance, power } from '../words/numbers';
import type { Place } from '../words/places';
import { NearEnough } from './NearEnough';
import styles from './Operation.module.css';

/** One operation, for who may want to take part. */
export function Operation() {
  const { operation } = useParams({ from: '/operations/$operation' });
  const words = useWords(operationsWords);
  const query = useQuery(publicOperationQuery(operation));
  return (
    <>
      <Heading>{query.data?.name ?? words.operation}</Heading>
      <Answer query={query}>{(data) => <Presented operation={data} />}</Answer>
      <p className={styles.back}>
        <Link to="/operations">{words.others}</Link>
      </p>
    </>
  );
}

function Presented({ operation }: { operation: PublicOperation }) {
  const words = useWords(operationsWords);
  const { commune_names, text } = operation;
  return (
    <>
      {commune_names.length > 0 && <p className={styles.place}>{commune_names.join(', ')}</p>}
      <Figures operation={operation} />
      <Join operation={operation} />
      {operation.plants.length > 1 && (
        <section className={styles.section}>
          <h2>{words.mix}</h2>
          <PlantBars plants={operation.plants} />
        </section>
      )}
      {text && (
        <section className={styles.section}>
          <h2>{words.inTheirWords}</h2>
          <Markdown>{text}</Markdown>
        </section>
      )}
      <Where operation={operation} />
      <section className={styles.section}>
        <h2>{words.contact}</h2>
        <Organiser operation={operation} />
      </section>
    </>
  );
}

function Figures({ operation }: { operation: PublicOperation }) {
  const words = useWords(operationsWords);
  const language = useLanguage();
  const { member_count, plants } = operation;
  const [only] = plants.length === 1 ? plants : [];
  const { production_kind: kind = null, installed_kwc: kw = null } = only ?? {};
  if (member_count === null && kw === null) return null;
  return (
    <ul className={styles.figures}>
      {member_count !== null && (
        <li>
          <strong>{member_count}</strong> {words.members(member_count)}
        </li>
      )}
      {kw !== null && (
        <li>
          <strong>{power(kw, kind === 'solar', language)}</strong>{' '}
          {kind ? words.of[kind] : words.ofUnknown}
        </li>
      )}
    </ul>
  );
}

function Join({ operation }: { operation: PublicOperation }) {
  const words = useWords(operationsWords);
  const { data: me } = useQuery(meQuery);
  const { id, takes_members, contact_email } = operation;
  const points = standingPoints(me?.profile?.participations ?? [], dayAt(new Date()));
  if (points.some(({ operation_id }) => operation_id === id)) return <p>{words.isIn}</p>;
  if (me?.joining.some((joining) => joining.id === id)) {
    return (
      <p>
        {words.isJoining} <Link to="/joining">{words.toJoining}</Link>
      </p>
    );
  }
  if (!takes_members) return <p>{contact_email ? words.notNow : words.notNowNoContact}</p>;
  return (
    <Link className={go.go} to="/sign-up" search={{ operation: id }}>
      {words.join}
    </Link>
  );
}

/** The circle, and whether one's home is near enough to it. */
function Where({ operation }: { operation: PublicOperation }) {
  const words = useWords(operationsWords);
  const language = useLanguage();
  const [place, setPlace] = useState<Place | null>(null);
  const { around } = operation;
  return (
    <section className={styles.section}>
      <h2>{words.where}</h2>
      <div className={styles.where}>
        {around ? (
          <div>
            <CircleMap around={around} place={place} />
            <p className={styles.weak}>{words.circle(distance(around.radius_m, language))}</p>
            <a href={onMap(around.centre)} target="_blank" rel="noreferrer">
              {words.openMap}
            </a>
          </div>
        ) : (
          <p>{words.noCircle}</p>
        )}
        {around && <NearEnough operation={operation} onPlace={setPlace} />}
      </div>
    </section>
  );
}

function onMap({ latitude_deg, longitude_deg }: Place): string {
  const at = `${latitude_deg}/${longitude_deg}`;
  return `https://www.openstreetmap.org/?mlat=${latitude_deg}&mlon=${longitude_deg}#map=13/${at}`;
}
