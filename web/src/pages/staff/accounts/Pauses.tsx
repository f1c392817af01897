import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { accountWords } from '../../../messages/staff/accounts';
import { Answer } from '../../../parts/Answer';
import { Card } from '../../../parts/Card';
import { QuietButton } from '../../../parts/QuietButton';
import { Refusal } from '../../../parts/Refusal';
import { Said } from '../../../parts/Said';
import shared from '../../../parts/Together.module.css';
import { accessChanged, liftPause, type Pause, pausesQuery } from '../../../queries/access';
import { momentOf } from '../../../words/instants';
import { useLanguage, useWords } from '../../../words/language';

/** Who mistyped a password too often, and the way out of it; nothing, if nobody did. */
export function Pauses() {
  const query = useQuery(pausesQuery);
  return <Answer query={query}>{(pauses) => <Paused pauses={pauses} />}</Answer>;
}

function Paused({ pauses }: { pauses: readonly Pause[] }) {
  const words = useWords(accountWords);
  const language = useLanguage();
  const queries = useQueryClient();
  const attempt = useMutation({
    mutationFn: liftPause,
    onSuccess: () => accessChanged(queries),
  });
  if (pauses.length === 0 && attempt.isIdle) return null;
  return (
    <Card title={words.pauses}>
      <p className={shared.weak}>{words.pausesHelp}</p>
      <ul className={shared.list}>
        {pauses.map(({ email, failures, until }) => (
          <li key={email}>
            <div className={shared.line}>
              <div>
                <strong className={shared.lines}>{email}</strong>
                <p className={shared.weak}>
                  {words.pausedUntil(failures, momentOf(until, language))}
                </p>
              </div>
              <QuietButton
                name={words.liftOf(email)}
                onPress={() => !attempt.isPending && attempt.mutate(email)}
              >
                {words.lift}
              </QuietButton>
            </div>
          </li>
        ))}
      </ul>
      <Said>{attempt.isSuccess && words.lifted}</Said>
      <Refusal error={attempt.error} />
    </Card>
  );
}
