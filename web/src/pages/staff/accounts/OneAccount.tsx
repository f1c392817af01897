import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { accountWords } from '../../../messages/staff/accounts';
import { BackToAccounts } from '../../../parts/Back';
import { Card } from '../../../parts/Card';
import chips from '../../../parts/Chip.module.css';
import facts from '../../../parts/Facts.module.css';
import { Heading } from '../../../parts/Heading';
import { PageAnswer } from '../../../parts/PageAnswer';
import { type Account, accountsQuery } from '../../../queries/accounts';
import { useWords } from '../../../words/language';
import { AccountSessions } from './AccountSessions';
import { ChangingRights } from './ChangingRights';
import { Disabling } from './Disabling';
import { RemovingApp } from './RemovingApp';

/** An account: what it may do, where it is logged in, and what staff may do about it. */
export function OneAccount() {
  const words = useWords(accountWords);
  const { account: id } = useParams({ from: '/inside/staff/accounts/$account' });
  const query = useQuery(accountsQuery);
  return (
    <>
      <BackToAccounts />
      <PageAnswer query={query}>
        {(accounts) => {
          const account = accounts.find((one) => one.id === id);
          if (!account) return <Heading>{words.unknown}</Heading>;
          return (
            <>
              <Heading>{account.email}</Heading>
              {account.disabled && <span className={chips.chip}>{words.disabled}</span>}
              <Rights account={account} />
              <ChangingRights account={account} />
              <AccountSessions account={account} />
              <RemovingApp account={account} />
              <Disabling account={account} />
            </>
          );
        }}
      </PageAnswer>
    </>
  );
}

function Rights({ account: { id, roles, operations } }: { account: Account }) {
  const words = useWords(accountWords);
  return (
    <Card title={words.rights}>
      <dl className={facts.told}>
        <dt>{words.as}</dt>
        <dd>{roles.map((role) => words.roles[role]).join(', ')}</dd>
        {roles.includes('organiser') && (
          <>
            <dt>{words.operations}</dt>
            <dd>{operations.join(', ') || words.noOperation}</dd>
          </>
        )}
      </dl>
      <Link to="/staff/audit" search={{ subject: id }}>
        {words.changes}
      </Link>
    </Card>
  );
}
