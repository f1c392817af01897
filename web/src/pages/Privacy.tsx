import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { privacyWords } from '../messages/privacy';
import { Card } from '../parts/Card';
import { Heading } from '../parts/Heading';
import { Organisers } from '../parts/Organisers';
import { logInOptionsQuery } from '../queries/logIns';
import { publicOperationsQuery } from '../queries/publicOperations';
import { useWords } from '../words/language';
import styles from './About.module.css';

/** What is kept, for whom, how long, and by which law, in words of neighbours. */
export function Privacy() {
  const words = useWords(privacyWords);
  return (
    <div className={styles.text}>
      <Heading>{words.title}</Heading>
      <p className={styles.lead}>{words.lead}</p>
      <Card title={words.inShort}>
        <ul>
          {words.inShortList.map((text) => (
            <li key={text}>{text}</li>
          ))}
        </ul>
      </Card>
      {words.parts.map(({ title, list = [], texts }) => (
        <section key={title} className={styles.part}>
          <h2>{title}</h2>
          {list.length > 0 && (
            <ul>
              {list.map((text) => (
                <li key={text}>{text}</li>
              ))}
            </ul>
          )}
          {texts.map((text) => (
            <p key={text}>{text}</p>
          ))}
        </section>
      ))}
      <HowLong />
      <Contact />
    </div>
  );
}

function HowLong() {
  const words = useWords(privacyWords);
  return (
    <section className={styles.part}>
      <h2>{words.howLong}</h2>
      <table className={styles.times}>
        <caption>{words.howLongNote}</caption>
        <thead>
          <tr>
            <th scope="col">{words.what}</th>
            <th scope="col">{words.time}</th>
            <th scope="col">{words.after}</th>
          </tr>
        </thead>
        <tbody>
          {words.times.map(([what, time, after]) => (
            <tr key={what}>
              <th scope="row">{what}</th>
              <td>{time}</td>
              <td>{after}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

/** What is on this page is true without them, so they come when they come. */
function Contact() {
  const words = useWords(privacyWords);
  const { data: operations = [] } = useQuery(publicOperationsQuery);
  const { data: options } = useQuery(logInOptionsQuery);
  const address = options?.legal.contact_email;
  return (
    <section className={styles.part}>
      <h2>{words.contactTitle}</h2>
      <p>{operations.length === 0 ? words.contactUnknown : words.contact}</p>
      {operations.length > 0 && <Organisers operations={operations} />}
      {address && (
        <p>
          {words.contactOperator} <a href={`mailto:${address}`}>{address}</a>
        </p>
      )}
      <ul>
        <li>
          <a href="https://www.cnil.fr" target="_blank" rel="noreferrer">
            {words.cnil}
          </a>
        </li>
        <li>
          <Link to="/about/legal">{words.legalLink}</Link>
        </li>
      </ul>
    </section>
  );
}
