import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { aboutWords } from '../messages/about';
import { Answer } from '../parts/Answer';
import { Heading } from '../parts/Heading';
import { Organisers } from '../parts/Organisers';
import { logInOptionsQuery } from '../queries/logIns';
import { publicOperationsQuery } from '../queries/publicOperations';
import { useWords } from '../words/language';
import styles from './About.module.css';

const LICENCE = 'https://www.gnu.org/licenses/agpl-3.0.html';

/** Who answers for the platform, as far as it knows: nothing is made up. */
export function Legal() {
  const words = useWords(aboutWords);
  const query = useQuery(publicOperationsQuery);
  const { data: options } = useQuery(logInOptionsQuery);
  return (
    <div className={styles.text}>
      <Heading>{words.legalTitle}</Heading>
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
      {options?.operator_name && <p>{words.signed(options.operator_name)}</p>}
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
