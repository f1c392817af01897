import { useMutation } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { logInWords } from '../messages/logIn';
import { Field } from '../parts/Field';
import { Heading } from '../parts/Heading';
import { SendForm } from '../parts/SendForm';
import { sendLogInLink } from '../queries/logIns';
import { useWords } from '../words/language';
import styles from './LogIn.module.css';

/** For who has no password, or no longer: a link that logs in, and lets them choose another one. */
export function Forgotten() {
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
