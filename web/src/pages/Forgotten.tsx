import { useMutation, useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { logInWords } from '../messages/logIn';
import { Field } from '../parts/Field';
import { Heading } from '../parts/Heading';
import { IssuerLogIn } from '../parts/IssuerLogIn';
import { SendForm } from '../parts/SendForm';
import { logInOptionsQuery, sendLogInLink } from '../queries/logIns';
import { useWords } from '../words/language';
import styles from './LogIn.module.css';

/** For who has no password, or no longer. */
export function Forgotten() {
  const words = useWords(logInWords);
  // Until it has answered, what is so nearly everywhere.
  const { data: options } = useQuery(logInOptionsQuery);
  if (!options?.oidc) return <ByLink />;
  return (
    <>
      <Heading>{words.forgottenThereTitle}</Heading>
      <p>{words.forgottenThere}</p>
      <IssuerLogIn oidc={options.oidc} operator={options.operator_name} />
    </>
  );
}

/** A link that logs in, and lets one choose another password. */
function ByLink() {
  const words = useWords(logInWords);
  const asking = useMutation({ mutationFn: sendLogInLink });
  return (
    <>
      <Heading>{words.forgottenTitle}</Heading>
      {asking.isSuccess ? (
        <p role="status">{words.linkSent}</p>
      ) : (
        <SendForm
          attempt={asking}
          submit={words.sendLink}
          onSend={(form) => asking.mutate(String(form.get('email')))}
        >
          <p>{words.linkHelp}</p>
          <Field name="email" type="email" autoComplete="username" label={words.email} />
        </SendForm>
      )}
      <Link className={styles.other} to="/log-in" search={{}}>
        {words.byPassword}
      </Link>
    </>
  );
}
