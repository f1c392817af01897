import { logInWords } from '../messages/logIn';
import type { LogInOptions } from '../queries/logIns';
import { useWords } from '../words/language';
import { addressOfIssuer } from '../words/logIns';
import go from './Go.module.css';

interface IssuerLogInProps {
  oidc: NonNullable<LogInOptions['oidc']>;
  operator: string | null;
  /** Where one wanted to go. */
  next?: string | undefined;
}

/** The way to the co-op's own issuer; or its name, if this page cannot lead there. */
export function IssuerLogIn({ oidc, operator, next }: IssuerLogInProps) {
  const words = useWords(logInWords);
  if (!oidc.log_in_path) return <p>{words.elsewhere(oidc.issuer)}</p>;
  return (
    <a className={go.go} href={addressOfIssuer(oidc.log_in_path, next)}>
      {words.goThere(operator)}
    </a>
  );
}
