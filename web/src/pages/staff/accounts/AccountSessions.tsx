import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { accountWords } from '../../../messages/staff/accounts';
import { Answer } from '../../../parts/Answer';
import { Card } from '../../../parts/Card';
import { Said } from '../../../parts/Said';
import { SendForm } from '../../../parts/SendForm';
import { accessChanged, accountSessionsQuery, logOutEverywhere } from '../../../queries/access';
import type { Account } from '../../../queries/accounts';
import { fullDay } from '../../../words/dates';
import { momentOf } from '../../../words/instants';
import { useLanguage, useWords } from '../../../words/language';

/** Where an account is logged in, and the way out of all of it at once. */
export function AccountSessions({ account: { email } }: { account: Account }) {
  const words = useWords(accountWords);
  const language = useLanguage();
  const queries = useQueryClient();
  const query = useQuery(accountSessionsQuery(email));
  const attempt = useMutation({
    mutationFn: () => logOutEverywhere(email),
    onSuccess: () => accessChanged(queries),
  });
  return (
    <Card title={words.sessions}>
      <Answer query={query}>
        {(sessions) =>
          sessions.length === 0 ? (
            <p>{words.noSession}</p>
          ) : (
            <>
              <ul>
                {sessions.map(({ id, began_at, last_used_on }) => (
                  <li key={id}>
                    {words.session(momentOf(began_at, language), fullDay(last_used_on, language))}
                  </li>
                ))}
              </ul>
              <SendForm
                attempt={attempt}
                submit={words.logOut}
                isWide
                onSend={() => attempt.mutate()}
              >
                <p>{words.logOutHelp(email)}</p>
              </SendForm>
            </>
          )
        }
      </Answer>
      <Said>{attempt.isSuccess && words.loggedOut(attempt.data.revoked)}</Said>
    </Card>
  );
}
