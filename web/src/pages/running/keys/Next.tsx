import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { keyLifeWords } from '../../../messages/running/keyLife';
import { Answer } from '../../../parts/Answer';
import { Card } from '../../../parts/Card';
import go from '../../../parts/Go.module.css';
import shared from '../../../parts/Together.module.css';
import type { Key } from '../../../queries/keys';
import { policyQuery } from '../../../queries/shares';
import { dayAt, fullDay } from '../../../words/dates';
import { beginsTooSoon, earliestStart, type KeyLife } from '../../../words/keySteps';
import { useLanguage, useWords } from '../../../words/language';
import styles from './Life.module.css';
import { Activating, Approving, Declaring, type OfVersion } from './Steps';

interface NextProps extends OfVersion {
  life: KeyLife;
  /** Its adoption is on its way from the vote. */
  isArriving: boolean;
}

/** The one thing to do with a key, and what stands in its way. */
export function Next({ operation, version, life, isArriving }: NextProps) {
  const words = useWords(keyLifeWords);
  const policy = useQuery(policyQuery(operation));
  const { step, adoption } = life;
  if (isArriving) return <p role="status">{words.arriving}</p>;
  if (!step) return null;
  return (
    <div id="step" className={styles.step}>
      <Card title={words.step[step]}>
        {adoption?.state === 'key_changed' && <p className={shared.alert}>{words.changed}</p>}
        {adoption?.state === 'waiting' && <p>{words.waitsForPoints}</p>}
        <Answer query={policy}>
          {({ notice_days }) => (
            <>
              <TooSoon version={version} noticeDays={notice_days} />
              {step === 'vote' && (
                <Voting operation={operation} version={version} isAgain={life.poll !== undefined} />
              )}
              {step === 'approve' && <Approving operation={operation} version={version} />}
              {step === 'declare' && (
                <Declaring operation={operation} version={version} noticeDays={notice_days} />
              )}
              {step === 'activate' && <Activating operation={operation} version={version} />}
            </>
          )}
        </Answer>
      </Card>
    </div>
  );
}

function TooSoon({ version, noticeDays }: { version: Key; noticeDays: number }) {
  const words = useWords(keyLifeWords);
  const language = useLanguage();
  const today = dayAt(new Date());
  if (!beginsTooSoon(version, noticeDays, today)) return null;
  const earliest = earliestStart(version.declared_on ?? today, noticeDays);
  return (
    <p className={shared.alert}>
      {words.tooSoon(fullDay(version.valid_from, language), fullDay(earliest, language))}{' '}
      {words.mend[version.state]}
    </p>
  );
}

function Voting({ operation, version, isAgain }: OfVersion & { isAgain: boolean }) {
  const words = useWords(keyLifeWords);
  return (
    <>
      <p>{words.voteHelp}</p>
      <p>
        <Link
          className={go.go}
          to="/o/$operation/keys/$key/vote"
          params={{ operation, key: version.id }}
        >
          {isAgain ? words.voteAgain : words.toVote}
        </Link>
      </p>
      <details>
        <summary>{words.withoutVote}</summary>
        <Approving operation={operation} version={version} />
      </details>
    </>
  );
}
