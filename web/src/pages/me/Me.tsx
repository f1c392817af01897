import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { meWords } from '../../messages/me';
import { AskOrganiser } from '../../parts/AskOrganiser';
import { Card } from '../../parts/Card';
import { Heading } from '../../parts/Heading';
import { logInOptionsQuery } from '../../queries/logIns';
import {
  byOperation,
  isStaff,
  type Me as MeOut,
  meQuery,
  type Profile,
  runsOperations,
} from '../../queries/me';
import { useWords } from '../../words/language';
import styles from './Me.module.css';
import { Stay } from './Stay';

const PLACES = [
  ['/me/contact', 'contact', 'contactHelp'],
  ['/me/consents', 'consents', 'consentsHelp'],
  ['/me/documents', 'documents', 'documentsHelp'],
  ['/me/capital', 'capital', 'capitalHelp'],
  ['/me/security', 'security', 'securityHelp'],
  ['/me/data', 'data', 'dataHelp'],
  ['/me/leave', 'leave', 'leaveHelp'],
] as const;

/** Who I am here, what is mine, and what I can do about it. */
export function Me() {
  const words = useWords(meWords);
  const { data: me } = useQuery(meQuery);
  if (!me) return null;
  return (
    <>
      <Heading>{words.title}</Heading>
      {me.profile ? <Identity me={me} profile={me.profile} /> : <NoMember me={me} />}
      <Work me={me} />
      <h2>{words.toDo}</h2>
      <Places isMember={me.profile !== null} />
      <AskOrganiser />
    </>
  );
}

function Identity({ me, profile }: { me: MeOut; profile: Profile }) {
  const words = useWords(meWords);
  const { member, participations } = profile;
  return (
    <>
      <p className={styles.hello}>{words.member(member.name)}</p>
      <Card title={words.points}>
        {participations.length === 0 && <p>{words.noPoint}</p>}
        {me.joining.length > 0 && (
          <p>
            <Link to="/joining">
              {words.joining(me.joining.map(({ name }) => name).join(', '))}
            </Link>
          </p>
        )}
        {byOperation(participations).map((stays) => (
          <div key={stays[0]?.operation_id}>
            <h3 className={styles.operation}>{stays[0]?.operation_name}</h3>
            <ul className={styles.points}>
              {stays.map((stay) => (
                <Stay key={`${stay.prm} ${stay.direction} ${stay.valid_from}`} stay={stay} />
              ))}
            </ul>
          </div>
        ))}
      </Card>
      <dl className={styles.facts}>
        <dt>{words.writtenTo}</dt>
        <dd>{member.email ?? words.noEmail}</dd>
        {me.email && me.email !== member.email && (
          <>
            <dt>{words.logIn}</dt>
            <dd>{me.email}</dd>
          </>
        )}
        <dt>{words.language}</dt>
        <dd lang={member.language}>{words.languages[member.language]}</dd>
      </dl>
    </>
  );
}

function NoMember({ me }: { me: MeOut }) {
  const words = useWords(meWords);
  return (
    <>
      {me.email && <p className={styles.hello}>{me.email}</p>}
      <p>{words.notMember}</p>
    </>
  );
}

/** For who runs operations or the platform: where their work is done, which has few pages yet. */
function Work({ me }: { me: MeOut }) {
  const words = useWords(meWords);
  const isAllRun = isStaff(me);
  if (!runsOperations(me)) return null;
  return (
    <Card title={isAllRun ? words.staff : words.organises}>
      {me.organised.length > 0 && (
        <ul>
          {me.organised.map(({ id, name }) => (
            <li key={id}>
              <Link to="/o/$operation" params={{ operation: id }}>
                {name}
              </Link>
            </li>
          ))}
        </ul>
      )}
      {isAllRun && (
        <ul>
          <li>
            <Link to="/staff">{words.today}</Link>
          </li>
          <li>
            <Link to="/o">{words.allOperations}</Link>
          </li>
        </ul>
      )}
      <p>{isAllRun ? words.staffPages : words.yourPages}</p>
      <p>
        <a href="/docs">{words.apis}</a>
      </p>
    </Card>
  );
}

function Places({ isMember }: { isMember: boolean }) {
  const words = useWords(meWords);
  const { data: options } = useQuery(logInOptionsQuery);
  const places = PLACES.filter(([to]) => isMember || to === '/me/security');
  const helpOf = (help: (typeof PLACES)[number][2]) =>
    help === 'securityHelp' && options?.oidc ? words.securityThereHelp : words[help];
  return (
    <ul className={styles.places}>
      {places.map(([to, name, help]) => (
        <li key={to}>
          <Link to={to}>
            <span className={styles.place}>{words[name]}</span>
            <span className={styles.weak}>{helpOf(help)}</span>
          </Link>
        </li>
      ))}
    </ul>
  );
}
