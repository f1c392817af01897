import { useQuery } from '@tanstack/react-query';
import { securityWords } from '../../messages/security';
import { logInOptionsQuery } from '../../queries/logIns';
import { useWords } from '../../words/language';
import { Authenticator } from './Authenticator';
import { MePage } from './MePage';
import { Password } from './Password';
import { Sessions } from './Sessions';

/** How I log in, and where I am logged in. */
export function Security() {
  const words = useWords(securityWords);
  const { data: options } = useQuery(logInOptionsQuery);
  return (
    <MePage title={words.title}>
      {(me) =>
        options?.oidc ? (
          <p>{words.elsewhere(options.operator_name)}</p>
        ) : (
          <>
            {me.needs_authenticator && <p role="status">{words.needed}</p>}
            <Authenticator isSetUp={me.has_authenticator} />
            <Sessions />
            <Password email={me.email} />
          </>
        )
      }
    </MePage>
  );
}
