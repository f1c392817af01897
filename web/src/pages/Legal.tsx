import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { aboutWords } from '../messages/about';
import { Answer } from '../parts/Answer';
import { Heading } from '../parts/Heading';
import { Organisers } from '../parts/Organisers';
import { type LogInOptions, logInOptionsQuery } from '../queries/logIns';
import { publicOperationsQuery } from '../queries/publicOperations';
import { OF_OPERATIONS, useWords } from '../words/language';
import styles from './About.module.css';

const LICENCE = 'https://www.gnu.org/licenses/agpl-3.0.html';

/** Who answers for the platform, as far as it knows: nothing is made up. */
export function Legal() {
  const words = useWords(aboutWords);
  const query = useQuery(publicOperationsQuery);
  const options = useQuery(logInOptionsQuery);
  return (
    <div className={styles.text}>
      <Heading>{words.legalTitle}</Heading>
      <Answer query={options}>{({ legal }) => <Notice legal={legal} />}</Answer>
      <h2>{words.whoTitle}</h2>
      <Answer query={query}>
        {(operations) =>
          operations.length === 0 ? (
            <p>{words.whoUnknown}</p>
          ) : (
            <>
              <p>{words.who}</p>
              <Organisers operations={operations} />
            </>
          )
        }
      </Answer>
      {options.data?.operator_name && <p>{words.signed(options.data.operator_name)}</p>}
      <h2>{words.dataTitle}</h2>
      <p>{words.data}</p>
      <p>
        <Link to="/about/privacy">{words.privacyLink}</Link>
      </p>
      <h2>{words.softwareTitle}</h2>
      <p>{words.software}</p>
      <ul>
        <li>
          <a href={LICENCE} target="_blank" rel="noreferrer">
            {words.licence}
          </a>
        </li>
        <li>
          <a href="/community/docs">{words.programs}</a>
        </li>
      </ul>
    </div>
  );
}

/** As the operator wrote it; what they did not is said to be missing, in its place. */
function Notice({ legal }: Pick<LogInOptions, 'legal'>) {
  const words = useWords(aboutWords);
  const { publisher, director, host, contact_email } = legal;
  return (
    <dl className={styles.notice}>
      <dt>{words.publisher}</dt>
      <Given text={publisher} />
      {director && (
        <>
          <dt>{words.director}</dt>
          <Given text={director} />
        </>
      )}
      <dt>{words.host}</dt>
      <Given text={host} />
      <dt>{words.contact}</dt>
      <dd>
        {contact_email ? <a href={`mailto:${contact_email}`}>{contact_email}</a> : words.unsaid}
      </dd>
    </dl>
  );
}

function Given({ text }: { text: string | null }) {
  const words = useWords(aboutWords);
  return text === null ? <dd>{words.unsaid}</dd> : <dd lang={OF_OPERATIONS}>{text}</dd>;
}
