import { securityWords } from '../../messages/security';
import { useWords } from '../../words/language';
import { Authenticator } from './Authenticator';
import { MePage } from './MePage';
import { Password } from './Password';
import { Sessions } from './Sessions';

/** How I log in, and where I am logged in. */
export function Security() {
  const words = useWords(securityWords);
  return (
    <MePage title={words.title}>
      {(me) => (
        <>
          <Authenticator isSetUp={me.has_authenticator} />
          <Sessions />
          <Password email={me.email} />
        </>
      )}
    </MePage>
  );
}
